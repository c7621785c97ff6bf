package world

import (
	"math"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/scaling"
)

// backlog is a recorded backlog by the minute: 90 until the tenth, then 700 until the
// twentieth, then 90 again.
type backlog struct{}

func (backlog) Len() int { return 100 }

func (backlog) Sample(i int) (des.Time, float64) {
	end := des.Time(des.Duration(i+1-40) * des.Minute)
	if end > des.Time(10*des.Minute) && end <= des.Time(20*des.Minute) {
		return end, 700
	}
	return end, 90
}

// The alarm of a step policy on a recorded backlog: the minute that ends at 11:00 is the
// first of 700 and known a minute later; with the second, known at 13:00, two of two are
// over 500. The breach of 200 takes the step from 100 on: 3 more than 4. The recording
// does not fall, so the policy asks again once its instances have warmed up.
func TestAStepPolicyFollowsARecordedMetric(t *testing.T) {
	cfg := timeline(100, 100, 4)
	cfg.Duration = 15 * des.Minute
	cfg.Group.Warmup = 60 * des.Second
	cfg.Recorded = []cloudwatch.Recorded{{Metric: "backlog", Period: des.Minute, Delay: des.Minute, Samples: backlog{}}}
	cfg.Alarms = []cloudwatch.Definition{{Name: "deep", Metric: "backlog", Period: des.Minute, Evaluate: 2, Datapoints: 2, Threshold: 500}}
	cfg.Policies = []scaling.Policy{&scaling.StepScaling{
		Name: "drain", Alarm: scaling.AlarmRef{Name: "deep", Above: true, Threshold: 500}, Warmup: scaling.Unset,
		Steps: []scaling.Step{{Lower: 0, Upper: 100, Adjustment: 1}, {Lower: 100, Upper: math.Inf(1), Adjustment: 3}},
	}}
	r := run(t, cfg)
	got := changesOfDesired(r)
	if len(got) == 0 || got[0].At != des.Time(13*des.Minute) || got[0].To != 7 {
		t.Errorf("desired changed %v, want first to 7 at %v", got, des.Time(13*des.Minute))
	}
}

// A backlog per instance of 90/n under a target of 10 settles at nine instances; 700/n
// asks for 70, as many as there may be.
func TestTargetTrackingHoldsARecordedBacklog(t *testing.T) {
	cfg := timeline(100, 100, 1)
	cfg.Group.Max = 20
	cfg.Duration = 30 * des.Minute
	cfg.Group.Desired = asg.Settled
	cfg.Recorded = []cloudwatch.Recorded{{Metric: "backlog", Period: des.Minute, Delay: des.Minute, Samples: backlog{}, PerInstance: true}}
	cfg.Policies = []scaling.Policy{&scaling.TargetTracking{
		Name: "hold", Metric: scaling.Customized, Custom: scaling.Custom{Metric: "backlog"}, Target: 10, LowRatio: 0.7, HighPeriods: 3, LowPeriods: 15, AlarmPeriod: des.Minute,
		Warmup: scaling.Unset, Repeat: scaling.Unset,
	}}
	r := run(t, cfg)
	if first := r.Rows[0]; first.Desired != 9 || first.NeededTarget != 9 {
		t.Errorf("the run begins with %d instances, %d needed for the target, want 9", first.Desired, first.NeededTarget)
	}
	got := changesOfDesired(r)
	// 700 / 9 is 78 at the end of minute 11; the third such minute is known at 14:00.
	if len(got) == 0 || got[0].At != des.Time(14*des.Minute) || got[0].To != 20 {
		t.Errorf("desired changed %v, want first to 20 at %v", got, des.Time(14*des.Minute))
	}
}
