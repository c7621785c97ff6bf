package serving

import (
	"testing"

	"asgsim/sim/des"
	"asgsim/workload"
)

// one has a single instance and a load of scripted instants.
func one(t *testing.T, when at, c Class, spec Spec, change func(*Config)) *EventPlane {
	t.Helper()
	cfg := Config{End: secs(1000), IdleTimeout: des.Minute, ConnectTimeout: 10 * des.Second}
	scripted(&cfg, "jobs", when, c)
	if change != nil {
		change(&cfg)
	}
	p := mustNew(t, cfg)
	if spec.VCPU == 0 {
		spec = Spec{VCPU: 1, Workers: Unlimited, Queue: Unlimited, Speed: 1, CPUShare: 1, Mode: spec.Mode, Discipline: spec.Discipline}
	}
	p.Route(oneNode(RoundRobin, p.Add(spec)))
	return p
}

// failedAt returns when the first request failed and why.
func failedAt(t *testing.T, p *EventPlane) (des.Time, Reason) {
	t.Helper()
	return failedAtFrom(t, p, 0)
}

func TestFailuresByMode(t *testing.T) {
	for name, c := range map[string]struct {
		mode    Mode
		timeout des.Duration
		after   des.Duration
		reason  Reason
	}{
		"hung, idle timeout":           {Mode{Kind: Hung}, 0, des.Minute, GatewayTimeout},
		"hung, client timeout":         {Mode{Kind: Hung}, 3 * des.Second, 3 * des.Second, TimedOut},
		"unreachable, connect timeout": {Mode{Kind: Unreachable}, 0, 10 * des.Second, GatewayTimeout},
		"unreachable, client timeout":  {Mode{Kind: Unreachable}, 3 * des.Second, 3 * des.Second, TimedOut},
		"refusing":                     {Mode{Kind: Refusing}, 0, 0, Refused},
		"failing":                      {Mode{Kind: Failing, P: 1}, 0, 0, Error},
	} {
		class := work(1)
		class.Timeout = c.timeout
		// An arrival at the very instant belongs to what follows it.
		sent := secs(5) - 1
		got, r := failedAt(t, one(t, at{sent}, class, Spec{Mode: c.mode}, nil))
		if want := sent.Add(c.after) + 1; got != want || r != c.reason {
			t.Errorf("%s: %v at %v, want %v at %v", name, r, got, c.reason, want)
		}
	}
	p := one(t, at{secs(1)}, work(1), Spec{}, nil)
	p.Route(Routing{})
	if _, r := failedAt(t, p); r != NoTarget {
		t.Errorf("an empty table fails by %v", r)
	}
}

// What a hung instance held goes on when it wakes, and its CPU is what the mode says.
func TestHungWakesUp(t *testing.T) {
	for _, d := range []Discipline{FIFO, ProcessorSharing} {
		p := one(t, at{secs(1)}, work(2), Spec{Discipline: d}, nil)
		p.Advance(secs(2))
		p.SetMode(0, Mode{Kind: Hung, CPU: 0.5})
		p.Advance(secs(10))
		p.SetMode(0, Mode{})
		var c InstanceCounters
		p.Advance(secs(11) - 1)
		if p.ReadInstance(0, &c); c.InFlight != 1 || c.Running != 2e9-1 {
			t.Errorf("discipline %d: %+v", d, c)
		}
		p.Advance(secs(11))
		if p.ReadInstance(0, &c); c.InFlight != 0 || c.CPUNanos != 2e9+4e9 || c.WorkNanos != 2e9 {
			t.Errorf("discipline %d: %+v", d, c)
		}
	}
}

// A client that left leaves its work behind, or not; the attempt stays outstanding
// until the server ends it.
func TestAbandonedWork(t *testing.T) {
	for _, d := range []Discipline{FIFO, ProcessorSharing} {
		class := work(5)
		class.Timeout = 2 * des.Second
		var c InstanceCounters
		p := one(t, at{secs(1)}, class, Spec{Discipline: d}, nil)
		p.Advance(secs(4))
		if p.ReadInstance(0, &c); c.InFlight != 1 || c.Ended[TimedOut] != 1 {
			t.Errorf("discipline %d works on: %+v", d, c)
		}
		p.Advance(secs(6))
		if p.ReadInstance(0, &c); c.InFlight != 0 || c.Completed != 5e9 || p.Latencies().Served.Count() != 0 {
			t.Errorf("discipline %d worked on: %+v", d, c)
		}
		var l Latencies
		if p.TakePeriod(&l); l.Target.Count() != 0 || l.Served.Count() != 0 {
			t.Errorf("the client left after 2 s: a response time of nobody's, %v %v", l.Target, l.Served)
		}
		class.Abandoned = Drop
		p = one(t, at{secs(1)}, class, Spec{Discipline: d}, nil)
		p.Advance(secs(4))
		if p.ReadInstance(0, &c); c.InFlight != 0 || c.Lost != 2e9 || c.WorkNanos != 2e9 {
			t.Errorf("discipline %d dropped: %+v", d, c)
		}
	}
}

