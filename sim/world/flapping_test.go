package world

import (
	"math"
	"testing"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// Two alarms of AWS, over 50 % and under 30 %, know nothing of each other: where no
// number of instances lies between them, step and simple scaling go up and down for
// ever. 1.1 vCPU/s on m5.large (2 vCPU) is 55 % of one instance and 27.5 % of two: it
// oscillates. 2.64 is 44 % of three: it settles. Azure simulates the scale-in first
// and leaves it ("Flapping in Autoscale", Azure Monitor); the formula of the HPA,
// ceil(n m / T), and Google's recommended size are functions of the whole load and
// have a fixed point at any.
func TestWhoOscillatesOnAConstantLoad(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("simulates millions of requests")
	}
	out, in := scaling.AlarmRef{Name: "high", Above: true, Threshold: 50, Unit: "% CPU"}, scaling.AlarmRef{Name: "low", Threshold: 30, Unit: "% CPU"}
	alarms := func(cfg *record.Config) { cfg.Alarms = []cloudwatch.Definition{highCPU(), lowCPU()} }
	for _, x := range []struct {
		name    string
		set     func(cfg *record.Config)
		between bool // it oscillates where no fleet lies between the thresholds
	}{
		{"step", func(cfg *record.Config) {
			alarms(cfg)
			cfg.Policies = append(cfg.Policies,
				&scaling.StepScaling{Name: "out", Alarm: out, Warmup: scaling.Unset, Steps: []scaling.Step{{Lower: 0, Upper: inf, Adjustment: 1}}},
				&scaling.StepScaling{Name: "in", Alarm: in, Warmup: scaling.Unset, Steps: []scaling.Step{{Lower: -inf, Upper: 0, Adjustment: -1}}},
			)
		}, true},
		{"simple", func(cfg *record.Config) {
			alarms(cfg)
			cfg.Policies = append(cfg.Policies, &scaling.SimpleScaling{Name: "out", Alarm: out, Amount: 1, Cooldown: scaling.Unset}, &scaling.SimpleScaling{Name: "in", Alarm: in, Amount: -1, Cooldown: scaling.Unset})
		}, true},
		{"HPA", func(cfg *record.Config) { cfg.Policies = append(cfg.Policies, pods()) }, false},
		{"GCP", func(cfg *record.Config) {
			cfg.Policies = append(cfg.Policies, &scaling.GCPAutoscaler{Name: "mig", CPU: 50, Init: des.Minute, Stabilization: 10 * des.Minute, Delay: des.Minute})
		}, false},
		{"Azure", func(cfg *record.Config) { cfg.Policies = append(cfg.Policies, scaleSet()) }, false},
		{"target tracking", func(cfg *record.Config) { cfg.Policies = append(cfg.Policies, steady(1, 1, 1).Policies...) }, false},
	} {
		for _, vcpus := range []float64{2.64, 1.1} {
			cfg := steady(40, vcpus/40, 4)
			cfg.Policies = nil
			x.set(cfg)
			r := run(t, cfg)
			n := lastChanges(r, des.Time(3*des.Hour))
			if oscillates := x.between && vcpus == 1.1; oscillates != (n > 4) || !oscillates && n > 0 {
				t.Errorf("%s at %v vCPU: %d changes of desired in the last three hours: %s", x.name, vcpus, n, tail(r))
			}
		}
	}
}

var inf = math.Inf(1)

// scaleSet adds one VM over 50 % and removes one under 30 %.
func scaleSet() *scaling.AzureAutoscale {
	rule := scaling.AzureRule{Name: "out", Grain: des.Minute, Window: 5 * des.Minute, Operator: scaling.AzureGreaterThan, Threshold: 50, Increase: true, Value: 1, Cooldown: 5 * des.Minute, Delay: des.Minute}
	in := rule
	in.Name, in.Operator, in.Threshold, in.Increase = "in", scaling.AzureLessThan, 30, false
	return &scaling.AzureAutoscale{Rules: []scaling.AzureRule{rule, in}}
}
