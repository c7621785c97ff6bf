package main

import (
	"cmp"
	"context"
	"testing"

	"asgsim/report/story"
	"asgsim/scenarios"
	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// lesson runs a configuration of the shipped day-night scenario.
func lesson(t *testing.T, variant string, sets ...string) *account.Result {
	t.Helper()
	src, err := scenarios.Shipped("day-night")
	if err != nil {
		t.Fatal(err)
	}
	s, err := scenarios.Load(src, scenarios.OpenShipped, scenarios.Options{Only: []string{cmp.Or(variant, scenarios.Plain)}, Sets: sets})
	if err != nil {
		t.Fatal(err)
	}
	cfg := s.Configs[0].World
	cfg.Explain = cfg.Variant == "" // the run that pages/explaining.md asks about
	r, err := simulated(context.Background(), &cfg, s.Seed)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range r.Violations {
		t.Errorf("audit: %s: %s", v.Law, v.Detail)
	}
	return r
}

// The lesson of an Auto Scaling group, sentence by sentence, in the scenario that
// everybody runs first.
func TestDayNightTeachesItsLesson(t *testing.T) {
	if testing.Short() {
		t.Skip("two runs of two days")
	}
	r := lesson(t, scenarios.Plain)
	s := &r.Summary

	t.Run("load rises by day and falls by night", func(t *testing.T) {
		day, night := r.Rows[14*60].Expected, r.Rows[27*60].Expected
		if day < 5*night {
			t.Errorf("expected load by day %.0f/s, by night %.0f/s", day, night)
		}
	})
	t.Run("the group scales out and in, following its desired capacity", func(t *testing.T) {
		if s.Capacity.ScaleOuts < 10 || s.Capacity.ScaleIns < 10 {
			t.Errorf("%d times out, %d times in", s.Capacity.ScaleOuts, s.Capacity.ScaleIns)
		}
		for i, c := range r.Capacity[:len(r.Capacity)-1] {
			settled := r.Capacity[i+1].At.Sub(c.At) > 5*des.Minute
			if actual := c.States.Pending + c.States.InService(); settled && actual != c.Desired {
				t.Errorf("at %v desired is %d, but %d are there for more than five minutes", c.At, c.Desired, actual)
			}
		}
	})
	t.Run("always between minimum and maximum, and both bite", func(t *testing.T) {
		if s.Capacity.Desired.Min != 3 || s.Capacity.Desired.Max != 24 || s.Capacity.MinutesAtMin < 60 || s.Capacity.MinutesAtMax < 10 {
			t.Errorf("%+v", s.Capacity)
		}
		told := map[string]bool{}
		for _, m := range story.Tell(r).Numbered() {
			told[m.Label] = true
		}
		if !told["minimum"] || !told["maximum"] {
			t.Errorf("moments %+v", told)
		}
	})
	t.Run("registered when it comes, traffic after a good health check", func(t *testing.T) {
		for _, i := range r.Instances {
			if i.Launched > 0 && i.Served > 0 && (i.Registered == des.Never || i.FirstGood < i.Registered) {
				t.Errorf("instance %d served %d requests, registered %v, first good check %v", i.Ordinal, i.Served, i.Registered, i.FirstGood)
			}
		}
	})
	t.Run("deregistered and drained before it goes, no request lost", func(t *testing.T) {
		drained := 0
		for _, i := range r.Instances {
			if i.End.Kind != asg.EndScaleIn {
				continue
			}
			before := record.Ready
			for _, c := range i.Changes {
				if c.State == record.Terminating && before != record.Draining {
					t.Errorf("instance %d went from %v to terminating", i.Ordinal, before)
				}
				before = c.State
			}
			drained++
		}
		lost := uint64(0)
		for _, i := range s.Incidents {
			lost += i.Lost
		}
		if cut := s.Requests.AttemptsBy["cut_off"]; drained < 10 || cut > lost {
			t.Errorf("%d instances scaled in; %d attempts cut off, %d of them by faults", drained, cut, lost)
		}
	})
	t.Run("the hung instance is detected, deregistered, terminated and replaced", func(t *testing.T) {
		for _, i := range s.Incidents {
			if i.Kind == "hang" {
				if i.DetectS == nil || *i.DetectS > 30 || i.ReplaceS == nil || *i.ReplaceS > 300 || i.RecoverS == nil {
					t.Errorf("incident %+v", i)
				}
				return
			}
		}
		t.Error("nothing hung")
	})
	t.Run("money is saved at a service that is no worse than promised", func(t *testing.T) {
		// The newsletter's three hours are the fixed fleet's worst: at any other time it
		// has twice the instances that it needs. It costs the same by the hour.
		const hours = 3
		fixed := lesson(t, "fixed", "start=2026-03-03T10:00:00", "duration=3h").Summary
		bad := float64(fixed.Requests.Slow+fixed.Requests.Failed) / float64(s.Requests.Offered)
		if !s.SLO.Met || bad > (1-r.Config.SLO.Good)/2 {
			t.Errorf("the group meets the SLO: %v; of the requests of two days the fixed fleet's bad ones of its worst hours are %.2f %%", s.SLO.Met, 100*bad)
		}
		if always := fixed.Cost.EC2 * 48 / hours; s.Cost.EC2 > 0.75*always {
			t.Errorf("EC2 costs $%.2f, always on $%.2f", s.Cost.EC2, always)
		}
		if b := s.Savings[0]; b.Baseline != "always-on" || !b.Comparable || b.Share < 0.25 {
			t.Errorf("saving %+v", b)
		}
	})
}