// A slower CPU lets time out what would have been quick enough: its timeout counts
// from its send all the same.
func TestSlowedDownIntoATimeout(t *testing.T) {
	class := work(5)
	class.Timeout = 6 * des.Second
	p := one(t, at{secs(1)}, class, Spec{Discipline: FIFO}, nil)
	p.Advance(secs(2))
	p.SetSpeed(0, 0.5, 1)
	if got, r := failedAtFrom(t, p, secs(2)); got != secs(7) || r != TimedOut {
		t.Errorf("%v at %v, want a timeout at 7 s", r, got)
	}
}

func failedAtFrom(t *testing.T, p *EventPlane, from des.Time) (des.Time, Reason) {
	t.Helper()
	var c Counters
	for at := from; at < secs(200); at += des.Time(ms) {
		p.Advance(at)
		p.Read(&c)
		for r, n := range c.All.Failed {
			if n > 0 {
				return at, Reason(r)
			}
		}
	}
	t.Fatal("nothing failed")
	return 0, 0
}

// Attempts leave after 100, 200, 300 (capped) ms and repeat the request's work.
func TestRetriesBackOff(t *testing.T) {
	class := work(1)
	class.Retry = Retry{Attempts: 4, Backoff: 100 * ms, Cap: 300 * ms, Jitter: NoJitter}
	p := one(t, at{secs(1)}, class, Spec{Mode: Mode{Kind: Refusing}}, nil)
	var c Counters
	for _, w := range []struct {
		at       float64
		attempts uint64
	}{{1.1, 1}, {1.1001, 2}, {1.3, 2}, {1.3001, 3}, {1.6, 3}, {1.6001, 4}, {3, 4}} {
		p.Advance(secs(w.at))
		if p.Read(&c); c.Attempts != w.attempts {
			t.Errorf("at %v s: %d attempts, want %d", w.at, c.Attempts, w.attempts)
		}
	}
	if c.All.Offered != 1 || c.All.Retries != 3 || c.All.Failed[Refused] != 1 || c.AttemptsBy[Refused] != 4 {
		t.Errorf("%+v", c)
	}
	r := Retry{Attempts: 9, Backoff: des.Second, Jitter: EqualJitter}
	if d := backoff(&r, 1, 2, 3); d < 2*des.Second || d >= 4*des.Second || d != backoff(&r, 1, 2, 3) {
		t.Errorf("equal jitter after the third attempt: %v", d)
	}
}

// A drain that empties at 3.098 s is said at 3.098 s, whatever else happens.
func TestIdleNoticeComesAtItsInstant(t *testing.T) {
	p := one(t, at{secs(1)}, work(2.098), Spec{}, nil)
	p.Advance(secs(2))
	p.Route(Routing{})
	p.Watch(0)
	if at, n := p.Advance(secs(60)); at != secs(3.098) || n != (Notice{Kind: Idle}) {
		t.Errorf("%+v at %v", n, at)
	}
	if at, n := p.Advance(secs(60)); at != secs(60) || n.Kind != None {
		t.Errorf("%+v at %v", n, at)
	}
	p.Watch(0)
	if at, n := p.Advance(secs(70)); at != secs(60) || n.Kind != Idle {
		t.Errorf("watching an idle instance: %+v at %v", n, at)
	}
}

