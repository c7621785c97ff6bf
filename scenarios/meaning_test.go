package scenarios

import (
	"strings"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/workload"
)

// A bare duration is just that, but for a request's cpu and wait, which then are means of
// an exponential law.
func TestBareDurations(t *testing.T) {
	w := loadLifecycle(t, `
reconcile_delay = "7s"
replacement_delay = "7s"
shutting_down = "7s"
[auto_scaling_group.warm_pool]
start = "7s"
boot = "7s"
handover = "7s"
stop = "7s"
[hook.h]
lifecycle_transition = "launching"
duration = "7s"
duration_from_warm_pool = "7s"
`)
	spot := loadLifecycle(t, `[auto_scaling_group.mixed_instances_policy]
overrides = [{ instance_type = "c7g.large" }]
[auto_scaling_group.mixed_instances_policy.instances_distribution]
on_demand_percentage_above_base_capacity = 50
[spot]
recommendation_lead = "7s"
`).Template.Spot
	boots := load(t, base, `instance.launch="7s"`, `instance.boot="7s"`).Configs[0].World.Template
	for name, law := range map[string]workload.Dist{
		"reconcile_delay": w.Group.Reconcile, "replacement_delay": w.Group.ReplaceAfter, "shutting_down": w.Group.ShuttingDown, "launch": boots.Pending, "boot": boots.Boot,
		"start": w.Group.WarmPool.Start, "pool boot": w.Group.WarmPool.Boot, "handover": w.Group.WarmPool.Handover, "stop": w.Group.WarmPool.Stop,
		"duration": w.Group.Hooks[0].Took, "duration_from_warm_pool": w.Group.Hooks[0].FromPool, "recommendation_lead": spot.Lead,
	} {
		if law != (workload.Constant{Value: 7}) {
			t.Errorf("%s: %#v", name, law)
		}
	}
	s := load(t, strings.Replace(base, `cpu = "20ms"`, "cpu = \"7s\"\nwait = \"8s\"", 1), `request.timeout="1h"`)
	if c := s.Configs[0].World.Classes[0]; c.CPU != (workload.Exponential{M: 7}) || c.Wait != (workload.Exponential{M: 8}) {
		t.Errorf("cpu %#v, wait %#v", c.CPU, c.Wait)
	}
}

// Alarms of target tracking look every minute, oftener where the metric is finer.
func TestPeriodOfTrackingAlarms(t *testing.T) {
	for period, want := range map[string]des.Duration{"": des.Minute, `, period = "10s"`: 10 * des.Second, `, period = "60s"`: des.Minute} {
		s := load(t, base+"[policy.own.target_tracking]\ncustomized_metric_specification = { metric_name = \"CPUUtilization\""+period+" }\ntarget_value = 50\n")
		if got := tracking(s.Configs[0].World).AlarmPeriod; got != want {
			t.Errorf("%q: %v, want %v", period, got, want)
		}
	}
}

// A target of CPU is above 0 and at most 100 %, one of requests above 0 and at most 1e9.
func TestBoundsOfTargets(t *testing.T) {
	policy := func(metric, target string) string {
		return base + "[policy.p.target_tracking]\npredefined_metric_type = \"" + metric + "\"\ntarget_value = " + target + "\n"
	}
	for _, row := range []struct {
		metric, target string
		ok             bool
	}{
		{"ASGAverageCPUUtilization", "100", true}, {"ASGAverageCPUUtilization", "100.1", false}, {"ASGAverageCPUUtilization", "0.1", true}, {"ASGAverageCPUUtilization", "0", false}, {"ASGAverageCPUUtilization", "-5", false},
		{"ALBRequestCountPerTarget", "1000000000", true}, {"ALBRequestCountPerTarget", "1000000001", false}, {"ALBRequestCountPerTarget", "0", false},
		{"ASGAverageNetworkIn", "1000000000000000", true}, {"ASGAverageNetworkIn", "2000000000000000", false},
	} {
		_, err := Load(Source{Name: "web.toml", Text: []byte(policy(row.metric, row.target))}, nothing, Options{})
		if (err == nil) != row.ok || err != nil && !strings.Contains(err.Error(), "target_value") {
			t.Errorf("%s = %s: %v", row.metric, row.target, err)
		}
	}
}

// The law of a request reaches nine hours at most, in all but one of a thousand.
func TestLongestRequests(t *testing.T) {
	for law, ok := range map[string]bool{`{ constant = "9h" }`: true, `{ constant = "9h1s" }`: false, `{ uniform = ["1s", "9h"] }`: true, `"2h"`: false} { // exponential: 6.9 x 2 h
		_, err := Load(Source{Name: "web.toml", Text: []byte(strings.Replace(base, `cpu = "20ms"`, "cpu = \"20ms\"\nwait = "+law, 1))}, nothing, Options{})
		if (err == nil) != ok || err != nil && !strings.Contains(err.Error(), "request.wait: has a 99.9th percentile of") {
			t.Errorf("%s: %v", law, err)
		}
	}
}

// What is left out of Spot's terms means what AWS and the reference say.
func TestSpotTerms(t *testing.T) {
	w := loadLifecycle(t, "[auto_scaling_group.mixed_instances_policy]\noverrides = [{ instance_type = \"c7g.large\" }]\n[auto_scaling_group.mixed_instances_policy.instances_distribution]\non_demand_percentage_above_base_capacity = 40\non_demand_base_capacity = 1\n")
	if m := w.Group.Mixed; m == nil || m.OnDemandPercent != 40 || m.OnDemandBase != 1 || w.Template.Spot == nil {
		t.Errorf("%+v", m)
	}
	if w := loadLifecycle(t, ""); w.Template.Spot != nil || w.Group.Mixed != (*asg.Mixed)(nil) {
		t.Errorf("Spot without a policy: %+v", w.Template.Spot)
	}
}
