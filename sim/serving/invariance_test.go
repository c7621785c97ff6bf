package serving

import (
	"fmt"
	"runtime"
	"testing"

	"asgsim/sim/des"
	"asgsim/workload"
)

// everything is a configuration that uses most of the plane, with its instances.
func everything(end des.Time) (Config, []Spec) {
	logn, _ := workload.NewLognormal(0.016, 0.95, 0.060)
	cfg := Config{
		Seed: 11, End: end, Slow: 100 * ms, IdleTimeout: des.Minute, ConnectTimeout: 10 * des.Second,
		Loads: []workload.Load{
			{Name: "shop", Curve: wave{60, 0.5, des.Hour}},
			{Name: "mail", Curve: flat(20), Arrivals: workload.Arrivals{Kind: workload.Bursty, IDC: 5, Burst: des.Second}, Class: 1},
		},
		Classes: []Class{
			{Name: "page", CPU: logn, Wait: workload.Exponential{M: 0.02}, Timeout: des.Second, Retry: Retry{Attempts: 3, Backoff: 100 * ms, Cap: des.Second}},
			{Name: "mail", CPU: workload.Exponential{M: 0.01}, Timeout: 200 * ms, Abandoned: Drop},
		},
	}
	specs := []Spec{
		{VCPU: 2, Workers: Unlimited, Speed: 1, CPUShare: 1},
		{VCPU: 2, Workers: 8, Queue: 20, Speed: 0.9, CPUShare: 1},
		{VCPU: 2, Workers: 4, Queue: Unlimited, Discipline: FIFO, Speed: 1, CPUShare: 1},
		{VCPU: 2, Workers: 8, Queue: 20, Discipline: FIFO, Speed: 1, CPUShare: 0.8, Mode: Mode{Kind: Failing, P: 0.1, Probes: 0.1}},
	}
	return cfg, specs
}

func build(t testing.TB, cfg Config, specs []Spec) *EventPlane {
	p := mustNew(t, cfg)
	var ids []ID
	for _, s := range specs {
		ids = append(ids, p.Add(s))
	}
	p.Route(oneNode(LeastOutstandingRequests, ids...))
	return p
}

// print is everything a plane says.
func print(p *EventPlane) string {
	var c Counters
	p.Read(&c)
	s := fmt.Sprintf("%v %+v\n", p.now, c)
	for id := range p.inst {
		var i InstanceCounters
		p.ReadInstance(ID(id), &i)
		s += fmt.Sprintf("%+v\n", i)
	}
	var l Latencies
	p.TakePeriod(&l)
	for _, h := range []*Histogram{l.Served, l.Target, p.total.Served} {
		s += fmt.Sprintln(h.count, h.sum, h.min, h.max, h.counts)
	}
	return s + fmt.Sprintln(p.Cohorts())
}

func TestIdleStopsChangeNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("a second or more")
	}
	end := secs(3 * 3600)
	cfg, specs := everything(end)
	once := build(t, cfg, specs)
	once.Advance(end)
	want := print(once)
	if again := build(t, cfg, specs); true {
		again.Advance(end)
		if print(again) != want {
			t.Error("the same run twice differs")
		}
	}
	often := build(t, cfg, specs)
	for at := des.Time(0); at < end; at += 7_000_001 {
		often.Advance(at)
	}
	often.Advance(end)
	if print(often) != want {
		t.Error("stopping every 7 ms changes the result")
	}
	moved := build(t, cfg, specs)
	for at := des.Time(0); at < end; at += des.Time(des.Second / 2) {
		moved.Advance(at)
		moved.rebase()
	}
	moved.Advance(end)
	if print(moved) != want {
		t.Error("moving the epoch every 0.5 s changes the result")
	}
	before := runtime.GOMAXPROCS(1)
	alone := build(t, cfg, specs)
	alone.Advance(end)
	runtime.GOMAXPROCS(before)
	if print(alone) != want {
		t.Error("the result depends on GOMAXPROCS")
	}
}

