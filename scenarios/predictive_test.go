package scenarios

import (
	"strings"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/scaling"
)

func TestPredictiveScaling(t *testing.T) {
	s := load(t, base+`
[policy.ahead.predictive_scaling]
mode = "ForecastAndScale"
predefined_metric_type = "ALBRequestCount"
target_value = "10/s"
max_capacity_breach_behavior = "IncreaseMaxCapacity"
max_capacity_buffer = "10%"
[policy.look.predictive_scaling]
predefined_metric_type = "ASGCPUUtilization"
target_value = "50%"
scheduling_buffer_time = "10m"
[variant.none]
policies = []
`)
	want := []scaling.Predictive{
		{Name: "ahead", Pair: scaling.ALBRequestCount, Target: 600, Scale: true, Buffer: 300 * des.Second, Increase: true, MaxBuffer: 0.10},
		{Name: "look", Pair: scaling.ASGCPUUtilization, Target: 50, Buffer: 10 * des.Minute},
	}
	got := s.Configs[0].World.Policies
	if len(got) != 2 || *got[0].(*scaling.Predictive) != want[0] || *got[1].(*scaling.Predictive) != want[1] || len(s.Warnings) != 0 {
		t.Errorf("%+v, warnings %v", got, s.Warnings)
	}
	if len(s.Configs[1].World.Policies) != 0 {
		t.Error("policies picks")
	}
}

// A trace that begins with the run has no history; one that began before has.
func TestPredictiveScalingSaysThatItHasNoHistory(t *testing.T) {
	const policy = "\n[policy.ahead.predictive_scaling]\npredefined_metric_type = \"ASGCPUUtilization\"\ntarget_value = \"50%\"\n"
	text := string(mustShipped(t, "trace-replay").Text) + policy
	for set, want := range map[string]string{
		"duration=6h":                     "has 0 hours of history, as load recorded is not known before: nothing is forecast for the first 24 hours",
		"load.recorded.trace.repeat=true": "",
	} {
		s, err := Load(Source{Name: "t.toml", Text: []byte(text)}, OpenShipped, Options{Sets: []string{set}})
		if err != nil {
			t.Fatal(err)
		}
		all := ""
		for _, w := range s.Warnings {
			all += w.Error()
		}
		if want == "" && strings.Contains(all, "history") || !strings.Contains(all, want) {
			t.Errorf("%s: %s", set, all)
		}
	}
}

func mustShipped(t *testing.T, name string) Source {
	t.Helper()
	src, err := Shipped(name)
	if err != nil {
		t.Fatal(err)
	}
	return src
}
