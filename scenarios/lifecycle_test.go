package scenarios

import (
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// lifecycleFile is a scenario with the given lines below [auto_scaling_group].
func lifecycleFile(lines string) string {
	return `
duration = "2h"
[load.a.constant]
rate = "10/s"
[request]
cpu = "20ms"
[instance]
type = "c7g.large"
[auto_scaling_group]
min_size = 1
max_size = 4
` + lines
}

func loadLifecycle(t *testing.T, lines string) *record.Config {
	t.Helper()
	s, err := Load(Source{Name: "x.toml", Text: []byte(lifecycleFile(lines))}, nothing, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return &s.Configs[0].World
}

// The API's defaults hold where a key is left out, and AWS's names mean what they
// mean there.
func TestLifecycleKeys(t *testing.T) {
	plain := loadLifecycle(t, "").Group
	if plain.Protect || len(plain.Suspended) > 0 || plain.Lifetime != 0 || plain.Maintenance != nil || len(plain.Hooks) > 0 ||
		len(plain.Termination) != 1 || plain.Termination[0] != asg.DefaultTermination {
		t.Errorf("%+v", plain)
	}
	w := loadLifecycle(t, `
termination_policies = ["OldestInstance", "ClosestToNextInstanceHour", "Default"]
new_instances_protected_from_scale_in = true
suspended_processes = ["AZRebalance"]
max_instance_lifetime = "2d"
instance_maintenance_policy = { min_healthy_percentage = "90%", max_healthy_percentage = "120%" }
[hook.setup]
lifecycle_transition = "launching"
duration = "90s"
[hook.logs]
lifecycle_transition = "terminating"
duration = "10m"
heartbeat_timeout = "2m"
heartbeat = "1m"
default_result = "CONTINUE"
success = "80%"
[event.away.standby]
at = "30m"
[event.all.suspend]
at = ["40m", "35m"]
`)
	g := w.Group
	if len(g.Termination) != 3 || g.Termination[0] != asg.OldestInstance || g.Termination[1] != asg.ClosestToNextInstanceHour || !g.Protect ||
		len(g.Suspended) != 1 || g.Suspended[0] != asg.AZRebalance || g.Lifetime != 2*des.Day || g.Maintenance.MaxHealthy != 1.2 {
		t.Errorf("%+v", g)
	}
	setup, logs := g.Hooks[0], g.Hooks[1]
	if !setup.Launching || setup.Timeout != des.Hour || setup.Continue || setup.Success != 1 || setup.Every != 0 || setup.Took.Mean() != 90 {
		t.Errorf("%+v", setup)
	}
	if logs.Launching || !logs.Continue || logs.Every != des.Minute || logs.Success != 0.8 {
		t.Errorf("%+v", logs)
	}
	if e := w.Events[0]; e.Count != 1 || !e.Decrement || e.Kind != asg.EventStandby {
		t.Errorf("%+v", e)
	}
	if e := w.Events[1]; len(e.Processes) != len(asg.Processes()) || e.At[0] != des.Time(35*des.Minute) {
		t.Errorf("%+v", e)
	}
}

// API, RefreshPreferences of 2026-11: the maximum of 100 % left out is not the same as
// given, by the refresh or by the group's policy.
func TestARefreshKnowsWhetherItsMaximumIsGiven(t *testing.T) {
	const deploy = "[event.r.instance_refresh]\nat = \"1h\"\n"
	for lines, short := range map[string]bool{
		deploy: true, deploy + "min_healthy_percentage = \"50%\"\n": true, deploy + "max_healthy_percentage = \"100%\"\n": false,
		"instance_maintenance_policy = { min_healthy_percentage = \"90%\", max_healthy_percentage = \"100%\" }\n" + deploy: false,
	} {
		if p := loadLifecycle(t, lines).Events[0].Refresh.Pace; p.FallsShort != short || p.MaxHealthy != 1 {
			t.Errorf("%q: %+v", lines, p)
		}
	}
}
