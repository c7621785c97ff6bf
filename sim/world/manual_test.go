package world

import (
	"strings"
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/scaling"
)

// whyOf is what an event did, in words.
func whyOf(r *account.Result, name string) string {
	for _, d := range r.Decisions {
		if d.Policy == name {
			return d.Why
		}
	}
	return ""
}

// SetDesiredCapacity and UpdateAutoScalingGroup (API, 2026-08): within the bounds, or
// refused; a minimum above raises desired, a maximum below lowers it; the activities
// carry AWS's own words.
func TestSizesSetByHand(t *testing.T) {
	sizes := func(low, high, want int) asg.Sizes { return asg.Sizes{Min: low, Max: high, Desired: want} }
	const keep = asg.Keep
	for _, x := range []struct {
		name           string
		e              asg.Event
		low, high, end int
		why, cause     string
	}{
		{"set", asg.Event{Kind: asg.EventSetDesired, Sizes: sizes(keep, keep, 5)}, 2, 6, 5, "set-desired-capacity to 5",
			"a user request explicitly set group desired capacity changing the desired capacity from 4 to 5. At "},
		{"set above max", asg.Event{Kind: asg.EventSetDesired, Sizes: sizes(keep, keep, 7)}, 2, 6, 4, "refused: 7 is above max_size 6", ""},
		{"set below min", asg.Event{Kind: asg.EventSetDesired, Sizes: sizes(keep, keep, 1)}, 2, 6, 4, "refused: 1 is below min_size 2", ""},
		{"min above", asg.Event{Kind: asg.EventUpdate, Sizes: sizes(5, keep, keep)}, 5, 6, 5, "update of min 2 to 5, max 6 to 6",
			"a user request update of AutoScalingGroup constraints to min: 5, max: 6, desired: 5 changing the desired capacity from 4 to 5. At "},
		{"max below", asg.Event{Kind: asg.EventUpdate, Sizes: sizes(keep, 3, keep)}, 2, 3, 3, "update of min 2 to 2, max 6 to 3", "constraints to min: 2, max: 3, desired: 3 changing the desired capacity from 4 to 3. At "},
		{"only bounds", asg.Event{Kind: asg.EventUpdate, Sizes: sizes(1, 9, keep)}, 1, 9, 4, "update of min 2 to 1, max 6 to 9", ""},
		{"all", asg.Event{Kind: asg.EventUpdate, Sizes: sizes(1, 9, 7)}, 1, 9, 7, "update of min 2 to 1, max 6 to 9", "to min: 1, max: 9, desired: 7"},
		{"min above max", asg.Event{Kind: asg.EventUpdate, Sizes: sizes(7, keep, keep)}, 2, 6, 4, "update refused: min_size 7 would be above max_size 6", ""},
		{"desired outside", asg.Event{Kind: asg.EventUpdate, Sizes: sizes(keep, 5, 6)}, 2, 6, 4, "update refused: desired capacity 6 must be between min_size 2 and max_size 5", ""},
	} {
		cfg := still(4)
		cfg.Group.Min, cfg.Group.Max = 2, 6
		x.e.Name, x.e.At, x.e.Count = x.name, []des.Time{s(300)}, asg.All
		cfg.Events = []asg.Event{x.e}
		r := run(t, cfg)
		if c := r.Capacity[len(r.Capacity)-1]; c.MinSize != x.low || c.MaxSize != x.high || c.Desired != x.end || c.States.InService() != x.end {
			t.Errorf("%s: min %d, max %d, desired %d, %d in service; want %d, %d, %d", x.name, c.MinSize, c.MaxSize, c.Desired, c.States.InService(), x.low, x.high, x.end)
		}
		if why := whyOf(r, x.name); !strings.Contains(why, x.why) {
			t.Errorf("%s: %s", x.name, why)
		}
		if x.cause == "" && len(r.Activities) > 0 || x.cause != "" && (len(r.Activities) == 0 || !strings.Contains(r.Activities[0].Cause, x.cause)) {
			t.Errorf("%s: activities %+v", x.name, r.Activities)
		}
	}
}

// HonorCooldown refuses while a simple scaling activity or its cooldown lasts: of the
// policy of TV-73 that is from 180 to 510. Without it a person is not bound.
func TestSetDesiredHonoursTheCooldownIfAsked(t *testing.T) {
	if testing.Short() {
		t.Skip("a second or more")
	}
	for _, x := range []struct {
		at     float64
		honour bool
		want   bool
	}{{200, true, false}, {400, true, false}, {400, false, true}, {520, true, true}} {
		cfg := timeline(320, 800, 4)
		cfg.Policies = nil
		cfg.Alarms = []cloudwatch.Definition{highCPU()}
		cfg.Policies = append(cfg.Policies, &scaling.SimpleScaling{Name: "add", Alarm: scaling.AlarmRef{Name: "high", Above: true, Threshold: 50}, Amount: 1, Cooldown: scaling.Unset})
		cfg.Events = []asg.Event{{Name: "mine", Kind: asg.EventSetDesired, At: []des.Time{s(x.at)}, Count: asg.All, Honour: x.honour, Sizes: asg.Sizes{Desired: 9}}}
		r := run(t, cfg)
		if done := !strings.Contains(whyOf(r, "mine"), "refused"); done != x.want {
			t.Errorf("at %v, honour %v: %s", x.at, x.honour, whyOf(r, "mine"))
		}
	}
}

