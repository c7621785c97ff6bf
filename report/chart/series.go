package chart

import (
	"math"

	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// layer is one of the stacked states of the capacity panel.
type layer struct {
	name  string
	state record.State
	count func(record.States) int
}

// layers lists the stacked states from the axis upwards: first those in service,
// then those on their way in and out.
func layers() []layer {
	return []layer{
		{"ready", record.Ready, func(s record.States) int { return s.Ready }},
		{"warming", record.Warming, func(s record.States) int { return s.Warming }},
		{"booting", record.Booting, func(s record.States) int { return s.Booting }},
		{"unhealthy", record.Unhealthy, func(s record.States) int { return s.Unhealthy }},
		{"pending", record.Pending, func(s record.States) int { return s.Pending }},
		{"standby", record.Standby, func(s record.States) int { return s.Standby }},
		{"draining, terminating", record.Draining, func(s record.States) int { return s.Draining + s.Terminating + s.WarmedTerminating }},
		{"warm pool", record.WarmedStopped, record.States.Warmed},
		{"warm pool, preparing", record.WarmedPending, func(s record.States) int { return s.WarmedPending }},
	}
}

// stacked returns, per layer, the height of its upper edge over time.
func stacked(changes []record.CapacityChange) [][]step {
	ls := layers()
	out := make([][]step, len(ls))
	for _, c := range changes {
		sum := 0
		for k, l := range ls {
			sum += l.count(c.States)
			out[k] = append(out[k], step{c.At.Seconds(), float64(sum)})
		}
	}
	return out
}

// inService is the line the peak tile speaks of: all instances in service.
func inService(changes []record.CapacityChange) []step {
	return capacitySteps(changes, func(c record.CapacityChange) int { return c.States.InService() })
}

func capacitySteps(changes []record.CapacityChange, f func(record.CapacityChange) int) []step {
	out := make([]step, len(changes))
	for i, c := range changes {
		out[i] = step{c.At.Seconds(), float64(f(c))}
	}
	return out
}

// rowSteps makes a step function of the rows; f returns NaN where there is no value.
func rowSteps(rows []record.Row, f func(record.Row) float64) []step {
	out := make([]step, len(rows))
	for i, r := range rows {
		out[i] = step{r.At.Seconds(), f(r)}
	}
	return out
}

// rowLine makes a line through the middles of the intervals.
func rowLine(rows []record.Row, interval des.Duration, f func(record.Row) float64) []xy {
	out := rowSteps(rows, f)
	for i := range out {
		out[i].x += interval.Seconds() / 2
	}
	return out
}

// span is a stretch of time in seconds.
type span struct{ from, to float64 }

// breaches joins breached rows into stretches; their total length is the number
// of breached minutes on the tile as long as a row is a minute.
func breaches(res *account.Result) []span {
	var out []span
	for _, r := range res.Rows {
		if !r.Breached {
			continue
		}
		from, to := r.At.Seconds(), r.At.Add(res.Interval).Seconds()
		if n := len(out); n > 0 && out[n-1].to == from {
			out[n-1].to = to
			continue
		}
		out = append(out, span{from, to})
	}
	return out
}

// window is the latency of a stretch of rows.
type window struct {
	at     float64 // middle, seconds
	served uint64
	failed uint64
	q      [4]float64 // p50, p90, p99, p99.9; NaN where there is none
}

// leastTail is how many requests a window needs for a p99.9 worth drawing.
const leastTail = 10_000

// windows merges rows into stretches of the given length. The percentiles of a
// stretch are those of the mixture of its rows, whose distributions are taken as
// log-linear between the percentiles that a row states.
func windows(rows []record.Row, interval, length des.Duration) []window {
	n := max(1, int(length/interval))
	var out []window
	for i := 0; i < len(rows); i += n {
		part := rows[i:min(i+n, len(rows))]
		w := window{at: (part[0].At.Seconds() + part[len(part)-1].At.Add(interval).Seconds()) / 2}
		for _, r := range part {
			w.served += r.Served
			w.failed += r.Fail
		}
		for k := range w.q {
			w.q[k] = Percentile(part, k)
		}
		if w.served < leastTail {
			w.q[3] = math.NaN()
		}
		out = append(out, w)
	}
	return out
}

// Percentile returns the k-th percentile (p50, p90, p99, p99.9) over all rows, NaN without any: the x at which the mean
// share of requests above x, weighted by requests, is the percentile's tail.
func Percentile(rows []record.Row, k int) float64 {
	lo, hi, total, last := math.Inf(1), 0.0, 0.0, math.NaN()
	with := 0
	for _, r := range rows {
		if v := percentiles(r)[k]; !math.IsNaN(v) && r.Served > 0 {
			lo, hi = math.Min(lo, v), math.Max(hi, v)
			total += float64(r.Served)
			last, with = v, with+1
		}
	}
	if with <= 1 || lo <= 0 || hi <= lo*1.0001 {
		return last
	}
	tail := tails()[k]
	var all []tailCurve
	for _, r := range rows {
		if q := percentiles(r); r.Served > 0 && !math.IsNaN(q[k]) {
			all = append(all, tailOf(q, float64(r.Served)))
		}
	}
	from, to := math.Log(lo), math.Log(hi)
	for to-from > mixturePrecision {
		mid := (from + to) / 2
		above := 0.0
		for i := range all {
			above += all[i].weight * all[i].above(mid)
		}
		if above > tail*total {
			from = mid
		} else {
			to = mid
		}
	}
	return math.Exp((from + to) / 2)
}

// mixturePrecision is how well, relative, a percentile over several rows is known: a
// tenth of a pixel's height.
const mixturePrecision = 1e-4

func percentiles(r record.Row) [4]float64 { return [4]float64{r.P50, r.P90, r.P99, r.P999} }

// latencyWindow is the length of a window for a run: the interval of the rows up
// to six hours, then five minutes, longer where that is still finer than a pixel.
func latencyWindow(res *account.Result) des.Duration {
	d := res.Config.Duration
	switch {
	case d <= 6*des.Hour:
		return res.Interval
	case d <= 4*des.Day:
		return max(res.Interval, 5*des.Minute)
	case d <= 14*des.Day:
		return max(res.Interval, 15*des.Minute)
	}
	return max(res.Interval, des.Hour)
}