func TestProbesMeetTheQueue(t *testing.T) {
	busy := Spec{VCPU: 1, Workers: 1, Queue: 1, Discipline: FIFO, Speed: 1, CPUShare: 1}
	p := one(t, at{secs(1)}, work(3), busy, nil)
	p.Advance(secs(2))
	first := p.Probe(0, 0.5)
	full := p.Probe(0, 0.5)
	if at, n := p.Advance(secs(60)); at != secs(2) || n != (Notice{ProbeDone, 0, full, false}) {
		t.Errorf("a probe that found the queue full: %+v at %v", n, at)
	}
	if at, n := p.Advance(secs(60)); at != secs(4.5) || n != (Notice{ProbeDone, 0, first, true}) {
		t.Errorf("a probe behind a request: %+v at %v", n, at)
	}
	p.SetMode(0, Mode{Kind: Unreachable})
	lost := p.Probe(0, 0)
	p.SetMode(0, Mode{Kind: Hung})
	never, forgotten := p.Probe(0, 0), p.Probe(0, 0)
	p.Forget(forgotten)
	if at, n := p.Advance(secs(90)); n.Kind != None {
		t.Errorf("%+v at %v from nowhere", n, at)
	}
	p.Cut(0, CutOff)
	for _, want := range []Token{lost, never} {
		if _, n := p.Advance(secs(100)); n != (Notice{ProbeDone, 0, want, false}) {
			t.Errorf("a cut answers its probes badly: %+v", n)
		}
	}
	var c Counters
	var i InstanceCounters
	p.Read(&c)
	p.ReadInstance(0, &i)
	if c.Attempts != 1 || i.Routed != 1 || i.CPUNanos != 3.5e9 {
		t.Errorf("probes are no requests, but CPU: %+v %+v", c, i)
	}
	p.SetMode(0, Mode{Kind: Refusing})
	bad := p.Probe(0, 1)
	if _, n := p.Advance(secs(100)); n != (Notice{ProbeDone, 0, bad, false}) {
		t.Errorf("a refused probe: %+v", n)
	}
	taken := p.Probe(0, 1)
	p.Forget(taken)
	if _, n := p.Advance(secs(101)); n.Kind != None {
		t.Errorf("a forgotten answer was given: %+v", n)
	}
}

// A cut fails what is in flight and queued; a removed instance that is still routed
// to is unreachable.
func TestCutAndRemove(t *testing.T) {
	p := one(t, everySecond(1, 3), work(10), Spec{VCPU: 1, Workers: 1, Queue: Unlimited, Speed: 1, CPUShare: 1}, nil)
	p.Advance(secs(2.5))
	p.Cut(0, CutOff)
	var c Counters
	var i InstanceCounters
	if p.Read(&c); c.All.Failed[CutOff] != 2 || c.All.InFlight != 0 {
		t.Errorf("%+v", c.All)
	}
	if p.ReadInstance(0, &i); i.Lost != 1.5e9 || i.InFlight != 0 || i.Ended[CutOff] != 2 {
		t.Errorf("%+v", i)
	}
	p.Remove(0)
	p.Advance(secs(13))
	p.Advance(secs(13) + 1)
	if p.Read(&c); c.All.Failed[GatewayTimeout] != 1 {
		t.Errorf("%+v", c.All)
	}
	defer func() {
		if recover() == nil {
			t.Error("an order for a removed instance must panic")
		}
	}()
	p.Watch(0)
}

func TestBadConfigurationsAreRefused(t *testing.T) {
	load := workload.Load{Name: "x", Curve: flat(1)}
	for name, cfg := range map[string]Config{
		"window":   {WindowFrom: 1},
		"no work":  {Classes: []Class{{}}},
		"attempts": {Classes: []Class{{CPU: workload.Constant{}, Retry: Retry{Attempts: 256}}}},
		"backoff":  {Classes: []Class{{CPU: workload.Constant{}, Retry: Retry{Attempts: 2, Backoff: -1}}}},
		"no class": {Loads: []workload.Load{load}},
		"no curve": {Loads: []workload.Load{{}}, Classes: []Class{work(1)}},
	} {
		if _, err := New(cfg); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// At speed 3 the 11 ns of work of one who has just come are a stage of round(11 / 3) = 4 ns,
// which holds 12: nothing is executed yet, and nothing less.
func TestNothingIsExecutedAtTheStart(t *testing.T) {
	p := one(t, at{secs(1)}, Class{CPU: workload.Constant{Value: 11e-9}}, Spec{VCPU: 1, Workers: 1, Queue: 1, Speed: 3, CPUShare: 1, Discipline: FIFO}, nil)
	p.Advance(secs(1) + 1) // arrivals at the instant itself are not yet served
	var c InstanceCounters
	p.now--
	if p.ReadInstance(0, &c); c.InFlight != 1 || c.Running != 0 || c.Lost != 0 {
		t.Errorf("%+v", c)
	}
	p.now++
	p.Cut(0, CutOff)
	if p.ReadInstance(0, &c); c.InFlight != 0 || c.Lost > 4 {
		t.Errorf("after a cut %+v", c)
	}
}
