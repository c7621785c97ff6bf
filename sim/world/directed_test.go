package world

import (
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/elb"
	"asgsim/sim/scaling"
	"asgsim/workload"
)

// 30 requests a second for [target_group], and for the other from the tenth minute on 60: a
// target of 600 a minute and instance of the other needs six instances then, and by their
// all of them nine. Before, one would do.
func TestTrackingFollowsTheLoadOfItsTargetGroup(t *testing.T) {
	cfg := timeline(100, 30, 1)
	cfg.Loads[0].Group = elb.First
	cfg.Loads = append(cfg.Loads, workload.Load{Name: "calls", Group: "api", Curve: workload.Ramp{From: 0, To: 60, At: des.Time(10 * des.Minute)}.Curve()})
	cfg.Balancer.Others = []elb.Other{{Name: "api", DeregistrationDelay: cfg.Balancer.DeregistrationDelay, Check: cfg.Balancer.Check}}
	cfg.Group.Max = 20
	cfg.Duration = 30 * des.Minute
	cfg.Group.Desired = asg.Settled
	cfg.Policies = []scaling.Policy{&scaling.TargetTracking{
		Name: "calls", Metric: scaling.ALBRequestCountPerTarget, Group: "api", Target: 600, LowRatio: 0.9, HighPeriods: 3, LowPeriods: 15, AlarmPeriod: des.Minute,
		Warmup: scaling.Unset, Repeat: scaling.Unset,
	}}
	r := run(t, cfg)
	if got := changesOfDesired(r); len(got) == 0 || got[0].At < des.Time(12*des.Minute) || got[0].To != 6 {
		t.Errorf("desired changed %v, want first to 6 after the load came", got)
	}
}
