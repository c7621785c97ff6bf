package chart

import (
	"math"
	"sort"

	"asgsim/sim/des"
)

// weekHours is how many hours a week has; the first is Monday's from 00:00.
const weekHours = 168

// weekRun is the least duration of a run whose average week is worth drawing.
const weekRun = 21 * des.Day

// week is the average week of a run: what each hour of it saw, by the local clock. NaN for
// an hour that the run does not have.
type week struct {
	mean, low, high [weekHours]float64 // in service: the mean over time, and what 10 and 90 % of the time is not above
	load            [weekHours]float64 // requests a second, mean
}

// averageWeek folds what was in service and the load, each a step function that holds to
// the end, from a second of the run on.
func averageWeek(cal *des.Calendar, inService, load []step, from, end float64) *week {
	w := &week{}
	var seen [weekHours]map[float64]float64 // value: seconds
	byHour(cal, inService, from, end, func(hour int, v, length float64) {
		if seen[hour] == nil {
			seen[hour] = map[float64]float64{}
		}
		seen[hour][v] += length
	})
	var sum, known [weekHours]float64
	byHour(cal, load, from, end, func(hour int, v, length float64) {
		sum[hour] += v * length
		known[hour] += length
	})
	for h := range weekHours {
		w.mean[h], w.low[h], w.high[h] = spell(seen[h])
		w.load[h] = sum[h] / known[h]
	}
	return w
}

// byHour tells of each piece of a step function within one hour of the week its value and
// its seconds.
func byHour(cal *des.Calendar, steps []step, from, end float64, tell func(hour int, v, length float64)) {
	for i, s := range steps {
		until := end
		if i+1 < len(steps) {
			until = math.Min(end, steps[i+1].x)
		}
		for t := math.Max(from, s.x); t < until; {
			l := cal.Local(seconds(t))
			next := math.Min(until, t+float64(3600-l.Second%3600)-float64(l.Nano)/1e9)
			tell((l.Weekday+6)%7*24+l.Second/3600, s.y, next-t)
			t = next
		}
	}
}

// spell returns the mean over time of values that held for so many seconds, and those that
// a tenth and nine tenths of the time is not above.
func spell(held map[float64]float64) (mean, low, high float64) {
	values, total := make([]float64, 0, len(held)), 0.0
	for v := range held {
		values = append(values, v)
	}
	sort.Float64s(values)
	for _, v := range values {
		mean += v * held[v]
		total += held[v]
	}
	if total == 0 {
		return math.NaN(), math.NaN(), math.NaN()
	}
	low, high = math.NaN(), math.NaN()
	sum := 0.0
	for _, v := range values {
		sum += held[v]
		if math.IsNaN(low) && sum >= total*(0.1-1e-9) {
			low = v
		}
		if math.IsNaN(high) && sum >= total*(0.9-1e-9) {
			high = v
		}
	}
	return mean / total, low, high
}
