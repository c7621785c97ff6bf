package serving

import (
	"testing"

	"asgsim/sim/des"
	"asgsim/workload"
)

// holed is a steady 20 requests a second, of ten seconds of work each, to four instances
// of which the last answers all of them at once with an error.
func holed(t *testing.T, a Algorithm) (routed [4]uint64, c Counters) {
	t.Helper()
	p := mustNew(t, Config{End: secs(100), Loads: []workload.Load{{Name: "load", Curve: flat(20), Arrivals: workload.Arrivals{Kind: workload.Regular}}}, Classes: []Class{work(10)}})
	var ids []ID
	for range 4 {
		ids = append(ids, p.Add(Spec{VCPU: 1, Workers: Unlimited, Queue: Unlimited, Discipline: FIFO, Speed: 1, CPUShare: 1}))
	}
	p.SetMode(ids[3], Mode{Kind: Failing, P: 1})
	p.Route(oneNode(a, ids...))
	p.Advance(secs(100))
	for k, id := range ids {
		var i InstanceCounters
		p.ReadInstance(id, &i)
		routed[k] = i.Routed
	}
	p.Read(&c)
	return routed, c
}

// The black hole: what fails at once is never outstanding. Round robin gives it its
// quarter. To least outstanding requests it is the idlest of all: another gets one only
// when it has none itself, which is at most once in ten seconds of work.
func TestTheBlackHole(t *testing.T) {
	routed, c := holed(t, RoundRobin)
	total := routed[0] + routed[1] + routed[2] + routed[3]
	if total < 1998 || total > 2000 {
		t.Fatalf("%d requests in 100 s at 20/s", total)
	}
	if routed[3] < total/4 || routed[3] > total/4+1 || c.All.Failed[Error] != routed[3] {
		t.Errorf("round robin: %d of %d to it, %d failed, want a quarter of both", routed[3], total, c.All.Failed[Error])
	}
	routed, c = holed(t, LeastOutstandingRequests)
	for k, n := range routed[:3] {
		if n > 10 {
			t.Errorf("least outstanding: %d requests to instance %d, busy ten seconds with each of 100 s", n, k)
		}
	}
	if routed[3] < 1998-30 || c.All.Failed[Error] != routed[3] {
		t.Errorf("least outstanding: %d to it, %d failed, want all but 30 of 2,000", routed[3], c.All.Failed[Error])
	}
}

// Requests and health checks fail each in a share of its own.
func TestProbesOfTheFailing(t *testing.T) {
	for _, row := range []struct{ requests, probes float64 }{{1, 0}, {0.5, 1}, {1, 1}, {1, 0.3}} {
		p := one(t, everySecond(1, 900), work(0.001), Spec{Mode: Mode{Kind: Failing, P: row.requests, Probes: row.probes}}, nil)
		bad := 0.0
		for range 900 {
			p.Probe(0, 0.001)
			for next := p.now.Add(des.Second); ; {
				_, n := p.Advance(next)
				if n.Kind == None {
					break
				}
				if n.Kind == ProbeDone && !n.OK {
					bad++
				}
			}
		}
		var c Counters
		p.Read(&c)
		// Within four standard deviations of a binomial, which is nothing at 0 and 1.
		for what, x := range map[string]struct{ got, share float64 }{"probes": {bad, row.probes}, "requests": {float64(c.All.Failed[Error]), row.requests}} {
			if d := x.got - 900*x.share; d*d > 16*900*x.share*(1-x.share)+1 {
				t.Errorf("%+v: %v of 900 %s failed", row, x.got, what)
			}
		}
	}
}

// One worker, first come first served, a request of half a second each second: done half
// a second later; at half the speed exactly a second later; at full speed again as before.
func TestHalfTheSpeed(t *testing.T) {
	for _, d := range []Discipline{FIFO, ProcessorSharing} {
		p := one(t, at{secs(1), secs(3), secs(5), secs(7)}, work(0.5), Spec{Discipline: d}, nil)
		p.Advance(secs(2))
		p.SetSpeed(0, 0.5, 1)
		checkTimes(t, departuresUntil(p, secs(5.25)), 4)
		// Of what is in service the half that is left runs at the new speed: sent at 5 s, an
		// eighth of a second of work is done at 5.25, and three eighths are left.
		p.SetSpeed(0, 1, 1)
		checkTimes(t, departuresUntil(p, secs(10)), 5.625, 7.5)
	}
}

// departuresUntil notes when Served rises from now on, to an eighth of a second.
func departuresUntil(p *EventPlane, end des.Time) []des.Time {
	var out []des.Time
	var c Counters
	p.Read(&c)
	for before := c.All.Served; p.now < end; {
		p.Advance(p.now.Add(des.Second / 8))
		p.Read(&c)
		for ; before < c.All.Served; before++ {
			out = append(out, p.now)
		}
	}
	return out
}
