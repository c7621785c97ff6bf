package account

import (
	"math"

	"gonum.org/v1/gonum/mathext"

	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// finishRows adds to the rows what is known only at the end: outcomes by first send,
// capacity and money.
func (a *accounts) finishRows() {
	rows, interval := a.Rows, a.Interval
	for k, c := range a.Requests.Cohorts {
		at := des.Time(k) * des.Time(des.Minute)
		i := int(int64(at) / int64(interval))
		if i >= len(rows) {
			break
		}
		r := &rows[i]
		r.Offered += uint64(c.Offered)
		r.Served += uint64(c.Served)
		r.Slow += uint64(c.Slow)
		r.Fail += uint64(c.Failed)
		r.Breached = r.Breached || at >= a.From() && a.breached(k, &c)
	}
	used, sum := a.usedByRow(rows), a.newUsage()
	at := 0
	for i := range rows {
		r := &rows[i]
		end := min(r.At.Add(interval), a.end)
		for at+1 < len(a.Capacity) && a.Capacity[at+1].At <= r.At {
			at++
		}
		if len(a.Capacity) > 0 {
			c := a.Capacity[at]
			r.States, r.Desired, r.Running, r.Spot, r.SlowStart = c.States, c.Desired, c.Running, c.Spot, c.SlowStart
			r.Routed, r.Marked = c.Routed, c.Marked
		}
		sum.add(used[i])
		r.CostPerHour = used[i].instancesCost(&a.Config.Bill).Float() / end.Sub(r.At).Hours()
		r.SpotPerHour = used[i].spotCost(&a.Config.Bill).Float() / end.Sub(r.At).Hours()
		r.Cost, r.BilledS = sum.cost(&a.Config.Bill).Float(), used[i].seconds()
	}
}

// upTo is the end of a row, that of the last beyond the run: what is charged at
// its very end belongs to it.
func (a *accounts) upTo(i int, rows []record.Row) des.Time {
	if i == len(rows)-1 {
		return a.end + 1
	}
	return rows[i+1].At
}

// breached reports whether a minute's bad requests exceed the allowance by more
// than chance explains: binomial, one-sided 0.1 %.
//
// Requests that had not ended with the run are bad if they were older than the SLO allows by
// then: those of minutes that were over so long before.
func (a *accounts) breached(minute int, c *serving.Cohort) bool {
	done, bad := uint64(c.Served+c.Failed), uint64(c.Slow+c.Failed)
	if over := des.Time(minute+1) * des.Time(des.Minute); over.Add(a.Config.SLO.Latency) <= a.end {
		unended := uint64(c.Offered) - done
		done, bad = done+unended, bad+unended
	}
	allowed := 1 - a.Config.SLO.Good
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
func (a *accounts) billed(r *record.Run) (from, to int64) {
	begin, end, ok := a.charged(r)
	if !ok {
		return 0, 0
	}
	second := int64(des.Second)
	from = max(int64(begin)/second, int64(a.Config.WarmUp)/second)
	to = min((int64(end)+second-1)/second, int64(a.end)/second)
	return from, max(from, to)
}

// charged is when EC2 begins and ends to charge for a run: by the second, or, on a
// platform that is billed by the hour, to the end of the last hour begun.
func (a *accounts) charged(r *record.Run) (from, to des.Time, ok bool) {
	from, to, ok = r.Billed(a.end)
	if ok && a.Config.Template.Hourly {
		to = from.Add((to.Sub(from) + des.Hour - 1) / des.Hour * des.Hour)
	}
	return from, to, ok
}

// minutesIn is how many minutes of the window something held.
func (a *accounts) minutesIn(holds func(*record.CapacityChange) bool) float64 {
	share := a.overTime(func(c *record.CapacityChange) int {
		if holds(c) {
			return 1
		}
		return 0
	})
	return share.Mean * a.end.Sub(a.From()).Seconds() / 60
}

// overTime integrates a value of the capacity history over the window and
// returns its extremes and mean.
func (a *accounts) overTime(value func(*record.CapacityChange) int) MinMeanMax {
	out := MinMeanMax{Min: math.MaxInt}
	from, total := a.From(), 0.0
	for i := range a.Capacity {
		c := &a.Capacity[i]
		end := a.end
		if i+1 < len(a.Capacity) {
			end = a.Capacity[i+1].At
		}
		if end <= from {
			continue
		}
		v := value(c)
		out.Min, out.Max = min(out.Min, v), max(out.Max, v)
		total += float64(v) * end.Sub(max(from, c.At)).Seconds()
	}
	out.Mean = total / a.end.Sub(from).Seconds()
	return out
}
