package world

import (
	"fmt"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/serving"
)

// evidence is what the audit judges: counts of the same things taken in
// different places. A test breaks each law by changing one of them.
type evidence struct {
	all, window serving.Totals
	cohorts     serving.Totals // sums over the minutes
	rows        serving.Totals // sums over the timeline
	attempts    uint64
	ended       uint64
	waiting     uint64
	inFlight    uint64 // integral of attempts in flight, ns
	durations   uint64 // sum of attempt durations, ns

	began, launched, attached, gone, alive int // instances; gone are the terminated and the detached
	billedS                                int64
	runningS                               float64 // integral of running instances over the window
	grace                                  float64 // seconds that rounding and the 60 s minimum may add

	asked, injected, skipped int // scripted faults

	idle   int // readings of an instance with requests queued beside an idle worker
	work   []workEvidence
	terms  termsEvidence
	pooled [2]float64 // hours of warm pool members: that their volumes are charged for, and in the capacity history

	costs [2]float64 // EC2 dollars: of the bill, and at the end of the timeline
}

// workEvidence is the ledger of one instance, in vCPU-nanoseconds.
type workEvidence struct {
	ordinal   int
	counters  serving.InstanceCounters
	available float64 // vCPU x time running
	speed     float64
}

// evidence gathers what there is.
func (w *world) evidence(r *Result, c *serving.Counters) *evidence {
	e := &evidence{
		all: c.All, window: c.Window, attempts: c.Attempts, waiting: c.AttemptsInFlight,
		inFlight: c.InFlightNanos, durations: c.AttemptNanos,
		idle: w.meter.idle, launched: w.group.Launches, costs: [2]float64{r.Summary.Cost.EC2, r.Rows[len(r.Rows)-1].Cost},
	}
	for _, n := range c.AttemptsBy {
		e.ended += n
	}
	for _, m := range w.plane.Cohorts() {
		addTotals(&e.cohorts, uint64(m.Offered), uint64(m.Served), uint64(m.Slow), uint64(m.Failed))
	}
	for _, row := range r.Rows {
		addTotals(&e.rows, row.Offered, row.Served, row.Slow, row.Fail)
	}
	e.attached = w.group.Attached
	e.began = len(w.group.Members) - w.group.Launches - w.group.Attached
	for _, m := range w.group.Members {
		if m.Phase == asg.PhaseGone {
			e.gone++
		}
	}
	e.alive = len(w.lives.open)
	for _, i := range w.fleet.Instances {
		for _, r := range i.Runs() {
			from, to := w.billed(r)
			e.billedS += to - from
			if from < to {
				e.grace += 2
				if _, b, _ := w.charged(r); b > r.StoppedAt {
					e.grace += b.Sub(r.StoppedAt).Seconds()
				}
			}
		}
	}
	e.terms = w.termsEvidence()
	e.runningS = w.overTime(func(c *CapacityChange) int { return c.Running }).Mean * w.end.Sub(des.Time(w.cfg.WarmUp)).Seconds()
	for _, f := range w.cfg.Faults {
		about := f.About()
		for _, at := range about.At {
			if at < w.end {
				e.asked += about.Asked
			}
		}
	}
	for _, i := range w.injector.Log {
		if i.Scripted && i.Skipped == "" {
			e.injected++
		} else if i.Scripted {
			e.skipped++
		}
	}
	e.pooled = [2]float64{w.pooledHours(), w.overTime(func(c *CapacityChange) int { return c.States.Pool() }).Mean * w.end.Sub(des.Time(w.cfg.WarmUp)).Hours()}
	for _, g := range w.meter.every {
		we := workEvidence{ordinal: g.instance.Ordinal, speed: g.instance.Model.Speed}
		w.plane.ReadInstance(g.run.Plane, &we.counters)
		we.available = float64(g.instance.Model.Type.VCPU) * float64(min(w.end, g.run.StoppedAt)-g.since)
		e.work = append(e.work, we)
	}
	return e
}

func addTotals(t *serving.Totals, offered, served, slow, failed uint64) {
	t.Offered += offered
	t.Served += served
	t.Slow += slow
	t.Failed[serving.Error] += failed
}

