package serving

import (
	"testing"

	"asgsim/workload"
)

// 20,000 requests a second of 0.1 ms on the CPU and 20 s off it, give or take a
// millisecond, so that each has a leaf, on ten instances of two vCPUs: by Little's law
// 20,000/s x 20.0001 s = 400,002 are in service, more than 18 bits of a key can name.
func TestMoreInServiceThanAKeyNames(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	end := secs(45)
	cfg := Config{Seed: 1, End: end, Loads: []workload.Load{{Name: "crowd", Curve: flat(20000), Arrivals: workload.Arrivals{Kind: workload.Regular}}}}
	cpu, _ := workload.NewConstant(0.0001)
	wait, _ := workload.NewUniform(19.999, 20.001)
	cfg.Classes = []Class{{Name: "long", CPU: cpu, Wait: wait, Retry: Retry{Attempts: 1}}}
	p := mustNew(t, cfg)
	var ids []ID
	for range 10 {
		ids = append(ids, p.Add(Spec{VCPU: 2, Workers: Unlimited, Queue: Unlimited, Speed: 1, CPUShare: 1}))
	}
	p.Route(oneNode(RoundRobin, ids...))
	if _, n := p.Advance(end); n.Kind != None {
		t.Fatalf("notice %+v", n)
	}
	var c Counters
	p.Read(&c)
	if p.tree.next < 400_000 || p.tree.bits <= leafBits {
		t.Errorf("%d leaves and %d bits for them: the test shows nothing", p.tree.next, p.tree.bits)
	}
	if c.All.InFlight < 399_900 || c.All.InFlight > 400_100 {
		t.Errorf("%d in flight, want 20,000/s x 20.0001 s", c.All.InFlight)
	}
	if c.All.Served < 499_900 || c.All.Served > 500_000 || c.All.Offered != c.All.Served+c.All.InFlight {
		t.Errorf("%+v: want (45 - 20) s x 20,000/s served", c.All)
	}
}

// A key that gives more bits to the leaf as it must changes no byte.
func TestKeysThatWidenChangeNothing(t *testing.T) {
	end := secs(3600)
	cfg, specs := everything(end)
	want, narrow := build(t, cfg, specs), build(t, cfg, specs)
	narrow.tree.form(3)
	narrow.rebase()
	want.Advance(end)
	narrow.Advance(end)
	if narrow.tree.bits <= 3 {
		t.Fatal("the keys have not widened: the test shows nothing")
	}
	if print(narrow) != print(want) {
		t.Error("keys that widen change the result")
	}
}

// More in flight than a run is given is a notice, not a crash.
func TestFull(t *testing.T) {
	cfg := Config{Seed: 1, End: secs(100), MostInFlight: 500, Loads: []workload.Load{{Name: "crowd", Curve: flat(100), Arrivals: workload.Arrivals{Kind: workload.Regular}}}}
	cpu, _ := workload.NewConstant(1)
	cfg.Classes = []Class{{Name: "heavy", CPU: cpu, Retry: Retry{Attempts: 1}}}
	p := mustNew(t, cfg)
	p.Route(oneNode(RoundRobin, p.Add(Spec{VCPU: 1, Workers: 1, Queue: Unlimited, Speed: 1, CPUShare: 1})))
	at, n := p.Advance(secs(100))
	// 100/s come and 1/s goes: the 501st is there after 5 s, and told at the next
	// completion.
	if n.Kind != Full || at < secs(5) || at > secs(6.2) {
		t.Errorf("notice %+v at %v, want Full at 5 to 6 s", n, at)
	}
}

// A crowd with hours of work each: two shared vCPUs have done 2 x the time by then,
// whatever is left of each; the sum of what is left exceeds 64 bits of 2^-10 ns.
func TestACrowdWithHoursOfWork(t *testing.T) {
	if testing.Short() {
		t.Skip("a quarter of a second or more")
	}
	end := secs(30)
	cfg := Config{Seed: 1, End: end, Loads: []workload.Load{{Name: "crowd", Curve: flat(2000), Arrivals: workload.Arrivals{Kind: workload.Regular}}}}
	cpu, _ := workload.NewConstant(3600)
	wait, _ := workload.NewConstant(0)
	cfg.Classes = []Class{{Name: "long", CPU: cpu, Wait: wait, Retry: Retry{Attempts: 1}}}
	p := mustNew(t, cfg)
	id := p.Add(Spec{VCPU: 2, Workers: Unlimited, Queue: Unlimited, Speed: 1, CPUShare: 1, Discipline: ProcessorSharing})
	p.Route(oneNode(RoundRobin, id))
	if _, n := p.Advance(end); n.Kind != None {
		t.Fatalf("notice %+v", n)
	}
	var c InstanceCounters
	p.ReadInstance(id, &c)
	if c.InFlight < 59_990 || c.Completed != 0 {
		t.Fatalf("%+v: the crowd is to stay", c)
	}
	// To within a nanosecond an attempt, as rounding may cost.
	if off := int64(c.Running - c.WorkNanos); max(off, -off) > int64(c.Routed) || c.WorkNanos > 60e9 || c.WorkNanos < 59.99e9 {
		t.Errorf("%d ns executed, %d running, want both 2 x 30 s", c.WorkNanos, c.Running)
	}
}

// What takes longer than 64 bits of nanoseconds can tell is far off, not in the past.
func TestTimeSharedIsNeverNegative(t *testing.T) {
	nineHours := int64(32_400) * 1e9 << virtualBits
	for _, rate := range []float64{1e-5, 1, 1000} {
		for _, n := range []int32{1, 1000, 16_777_216} {
			if d := timeShared(nineHours, n, 1, rate); d <= 0 {
				t.Errorf("%d at %v: %d", n, rate, d)
			}
		}
	}
}
