package world

import (
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/fault"
)

// A launch hook of 180 s, a boot of 60 s: cold, an instance is in service after 20 s to
// running and 180 s of the hook; from the stopped pool, whose members have been through
// the hook, after the 30 s of their start and the 2 s in which the worker sees that
// there is nothing to do. (For such a group 36 s against 243 s were seen.)
func TestAHookKnowsTheOrigin(t *testing.T) {
	for _, pool := range []bool{false, true} {
		cfg := timeline(320, 640, 4)
		cfg.Template.Boot = seconds64(60)
		cfg.Group.Max = 8
		cfg.Group.Hooks = []asg.Hook{{Name: "setup", Launching: true, Timeout: des.Hour, Took: seconds64(180), FromPool: seconds64(2), Success: 1}}
		want := 20 + 180.0 + 120 // the activity waits for the warm-up
		if pool {
			cfg.Group.WarmPool = &asg.WarmPool{State: asg.PoolStopped, Prepared: asg.Unlimited, Handover: seconds64(1), Start: seconds64(30), Boot: seconds64(20), Stop: seconds64(30)}
			want = 30 + 2 + 120
		}
		r := run(t, cfg)
		n := 0
		for _, a := range r.Activities {
			if !a.Launch || a.Pool == asg.IntoPool || a.Status != asg.Successful || a.Start < t0 {
				continue
			}
			n++
			if took := a.End.Sub(a.Start).Seconds(); took != want {
				t.Errorf("pool %v: a launch took %v s, want %v", pool, took, want)
			}
			break
		}
		if n == 0 {
			t.Errorf("pool %v: nothing was launched", pool)
		}
	}
}

// A replacement launches so long after the termination of the unhealthy instance began
// as was asked (31 s were seen), and the group's checks fall where they are put.
func TestAReplacementComesAfterTheTermination(t *testing.T) {
	cfg := zombie(4, fault.Crash{Plan: fault.Plan{Name: "dead"}})
	cfg.Group.ReplaceAfter = seconds64(31)
	cfg.Group.HealthPhase = 17 * des.Second
	r := run(t, cfg)
	terminated, launched := des.Never, des.Never
	for _, a := range r.Activities {
		if a.Launch {
			launched = min(launched, a.Start)
		} else {
			terminated = min(terminated, a.Start)
		}
	}
	if launched.Sub(terminated) != 31*des.Second || int64(terminated)%int64(des.Minute) != int64(17*des.Second) {
		t.Errorf("terminated at %v, launched at %v, want 31 s apart, the first at second 17", terminated, launched)
	}
	cfg.Group.HealthDrawn = true
	seconds := map[int64]bool{}
	for seed := range uint64(4) {
		r, err := Run(t.Context(), cfg, seed)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range r.Activities {
			if !a.Launch {
				seconds[int64(a.Start)%int64(des.Minute)/int64(des.Second)] = true
				break
			}
		}
	}
	if len(seconds) < 3 {
		t.Errorf("four groups check their health at %d different seconds", len(seconds))
	}
}
