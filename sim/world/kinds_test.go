package world

import (
	"math"
	"strings"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/fault"
	"asgsim/sim/serving"
)

// onceFor is a plan of one occurrence at t0.
func onceFor(name string, lasts des.Duration) fault.Plan {
	return fault.Plan{Name: name, At: []des.Time{t0}, Lasts: lasts, Whom: fault.Whom{Count: 1}}
}

// The network of a zone with two of four instances loses a fifth for five minutes. Few
// health checks in a row get lost with a threshold of ten; of the half of 100 requests a
// second a fifth times out: a binomial of 15,000.
func TestZoneImpairmentLosesItsShare(t *testing.T) {
	lasts := 5 * des.Minute
	cfg := zombie(4, fault.ZoneImpairment{Plan: onceFor("brown", lasts), Zone: 1, Network: ec2.Network{Lost: 0.2, Delay: 100 * des.Millisecond}})
	cfg.Balancer.Check.UnhealthyThreshold = 10
	cfg.SLO.Latency = 90 * des.Millisecond
	r := run(t, cfg)
	lost := 0.0
	for _, i := range r.Summary.Incidents {
		lost += float64(i.Lost)
		if i.DetectS != nil || i.OverS == nil || *i.OverS != lasts.Seconds() {
			t.Errorf("%+v", i)
		}
	}
	n := 50 * lasts.Seconds()
	if want := 0.2 * n; len(r.Summary.Incidents) != 2 || math.Abs(lost-want) > 4*math.Sqrt(0.8*want) {
		t.Errorf("%v lost in %d incidents, want %v in 2", lost, len(r.Summary.Incidents), want)
	}
	// What waits for its timeout of 10 s as the fault is over fails after it.
	failed := float64(r.Summary.Requests.FailedBy[serving.TimedOut.String()])
	if late := failed - lost; math.Abs(late-0.2*50*10) > 4*math.Sqrt(0.8*100) {
		t.Errorf("%v timed out, %v lost", failed, lost)
	}
	// All others in the zone take 100 ms longer, and are slow: those that arrived in time.
	if got := float64(r.Summary.Requests.Slow); math.Abs(got+failed-n) > 2 {
		t.Errorf("%v slow and %v lost of %v", got, failed, n)
	}
}

// A network that loses everything is found after two missed health checks, and the
// instance replaced, as one that hangs (TV-52: 35 to 65 s).
func TestNetworkLossIsFound(t *testing.T) {
	cfg := zombie(4, fault.NetworkLoss{Plan: onceFor("cut", 0), Network: ec2.Network{Lost: 1}})
	cfg.Group.HealthCheckELB = true
	i := run(t, cfg).Summary.Incidents[0]
	if i.DetectS == nil || *i.DetectS < 35 || *i.DetectS > 65 || i.ReplaceS == nil || i.RecoverS == nil {
		t.Errorf("%+v", i)
	}
}

// The attached EBS status check is impaired: with EBS health checks the group acts after
// the wait (X-14: 300 s) at its next check, a minute later at most; without, never.
func TestEBSHealthChecks(t *testing.T) {
	for _, on := range []bool{true, false} {
		cfg := zombie(4, fault.EBSImpaired{Plan: onceFor("volume", 0), Share: 1})
		cfg.Group.HealthCheckEBS, cfg.Group.HealthCheckELB = on, true
		r := run(t, cfg)
		i := r.Summary.Incidents[0]
		if !on {
			if i.DetectS != nil || i.ReplaceS != nil {
				t.Errorf("%+v", i)
			}
			continue
		}
		if i.DetectS == nil || *i.DetectS < 300 || *i.DetectS > 360 || i.ReplaceS == nil {
			t.Fatalf("%+v", i)
		}
		if want := 25 * *i.DetectS; math.Abs(float64(i.Lost)-want) > 2 {
			t.Errorf("%d lost in %v s at 25/s", i.Lost, *i.DetectS)
		}
		for _, n := range r.Instances {
			if n.ID == i.Instance && !strings.Contains(r.Activities[n.EndActivity].Cause, "an EBS health check failure") {
				t.Errorf("%q", r.Activities[n.EndActivity].Cause)
			}
		}
	}
}