// The epoch follows the clock of its own accord over days, in one Advance.
func TestTheClockRunsForDays(t *testing.T) {
	end := des.Time(40 * des.Hour)
	cfg, specs := everything(end)
	cfg.Loads[0].Curve, cfg.Loads[1].Curve = flat(0.2), flat(0.1)
	once, pieces := build(t, cfg, specs), build(t, cfg, specs)
	once.Advance(end)
	if once.epoch == 0 {
		t.Error("the epoch has not moved")
	}
	for at := des.Time(0); at <= end; at += des.Time(des.Hour) {
		pieces.Advance(at)
	}
	if print(once) != print(pieces) {
		t.Error("one long Advance differs from hourly ones")
	}
}

// A new load leaves the arrivals, the work, the waits and the routes of the others
// as they were.
func TestANewLoadDisturbsNoOther(t *testing.T) {
	cfg, _ := everything(secs(3600))
	alone := cfg
	alone.Loads = cfg.Loads[:1]
	a, b := mustNew(t, cfg), mustNew(t, alone)
	for range 10_000 {
		x, y := &a.loads[0], &b.loads[0]
		if x.next != y.next || x.cpu != y.cpu || x.wait != y.wait || x.u != y.u || x.req != y.req {
			t.Fatalf("%+v and %+v", *x, *y)
		}
		x.draw(&a.classes[0], 0)
		y.draw(&b.classes[0], 0)
		a.loads[1].draw(&a.classes[1], 0)
	}
}

func TestARequestAllocatesNothing(t *testing.T) {
	cfg, specs := everything(des.Time(100 * des.Hour))
	p := build(t, cfg, specs)
	p.Advance(secs(1800))
	at := p.now
	if n := testing.AllocsPerRun(20, func() { at += secs(60); p.Advance(at) }); n > 0 {
		t.Errorf("%v allocations a minute of 4,800 requests", n)
	}
	for _, c := range benchCases() {
		for _, d := range []Discipline{FIFO, ProcessorSharing} {
			e := c.engine(d)
			e.run(10 * des.Second)
			// Lines of single instances still grow now and then.
			if n := testing.AllocsPerRun(5, func() { e.run(des.Second) }); n > c.curve.Integral(0, secs(1))/1000+1 {
				t.Errorf("%s, discipline %d: %v allocations a second", c.name, d, n)
			}
		}
	}
}

// Memory at 1,000 instances of 4 workers and 32,000 requests/s is under 8 MiB,
// however many requests there were.
func TestMemoryIsBounded(t *testing.T) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	e := benchCases()[4].engine(FIFO)
	e.run(20 * des.Second)
	runtime.GC()
	runtime.ReadMemStats(&after)
	used := float64(int64(after.HeapAlloc-before.HeapAlloc)) / (1 << 20)
	t.Logf("%.1f MiB after %d requests", used, e.served)
	if used > 8 {
		t.Errorf("%.1f MiB", used)
	}
	runtime.KeepAlive(e)
}

// Thousands of launches cost their counters, and nothing else.
func TestLaunchesAreRecycled(t *testing.T) {
	for _, d := range []Discipline{FIFO, ProcessorSharing} {
		cfg, _ := everything(des.Time(100 * des.Hour))
		p := mustNew(t, cfg)
		keep := []ID{p.Add(Spec{VCPU: 8, Workers: Unlimited, Discipline: d, Speed: 1, CPUShare: 1})}
		for k := range 5000 {
			id := p.Add(Spec{VCPU: 2, Workers: 4, Queue: 10, Discipline: d, Speed: 1, CPUShare: 1})
			p.Route(oneNode(RoundRobin, append(keep, id)...))
			for {
				if _, n := p.Advance(secs(float64(k) / 5)); n.Kind == None {
					break
				}
			}
			p.Probe(id, 0.001)
			p.Route(oneNode(RoundRobin, keep...))
			p.Remove(id)
		}
		if p.tree.next > 100 || len(p.slab) > 1000 || len(p.tree.what) > 128 {
			t.Errorf("discipline %d: %d leaves, %d slots after 5000 launches", d, p.tree.next, len(p.slab))
		}
	}
}
