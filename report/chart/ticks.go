package chart

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"

	"asgsim/sim/des"
)

// timeSteps are the distances between labels of a time axis, in seconds.
func timeSteps() []int {
	const m, h, d = 60, 3600, 86400
	return []int{1, 2, 5, 10, 15, 30, m, 2 * m, 5 * m, 10 * m, 15 * m, 30 * m, h, 2 * h, 3 * h, 4 * h, 6 * h, 12 * h,
		d, 2 * d, 7 * d, 14 * d, 28 * d, 91 * d, 364 * d}
}

// timeTicks labels an axis of seconds since the start in the local time of the
// calendar, aligned to local midnight whatever the clocks do, with the date on
// a second line at the first label and at every midnight. Long runs: see longTicks.
func timeTicks(cal *des.Calendar, width vg.Length) plot.TickerFunc {
	return func(lo, hi float64) []plot.Tick {
		if hi-lo > longRun.Seconds() {
			return longTicks(cal, lo, hi, width)
		}
		step := timeStep(hi-lo, width)
		from, to := cal.Local(seconds(lo)).Day, cal.Local(seconds(hi)).Day
		var ticks []plot.Tick
		every := int64(math.Max(1, float64(step)/86400))
		for day := from; day <= to+1; day++ {
			if step >= 86400 && (day-from)%every != 0 {
				continue
			}
			for s := 0; s < 86400; s += step {
				t := cal.At(day, s).Seconds()
				late := len(ticks) == 0 || t-ticks[len(ticks)-1].Value > 0.4*float64(step)
				if t >= lo && t <= hi && late {
					ticks = append(ticks, plot.Tick{Value: t, Label: timeLabel(cal.Local(seconds(t)), step)})
				}
			}
		}
		return dateFirst(cal, ticks, step, width/vg.Length(hi-lo))
	}
}

// timeStep returns the least step whose labels have room: 44 points, or 52 for
// dates and for clocks with seconds.
func timeStep(span float64, width vg.Length) int {
	steps := timeSteps()
	for _, s := range steps {
		room := vg.Length(float64(s)/span) * width
		need := vg.Length(44)
		if s < 60 || s >= 86400 {
			need = 52
		}
		if room >= need {
			return s
		}
	}
	return steps[len(steps)-1]
}

func timeLabel(l des.Local, step int) string {
	switch {
	case step >= 86400:
		return l.ShortDate()
	case l.Second == 0:
		return "00:00\n" + l.ShortDate()
	case step < 60:
		return fmt.Sprintf("%s:%02d", l.Clock(), l.Second%60)
	}
	return l.Clock()
}

// dateFirst adds the date to the first label unless the next date is too near.
func dateFirst(cal *des.Calendar, ticks []plot.Tick, step int, scale vg.Length) []plot.Tick {
	if len(ticks) == 0 || step >= 86400 {
		return ticks
	}
	first := cal.Local(seconds(ticks[0].Value))
	if first.Second == 0 {
		return ticks
	}
	midnight := cal.At(first.Day+1, 0).Seconds()
	if vg.Length(midnight-ticks[0].Value)*scale > 50 {
		ticks[0].Label += "\n" + first.ShortDate()
	}
	return ticks
}

// linearTicks labels about n round values (1, 2, 2.5 or 5 times a power of ten).
func linearTicks(n int, label func(float64) string) plot.TickerFunc {
	return func(lo, hi float64) []plot.Tick {
		step := niceStep((hi-lo)/float64(n), label(0.5) == label(0))
		var ticks []plot.Tick
		for i := math.Ceil(lo/step - 1e-9); i*step <= hi+step*1e-9; i++ {
			v := i*step + 0 // not the negative zero that Ceil may give
			ticks = append(ticks, plot.Tick{Value: v, Label: label(v)})
		}
		return ticks
	}
}

func niceStep(raw float64, whole bool) float64 {
	p := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, m := range []float64{1, 2, 2.5, 5, 10} {
		if m*p >= raw*(1-1e-9) && !(whole && m*p != math.Trunc(m*p)) {
			return m * p
		}
	}
	return math.Max(1, 10*p)
}

// logTicks labels 1, 2 and 5 times powers of ten, or only powers of ten where
// the range is wide.
func logTicks(label func(float64) string) plot.TickerFunc {
	return func(lo, hi float64) []plot.Tick {
		mult := []float64{1, 2, 5}
		if hi/lo > 2e4 {
			mult = mult[:1]
		}
		var ticks []plot.Tick
		for e := math.Floor(math.Log10(lo)); e <= math.Ceil(math.Log10(hi)); e++ {
			for _, m := range mult {
				if v := m * math.Pow(10, e); v >= lo*0.999 && v <= hi*1.001 {
					ticks = append(ticks, plot.Tick{Value: v, Label: label(v)})
				}
			}
		}
		return ticks
	}
}

// log125 returns the values of the series 1, 2, 5 below and above v.
func log125(v float64) (below, above float64) {
	p := math.Pow(10, math.Floor(math.Log10(v)))
	below, above = p, 10*p
	for _, m := range []float64{1, 2, 5} {
		if m*p <= v*1.0001 {
			below = m * p
		}
	}
	for _, m := range []float64{5, 2, 1} {
		if m*p >= v*0.9999 {
			above = m * p
		}
	}
	return below, above
}

// printInstances labels an axis of counts.
func printInstances(v float64) string { return fmt.Sprintf("%.0f", v) }
