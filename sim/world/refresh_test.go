package world

import (
	"strings"
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/record"
)

// refreshed is a still group of n under an instance refresh at t0 whose launches
// take no time.
func refreshed(n int, r *asg.Refresh) *record.Config {
	cfg := still(n)
	cfg.Duration = 3 * des.Hour
	cfg.Template.Pending = seconds64(0)
	cfg.Events = []asg.Event{{Name: "deploy", Kind: asg.EventRefresh, At: []des.Time{t0}, Refresh: r}}
	return cfg
}

// replacements returns when how many were terminated for the refresh.
func replacements(r *account.Result) (at []des.Time, n []int) {
	for _, a := range r.Activities {
		if a.Launch || !strings.Contains(a.Cause, "instance refresh") {
			continue
		}
		if k := len(at); k > 0 && at[k-1] == a.Start {
			n[k-1]++
			continue
		}
		at, n = append(at, a.Start), append(n, 1)
	}
	return at, n
}

// said lists what the refresh reported.
func said(r *account.Result) (out []string) {
	for _, d := range r.Decisions {
		if d.Policy == "deploy" {
			out = append(out, strings.TrimPrefix(d.Why, "instance refresh "))
		}
	}
	return out
}

// TV-10: ten instances, min healthy 80, checkpoints 20 and 50, delay 15 min,
// warm-up 10 min.
func TestTV10RefreshWithCheckpoints(t *testing.T) {
	cfg := refreshed(10, &asg.Refresh{
		Pace: asg.Maintenance{MinHealthy: 0.8, MaxHealthy: 1}, Warmup: 10 * des.Minute, Checkpoints: []float64{0.2, 0.5}, CheckpointDelay: 15 * des.Minute,
		Version: ec2.Version{Speed: 1, Healthy: true},
	})
	r := run(t, cfg)
	at, n := replacements(r)
	want := []struct{ minute, n int }{{0, 2}, {25, 2}, {35, 1}}
	if len(at) != len(want) {
		t.Fatalf("replaced %v at %v, want %v", n, at, want)
	}
	for k, w := range want {
		if at[k] != s(float64(60*w.minute)) || n[k] != w.n {
			t.Errorf("replaced %d at %v, want %d at minute %d", n[k], at[k].Sub(t0), w.n, w.minute)
		}
	}
	if got := strings.Join(said(r), "; "); got != "InProgress; at checkpoint 20%: 2 of 10 replaced; at checkpoint 50%: 5 of 10 replaced; Successful" {
		t.Errorf("it said %s", got)
	}
}

// TV-11: two instances: after the first replacement progress is 50 %, so that
// checkpoint 10 is skipped and 40 announced.
func TestTV11SkippedCheckpoint(t *testing.T) {
	cfg := refreshed(2, &asg.Refresh{
		Pace: asg.Maintenance{MinHealthy: 0.5, MaxHealthy: 1}, Warmup: 5 * des.Minute, Checkpoints: []float64{0.1, 0.4, 1}, CheckpointDelay: des.Hour,
		Version: ec2.Version{Speed: 1, Healthy: true},
	})
	r := run(t, cfg)
	if got := strings.Join(said(r), "; "); got != "InProgress; at checkpoint 40%: 1 of 2 replaced; Successful" {
		t.Errorf("it said %s", got)
	}
	if at, n := replacements(r); len(at) != 2 || n[0] != 1 || at[1] != s(65*60) {
		t.Errorf("replaced %v at %v", n, at)
	}
}

// A version that never passes its health checks: the refresh gets nowhere, fails
// after an hour and, with auto rollback, puts the old version back.
func TestRefreshWithABadVersion(t *testing.T) {
	for _, rollback := range []bool{false, true} {
		cfg := refreshed(10, &asg.Refresh{
			Pace: asg.Maintenance{MinHealthy: 0.9, MaxHealthy: 1}, Warmup: des.Minute, AutoRollback: rollback, Version: ec2.Version{Speed: 1},
		})
		cfg.Group.HealthCheckELB = true
		cfg.Group.Grace = 2 * des.Minute
		r := run(t, cfg)
		got := strings.Join(said(r), "; ")
		want := "InProgress; Failed: 0 of 10 replaced, none for an hour"
		if rollback {
			want = "InProgress; RollbackInProgress: 0 of 10 replaced, none for an hour; RollbackSuccessful"
		}
		if got != want {
			t.Errorf("rollback %v: it said %s", rollback, got)
		}
		for _, c := range r.Capacity {
			if c.States.Ready+c.States.Warming < 9 {
				t.Errorf("rollback %v: %v: %+v, a bad version must not take more than one place of ten", rollback, c.At, c.States)
				break
			}
		}
		if end := r.Capacity[len(r.Capacity)-1]; end.States.Ready != 10 {
			t.Errorf("rollback %v: ends with %+v", rollback, end.States)
		}
	}
}

// Launch before terminate: 100 to 110 percent.
func TestRefreshLaunchesFirst(t *testing.T) {
	cfg := refreshed(10, &asg.Refresh{Pace: asg.Maintenance{MinHealthy: 1, MaxHealthy: 1.1}, Warmup: des.Minute, Bake: 10 * des.Minute, Version: ec2.Version{Speed: 2, Healthy: true}})
	r := run(t, cfg)
	least, most := 10, 0
	for _, c := range r.Capacity {
		least, most = min(least, c.States.InService()), max(most, c.States.InService()+c.States.Pending)
	}
	at, _ := replacements(r)
	if least != 10 || most != 11 || len(at) != 10 {
		t.Errorf("%d to %d instances, replaced at %v", least, most, at)
	}
	if got := strings.Join(said(r), "; "); got != "InProgress; Baking; Successful" {
		t.Errorf("it said %s", got)
	}
}
