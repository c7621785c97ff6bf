package world

import (
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/fault"
	"asgsim/sim/scaling"
	"asgsim/workload"
)

// The cooldown of simple scaling begins with the last instance of the activity
// ("Scaling cooldowns", user guide, read 2023-04-27), not with the first.
func TestCooldownBeginsWithTheLastInstance(t *testing.T) {
	cfg := timeline(320, 640, 4)
	cfg.Policies = nil
	cfg.Group.Cooldown = 300 * des.Second
	cfg.Template.Pending, _ = workload.NewUniform(10, 290)
	cfg.Alarms = append(cfg.Alarms, highCPU())
	cfg.Policies = append(cfg.Policies, &scaling.SimpleScaling{Name: "out", Alarm: scaling.AlarmRef{Name: "high", Above: true, Threshold: 50, Unit: "% CPU"}, Amount: 2, Cooldown: scaling.Unset})
	r := run(t, cfg)
	got := changesOfDesired(r)
	if len(got) < 2 {
		t.Fatalf("desired changed %v", got)
	}
	first, last := r.Instances[4].Registered, r.Instances[5].Registered
	if first > last {
		first, last = last, first
	}
	if last.Sub(first) < 2*des.Minute {
		t.Fatalf("in service at %v and %v: too near to tell", first, last)
	}
	if at := got[1].At; at < last.Add(300*des.Second) || at > last.Add(360*des.Second) {
		t.Errorf("acted again at %v, want within a minute of %v, 300 s after the last was in service", at, last.Add(300*des.Second))
	}
}

// A zone that fails takes the instances that are pending there along, too: they never
// run.
func TestAZoneTakesItsPendingInstances(t *testing.T) {
	cfg := timeline(320, 640, 4)
	cfg.Template.Pending = seconds64(120)
	// TV-71: decided at 240 s, launched at 250 s, pending until 370 s.
	cfg.Faults = []fault.Fault{fault.ZoneOutage{Plan: fault.Plan{Name: "dark", At: []des.Time{s(300)}, Lasts: 10 * des.Minute}, Zone: 0}}
	r := run(t, cfg)
	n := 0
	for _, i := range r.Instances {
		if i.Zone != "a" || i.Launched < s(240) || i.Launched > s(300) {
			continue
		}
		n++
		if i.Running != des.Never || i.FirstGood != des.Never {
			t.Errorf("%s was pending in the zone when it failed, and ran at %v", i.ID, i.Running)
		}
	}
	if n == 0 {
		t.Error("nothing was pending in the zone")
	}
}

// An instance that stood at the start has lived: with lifetimes of 2 h, give or take
// minutes (a Weibull of shape 200), each is struck two hours after its launch, not after
// the beginning of the run.
func TestWearCountsFromTheLaunch(t *testing.T) {
	cfg := zombie(4, fault.Crash{Plan: fault.Plan{Name: "wear"}})
	cfg.Duration = 3 * des.Hour
	life, err := workload.NewWeibull(7200, 200)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Faults = []fault.Fault{fault.Crash{Plan: fault.Plan{Name: "wear", Life: life}}}
	r := run(t, cfg)
	n := 0
	for _, f := range r.Faults {
		i := r.Instances[f.Ordinal]
		if i.Launched >= 0 {
			continue
		}
		n++
		if age := f.At.Sub(i.Launched); age < 110*des.Minute || age > 122*des.Minute {
			t.Errorf("an instance launched at %v was struck at %v, aged %v, want 2 h", i.Launched, f.At, age)
		}
	}
	if n != 4 {
		t.Errorf("%d of the four that stood at the start were struck", n)
	}
}
