package account

import (
	"strings"
	"testing"

	"asgsim/sim/queue"
	"asgsim/sim/serving"
)

// drained is a queue whose messages are the requests of sound evidence.
func drained() *queue.Counters {
	return &queue.Counters{Sent: 100, Deleted: 90, Dead: 4, Expired: 2, Visible: 3, NotVisible: 1}
}

// sound is evidence of a small run in which everything adds up.
func sound() *evidence {
	t := serving.Totals{Offered: 100, Served: 90, Slow: 5, InFlight: 4, Retries: 10}
	t.Failed[serving.TimedOut], t.Failed[serving.DependencyFailed] = 4, 2
	sums := t
	sums.InFlight = 0
	return &evidence{
		all: t, window: t, cohorts: sums, rows: sums, attempts: 110, sent: [2]uint64{110, 10}, ended: 105, waiting: 5, inFlight: 1000, durations: 1000,
		began: 3, launched: 3, attached: 1, gone: 2, alive: 5, billedS: 7200, terms: termsEvidence{pricedS: 7000, freeS: 200, shouldS: 200, paid: 1, limit: 3, noticed: 1}, runningS: 7195, grace: 20,
		asked: 3, injected: 2, skipped: 1, costs: [2]float64{1.5, 1.5}, pooled: [2]float64{7, 7},
		dependencies: []serving.DependencyCounters{{Asked: 20, Answered: 10, Refused: 1, GaveUp: 2, HungUp: 3, Waiting: 2, InUse: 2}}, failedThere: 2,
		work: []workEvidence{{counters: serving.InstanceCounters{Routed: 10, CPUNanos: 5000, WorkNanos: 5000, Completed: 4000, Lost: 600, Running: 400}, available: 1e9, speed: 1}},
	}
}

func TestSoundEvidencePasses(t *testing.T) {
	e := sound()
	if v := audit(e); len(v) > 0 {
		t.Errorf("violations %v", v)
	}
	if e.queue = drained(); len(audit(e)) > 0 {
		t.Errorf("violations %v of a queue", audit(e))
	}
}

// A crowd of 75,000 on the average, and 150,000 who came and as many who went: 2 x 150,000 x
// 75,000 / 2^11 = 11 ms of work may be rounded away, and not 12. Of twenty it is 3 us.
func TestACrowdRounds(t *testing.T) {
	for _, c := range []struct {
		average, off uint64
		sound        bool
	}{{75_000, 11e6, true}, {75_000, 12e6, false}, {20, 150_000 + 1000 + 2900, true}, {20, 150_000 + 1000 + 3000, false}} {
		e := sound()
		w := &e.work[0]
		w.ran, w.available = 3600e9, 3600e9
		w.counters = serving.InstanceCounters{Routed: 150_000, WorkerNanos: c.average * 3600e9, CPUNanos: 5e9 + c.off, WorkNanos: 5e9 + c.off, Completed: 5e9}
		if v := audit(e); (len(v) == 0) != c.sound {
			t.Errorf("%d at a time, %d ns off: %v", c.average, c.off, v)
		}
	}
}

// Every law of the audit, broken on purpose.
func TestEveryLawCanBeBroken(t *testing.T) {
	for law, spoil := range map[string]func(*evidence){
		"offered = served + failed + in flight":                             func(e *evidence) { e.all.Served++; e.cohorts.Served++; e.rows.Served++ },
		"slow <= served":                                                    func(e *evidence) { e.window.Slow = 91 },
		"the cohorts add up to the run":                                     func(e *evidence) { e.cohorts.Slow-- },
		"the timeline's attempts add up to the run":                         func(e *evidence) { e.sent[1]++ },
		"attempts = ended + in flight":                                      func(e *evidence) { e.ended++ },
		"integral of attempts in flight = sum of their durations":           func(e *evidence) { e.durations++ },
		"instances are conserved":                                           func(e *evidence) { e.gone++ },
		"billed = running time":                                             func(e *evidence) { e.billedS += 30; e.terms.pricedS += 30 },
		"every instance-second is priced or free":                           func(e *evidence) { e.terms.pricedS++ },
		"free is what EC2 interrupts in its first hour":                     func(e *evidence) { e.terms.shouldS++ },
		"Spot costs at most the price on demand":                            func(e *evidence) { e.terms.paid = 3.01 },
		"a Spot Instance is gone two minutes after its notice":              func(e *evidence) { e.terms.lingering = 1 },
		"no Spot Instance without a Spot market":                            func(e *evidence) { e.terms.forbidden = 1 },
		"scripted faults asked = injected + skipped":                        func(e *evidence) { e.skipped = 0 },
		"the timeline's cost ends at the bill":                              func(e *evidence) { e.costs[1] += 0.01 },
		"members' volumes = members over time":                              func(e *evidence) { e.pooled[0] -= 0.01 },
		"CPU time <= vCPU x time":                                           func(e *evidence) { e.work[0].available = 3000 },
		"work executed = completed + lost + running":                        func(e *evidence) { e.work[0].counters.Lost += 1e6 },
		"asked = answered + refused + gave up + hung up + waiting + served": func(e *evidence) { e.dependencies[0].HungUp++ },
		"attempts that fail by dependencies are refused or give up there":   func(e *evidence) { e.failedThere = 4 },
		"sent = deleted + dead letters + expired + visible + not visible":   func(e *evidence) { e.queue = drained(); e.queue.Sent++ },
		"each message is one request":                                       func(e *evidence) { e.queue = drained(); e.queue.Deleted++; e.queue.Visible-- },
		"no idle worker of a serving instance while requests queue":         func(e *evidence) { e.idle = 1 },
	} {
		e := sound()
		spoil(e)
		v := audit(e)
		if len(v) != 1 || v[0].Law != law || v[0].Detail == "" {
			t.Errorf("breaking %q: %v", law, v)
		}
	}
	// The timeline is held to the same sums as the minutes.
	e := sound()
	e.rows.Offered--
	if v := audit(e); len(v) != 1 || !strings.HasPrefix(v[0].Detail, "timeline") {
		t.Errorf("a timeline that lost a request: %v", v)
	}
	// Less money than running time is as wrong as more.
	e = sound()
	e.billedS, e.terms.pricedS = 7100, 6900
	if v := audit(e); len(v) != 1 {
		t.Errorf("free running time: %v", v)
	}
}

// Ends of work fall on whole nanoseconds: at 1,000 times the speed half a nanosecond
// an attempt is 500 of work.
func TestRoundingGrowsWithSpeed(t *testing.T) {
	for _, c := range []struct {
		speed float64
		off   uint64
		fine  bool
	}{{1, 500 * 100, false}, {1000, 500 * 100, true}, {1000, 2000 * 100_000, false}} {
		e := sound()
		e.work[0].speed = c.speed
		e.work[0].counters.Routed, e.work[0].counters.WorkNanos = 100, 5000+c.off
		if got := len(audit(e)) == 0; got != c.fine {
			t.Errorf("speed %v, %d ns off: %v", c.speed, c.off, got)
		}
	}
}
