package world

import (
	"strings"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// TV-73: cooldown 300 s, a launch hook of 120 s, 40 s from launch to the hook. The
// cooldown begins when the instance is in service.
func TestTV73SimpleScalingWaitsForTheHook(t *testing.T) {
	cfg := timeline(320, 800, 4)
	cfg.Duration = time40
	cfg.Policies = nil
	cfg.Template.Pending = seconds64(40)
	cfg.Group.Hooks = []asg.Hook{{Name: "setup", Launching: true, Timeout: des.Hour, Took: seconds64(120), Success: 1}}
	cfg.Alarms = []cloudwatch.Definition{highCPU()}
	cfg.Policies = append(cfg.Policies, &scaling.SimpleScaling{Name: "add", Alarm: scaling.AlarmRef{Name: "high", Above: true, Threshold: 50}, Amount: 1, Cooldown: scaling.Unset})
	r := run(t, cfg)
	// The alarm comes 180 s after the load: launch at +10, Pending:Wait from +50 to
	// +170, cooldown until +470, acted on again at +480.
	first := s(180)
	at := func(v float64) des.Time { return first.Add(des.Seconds(v)) }
	got := changesOfDesired(r)
	if len(got) < 2 || got[0].At != first || got[1].At != at(480) {
		t.Fatalf("desired changed %v, want at %v and %v", got, first, at(480))
	}
	i := r.Instances[4]
	if i.Launched != at(10) || i.Running != at(50) || i.Registered != at(170) {
		t.Errorf("launched %v, running %v, in service %v; want 10, 50, 170 s after the alarm", i.Launched, i.Running, i.Registered)
	}
	if want := int64((r.Config.Duration - des.Duration(at(50))) / des.Second); i.BilledS != want {
		t.Errorf("billed %d s, want %d: the wait is paid for", i.BilledS, want)
	}
	for _, c := range i.Changes {
		if c.At < at(170) && c.State != record.Pending {
			t.Errorf("%v at %v: an instance in Pending:Wait is not in service", c.State, c.At)
		}
	}
}

// An abandoned launch is cancelled, the instance terminated and, after a wait that
// doubles, another launched.
func TestAbandonedLaunchesAreRepeated(t *testing.T) {
	cfg := timeline(100, 100, 2)
	cfg.Policies = nil
	cfg.Group.Hooks = []asg.Hook{{Name: "setup", Launching: true, Timeout: 30 * des.Second, Took: seconds64(10), Success: 0}}
	cfg.Schedule = []asg.Schedule{{Name: "more", At: []des.Time{s(0)}, Min: asg.Keep, Max: asg.Keep, Desired: 3}}
	r := run(t, cfg)
	var starts []des.Time
	for _, a := range r.Activities {
		switch {
		case a.Launch && a.End != des.Never:
			if a.Status != asg.Cancelled || !strings.Contains(a.Message, "hook setup was abandoned") {
				t.Errorf("%+v", a)
			}
			fallthrough
		case a.Launch:
			starts = append(starts, a.Start)
		case !strings.Contains(a.Cause, "launch failure"):
			t.Errorf("%+v", a)
		}
	}
	// 10 s to the launch, then 20 s pending + 30 s of the hook + 15, 30, 60 ... s.
	want := []float64{10, 75, 155, 265, 435}
	for k, v := range want {
		if k >= len(starts) || starts[k] != s(v) {
			t.Fatalf("launches at %v, want %v", starts, want)
		}
	}
	if got := r.Summary.Capacity.InService.Max; got != 2 {
		t.Errorf("%d in service", got)
	}
}

// A terminate hook runs after the drain; the instance is paid until it is through,
// abandoned or not.
func TestTerminateHook(t *testing.T) {
	cfg := timeline(320, 0, 4)
	cfg.Group.Hooks = []asg.Hook{
		{Name: "logs", Timeout: des.Hour, Took: seconds64(90), Success: 1},
		{Name: "silent", Timeout: 60 * des.Second, Took: seconds64(1), Success: 0},
		{Name: "skipped", Timeout: des.Hour, Took: seconds64(1000), Success: 1},
	}
	r := run(t, cfg)
	n := 0
	for _, a := range r.Activities {
		if a.Launch || a.End == des.Never {
			continue
		}
		n++
		i := r.Instances[a.Instance]
		if got := i.Ended.Sub(a.Start); got != 150*des.Second {
			t.Errorf("left running %v after the terminate activity began, want 90 + 60 s of hooks", got)
		}
		if got := a.End.Sub(a.Start); got != 180*des.Second {
			t.Errorf("terminated %v after, want 180 s", got)
		}
	}
	if n != 2 {
		t.Errorf("%d terminated, want 2", n)
	}
}
