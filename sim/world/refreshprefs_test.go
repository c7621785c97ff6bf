package world

import (
	"strings"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

func swift() *asg.Refresh {
	return &asg.Refresh{Pace: asg.Maintenance{MinHealthy: 0.5, MaxHealthy: 1}, Warmup: des.Minute, Version: ec2.Version{Speed: 1.5, Healthy: true}}
}

// SkipMatching: a second refresh to the same version has nothing to do; without it,
// everything is replaced again.
func TestRefreshSkipsMatching(t *testing.T) {
	for _, skip := range []bool{false, true} {
		cfg := refreshed(4, swift())
		again := swift()
		again.SkipMatching = skip
		cfg.Events = append(cfg.Events, asg.Event{Name: "again", Kind: asg.EventRefresh, At: []des.Time{s(3600)}, Refresh: again})
		at, n := replacements(run(t, cfg))
		late := 0
		for k := range at {
			if at[k] >= s(3600) {
				late += n[k]
			}
		}
		if want := map[bool]int{false: 4, true: 0}[skip]; late != want {
			t.Errorf("skip %v: %d replaced again, want %d", skip, late, want)
		}
	}
	first := ec2.Version{Speed: 1, Healthy: true}
	if slow := (&ec2.Version{Speed: 1, Healthy: true, Boot: seconds64(9)}); !first.Same(nil) || first.Same(slow) || !slow.Same(slow) {
		t.Error("versions are alike if instances of them would be")
	}
}

// Protected instances and those in standby: waiting fails after an hour, ignoring
// leaves them, replacing takes them too.
func TestRefreshHoldouts(t *testing.T) {
	for _, row := range []struct {
		name     string
		what     asg.EventKind
		how      asg.Holdouts
		end      string
		replaced int
	}{
		{"protected, wait", asg.EventProtect, asg.WaitForThem, "Failed: 3 of 4 replaced, none for an hour, waiting for instances protected from scale-in", 3},
		{"protected, ignore", asg.EventProtect, asg.IgnoreThem, "Successful", 3},
		{"protected, refresh", asg.EventProtect, asg.ReplaceThem, "Successful", 4},
		{"standby, wait", asg.EventStandby, asg.WaitForThem, "Failed: 3 of 3 replaced, none for an hour, waiting for instances in standby", 3},
		{"standby, ignore", asg.EventStandby, asg.IgnoreThem, "Successful", 3},
		{"standby, terminate", asg.EventStandby, asg.ReplaceThem, "Successful", 4},
	} {
		r := swift()
		r.Protected, r.Standby = row.how, row.how
		cfg := refreshed(4, r)
		cfg.Events = append([]asg.Event{{Name: "hold", Kind: row.what, At: []des.Time{t0 - 1}, Count: 1, Protected: true, Decrement: true}}, cfg.Events...)
		res := run(t, cfg)
		list := said(res)
		n := 0
		for _, a := range res.Activities {
			if !a.Launch && !a.Move && strings.Contains(a.Cause, "instance refresh") {
				n++
			}
		}
		if got := list[len(list)-1]; got != row.end || n != row.replaced {
			t.Errorf("%s: %d replaced, it said %s", row.name, n, strings.Join(list, "; "))
		}
	}
}

// A cancelled refresh stops where it is.
func TestRefreshIsCancelled(t *testing.T) {
	cfg := refreshed(4, swift())
	cfg.Events = append(cfg.Events, asg.Event{Name: "stop", Kind: asg.EventCancelRefresh, At: []des.Time{s(30), s(3000)}})
	r := run(t, cfg)
	if _, n := replacements(r); len(n) != 1 || n[0] != 2 {
		t.Errorf("replaced %v, want the first two", n)
	}
	if got := strings.Join(said(r), "; "); got != "InProgress; Cancelled" {
		t.Errorf("it said %s", got)
	}
	if d := r.Decisions[len(r.Decisions)-1]; d.Policy != "stop" || d.Why != "no instance refresh to cancel: none is in progress" {
		t.Errorf("%+v", d)
	}
}

// A refresh is rolled back on request: what it has replaced gets the old version.
func TestRefreshIsRolledBack(t *testing.T) {
	cfg := refreshed(4, swift())
	cfg.Events = append(cfg.Events, asg.Event{Name: "back", Kind: asg.EventRollbackRefresh, At: []des.Time{s(30), s(3000)}})
	r := run(t, cfg)
	if _, n := replacements(r); len(n) != 2 || n[0] != 2 || n[1] != 2 {
		t.Errorf("replaced %v, want two and two again", n)
	}
	if got := strings.Join(said(r), "; "); got != "InProgress; RollbackInProgress: on request; RollbackSuccessful" {
		t.Errorf("it said %s", got)
	}
	if d := r.Decisions[len(r.Decisions)-1]; d.Policy != "back" || !strings.HasPrefix(d.Why, "no instance refresh to roll back") {
		t.Errorf("%+v", d)
	}
}

// An alarm in ALARM fails the refresh, also while it bakes, and rolls it back.
func TestRefreshWatchesAlarms(t *testing.T) {
	for _, rollback := range []bool{false, true} {
		r := swift()
		r.Alarms, r.AutoRollback, r.Version.Errors, r.Bake = []string{"errors"}, rollback, 0.5, des.Hour
		cfg := refreshed(2, r)
		cfg.Alarms = []cloudwatch.Definition{{Name: "errors", Metric: cloudwatch.HTTPCodeTarget5XX, Statistic: cloudwatch.Statistic{Kind: cloudwatch.Sum}, Period: des.Minute,
			Evaluate: 1, Datapoints: 1, Comparison: cloudwatch.GreaterThan, Threshold: 10, Missing: cloudwatch.TreatNotBreaching}}
		res := run(t, cfg)
		got := strings.Join(said(res), "; ")
		want := "InProgress; Baking; Failed: alarm errors in ALARM"
		if rollback {
			want = "InProgress; Baking; RollbackInProgress: alarm errors in ALARM; RollbackSuccessful"
		}
		if got != want {
			t.Errorf("rollback %v: it said %s", rollback, got)
		}
	}
}

// While InstanceRefresh is suspended a refresh pauses, and its hour with it; no
// refresh takes more than 14 days.
func TestRefreshPauses(t *testing.T) {
	if testing.Short() {
		t.Skip("a quarter of a second or more")
	}
	cfg := refreshed(4, swift())
	cfg.Group.Suspended = []asg.Process{asg.InstanceRefresh}
	cfg.Events = append(cfg.Events, asg.Event{Name: "go on", Kind: asg.EventResume, At: []des.Time{s(7000)}, Processes: []asg.Process{asg.InstanceRefresh}})
	r := run(t, cfg)
	at, _ := replacements(r)
	if got := strings.Join(said(r), "; "); got != "InProgress; Successful" || at[0] < s(7000) {
		t.Errorf("replaced at %v; it said %s", at, got)
	}
	cfg = refreshed(1, swift())
	cfg.Group.Suspended = []asg.Process{asg.InstanceRefresh}
	cfg.Loads, cfg.Duration = nil, 15*des.Day
	if got := strings.Join(said(run(t, cfg)), "; "); got != "InProgress; Failed: 14 days are over" {
		t.Errorf("it said %s", got)
	}
	cfg = refreshed(4, swift())
	cfg.Group.Suspended = []asg.Process{asg.Launch}
	if got := strings.Join(said(run(t, cfg)), "; "); got != "InProgress; Failed: launching or terminating is suspended, nothing replaced for an hour" {
		t.Errorf("it said %s", got)
	}
}
