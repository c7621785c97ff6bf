package account

import (
	"fmt"

	"asgsim/sim/fault"
	"asgsim/sim/queue"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// evidence is what the audit judges: counts of the same things taken in
// different places. A test breaks each law by changing one of them.
type evidence struct {
	all, window serving.Totals
	cohorts     serving.Totals // sums over the minutes
	rows        serving.Totals // sums over the timeline
	attempts    uint64
	sent        [2]uint64 // attempts and retries of the timeline
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

	queue        *queue.Counters // nil without one
	dependencies []serving.DependencyCounters
	failedThere  uint64 // attempts that ended by a dependency's failure

	costs [2]float64 // EC2 dollars: of the bill, and at the end of the timeline
}

// workEvidence is the ledger of one instance, in vCPU-nanoseconds.
type workEvidence struct {
	ordinal   int
	counters  serving.InstanceCounters
	ran       float64 // time running
	available float64 // vCPU x that
	speed     float64
}

// evidence gathers what there is.
func (a *accounts) evidence(r *Result) *evidence {
	c := &a.Requests.Counters
	e := &evidence{
		all: c.All, window: c.Window, attempts: c.Attempts, waiting: c.AttemptsInFlight,
		inFlight: c.InFlightNanos, durations: c.AttemptNanos,
		idle: a.CPU.IdleWorkers, costs: [2]float64{r.Summary.Cost.EC2, r.Rows[len(r.Rows)-1].Cost},
		queue:        a.Requests.Queue,
		dependencies: a.Requests.Dependencies, failedThere: c.AttemptsBy[serving.DependencyFailed],
		began: a.Group.Began, launched: a.Group.Launched, attached: a.Group.Attached, alive: a.Group.Alive,
	}
	for _, n := range c.AttemptsBy {
		e.ended += n
	}
	for _, m := range a.Requests.Cohorts {
		addTotals(&e.cohorts, uint64(m.Offered), uint64(m.Served), uint64(m.Slow), uint64(m.Failed))
	}
	for _, row := range r.Rows {
		addTotals(&e.rows, row.Offered, row.Served, row.Slow, row.Fail)
		e.sent[0], e.sent[1] = e.sent[0]+row.Sent, e.sent[1]+row.Retries
	}
	for i := range a.Instances {
		a.instanceEvidence(e, &a.Instances[i])
	}
	e.terms = a.termsEvidence()
	e.runningS = a.overTime(func(c *record.CapacityChange) int { return c.Running }).Mean * a.end.Sub(a.From()).Seconds()
	counted := map[string]bool{}
	for _, f := range a.Config.Faults {
		n, known := fault.Expected(f, 0, a.end)
		e.asked, counted[f.About().Name] = e.asked+n, known
	}
	for _, i := range a.Faults {
		switch {
		case !counted[i.Name]:
		case i.Skipped == "":
			e.injected++
		default:
			e.skipped++
		}
	}
	e.pooled = [2]float64{a.pooledHours(), a.overTime(func(c *record.CapacityChange) int { return c.States.Pool() }).Mean * a.end.Sub(a.From()).Hours()}
	return e
}

// instanceEvidence adds what an instance was billed for and worked.
func (a *accounts) instanceEvidence(e *evidence, n *record.Instance) {
	if n.Left {
		e.gone++
	}
	for k := range n.Runs {
		r := &n.Runs[k]
		from, to := a.billed(r)
		e.billedS += to - from
		if from < to {
			e.grace += 2
			if _, b, _ := a.charged(r); b > r.StoppedAt {
				e.grace += b.Sub(r.StoppedAt).Seconds()
			}
		}
		m := a.models[n.Terms]
		ran := float64(min(a.end, r.StoppedAt) - r.Since)
		e.work = append(e.work, workEvidence{ordinal: n.Ordinal, speed: n.Speed, counters: r.Counters, ran: ran, available: float64(m.Type.VCPU) * ran})
	}
}

func addTotals(t *serving.Totals, offered, served, slow, failed uint64) {
	t.Offered += offered
	t.Served += served
	t.Slow += slow
	t.Failed[serving.Error] += failed
}

// audit checks the conservation laws and returns those that are broken. It runs
// after every run, for users too: a broken law is a bug of ours.
func audit(e *evidence) []record.Violation {
	var out []record.Violation
	law := func(ok bool, name, format string, args ...any) {
		if !ok {
			out = append(out, record.Violation{Law: name, Detail: fmt.Sprintf(format, args...)})
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
	law(e.sent[0] == e.attempts && e.sent[1] == e.all.Retries, "the timeline's attempts add up to the run",
		"%d attempts, %d of them retries; the run: %d and %d", e.sent[0], e.sent[1], e.attempts, e.all.Retries)
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
	auditQueue(e.queue, e.all.Served, e.all.FailedAll(), e.all.InFlight, law)
	auditDependencies(e.dependencies, e.failedThere, law)
	auditTerms(&e.terms, e.billedS, law)
	for i := range e.work {
		auditWork(&e.work[i], law)
	}
	return out
}

// auditWork checks the ledger of one instance. A nanosecond an attempt is what
// rounding to whole nanoseconds may cost, of time: at a speed above 1 that is as much
// more work. Where many share the CPU, each who comes or goes rounds how far all of them
// have got by up to 2^-11 ns (serving: virtual time): of a crowd of a hundred thousand
// that is 50 ns of work a time.
func auditWork(w *workEvidence, law func(bool, string, string, ...any)) {
	c := &w.counters
	slack := float64(c.Routed) + 1000
	law(float64(c.CPUNanos) <= w.available+slack, "CPU time <= vCPU x time", "instance %d: %d ns busy, %.0f ns available", w.ordinal, c.CPUNanos, w.available)
	slack *= max(1, w.speed)
	if w.ran > 0 {
		slack += 2 * float64(c.Routed) * float64(c.WorkerNanos) / w.ran / 2048
	}
	diff := float64(c.WorkNanos) - float64(c.Completed) - float64(c.Lost) - float64(c.Running)
	law(diff <= slack && diff >= -slack, "work executed = completed + lost + running",
		"instance %d: %d executed, %d completed, %d lost, %d running (ns)", w.ordinal, c.WorkNanos, c.Completed, c.Lost, c.Running)
}
