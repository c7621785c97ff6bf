package scenarios

import (
	"math"
	"strings"
	"testing"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

func TestStepAndSimplePolicies(t *testing.T) {
	s := load(t, base+`
[alarm.high]
metric_name = "CPUUtilization"
comparison_operator = "GreaterThanOrEqualToThreshold"
threshold = "70%"
evaluation_periods = 2
[alarm.slow]
metric_name = "TargetResponseTime"
statistic = "p99"
comparison_operator = "GreaterThanThreshold"
threshold = "300ms"
evaluation_periods = 5
datapoints_to_alarm = 3
treat_missing_data = "notBreaching"
[alarm.unused]
metric_name = "RequestCount"
comparison_operator = "LessThanThreshold"
threshold = 10
evaluation_periods = 1
[policy.out.step_scaling]
alarm = "high"
adjustment_type = "PercentChangeInCapacity"
min_adjustment_magnitude = 2
step_adjustment = [
  { metric_interval_lower_bound = 0, metric_interval_upper_bound = "15%", scaling_adjustment = 10 },
  { metric_interval_lower_bound = 15, scaling_adjustment = 30 },
]
[policy.more.simple_scaling]
alarm = "slow"
scaling_adjustment = 1
cooldown = "2m"
[variant.simple]
policies = ["more"]
`)
	// The unused alarm has the default statistic, which of a count is always 1.
	if len(s.Warnings) != 1 || !strings.Contains(s.Warnings[0].Error(), "alarm.unused.statistic") || !strings.Contains(s.Warnings[0].Error(), "every request is a sample of 1") {
		t.Errorf("warnings %v", s.Warnings)
	}
	w := s.Configs[0].World
	if len(w.Alarms) != 3 || w.Alarms[0].Name != "high" || w.Alarms[0].Threshold != 70 || w.Alarms[0].Datapoints != 2 || w.Alarms[0].Comparison != cloudwatch.GreaterOrEqual {
		t.Errorf("alarms: %+v", w.Alarms)
	}
	if a := w.Alarms[1]; a.Threshold != 0.3 || a.Statistic.P != 0.99 || a.Datapoints != 3 || a.Missing != cloudwatch.TreatNotBreaching {
		t.Errorf("alarm slow: %+v", a)
	}
	step := w.Policies[0].(*scaling.StepScaling)
	if !step.Alarm.Above || step.Alarm.Threshold != 70 || step.Adjustment.Type != scaling.PercentChangeInCapacity || step.Adjustment.MinMagnitude != 2 ||
		step.Steps[0] != (scaling.Step{Lower: 0, Upper: 15, Adjustment: 10}) || !math.IsInf(step.Steps[1].Upper, 1) || step.Warmup != scaling.Unset {
		t.Errorf("step: %+v", step)
	}
	if m := w.Policies[1].(*scaling.SimpleScaling); m.Alarm.Name != "slow" || m.Amount != 1 || m.Cooldown.Seconds() != 120 {
		t.Errorf("simple: %+v", m)
	}
	if v := s.Configs[1].World; len(v.Policies) != 1 || v.Policies[0].About().Kind != "simple_scaling" || len(v.Alarms) != 3 { // also those that no policy follows
		t.Errorf("variant: %+v %+v", v.Policies, v.Alarms)
	}
}

func TestCustomizedMetric(t *testing.T) {
	policy := func(metric, target string) string {
		return base + "[policy.own.target_tracking]\ncustomized_metric_specification = { metric_name = \"" + metric + "\" }\ntarget_value = " + target + "\n"
	}
	for _, c := range []struct {
		metric, target string
		want           float64
		of             cloudwatch.Metric
		warns          string
	}{
		{"CPUUtilization", `"55%"`, 55, cloudwatch.CPUUtilization, ""},
		{"NetworkOut", `"60MB"`, 6e7, cloudwatch.NetworkOut, ""},
		{"TargetResponseTime", `"200ms"`, 0.2, cloudwatch.TargetResponseTime, "is unsuitable, as AWS says: latency"},
		{"RequestCount", "6000", 6000, cloudwatch.RequestCount, "is unsuitable, as AWS says: RequestCount follows the load"},
		{"HealthyHostCount", "3", 3, cloudwatch.HealthyHostCount, "does not fall in proportion"},
	} {
		s := load(t, policy(c.metric, c.target))
		got := tracking(s.Configs[0].World)
		if got.Metric != scaling.Customized || got.Custom.Metric != c.of || got.Custom.Statistic.Kind != cloudwatch.Average || math.Abs(got.Target-c.want) > 1e-9 {
			t.Errorf("%s: %+v", c.metric, got)
		}
		if c.warns == "" && len(s.Warnings) != 0 || c.warns != "" && (len(s.Warnings) != 1 || !strings.Contains(s.Warnings[0].Error(), c.warns)) {
			t.Errorf("%s: warnings %v", c.metric, s.Warnings)
		}
	}
}

// tracking is the target tracking policy that comes first.
func tracking(w record.Config) *scaling.TargetTracking {
	return w.Policies[0].(*scaling.TargetTracking)
}