// audit checks the conservation laws and returns those that are broken. It runs
// after every run, for users too: a broken law is a bug of ours.
func audit(e *evidence) []Violation {
	var out []Violation
	law := func(ok bool, name, format string, args ...any) {
		if !ok {
			out = append(out, Violation{name, fmt.Sprintf(format, args...)})
		}
	}
	for _, t := range []struct {
		name string
		*serving.Totals
	}{{"the run", &e.all}, {"the window", &e.window}} {
		law(t.Offered == t.Served+t.FailedAll()+t.InFlight, "offered = served + failed + in flight",
			"%s: %d offered, %d served, %d failed, %d in flight", t.name, t.Offered, t.Served, t.FailedAll(), t.InFlight)
		law(t.Slow <= t.Served, "slow <= served", "%s: %d slow, %d served", t.name, t.Slow, t.Served)
	}
	for _, t := range []struct {
		name string
		*serving.Totals
	}{{"minutes of first send", &e.cohorts}, {"timeline", &e.rows}} {
		law(t.Offered == e.all.Offered && t.Served == e.all.Served && t.Slow == e.all.Slow && t.FailedAll() == e.all.FailedAll(), "the cohorts add up to the run",
			"%s: %d offered, %d served, %d slow, %d failed; the run: %d, %d, %d, %d", t.name, t.Offered, t.Served, t.Slow, t.FailedAll(),
			e.all.Offered, e.all.Served, e.all.Slow, e.all.FailedAll())
	}
	law(e.attempts == e.ended+e.waiting, "attempts = ended + in flight", "%d attempts, %d ended, %d in flight", e.attempts, e.ended, e.waiting)
	law(e.inFlight == e.durations, "integral of attempts in flight = sum of their durations", "%d ns, %d ns (modulo 2^64)", e.inFlight, e.durations)
	law(e.began+e.launched+e.attached-e.gone == e.alive, "instances are conserved", "%d at the start + %d launched + %d attached - %d terminated or detached, but %d are there", e.began, e.launched, e.attached, e.gone, e.alive)
	excess := float64(e.billedS) - e.runningS
	law(excess > -1 && excess <= e.grace+1, "billed = running time", "%d s billed, %.1f s running, at most %.0f s by rounding and the minimum", e.billedS, e.runningS, e.grace)
	law(e.asked == e.injected+e.skipped, "scripted faults asked = injected + skipped", "%d asked, %d injected, %d skipped", e.asked, e.injected, e.skipped)
	gap := e.costs[0] - e.costs[1]
	law(gap < 1e-6 && gap > -1e-6, "the timeline's cost ends at the bill", "$%.6f of EC2 on the bill, $%.6f at the end of the timeline", e.costs[0], e.costs[1])
	apart := e.pooled[0] - e.pooled[1]
	law(apart < 1e-6 && apart > -1e-6, "members' volumes = members over time", "%.6f hours on the bill, %.6f hours in the pool", e.pooled[0], e.pooled[1])
	law(e.idle == 0, "no idle worker of a serving instance while requests queue", "seen at %d readings", e.idle)
	auditTerms(&e.terms, e.billedS, law)
	for i := range e.work {
		auditWork(&e.work[i], law)
	}
	return out
}

// auditWork checks the ledger of one instance. A nanosecond an attempt is what
// rounding to whole nanoseconds may cost.
func auditWork(w *workEvidence, law func(bool, string, string, ...any)) {
	c := &w.counters
	slack := float64(c.Routed) + 1000
	law(float64(c.CPUNanos) <= w.available+slack, "CPU time <= vCPU x time", "instance %d: %d ns busy, %.0f ns available", w.ordinal, c.CPUNanos, w.available)
	diff := float64(c.WorkNanos) - float64(c.Completed+c.Lost+c.Running)
	law(diff <= slack && diff >= -slack, "work executed = completed + lost + running",
		"instance %d: %d executed, %d completed, %d lost, %d running (ns)", w.ordinal, c.WorkNanos, c.Completed, c.Lost, c.Running)
}