// TerminateInstanceInAutoScalingGroup: with the decrement the group is one smaller,
// without it another is launched; below the minimum it is refused; protection from
// scale-in does not help ("Use instance scale-in protection", user guide, 2023-04-27).
func TestTerminatedByHand(t *testing.T) {
	for _, x := range []struct {
		name      string
		min       int
		decrement bool
		protect   bool
		desired   int
		gone      int
		cause     string
	}{
		{"smaller", 2, true, false, 3, 1, " was taken out of service in response to a user request, shrinking the capacity from 4 to 3."},
		{"replaced", 4, false, false, 4, 1, " was taken out of service in response to a user request."},
		{"refused", 4, true, false, 4, 0, ""},
		{"protected", 2, true, true, 3, 1, "user request, shrinking"},
	} {
		cfg := still(4)
		cfg.Group.Min, cfg.Group.Protect = x.min, x.protect
		victim := ec2.IDOf(2)
		cfg.Events = []asg.Event{{Name: "kill", Kind: asg.EventTerminate, At: []des.Time{t0}, Count: 1, Decrement: x.decrement, Instance: victim}}
		r := run(t, cfg)
		last := r.Capacity[len(r.Capacity)-1]
		if last.Desired != x.desired || last.States.InService() != x.desired || len(terminated(r)) != x.gone || r.Summary.Capacity.Launches != x.gone-(4-x.desired) {
			t.Errorf("%s: desired %d, %d in service, terminated %v, %d launches", x.name, last.Desired, last.States.InService(), terminated(r), r.Summary.Capacity.Launches)
		}
		if x.gone == 1 {
			if a := r.Activities[0]; terminated(r)[0] != 2 || !strings.HasSuffix(a.Cause, x.cause) && !strings.Contains(a.Cause, x.cause) || r.Instances[2].End.Kind != asg.EndUser {
				t.Errorf("%s: %v: %s, %v", x.name, terminated(r), a.Cause, r.Instances[2].End)
			}
		} else if why := whyOf(r, "kill"); !strings.Contains(why, "1 refused: the group would leave [4, ") {
			t.Errorf("%s: %s", x.name, why)
		}
	}
}

// An event concerns the instance, or the zone, it names, and no other.
func TestEventsNameTheirInstances(t *testing.T) {
	for _, kind := range []asg.EventKind{asg.EventStandby, asg.EventDetach, asg.EventTerminate} {
		cfg := still(4)
		cfg.Events = []asg.Event{{Name: "one", Kind: kind, At: []des.Time{t0}, Count: 1, Decrement: true, Instance: ec2.IDOf(3)}}
		r := run(t, cfg)
		if a := r.Activities[0]; a.Instance != 3 {
			t.Errorf("kind %d: %s", kind, a.Description)
		}
		cfg.Events[0].Instance, cfg.Events[0].Zone, cfg.Events[0].Count = "", "b", 4
		for _, a := range run(t, cfg).Activities {
			if strings.Contains(a.Cause, "user request") && a.Zone != "b" { // evening out the zones comes after
				t.Errorf("kind %d, zone b: %s in %s", kind, a.Description, a.Zone)
			}
		}
		cfg.Events[0].Zone, cfg.Events[0].Instance = "", ec2.IDOf(77)
		if r = run(t, cfg); len(r.Activities) != 0 || !strings.Contains(whyOf(r, "one"), "no instance that it could concern") {
			t.Errorf("kind %d, unknown: %s", kind, whyOf(r, "one"))
		}
	}
}

// A rebalance recommendation that no interruption follows: with capacity rebalancing
// the instance is replaced, its successor launched first; without it nothing happens,
// and it lives on.
func TestRecommendationWithoutInterruption(t *testing.T) {
	for _, rebalance := range []bool{true, false} {
		cfg := mixedOf(4, asg.Mixed{Spot: asg.CapacityOptimized, OnDemandPercent: 0}, nil, "m5.large", "c5.large")
		cfg.Group.Max, cfg.Group.Rebalance = 6, rebalance
		cfg.Events = []asg.Event{{Name: "warn", Kind: asg.EventRecommend, At: []des.Time{t0}, Count: 1, Instance: ec2.IDOf(1)}}
		r := run(t, cfg)
		got := r.Summary.Spot
		if got.Recommendations != 1 || got.Interruptions != 0 || (got.Replaced == 1) != rebalance {
			t.Errorf("rebalance %v: %+v", rebalance, got)
		}
		if ended := r.Instances[1].Ended != des.Never; ended != rebalance {
			t.Errorf("rebalance %v: ended %v", rebalance, r.Instances[1].Ended)
		}
		if rebalance && (r.Instances[1].End.Kind != asg.EndRecommended || !r.Activities[0].Launch) {
			t.Errorf("%v, first %s", r.Instances[1].End, r.Activities[0].Description)
		}
	}
}