// A bad version in place errs on all until it is rolled back: a tenth of 100 requests a
// second for two minutes, and nobody notices.
func TestBadDeployInPlace(t *testing.T) {
	v := &ec2.Version{Speed: 1, Healthy: true, Errors: 0.1, Checks: ec2.ChecksPass}
	r := run(t, zombie(4, fault.BadDeploy{Plan: onceFor("v2", 2*des.Minute), Version: v, InPlace: true}))
	n := 100 * 120.0
	if got := float64(r.Summary.Requests.FailedBy[serving.Error.String()]); math.Abs(got-0.1*n) > 4*math.Sqrt(0.09*n) || len(r.Summary.Incidents) != 4 {
		t.Errorf("%v errors in %d incidents, want %v in 4", got, len(r.Summary.Incidents), 0.1*n)
	}
	for _, i := range r.Summary.Incidents {
		if i.OverS == nil || *i.OverS != 120 || i.DetectS != nil || i.Idle {
			t.Errorf("%+v", i)
		}
	}
}

// A crash while a bad version is out: its replacement errs and answers health checks, and
// has its requests from its first check on; it had none as it was struck.
func TestBadDeployReachesReplacements(t *testing.T) {
	v := &ec2.Version{Speed: 1, Healthy: true, Errors: 1, Checks: ec2.ChecksPass}
	cfg := zombie(4, fault.Crash{Plan: fault.Plan{Name: "dead"}})
	cfg.Faults = append(cfg.Faults, fault.BadDeploy{Plan: onceFor("v2", 0), Version: v})
	r := run(t, cfg)
	if len(r.Summary.Incidents) != 2 {
		t.Fatalf("%+v", r.Summary.Incidents)
	}
	i := r.Summary.Incidents[1]
	if i.Kind != "bad_deploy" || i.Idle || i.Lost == 0 || i.Lost != r.Summary.Requests.FailedBy[serving.Error.String()] {
		t.Errorf("%+v, errors %v", i, r.Summary.Requests.FailedBy)
	}
}

// A launch that EC2's API throttles is tried again, 15 s later and then twice as late each
// time: after five minutes of it the next try comes at 15 x (2^k - 1) s.
func TestThrottledLaunches(t *testing.T) {
	cfg := zombie(4, fault.Crash{Plan: fault.Plan{Name: "dead"}})
	cfg.Faults = append(cfg.Faults, fault.APIThrottling{Plan: onceFor("api", 5*des.Minute)})
	r := run(t, cfg)
	refused, launched := 0, des.Never
	first := des.Never
	for _, a := range r.Activities {
		switch {
		case !a.Launch || a.Start < t0:
		case a.Status == asg.Failed:
			refused++
			first = min(first, a.Start)
			if !strings.Contains(a.Message, ec2.RequestLimitExceeded) || !strings.Contains(a.Description, "request limit exceeded") {
				t.Errorf("%+v", a)
			}
		default:
			launched = min(launched, a.Start)
		}
	}
	if refused == 0 || launched < t0.Add(5*des.Minute) || launched.Sub(first) > 15*31*des.Second {
		t.Errorf("%d refused from %v on, launched at %v", refused, first, launched)
	}
}

// Target tracking acts on what CloudWatch shows: while all datapoints of ten minutes come
// ten minutes late, or not at all, a group whose load has tripled does nothing, and scales
// out once it sees (TV-71: it takes 4 minutes as a rule).
func TestLateMetricsDelayScaling(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	for name, f := range map[string]fault.Fault{
		"":       nil,
		"late":   fault.MetricDelay{Plan: onceFor("cw", 10*des.Minute), Delay: 10 * des.Minute},
		"silent": fault.MetricGap{Plan: onceFor("cw", 10*des.Minute)},
		"others": fault.MetricGap{Plan: onceFor("cw", 10*des.Minute), Namespace: "AWS/ApplicationELB"},
	} {
		cfg := timeline(400, 1200, 8)
		if f != nil {
			cfg.Faults = []fault.Fault{f}
		}
		at := des.Never
		for _, c := range run(t, cfg).Capacity {
			if c.At > t0 && c.Desired > 8 {
				at = min(at, c.At)
			}
		}
		minutes := at.Sub(t0).Seconds() / 60
		if blind := name == "late" || name == "silent"; blind != (minutes > 10) || minutes > 16 {
			t.Errorf("%q: scaled out %v minutes after the load tripled", name, minutes)
		}
	}
}

// A leak by requests: at 25 a second to each, 5,000 requests are sent to an instance after
// 200 s, seen within ten; and its process dies two minutes after.
func TestLeakByRequests(t *testing.T) {
	cfg := zombie(4, fault.MemoryLeak{Plan: fault.Plan{Name: "leak"}, Requests: 5000, Speed: 0.5, Dies: 2 * des.Minute})
	cfg.Group.HealthCheckELB = true
	r := run(t, cfg)
	first := r.Summary.Incidents[0]
	if first.AtS < 200 || first.AtS > 210 || len(r.Summary.Incidents) < 4 || first.DetectS == nil || *first.DetectS < 120 {
		t.Errorf("%d incidents, %+v", len(r.Summary.Incidents), first)
	}
}
