package serving

import (
	"testing"

	"asgsim/workload"
)

// 1 ms of work and a wait of 100 ms, a request each second. The first is interrupted for
// 10 ms in its wait, so it takes 111 ms and not 101; its old place in the ring, which comes
// due in between, is nobody's. The second is cut off in its wait, and the third waits as
// long as ever.
func TestAnInterruptedWaitGoesOn(t *testing.T) {
	for _, d := range []Discipline{FIFO, ProcessorSharing} {
		cfg := Config{Seed: 1, End: secs(10), Loads: []workload.Load{{Name: "one", Curve: flat(1), Arrivals: workload.Arrivals{Kind: workload.Regular}}},
			Classes: []Class{{CPU: workload.Constant{Value: 0.001}, Wait: workload.Constant{Value: 0.1}, Retry: Retry{Attempts: 1}}}}
		p := mustNew(t, cfg)
		id := p.Add(Spec{VCPU: 1, Workers: Unlimited, Queue: Unlimited, Discipline: d, Speed: 1, CPUShare: 1})
		p.Route(oneNode(RoundRobin, id))
		p.Advance(secs(1.05))
		p.SetMode(id, Mode{Kind: Hung})
		p.Advance(secs(1.06))
		p.SetMode(id, Mode{})
		p.Advance(secs(2.05))
		p.Cut(id, CutOff)
		p.Advance(secs(3.5))
		period := NewLatencies()
		p.TakePeriod(&period)
		if h := period.Served; h.Count() != 2 || h.Max() != 111*ms || h.Min() != 101*ms {
			t.Errorf("%v: %d answers after %v to %v, want two, after 101 and 111 ms", d, h.Count(), h.Min(), h.Max())
		}
		var c Counters
		p.Read(&c)
		if c.All.Failed[CutOff] != 1 || c.All.InFlight != 0 || c.All.Offered != 3 {
			t.Errorf("%v: %+v, want one of three cut off, and nothing left", d, c.All)
		}
	}
}

// Waits of one length take no leaf of the event set, however many there are at once.
func TestWaitsOfOneLengthTakeNoLeaf(t *testing.T) {
	cfg := Config{Seed: 1, End: secs(10), Loads: []workload.Load{{Name: "many", Curve: flat(1000)}},
		Classes: []Class{{CPU: workload.Constant{Value: 0.0001}, Wait: workload.Constant{Value: 2}, Retry: Retry{Attempts: 1}}}}
	p := mustNew(t, cfg)
	p.Route(oneNode(RoundRobin, p.Add(Spec{VCPU: 2, Workers: Unlimited, Queue: Unlimited, Speed: 1, CPUShare: 1})))
	p.Advance(secs(10))
	if n := p.inst[0].used; n < 1700 { // 1,000/s x 2 s, less 6 standard deviations
		t.Fatalf("%d in service: the test shows nothing", n)
	}
	if p.tree.next != 1 {
		t.Errorf("%d leaves, want that of the instance", p.tree.next)
	}
}
