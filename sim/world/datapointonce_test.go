package world

import (
	"testing"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/scaling"
)

// With basic monitoring one five-minute datapoint keeps an alarm of three minutes in
// ALARM for minutes, and its action is repeated every minute. A datapoint is not acted
// on twice: from 80 % of four the step policy without warm-up adds one instance for
// each datapoint of five minutes, not one a minute.
func TestADatapointIsActedOnOnce(t *testing.T) {
	cfg := timeline(320, 640, 4)
	cfg.Policies = nil
	cfg.Duration = 60 * des.Minute
	cfg.Template.Detailed = false
	cfg.Group.Warmup = 0
	high := highCPU()
	high.Evaluate, high.Datapoints = 3, 3
	cfg.Alarms = []cloudwatch.Definition{high}
	cfg.Policies = append(cfg.Policies, &scaling.StepScaling{Name: "out", Alarm: scaling.AlarmRef{Name: "high", Above: true, Threshold: 50, Unit: "% CPU"}, Warmup: scaling.Unset,
		Steps: []scaling.Step{{Lower: 0, Upper: inf, Adjustment: 1}}})
	got := changesOfDesired(run(t, cfg))
	if len(got) < 2 {
		t.Fatalf("desired changed %v", got)
	}
	for k := 1; k < len(got); k++ {
		if gap := got[k].At.Sub(got[k-1].At); gap < 5*des.Minute {
			t.Errorf("acted again after %v: there is a datapoint every five minutes: %v", gap, got)
		}
	}
}
