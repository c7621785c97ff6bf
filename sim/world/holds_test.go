package world

import (
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/des"
)

// Who waits for a hook, what is suspended and for how long: told with the end by the
// rule and the end in the run.
func TestHoldsAreTold(t *testing.T) {
	cfg := timeline(320, 640, 4)
	cfg.Group.Hooks = []asg.Hook{{Name: "setup", Launching: true, Timeout: 5 * des.Minute, Took: seconds64(100), Success: 1}}
	cfg.Events = []asg.Event{
		{Name: "stop", Kind: asg.EventSuspend, At: []des.Time{s(600)}, Processes: []asg.Process{asg.AlarmNotification, asg.Launch}},
		{Name: "twice", Kind: asg.EventSuspend, At: []des.Time{s(630)}, Processes: []asg.Process{asg.Launch}},
		{Name: "go", Kind: asg.EventResume, At: []des.Time{s(660)}, Processes: []asg.Process{asg.Launch}},
	}
	r := run(t, cfg)
	hooks, suspended := 0, map[string]asg.Hold{}
	for _, h := range r.Holds {
		switch h.Kind {
		case asg.HookWait:
			hooks++
			if h.Name != "setup" || h.Limit != h.From.Add(5*des.Minute) || h.Until != h.From.Add(100*des.Second) {
				t.Errorf("%+v", h)
			}
		case asg.Suspension:
			suspended[h.Name] = h
		}
	}
	if hooks != 3 { // from 4 to 7
		t.Errorf("%d waits for hooks", hooks)
	}
	if h := suspended["Launch"]; h.From != s(600) || h.Until != s(660) || len(suspended) != 2 {
		t.Errorf("%+v", suspended)
	}
	if h := suspended["AlarmNotification"]; h.From != s(600) || h.Until != des.Never || h.Limit != des.Never {
		t.Errorf("%+v", h)
	}
}

// A zone that has no capacity is tried again later each time, and not at all until
// then.
func TestBackoffsAreTold(t *testing.T) {
	cfg := timeline(320, 640, 4)
	cfg.Group.Hooks = []asg.Hook{{Name: "setup", Launching: true, Timeout: 30 * des.Second, Took: seconds64(100), Success: 0}}
	r := run(t, cfg)
	var waits []des.Duration
	for _, h := range r.Holds {
		if h.Kind == asg.Backoff {
			waits = append(waits, h.Until.Sub(h.From))
		}
	}
	if len(waits) < 3 || waits[0] != 15*des.Second || waits[1] != 30*des.Second || waits[2] != 60*des.Second {
		t.Errorf("waits %v", waits)
	}
}
