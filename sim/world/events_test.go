package world

import (
	"strings"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// Attaching raises desired by as many as it takes in; no hook runs, and all are
// refused above the maximum (A1).
func TestAttach(t *testing.T) {
	cfg := still(2)
	cfg.Group.Max = 4
	cfg.Group.Hooks = []asg.Hook{{Name: "setup", Launching: true, Timeout: des.Hour, Took: seconds64(50), Success: 1}}
	cfg.Events = []asg.Event{{Name: "more", Kind: asg.EventAttach, At: []des.Time{t0, s(60)}, Count: 2}}
	r := run(t, cfg)
	if len(r.Instances) != 4 || r.Capacity[len(r.Capacity)-1].Desired != 4 || r.Summary.Capacity.Launches != 0 {
		t.Fatalf("%d instances, %+v", len(r.Instances), r.Capacity[len(r.Capacity)-1])
	}
	for _, i := range r.Instances[2:] {
		if i.Running != t0 || i.Registered != t0 || i.Served == 0 {
			t.Errorf("%+v", i)
		}
	}
	if i := r.Instances; i[2].Zone == i[3].Zone {
		t.Error("both in one zone")
	}
	if a := r.Activities[0]; !a.Move || !strings.HasPrefix(a.Description, "Attaching an existing EC2 instance: i-") || !strings.Contains(a.Cause, "from 2 to 3") || a.Status != asg.Successful {
		t.Errorf("%+v", a)
	}
	if d := r.Decisions[1]; d.Why != "attached none: 2 more would make 6, and max_size is 4" {
		t.Errorf("%s", d.Why)
	}
}

// Best effort launches in another zone when the thinnest has no capacity; balanced-only
// waits for it.
func TestCapacityDistribution(t *testing.T) {
	for _, only := range []bool{false, true} {
		cfg := resized(2, 4)
		cfg.Group.BalancedOnly = only
		cfg.Faults = []fault.Fault{fault.ZoneOutage{Plan: fault.Plan{Name: "short", At: []des.Time{t0}, Lasts: 5 * des.Minute}, Zone: 1}}
		r := run(t, cfg)
		// Two are missing in all, and one for the dead: all in a, or none before b is back.
		early := 0
		for _, i := range r.Instances[2:] {
			if i.Launched < s(300) {
				early++
			}
		}
		if want := map[bool]int{false: 3, true: 0}[only]; early != want {
			t.Errorf("balanced only %v: %d launched during the outage, want %d", only, early, want)
		}
		if end := r.Capacity[len(r.Capacity)-1].States.InService(); end != 4 {
			t.Errorf("balanced only %v: ends with %d", only, end)
		}
	}
}

// A zone is left and another used: launch first, one at a time, never fewer than
// desired. The warm pool moves too.
func TestZonesChange(t *testing.T) {
	cfg := pooled(4, asg.WarmPool{Min: 2, Prepared: 0})
	cfg.Group.Zones, cfg.Group.Later = []string{"a", "b", "c"}, 1
	cfg.Duration = 90 * des.Minute
	cfg.Events = []asg.Event{{Name: "move", Kind: asg.EventZones, At: []des.Time{t0}, Zones: []int{0, 2}}}
	r := run(t, cfg)
	for _, i := range r.Instances {
		last := i.Changes[len(i.Changes)-1].State
		switch {
		case i.Launched < t0 && i.Zone == "c":
			t.Errorf("launched in c at %v", i.Launched)
		case i.Zone == "b" && last != record.Gone:
			t.Errorf("still there: %s in b, %s", i.ID, statesOf(&i))
		}
	}
	for _, c := range r.Capacity {
		if c.States.InService() < 4 || c.States.InService()+c.States.Pending > 5 {
			t.Errorf("%v: %+v", c.At, c.States)
		}
	}
	end := r.Capacity[len(r.Capacity)-1].States
	if end.InService() != 4 || end.WarmedStopped != 2 {
		t.Errorf("ends with %+v", end)
	}
	if d := r.Decisions[0]; d.Why != "availability zones: added c; removed b" {
		t.Errorf("%s", d.Why)
	}
}

// Where the group waits for the application, a launch whose application does not come
// up is given up in the end, and another is tried.
func TestBootTimeout(t *testing.T) {
	cfg := resized(2, 3)
	cfg.Group.AtBootDone, cfg.Group.BootTimeout = true, 10*des.Minute
	cfg.Template.Boot = seconds64(1e6)
	r := run(t, cfg)
	failed := 0
	for _, a := range r.Activities {
		if a.Launch && a.Status == asg.Failed {
			failed++
			if !strings.Contains(a.Message, "did not come up in time") || a.End.Sub(a.Start) < 10*des.Minute || a.End.Sub(a.Start) > 11*des.Minute {
				t.Errorf("%+v", a)
			}
		}
	}
	if failed < 2 {
		t.Errorf("%d launches failed", failed)
	}
}
