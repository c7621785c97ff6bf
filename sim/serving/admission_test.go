package serving

import (
	"testing"

	"asgsim/sim/des"
)

// Ten requests of 1 s come together at 0.5 s to one worker and a queue of three, and an
// eleventh at 2.2 s; clients leave after 5 s unless something else is said. By hand.
func TestAdmissionByHand(t *testing.T) {
	for name, x := range map[string]struct {
		admission Admission
		queue     int
		served    []float64 // instants of the good answers
		full      uint64    // answered 503
		late      uint64    // timed out
	}{
		// One works, three wait, six find no room; at 2.2 s there is room again.
		"the first come": {Admission{}, 3, []float64{1.5, 2.5, 3.5, 4.5, 5.5}, 6, 0},
		// Those that wait are pushed out by the last three.
		"the last come": {Admission{Full: DropOldest}, 3, []float64{1.5, 2.5, 3.5, 4.5, 5.5}, 6, 0},
		// At 2.5 s the one of 2.2 s is served before those of 0.5 s.
		"newest first": {Admission{Order: NewestFirst}, 3, []float64{1.5, 2.5, 3.5, 4.5, 5.5}, 6, 0},
		// At 2.5 s the others have waited 2 s, and go; the one of 2.2 s has waited 0.3 s.
		"nobody waits more than 1.5 s": {Admission{Longest: 3 * des.Second / 2}, 3, []float64{1.5, 2.5, 3.5}, 8, 0},
		// To the nanosecond 1 s is not more than 1 s.
		"nobody waits more than 1 s": {Admission{Longest: des.Second}, 3, []float64{1.5, 2.5, 3.5}, 8, 0},
		// Without a bound all ten wait; five are served within their 5 s (the last as it
		// leaves), and those behind work for nobody.
		"no bound": {Admission{}, Unlimited, []float64{1.5, 2.5, 3.5, 4.5, 5.5}, 0, 6},
		// Newest first, the one of 2.2 s is served second.
		"no bound, newest first": {Admission{Order: NewestFirst}, Unlimited, []float64{1.5, 2.5, 3.5, 4.5, 5.5}, 0, 6},
		// No queue: nobody is pushed out of it.
		"no queue": {Admission{Full: DropOldest}, 0, []float64{1.5, 3.2}, 9, 0},
	} {
		cfg := Config{End: secs(30)}
		when := at{secs(2.2)}
		for range 10 {
			when = append(when, secs(0.5))
		}
		c := work(1)
		c.Timeout = 5 * des.Second
		scripted(&cfg, "jobs", when, c)
		p := mustNew(t, cfg)
		p.Route(oneNode(RoundRobin, p.Add(Spec{VCPU: 1, Workers: 1, Queue: x.queue, Admission: x.admission, Speed: 1, CPUShare: 1})))
		checkTimes(t, departures(p, secs(30), des.Second/10), x.served...)
		var got Counters
		p.Read(&got)
		if got.AttemptsBy[QueueFull] != x.full || got.AttemptsBy[TimedOut] != x.late || got.All.InFlight != 0 {
			t.Errorf("%s: %d answered 503, %d timed out, %d in flight; want %d, %d and none", name, got.AttemptsBy[QueueFull], got.AttemptsBy[TimedOut], got.All.InFlight, x.full, x.late)
		}
	}
}

// Whose clients are served tells the latencies: in the order of coming the one of 2.2 s
// waits for all, newest first for one, and where the oldest are dropped for those that
// came last.
func TestWhomAQueueServes(t *testing.T) {
	for order, want := range map[Order]des.Duration{
		OldestFirst: 3300 * des.Millisecond, // done at 5.5 s
		NewestFirst: 1300 * des.Millisecond, // at 3.5 s: the one of 0.5 s that is at work ends at 2.5 s
	} {
		cfg := Config{End: secs(30)}
		scripted(&cfg, "early", at{secs(0.5), secs(0.5), secs(0.5), secs(0.5)}, work(1))
		scripted(&cfg, "late", at{secs(2.2)}, Class{CPU: work(1).CPU, Timeout: want})
		p := mustNew(t, cfg)
		p.Route(oneNode(RoundRobin, p.Add(Spec{VCPU: 1, Workers: 1, Queue: Unlimited, Admission: Admission{Order: order}, Speed: 1, CPUShare: 1})))
		p.Advance(secs(30))
		var got Counters
		if p.Read(&got); got.All.Served != 5 {
			t.Errorf("%v: %d served, want the late one too, within %v", order, got.All.Served, want)
		}
	}
}

// A health check that waits too long, or is pushed out, is answered badly at that instant.
func TestHealthChecksAreTurnedAwayToo(t *testing.T) {
	for name, x := range map[string]struct {
		admission Admission
		queue     int
		want      float64
	}{
		"too long":   {Admission{Longest: des.Second}, Unlimited, 2.5}, // looked at as the first is done
		"pushed out": {Admission{Full: DropOldest}, 1, 2},              // by the one of 2 s
	} {
		cfg := Config{End: secs(30)}
		scripted(&cfg, "jobs", at{secs(0.5), secs(2)}, work(2))
		p := mustNew(t, cfg)
		id := p.Add(Spec{VCPU: 1, Workers: 1, Queue: x.queue, Admission: x.admission, Speed: 1, CPUShare: 1})
		p.Route(oneNode(RoundRobin, id))
		p.Advance(secs(1))
		token := p.Probe(id, 0.001)
		if when, n := p.Advance(secs(20)); when != secs(x.want) || n.Kind != ProbeDone || n.Token != token || n.OK {
			t.Errorf("%s: %v at %v, want a bad answer at %v s", name, n, when, x.want)
		}
	}
}

// Who is turned away comes again: before that instant nothing else may be done, though it
// was not known when the plane looked for what comes next. The second waits behind the
// first, is turned away at 1.5 s, comes again at 1.6 s and is done at 2.6 s, 2 s after it
// first came.
func TestTurnedAwayAndBackInTime(t *testing.T) {
	cfg := Config{End: secs(30), Slow: 2 * des.Second}
	c := work(1)
	c.Retry = Retry{Attempts: 2, Backoff: 100 * des.Millisecond, Jitter: NoJitter}
	scripted(&cfg, "jobs", at{secs(0.5), secs(0.6)}, c)
	p := mustNew(t, cfg)
	id := p.Add(Spec{VCPU: 1, Workers: 1, Queue: 5, Admission: Admission{Longest: des.Second / 2}, Speed: 1, CPUShare: 1})
	p.Route(oneNode(RoundRobin, id))
	p.Advance(secs(10))
	var got Counters
	if p.Read(&got); got.All.Served != 2 || got.All.Retries != 1 || got.All.Slow != 0 {
		t.Errorf("%+v: want two served, one retry, and none over 2 s", got.All)
	}
}
