package serving

import (
	"testing"

	"asgsim/sim/des"
	"asgsim/workload"
)

// Instances go on alone where the routing looks at none, each takes on whatever it is sent,
// and nobody waits for a notice.
func TestWhoGoesAlone(t *testing.T) {
	usual := Spec{VCPU: 2, Workers: Unlimited, Queue: Unlimited, Speed: 1, CPUShare: 1}
	for _, c := range []struct {
		name string
		a    Algorithm
		spec func(*Spec)
		do   func(*EventPlane)
		want bool
	}{
		{"in turn", RoundRobin, nil, nil, true},
		{"at random", WeightedRandom, nil, nil, true},
		{"to the least loaded", LeastOutstandingRequests, nil, nil, false},
		{"to the less loaded of two", PowerOfTwoChoices, nil, nil, false},
		{"workers that run out", RoundRobin, func(s *Spec) { s.Workers = 100 }, nil, false},
		{"a vCPU each", RoundRobin, func(s *Spec) { s.Discipline = FIFO }, nil, false},
		{"hung", RoundRobin, nil, func(p *EventPlane) { p.SetMode(0, Mode{Kind: Hung}) }, false},
		{"throttled to nothing", RoundRobin, nil, func(p *EventPlane) { p.SetSpeed(0, 0, 1) }, false},
		{"hung and well again", RoundRobin, nil, func(p *EventPlane) { p.SetMode(0, Mode{Kind: Hung}); p.SetMode(0, Mode{}) }, true},
		{"removed", RoundRobin, nil, func(p *EventPlane) { p.Remove(0) }, false},
		{"checked", RoundRobin, nil, func(p *EventPlane) { p.Probe(0, 1e9) }, false},
		{"checked by nobody", RoundRobin, nil, func(p *EventPlane) { p.Forget(p.Probe(0, 1e9)) }, true},
		{"forgotten twice", RoundRobin, nil, func(p *EventPlane) {
			k := p.Probe(0, 1e9)
			p.Forget(k)
			p.Forget(k)
			p.Probe(1, 1e9)
		}, false},
		{"watched", RoundRobin, nil, func(p *EventPlane) { p.Advance(secs(0.5)); p.Watch(1); p.Watch(1) }, false},
		{"no target", RoundRobin, nil, func(p *EventPlane) { p.Route(oneNode(RoundRobin)) }, false},
	} {
		p := mustNew(t, Config{End: secs(100), Loads: []workload.Load{{Name: "shop", Curve: flat(1000)}},
			Classes: []Class{{CPU: workload.Exponential{M: 0.001}, Wait: workload.Exponential{M: 0.04}}}})
		spec := usual
		if c.spec != nil {
			c.spec(&spec)
		}
		p.Route(oneNode(c.a, p.Add(spec), p.Add(spec)))
		if c.do != nil {
			c.do(p)
		}
		for at := des.Time(0); at < secs(1); {
			at, _ = p.Advance(secs(1))
		}
		if p.alone != c.want {
			t.Errorf("%s: alone is %v", c.name, p.alone)
		}
	}
}

// Where an attempt expires every few milliseconds, batches would be of a few arrivals each:
// instances go on together.
func TestHastyBatches(t *testing.T) {
	for _, c := range []struct {
		timeout des.Duration
		want    bool
	}{{20 * des.Millisecond, false}, {10 * des.Second, true}} {
		p := mustNew(t, Config{End: secs(100), Loads: []workload.Load{{Name: "shop", Curve: flat(1000)}},
			Classes: []Class{{CPU: workload.Exponential{M: 0.001}, Wait: workload.Exponential{M: 0.04}, Timeout: c.timeout, Retry: Retry{Attempts: 1}}}})
		p.Route(oneNode(RoundRobin, p.Add(Spec{VCPU: 4, Workers: Unlimited, Queue: Unlimited, Speed: 1, CPUShare: 1})))
		if p.Advance(secs(1)); p.alone != c.want {
			t.Errorf("a timeout of %v: alone is %v", c.timeout, p.alone)
		}
	}
}
