package world

import (
	"math"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/fault"
	"asgsim/sim/serving"
)

// The black hole with health checks that pass: nobody notices, round robin goes on giving
// it its quarter, and all of that is lost until it is well again, five minutes later.
func TestTheBlackHoleIsNotNoticed(t *testing.T) {
	lasts := 5 * des.Minute
	cfg := zombie(4, fault.Errors{Plan: fault.Plan{Name: "hole", At: []des.Time{t0}, Lasts: lasts, Whom: fault.Whom{Count: 1}}, Share: 1})
	cfg.Group.HealthCheckELB = true
	r := run(t, cfg)
	i := r.Summary.Incidents[0]
	// 100 requests a second to four instances: 25 a second to each.
	want := 25 * lasts.Seconds()
	if math.Abs(float64(i.Lost)-want) > 2 || i.DetectS != nil || i.ReplaceS != nil || i.OutS != nil || i.OverS == nil || *i.OverS != 300 {
		t.Errorf("%+v, want %v lost", i, want)
	}
	if got := r.Summary.Requests.FailedBy[serving.Error.String()]; got != i.Lost {
		t.Errorf("%v failed with errors, %d of them on it", got, i.Lost)
	}
	if i.RecoverS == nil || *i.RecoverS < 300 || *i.RecoverS >= 360 || i.BadRequests != i.Lost {
		t.Errorf("recovered after %v s, with the minute that begins when it is over; %d bad, %d lost", i.RecoverS, i.BadRequests, i.Lost)
	}
	if got := r.Summary.Faults.Injected["errors"]; got != 1 || r.Summary.Faults.Asked["errors"] != 1 || len(r.Traffic) != 1 {
		t.Errorf("asked %v, injected %v", r.Summary.Faults.Asked, r.Summary.Faults.Injected)
	}
}

// With health checks that fail it is unhealthy after two in a row, 30 s apart, and with
// ELB checks replaced.
func TestTheBlackHoleIsReplaced(t *testing.T) {
	cfg := zombie(4, fault.Errors{Plan: fault.Plan{Name: "hole", At: []des.Time{t0}, Whom: fault.Whom{Count: 1}}, Share: 1, ChecksFail: true})
	cfg.Group.HealthCheckELB = true
	i := run(t, cfg).Summary.Incidents[0]
	if i.DetectS == nil || *i.DetectS < 30 || *i.DetectS > 60 || i.ReplaceS == nil || i.OverS != nil {
		t.Fatalf("%+v", i)
	}
	if want := 25 * *i.DetectS; math.Abs(float64(i.Lost)-want) > 2 {
		t.Errorf("%d lost in %v s at 25/s", i.Lost, *i.DetectS)
	}
}

// An instance at a quarter of its speed takes four times as long for its share and shows
// four times the CPU: 25 requests a second of 10 ms are 12.5 % of two vCPUs, and 50 %.
// Alone on a vCPU a request then takes 40 ms, and nothing is lost.
func TestSlowIsBusier(t *testing.T) {
	cfg := zombie(4, fault.Slow{Plan: fault.Plan{Name: "tired", At: []des.Time{t0}, Whom: fault.Whom{Count: 1}}, Speed: 0.25})
	cfg.SLO.Latency = 20 * des.Millisecond
	r := run(t, cfg)
	i := r.Summary.Incidents[0]
	if i.Lost != 0 || i.DetectS != nil || i.ReplaceS != nil || i.OverS != nil {
		t.Errorf("%+v", i)
	}
	slow, fast := 0, 0
	for _, n := range r.Instances {
		after := (cfg.Duration - des.Duration(t0)).Seconds()
		before := cfg.Duration.Seconds() - after
		switch want := 25 * 0.010 * (before + after); {
		case n.Struck == "tired":
			slow++
			if want = 25 * 0.010 * (before + 4*after); math.Abs(n.CPUS-want) > 0.03*want {
				t.Errorf("%v CPU seconds on the slow one, want %v", n.CPUS, want)
			}
		case math.Abs(n.CPUS-want) > 0.03*want:
			t.Errorf("%v CPU seconds on another, want %v", n.CPUS, want)
		default:
			fast++
		}
	}
	if slow != 1 || fast != 3 {
		t.Errorf("%d slow, %d as before", slow, fast)
	}
	// A quarter of the requests after t0 takes 40 ms, above the 20 ms; no other does.
	want := 25 * (cfg.Duration - des.Duration(t0)).Seconds()
	if got := float64(r.Summary.Requests.Slow); math.Abs(got-want) > 0.01*want {
		t.Errorf("%v slow requests, want %v", got, want)
	}
}

