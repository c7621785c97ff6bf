package scenarios

import (
	"testing"

	"asgsim/sim/account"
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

func TestLifecycleStories(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the shipped scenarios")
	}
	run := runShipped
	good := func(r *account.Result) float64 { return *r.Summary.Requests.GoodShare }
	t.Run("a hook that nobody answers stalls the group", func(t *testing.T) {
		t.Parallel()
		hour, none := run(t, "lifecycle-hook", "default-timeout"), run(t, "lifecycle-hook", "no-hook")
		short, goOn := run(t, "lifecycle-hook", "short"), run(t, "lifecycle-hook", "continue")
		if good(hour) > 0.5 || good(none) < 0.95 || good(short) < good(hour)+0.3 || good(goOn) < good(short) {
			t.Errorf("good: an hour %.3f, five minutes %.3f, continue %.3f, no hook %.3f", good(hour), good(short), good(goOn), good(none))
		}
		// The wait is paid for: an hour of an instance buys less than half the good answers.
		perHour := func(r *account.Result) float64 { return float64(r.Summary.Requests.Good) / r.Summary.InstanceHours }
		if !none.Summary.SLO.Met || perHour(hour) > perHour(none)/2 {
			t.Errorf("the wait is paid for: %.1f instance-hours, without %.1f", hour.Summary.InstanceHours, none.Summary.InstanceHours)
		}
		waited := 0
		for _, a := range hour.Activities {
			if a.Status == asg.Cancelled && a.End.Sub(a.Start) > des.Hour {
				waited++
			}
		}
		if waited < 5 {
			t.Errorf("%d launches were abandoned after an hour", waited)
		}
	})
	t.Run("a zone fails, and the others have room for it or not", func(t *testing.T) {
		t.Parallel()
		three, tight, one := run(t, "zone-outage", "three-zones"), run(t, "zone-outage", "tight"), run(t, "zone-outage", "one-zone")
		if !three.Summary.SLO.Met || three.Summary.SLO.BreachedMinutes > 2 || three.Summary.Capacity.InService.Min != 4 {
			t.Errorf("three zones: %+v", three.Summary.SLO)
		}
		if tight.Summary.SLO.Met || good(tight) > 0.4 || tight.Summary.Capacity.HealthReplacements < 20 {
			t.Errorf("tight: %.3f good, %+v", good(tight), tight.Summary.Capacity)
		}
		if one.Summary.SLO.Met || one.Summary.Capacity.InService.Min != 0 || one.Summary.SLO.BreachedMinutes < 55 {
			t.Errorf("one zone: %+v", one.Summary.SLO)
		}
		refused, most := 0, 0
		for _, a := range three.Activities {
			if a.Status == asg.Failed && a.Zone == "b" {
				refused++
			}
		}
		for _, c := range three.Capacity {
			most = max(most, c.States.Pending+c.States.InService())
		}
		if refused == 0 || most != 7 {
			t.Errorf("%d launches refused, at most %d instances", refused, most)
		}
	})
	t.Run("a refresh stops a bad version, if health checks see it", func(t *testing.T) {
		t.Parallel()
		fine, never := run(t, "instance-refresh", "good"), run(t, "instance-refresh", "never-up")
		errors, blind := run(t, "instance-refresh", "errors"), run(t, "instance-refresh", "ec2-checks")
		end := func(r *account.Result) (last record.Decision) {
			for _, d := range r.Decisions {
				if d.Policy == "deploy" {
					last = d
				}
			}
			return last
		}
		if d := end(fine); !fine.Summary.SLO.Met || d.Why != "instance refresh Successful" || d.At > des.Time(70*des.Minute) {
			t.Errorf("good: %+v, %+v", d, fine.Summary.SLO)
		}
		if d := end(never); !never.Summary.SLO.Met || d.Why != "instance refresh RollbackSuccessful" || never.Summary.Capacity.InService.Min < 9 {
			t.Errorf("never up: %+v, %+v", d, never.Summary.SLO)
		}
		if d := end(errors); errors.Summary.SLO.Met || d.Why != "instance refresh Successful" || good(errors) > 0.95 || good(errors) < 0.9 {
			t.Errorf("errors: %+v, %+v", d, errors.Summary.SLO)
		}
		watched := run(t, "instance-refresh", "watched")
		if d := end(watched); !watched.Summary.SLO.Met || d.Why != "instance refresh RollbackSuccessful" || d.At > des.Time(30*des.Minute) || good(watched) < 0.999 {
			t.Errorf("watched: %+v, %+v", d, watched.Summary.SLO)
		}
		if d := end(blind); good(blind) > 0.5 || d.Why != "instance refresh Successful" {
			t.Errorf("EC2 checks: %+v, %+v", d, blind.Summary.SLO)
		}
	})
}
