package world

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"runtime"
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/fault"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// busy is a run in which everything happens: two loads, retries, scaling both
// ways, a hang, crashes.
func busy() *record.Config {
	cfg := timeline(320, 640, 4)
	cfg.Duration = 90 * des.Minute
	cfg.Loads = []workload.Load{
		{Name: "shop", Curve: jump{t0, 80, 160}},
		{Name: "late", Curve: jump{des.Time(50 * des.Minute), 25, 0}},
	}
	cfg.Classes[0] = serving.Class{
		Name: "request", CPU: exponential(0.040), Wait: exponential(0.020), Timeout: 2 * des.Second,
		Retry: serving.Retry{Attempts: 3, Backoff: 100 * des.Millisecond},
	}
	cfg.Balancer.Algorithm = serving.LeastOutstandingRequests
	cfg.Group.HealthCheckELB = true
	cfg.Group.WarmPool = &asg.WarmPool{Min: 2, Prepared: asg.Unlimited, Reuse: true, Handover: seconds64(2), Start: exponential(5), Boot: exponential(10), Stop: exponential(30)}
	cfg.Template.Boot, cfg.Template.Pending = exponential(20), exponential(5)
	cfg.Template.Workers, cfg.Template.Queue = 40, 200
	cfg.Faults = []fault.Fault{
		fault.Hang{Plan: fault.Plan{Name: "frozen", At: []des.Time{s(1200)}, Whom: fault.Whom{Count: 1}}},
		fault.Crash{Plan: fault.Plan{Name: "hardware", Life: exponential(4 * 3600)}},
	}
	return cfg
}

// print is everything a run found out, as text.
func fingerprint(t *testing.T, r *account.Result) string {
	t.Helper()
	h := fnv.New64a()
	events := r.Summary.Engine.ControlEvents
	r.Summary.Engine.ControlEvents = 0
	summary, err := json.Marshal(r.Summary)
	r.Summary.Engine.ControlEvents = events
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(h, "%s|%v|%v|%v|%v|%v|%v", summary, r.Rows, r.Capacity, r.Instances, r.Decisions, r.Activities, r.Faults)
	return fmt.Sprintf("%x", h.Sum64())
}

func TestSameBytesTwiceAndOnAnyNumberOfCores(t *testing.T) {
	if testing.Short() {
		t.Skip("half a second or more")
	}
	first := fingerprint(t, run(t, busy()))
	if again := fingerprint(t, run(t, busy())); again != first {
		t.Error("two runs of one configuration and seed differ")
	}
	before := runtime.GOMAXPROCS(1)
	one := fingerprint(t, run(t, busy()))
	runtime.GOMAXPROCS(before)
	if one != first {
		t.Error("the result depends on the number of cores")
	}
	other, err := Run(context.Background(), busy(), 2)
	if err != nil {
		t.Fatal(err)
	}
	if fingerprint(t, other) == first {
		t.Error("the seed does not matter")
	}
}

// An extra control event that does nothing changes no byte.
func TestIdleControlEventsChangeNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	want := fingerprint(t, run(t, busy()))
	cfg := busy()
	plane, err := serving.New(planeConfig(cfg, 1))
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(cfg, 1, plane, wiring())
	var idle func()
	idle = func() { w.kernel.After(77*des.Millisecond, des.Decide, idle) }
	idle()
	if err := w.loop(context.Background()); err != nil {
		t.Fatal(err)
	}
	if got := fingerprint(t, account.Of(w.record())); got != want {
		t.Error("an idle control event every 77 ms changed the result")
	}
}

// Common random numbers: a further load, fault or policy leaves the requests of a
// load, the boots and the lives of instances as they are.
func TestAdditionsDisturbNothingElse(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("many runs")
	}
	base := run(t, busy())
	offered := func(edit func(*record.Config)) (*account.Result, uint64) {
		cfg := busy()
		edit(cfg)
		r := run(t, cfg)
		return r, r.Summary.Requests.Offered
	}
	for name, edit := range map[string]func(*record.Config){
		"a fault": func(c *record.Config) {
			c.Faults = append(c.Faults, fault.Hang{Plan: fault.Plan{Name: "more", At: []des.Time{s(60)}, Whom: fault.Whom{Count: 1}}})
		},
		"a policy": func(c *record.Config) {
			c.Policies = append(c.Policies, &scaling.TargetTracking{Name: "low", Target: 30, Warmup: scaling.Unset, LowRatio: 0.7, AlarmPeriod: des.Minute, HighPeriods: 3, LowPeriods: 15, Repeat: scaling.Unset})
		},
		"a bound": func(c *record.Config) { c.Group.Max = 5 },
	} {
		r, n := offered(edit)
		if n != base.Summary.Requests.Offered {
			t.Errorf("%s changed the number of requests from %d to %d", name, base.Summary.Requests.Offered, n)
		}
		for k := range min(len(r.Instances), len(base.Instances)) {
			a, b := &r.Instances[k], &base.Instances[k]
			if a.Launched > 0 && b.Launched > 0 && a.Running != des.Never && b.Running != des.Never && a.Running-a.Launched != b.Running-b.Launched {
				t.Errorf("%s: launch %d took %v, before %v", name, k, a.Running-a.Launched, b.Running-b.Launched)
			}
		}
	}
	quiet := func(c *record.Config) { c.Loads = c.Loads[:1] }
	_, alone := offered(quiet)
	_, both := offered(func(*record.Config) {})
	_, late := offered(func(c *record.Config) { c.Loads = c.Loads[1:] })
	if alone+late != both {
		t.Errorf("%d + %d requests apart, %d together", alone, late, both)
	}
}

// A run can be stopped from outside; there is no result then.
func TestCancelledRunsReturnNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if r, err := Run(ctx, busy(), 1); r != nil || err == nil {
		t.Errorf("result %v, error %v", r, err)
	}
}
