package world

import (
	"strings"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// zombie is a settled group of n without policies, struck at t0.
func zombie(n int, f fault.Fault) *record.Config {
	cfg := dense(100*float64(n)/4, 100*float64(n)/4, n)
	cfg.Policies = nil
	cfg.Group.Min, cfg.Group.Max = n, n+2
	cfg.Classes[0].Timeout = 10 * des.Second
	switch x := f.(type) {
	case fault.Crash:
		x.At, x.Count = []des.Time{t0}, max(1, x.Count)
		f = x
	case fault.Hang:
		x.At, x.Count = []des.Time{t0}, max(1, x.Count)
		f = x
	}
	cfg.Faults = []fault.Fault{f}
	return cfg
}

// TV-76: an application that never answers, ELB checks, grace 300: unhealthy at
// the balancer within 65 s, ignored until 300, marked at the first check after.
// Here the instance is replaced when the grace period of its life is long over,
// then the same with a young one.
func TestTV76GracePeriod(t *testing.T) {
	cfg := zombie(4, fault.Crash{Plan: fault.Plan{Name: "dead"}, Process: true})
	cfg.Group.HealthCheckELB = true
	cfg.Group.Grace = 300 * des.Second
	r := run(t, cfg)
	i := r.Summary.Incidents[0]
	if i.DetectS == nil || *i.DetectS < 30 || *i.DetectS > 65 {
		t.Errorf("TV-52: detected after %v, want 30 to 65 s (connection refused, two probes)", *i.DetectS)
	}
	// A replacement that never answers: its boot takes longer than the run.
	cfg = zombie(4, fault.Crash{Plan: fault.Plan{Name: "dead"}})
	cfg.Group.HealthCheckELB = true
	cfg.Group.Grace = 300 * des.Second
	cfg.Template.Boot = seconds64(3600)
	r = run(t, cfg)
	young := r.Instances[4]
	var end *asg.Activity
	for k := range r.Activities {
		if a := &r.Activities[k]; a.Instance == young.Ordinal && !a.Launch {
			end = a
		}
	}
	if end == nil {
		t.Fatal("the instance that never answers was not replaced")
	}
	if age := end.Start.Sub(young.Registered); age < 300*des.Second || age > 360*des.Second {
		t.Errorf("TV-76: replaced %v after it was in service, want 300 to 360 s", age)
	}
	if !strings.Contains(end.Cause, "ELB system health check failure") {
		t.Errorf("cause %q", end.Cause)
	}
}

// The zombie: a process that hangs looks healthy to EC2. Only ELB checks find it;
// with EC2 checks the balancer shifts its traffic away but nobody replaces it.
func TestTheZombie(t *testing.T) {
	for _, elbChecks := range []bool{false, true} {
		cfg := zombie(4, fault.Hang{Plan: fault.Plan{Name: "frozen"}})
		cfg.Group.HealthCheckELB = elbChecks
		r := run(t, cfg)
		if got := r.Summary.Capacity.HealthReplacements; got != map[bool]int{false: 0, true: 1}[elbChecks] {
			t.Errorf("ELB checks %v: %d replaced", elbChecks, got)
		}
		i := r.Summary.Incidents[0]
		if i.DetectS == nil || *i.DetectS < 35 || *i.DetectS > 65 {
			t.Errorf("TV-52: a hung target is unhealthy after two probes time out, 35 to 65 s, got %v", i.DetectS)
		}
		if i.OutS == nil || *i.OutS != *i.DetectS {
			t.Errorf("a target that is unhealthy beside healthy ones gets no more requests: detected after %v s, out after %v", *i.DetectS, i.OutS)
		}
		if i.Lost == 0 || (i.ReplaceS != nil) != elbChecks {
			t.Errorf("ELB checks %v: incident %+v", elbChecks, i)
		}
		if got := r.Summary.Faults.Injected["hang"]; got != 1 || r.Summary.Faults.Asked["hang"] != 1 {
			t.Errorf("asked %v, injected %v", r.Summary.Faults.Asked, r.Summary.Faults.Injected)
		}
	}
}

// The balancer sends to a hung instance what it sends to any other until it finds
// it, then nothing, and the others take what was its share.
func TestTrafficAroundAFault(t *testing.T) {
	r := run(t, zombie(4, fault.Hang{Plan: fault.Plan{Name: "frozen"}}))
	if len(r.Traffic) != 1 {
		t.Fatalf("%d traffic, want 1", len(r.Traffic))
	}
	x, found := r.Traffic[0], *r.Summary.Incidents[0].DetectS
	if x.From != t0 || len(x.Struck) != int(trafficFor/trafficEvery) || len(x.Others) != len(x.Struck) {
		t.Fatalf("from %v, %d and %d intervals", x.From, len(x.Struck), len(x.Others))
	}
	before, after := record.Mean{}, record.Mean{}
	for i, v := range x.Struck {
		switch at := float64(i) * trafficEvery.Seconds(); {
		case at+trafficEvery.Seconds() <= found:
			if v == 0 {
				t.Errorf("nothing sent to it after %v s, it was found after %v s", at, found)
			}
			before.Add(x.Others[i])
		case at > found:
			if v != 0 {
				t.Errorf("%v/s sent to it after %v s, it was found after %v s", v, at, found)
			}
			after.Add(x.Others[i])
		}
	}
	if gain := after.Value() / before.Value(); gain < 1.2 || gain > 1.5 {
		t.Errorf("the others of 4 got x%.2f once one was out, want about 4/3", gain)
	}
}

// An operating system that hangs fails EC2's status check: replaced after the
// wait, without ELB checks.
func TestImpairedStatusCheck(t *testing.T) {
	cfg := zombie(4, fault.Hang{Plan: fault.Plan{Name: "kernel"}, Impaired: true})
	r := run(t, cfg)
	for _, a := range r.Activities {
		if !a.Launch {
			if wait := a.Start.Sub(t0); wait < 300*des.Second || wait > 360*des.Second || !strings.Contains(a.Cause, "status checks") {
				t.Errorf("terminated after %v: %s", wait, a.Cause)
			}
			return
		}
	}
	t.Error("an impaired instance was not replaced")
}

// A host that dies is found by EC2's check within a minute and replaced at once,
// whatever the grace period; its bill ends when it stops.
func TestCrash(t *testing.T) {
	cfg := zombie(4, fault.Crash{Plan: fault.Plan{Name: "power"}})
	cfg.Group.Grace = des.Hour
	r := run(t, cfg)
	dead := -1
	for _, i := range r.Instances {
		if i.Struck != "" {
			dead = i.Ordinal
			if i.Ended != t0 || i.BilledS != int64(des.Duration(t0)/des.Second) {
				t.Errorf("ended %v, billed %d s, want %v", i.Ended, i.BilledS, t0)
			}
		}
	}
	for _, a := range r.Activities {
		if a.Instance == dead && (a.Start < t0 || a.Start > s(60)) {
			t.Errorf("terminated %v after the crash, want within 60 s", a.Start.Sub(t0))
		}
	}
	if got := r.Summary.Capacity.HealthReplacements; dead < 0 || got != 1 {
		t.Errorf("%d replaced", got)
	}
}

// TV-06 and TV-07: unhealthy instances that still run are replaced a tenth of the
// group at a time, at least one, each batch waiting for the last to be warm.
func TestReplacementPacing(t *testing.T) {
	for _, row := range []struct {
		id      string
		n, sick int
		batches []int
	}{
		{"TV-06", 100, 30, []int{10, 10, 10}},
		{"TV-07", 7, 3, []int{1, 1, 1}},
		{"X-20: all unhealthy, one at a time", 4, 4, []int{1, 1, 1, 1}},
	} {
		cfg := zombie(row.n, fault.Crash{Plan: fault.Plan{Name: "rot", Whom: fault.Whom{Count: row.sick}}, Process: true})
		cfg.Group.HealthCheckELB = true
		cfg.Duration = 60 * des.Minute
		cfg.Loads[0].Curve = jump{t0, float64(row.n), float64(row.n)}
		cfg.Balancer.DeregistrationDelay = 20 * des.Second
		r := run(t, cfg)
		var starts []des.Time
		var sizes []int
		for _, a := range r.Activities {
			if a.Launch {
				continue
			}
			if n := len(starts); n > 0 && starts[n-1] == a.Start {
				sizes[n-1]++
				continue
			}
			starts, sizes = append(starts, a.Start), append(sizes, 1)
		}
		if len(sizes) != len(row.batches) {
			t.Errorf("%s: batches %v, want %v", row.id, sizes, row.batches)
			continue
		}
		for k, want := range row.batches {
			if sizes[k] != want {
				t.Errorf("%s: batches %v, want %v", row.id, sizes, row.batches)
			}
			// Pending 20 s, warm-up 120 s.
			if k > 0 && starts[k].Sub(starts[k-1]) < 140*des.Second {
				t.Errorf("%s: batch %d followed after %v, before its predecessor was warm", row.id, k, starts[k].Sub(starts[k-1]))
			}
		}
	}
}

// TV-77, second half: an instance that lives less than a minute costs a minute.
func TestTV77MinimumBill(t *testing.T) {
	cfg := timeline(320, 640, 4)
	cfg.Faults = []fault.Fault{fault.Crash{Plan: fault.Plan{Name: "early", At: []des.Time{s(320)}, Whom: fault.Whom{Count: 20}}}}
	r := run(t, cfg)
	n := 0
	for _, i := range r.Instances[4:7] {
		if i.Running == s(270) && i.Ended == s(320) {
			n++
			if i.BilledS != 60 {
				t.Errorf("instance %d ran 50 s and is billed %d s, want 60", i.Ordinal, i.BilledS)
			}
		}
	}
	if n != 3 {
		t.Errorf("%d of three new instances were killed at 320 s", n)
	}
	if got := cfg.Bill.Seconds(60, cfg.Template.Price).Float(); got != 0.0016 {
		t.Errorf("TV-77: 60 s cost $%v, want $0.0016", got)
	}
}

// Random crashes: every instance is struck at the age drawn for its ordinal, and
// what was asked is what was injected.
func TestRandomCrashes(t *testing.T) {
	cfg := timeline(320, 320, 4)
	cfg.Duration = 12 * des.Hour
	cfg.Faults = []fault.Fault{fault.Crash{Plan: fault.Plan{Name: "hardware", Life: exponential(2 * 3600)}}}
	r := run(t, cfg)
	// About 4 instances x 12 h / 2 h = 24 crashes, standard deviation 4.9.
	n := r.Summary.Faults.Injected["crash"]
	if n < 5 || n > 45 || r.Summary.Faults.Asked["crash"] != n {
		t.Errorf("%d crashes injected, %d asked, want about 24 of both", n, r.Summary.Faults.Asked["crash"])
	}
	if r.Summary.Capacity.InService.Min < 1 || r.Summary.Capacity.HealthReplacements < n-3 {
		t.Errorf("%d crashes, %d replacements", n, r.Summary.Capacity.HealthReplacements)
	}
}
