package world

import (
	"math"
	"sort"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"gonum.org/v1/gonum/mathext"
)

// finishRows fills in what is known only at the end: outcomes by first send,
// capacity, money and the two estimates of what was needed.
func (w *world) finishRows() []Row {
	rows := w.meter.rows
	if last := len(rows) - 1; last > 0 && rows[last].At >= w.end {
		rows = rows[:last]
	}
	interval := w.meter.interval
	for k, c := range w.plane.Cohorts() {
		at := des.Time(k) * des.Time(basePeriod)
		i := int(int64(at) / int64(interval))
		if i >= len(rows) {
			break
		}
		r := &rows[i]
		r.Offered += uint64(c.Offered)
		r.Served += uint64(c.Served)
		r.Slow += uint64(c.Slow)
		r.Fail += uint64(c.Failed)
		r.Breached = r.Breached || at >= des.Time(w.cfg.WarmUp) && w.breached(uint64(c.Offered), uint64(c.Served), uint64(c.Slow), uint64(c.Failed))
	}
	used, sum := w.usedByRow(rows), w.newUsage()
	needed := w.newNeeded()
	at := 0
	for i := range rows {
		r := &rows[i]
		end := min(r.At.Add(interval), w.end)
		for at+1 < len(w.lives.capacity) && w.lives.capacity[at+1].At <= r.At {
			at++
		}
		if len(w.lives.capacity) > 0 {
			c := w.lives.capacity[at]
			r.States, r.Desired, r.Running, r.Spot, r.SlowStart = c.States, c.Desired, c.Running, c.Spot, c.SlowStart
			r.Routed, r.Marked = c.Routed, c.Marked
		}
		expected := 0.0
		for _, l := range w.loads {
			expected += l.Integral(r.At, end)
		}
		r.Expected = expected / end.Sub(r.At).Seconds()
		r.NeededSLO, r.NeededTarget = needed.slo(r.Expected), needed.target(r.At.Add(end.Sub(r.At)/2))
		r.ForecastRate, r.ForecastCapacity = w.predictor.at(r.At)
		sum.add(used[i])
		r.CostPerHour = used[i].instancesCost(&w.cfg.Bill).Float() / end.Sub(r.At).Hours()
		r.SpotPerHour = used[i].spotCost(&w.cfg.Bill).Float() / end.Sub(r.At).Hours()
		r.Cost, r.BilledS = sum.cost(&w.cfg.Bill).Float(), used[i].seconds()
	}
	return rows
}

// upTo is the end of a row, that of the last beyond the run: what is charged at
// its very end belongs to it.
func (w *world) upTo(i int, rows []Row) des.Time {
	if i == len(rows)-1 {
		return w.end + 1
	}
	return rows[i+1].At
}

// breached reports whether a minute's bad requests exceed the allowance by more
// than chance explains: binomial, one-sided 0.1 %.
func (w *world) breached(offered, served, slow, failed uint64) bool {
	done, bad := served+failed, slow+failed
	allowed := 1 - w.cfg.SLO.Good
	if bad == 0 || float64(bad) <= allowed*float64(done) {
		return false
	}
	if allowed <= 0 {
		return true
	}
	// P(X >= bad) for X ~ Binomial(done, allowed) is the regularized incomplete
	// beta function I_allowed(bad, done - bad + 1).
	return mathext.RegIncBeta(float64(bad), float64(done-bad+1), allowed) < 0.001
}

// billed returns the whole seconds of a run that EC2 charges for and that
// lie in the window: from the second it entered running to the second it left, at
// least 60 s for each time.
func (w *world) billed(r *ec2.Run) (from, to int64) {
	a, b, ok := w.charged(r)
	if !ok {
		return 0, 0
	}
	second := int64(des.Second)
	from = max(int64(a)/second, int64(w.cfg.WarmUp)/second)
	to = min((int64(b)+second-1)/second, int64(w.end)/second)
	return from, max(from, to)
}

// charged is when EC2 begins and ends to charge for a run: by the second, or, on a
// platform that is billed by the hour, to the end of the last hour begun.
func (w *world) charged(r *ec2.Run) (from, to des.Time, ok bool) {
	from, to, ok = r.Billed(w.end)
	if ok && w.cfg.Template.Hourly {
		to = from.Add((to.Sub(from) + des.Hour - 1) / des.Hour * des.Hour)
	}
	return from, to, ok
}

// from is when the window begins.
func (w *world) from() des.Time { return des.Time(w.cfg.WarmUp) }

// minutesIn is how many minutes of the window something held.
func (w *world) minutesIn(holds func(*CapacityChange) bool) float64 {
	share := w.overTime(func(c *CapacityChange) int {
		if holds(c) {
			return 1
		}
		return 0
	})
	return share.Mean * w.end.Sub(w.from()).Seconds() / 60
}

// overTime integrates a value of the capacity history over the window and
// returns its extremes and mean.
func (w *world) overTime(value func(*CapacityChange) int) MinMeanMax {
	out := MinMeanMax{Min: math.MaxInt}
	from, total := des.Time(w.cfg.WarmUp), 0.0
	for i := range w.lives.capacity {
		c := &w.lives.capacity[i]
		end := w.end
		if i+1 < len(w.lives.capacity) {
			end = w.lives.capacity[i+1].At
		}
		if end <= from {
			continue
		}
		v := value(c)
		out.Min, out.Max = min(out.Min, v), max(out.Max, v)
		total += float64(v) * end.Sub(max(from, c.At)).Seconds()
	}
	out.Mean = total / w.end.Sub(from).Seconds()
	return out
}

// at is the fleet just after t.
func (w *world) at(t des.Time) *CapacityChange {
	h := w.lives.capacity
	i := sort.Search(len(h), func(i int) bool { return h[i].At > t })
	return &h[max(0, i-1)]
}