// What a later fault does to an instance that ails is charged to the later.
func TestHangOfTheAilingIsAnIncidentOfItsOwn(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	cfg := zombie(4, fault.Errors{Plan: fault.Plan{Name: "hole", At: []des.Time{t0}, Whom: fault.Whom{Count: 4}}, Share: 0.5})
	cfg.Faults = append(cfg.Faults, fault.Hang{Plan: fault.Plan{Name: "frozen", At: []des.Time{t0.Add(des.Minute)}, Whom: fault.Whom{Count: 4}}})
	r := run(t, cfg)
	errs, lost := uint64(0), uint64(0)
	for _, i := range r.Summary.Incidents {
		if i.Kind == "errors" {
			errs += i.Lost + i.LostFailOpen
		} else {
			lost += i.Lost + i.LostFailOpen
		}
	}
	// Half of 100 requests a second for a minute, a binomial of 6,000; the rest hangs.
	if math.Abs(float64(errs)-3000) > 4*math.Sqrt(1500) || lost == 0 {
		t.Errorf("%d lost to errors in the minute before all hang, %d to that", errs, lost)
	}
	if got := r.Summary.Requests.FailedBy[serving.Error.String()]; got != errs {
		t.Errorf("%v errors, %d charged", got, errs)
	}
}

// What is noticed and replaced once a fault is over is the work of the next.
func TestReplacedForTheLaterFault(t *testing.T) {
	cfg := zombie(4, fault.Errors{Plan: fault.Plan{Name: "hole", At: []des.Time{t0}, Lasts: des.Minute, Whom: fault.Whom{Count: 4}}, Share: 1})
	cfg.Faults = append(cfg.Faults, fault.Hang{Plan: fault.Plan{Name: "frozen", At: []des.Time{t0.Add(5 * des.Minute)}, Whom: fault.Whom{Count: 1}}})
	cfg.Group.HealthCheckELB = true
	all := run(t, cfg).Summary.Incidents
	if len(all) != 5 {
		t.Fatalf("%d incidents, want 5", len(all))
	}
	for _, i := range all {
		if hang := i.Kind == "hang"; (i.DetectS != nil) != hang || (i.OutS != nil) != hang || (i.ReplaceS != nil) != hang || (i.OverS == nil) != hang {
			t.Errorf("%+v", i)
		}
	}
}

// An instance launched with a bad version is struck before it has ever been routed: it is
// not out of the routing for that, and what it answers wrongly is the version's.
func TestAVersionIsNotOutBeforeItServes(t *testing.T) {
	v := &ec2.Version{Speed: 1, Errors: 0.5, Checks: ec2.ChecksPass, Healthy: true}
	cfg := zombie(4, fault.BadDeploy{Plan: fault.Plan{Name: "release", At: []des.Time{t0}, Lasts: 5 * des.Minute}, Version: v})
	cfg.Faults = append(cfg.Faults, fault.Crash{Plan: fault.Plan{Name: "crash", At: []des.Time{t0.Add(10 * des.Second)}, Whom: fault.Whom{Count: 1}}})
	cfg.Group.HealthCheckELB = true
	r := run(t, cfg)
	for _, i := range r.Summary.Incidents {
		if i.Fault == "release" && i.Lost > 0 && i.OutS == nil {
			return
		}
	}
	t.Errorf("%+v, want one of the version that is never out", r.Summary.Incidents)
}
