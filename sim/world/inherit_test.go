package world

import (
	"strings"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/scaling"
)

// A run that begins at noon begins with what the morning's action left; one that
// begins at midnight with what the evening's did.
func TestASettledRunInheritsFromScheduledActions(t *testing.T) {
	hours := func(h float64) des.Time { return des.Time(des.Seconds(3600 * h)) }
	action := func(name string, ran des.Time, low, high, desired int) asg.Schedule {
		return asg.Schedule{Name: name, Ran: ran, Min: low, Max: high, Desired: desired}
	}
	for _, c := range []struct {
		name           string
		list           []asg.Schedule
		tracking, cold bool
		explicit       int // desired; asg.Settled: none
		low, high, n   int
	}{
		{"no action ran", []asg.Schedule{action("a", 0, 6, asg.Keep, asg.Keep)}, false, false, asg.Settled, 2, 20, 2},
		{"the morning's minimum", []asg.Schedule{action("up", hours(-4), 6, asg.Keep, asg.Keep), action("down", hours(-16), 3, asg.Keep, asg.Keep)}, true, false, asg.Settled, 6, 20, 6},
		{"the evening's, after it: tracking decides", []asg.Schedule{action("up", hours(-16), 6, asg.Keep, asg.Keep), action("down", hours(-4), 3, asg.Keep, asg.Keep)}, true, false, asg.Settled, 3, 20, 4},
		{"TV-36 without a policy desired stays", []asg.Schedule{action("up", hours(-16), 6, asg.Keep, asg.Keep), action("down", hours(-4), 1, asg.Keep, asg.Keep)}, false, false, asg.Settled, 1, 20, 6},
		{"a maximum that binds", []asg.Schedule{action("tight", hours(-1), asg.Keep, 3, asg.Keep)}, true, false, asg.Settled, 2, 3, 3},
		{"a desired capacity", []asg.Schedule{action("seven", hours(-1), asg.Keep, asg.Keep, 7)}, false, false, asg.Settled, 2, 20, 7},
		{"a refused one", []asg.Schedule{action("bad", hours(-1), 30, asg.Keep, asg.Keep)}, true, false, asg.Settled, 2, 20, 4},
		{"the user says the size", []asg.Schedule{action("up", hours(-4), 6, asg.Keep, asg.Keep)}, true, false, 4, 2, 20, 4},
		{"a cold start", []asg.Schedule{action("up", hours(-4), 6, asg.Keep, asg.Keep)}, true, true, asg.Settled, 2, 20, 2},
	} {
		cfg := timeline(320, 320, c.explicit)
		if cfg.Schedule, cfg.Group.Cold = c.list, c.cold; !c.tracking {
			cfg.Policies = nil
		}
		r := run(t, cfg)
		if got := r.Capacity[0]; got.MinSize != c.low || got.MaxSize != c.high || got.Desired != c.n {
			t.Errorf("%s: begins with [%d, %d], %d desired; want [%d, %d], %d", c.name, got.MinSize, got.MaxSize, got.Desired, c.low, c.high, c.n)
		}
		told := len(r.Decisions) > 0 && strings.Contains(r.Decisions[0].Why, "had run at")
		if changed := c.low != 2 || c.high != 20; told != changed {
			t.Errorf("%s: told %v", c.name, told)
		}
	}
}

// Suspended ScheduledActions stop predictive scaling too, and it keeps nothing up.
func TestSuspendedPredictiveScalingDoesNothing(t *testing.T) {
	cfg := foreseen(scaling.Predictive{Scale: true, Buffer: 5 * des.Minute})
	cfg.Group.Suspended = []asg.Process{asg.ScheduledActions}
	r := mustRun(t, cfg)
	if got := changesOfDesired(r); len(got) != 0 {
		t.Errorf("desired changed %v", got)
	}
	blocked := 0
	for _, d := range r.Decisions {
		if d.Block == scaling.BlockSuspended && strings.Contains(d.Why, "ScheduledActions is suspended") {
			blocked++
		}
	}
	if blocked == 0 {
		t.Error("nothing says why")
	}
}
