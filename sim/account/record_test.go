package account

import (
	"math"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/fault"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

const minute = des.Time(des.Minute)

// written is a record by hand: an hour of warm-up and a window of two hours of a group
// at $0.096 an hour. Instance 0 stood at the start, 1 came in the window, 2 came before
// it and went in it. The balancer had 500 requests a minute before the window and 1,000
// in it, 10 of them slow, but for the minute 120, when instance 0 hung.
func written() *record.Record {
	m5, _ := ec2.Lookup("m5.large")
	r := &record.Record{
		Config: &record.Config{
			Duration: 3 * des.Hour, WarmUp: des.Hour,
			SLO:      record.SLO{Latency: des.Second, Good: 0.98, BreachedMinutes: 0.01},
			Template: ec2.Template{Model: ec2.Model{Type: m5, Speed: 1, Price: billing.Dollars(0.096)}},
			Group:    asg.Config{Min: 1, Max: 4, Zones: []string{"a", "b"}},
			Bill:     billing.Config{BalancerHour: billing.Dollars(0.0225), LCUHour: billing.Dollars(0.008), RequestsPerConnection: 10},
			Baseline: []record.Baseline{{Name: "four", Instances: 4}},
			Faults:   []fault.Fault{fault.Hang{Plan: fault.Plan{Name: "frozen", At: []des.Time{120 * minute}, Whom: fault.Whom{Count: 1}}}},
		},
		Interval: des.Minute,
		Group:    record.GroupCounts{Began: 1, Launched: 2, Alive: 2, Scaled: []des.Time{10 * minute, 90 * minute, 100 * minute}},
		Faults:   []fault.Injection{{Name: "frozen", Kind: "hang", At: 120 * minute, Ordinal: 0, Scripted: true}},
		Activities: []asg.Activity{
			{Launch: true, Instance: 2, Start: 10 * minute}, {Launch: true, Instance: 1, Start: 90 * minute}, {Instance: 2, Start: 100 * minute},
		},
	}
	r.Hits = []*record.Hit{{Injection: r.Faults[0], ReadyAt: 2, Base: 5, Lost: 105, OutAt: 121 * minute, OverAt: des.Never, Unhealthy: 121 * minute}}
	life := func(ordinal int, launched, running, up, good, ended des.Time) record.Instance {
		run := record.Run{Run: ec2.Run{RunningAt: running, UpAt: up, StoppedAt: ended}}
		return record.Instance{
			Ordinal: ordinal, Type: "m5.large", Launched: launched, Called: launched, Running: running, Up: up, FirstGood: good, Good: good, Routed: good, Ended: ended,
			Recommended: des.Never, Marked: des.Never, Noticed: des.Never, EndActivity: -1, Runs: []record.Run{run},
			Changes: []record.StateChange{{At: launched, State: record.Pending}, {At: good, State: record.Ready}},
		}
	}
	const second = des.Time(des.Second)
	r.Instances = []record.Instance{
		life(0, -60*minute, -60*minute, -60*minute, -60*minute, des.Never),
		life(1, 90*minute, 90*minute+20*second, 91*minute, 92*minute, des.Never),
		life(2, 10*minute, 10*minute+20*second, 10*minute+20*second, 10*minute+20*second, 100*minute+20*second),
	}
	r.Instances[2].EndActivity, r.Instances[2].End.Kind, r.Instances[2].Left = 2, asg.EndScaleIn, true
	at := func(when des.Time, desired, running, maximum int, s record.States) {
		r.Capacity = append(r.Capacity, record.CapacityChange{At: when, States: s, Running: running, Routed: s.Ready, Desired: desired, MinSize: 1, MaxSize: maximum})
	}
	at(0, 1, 1, 4, record.States{Ready: 1})
	at(10*minute, 2, 1, 4, record.States{Ready: 1, Pending: 1})
	at(10*minute+20*second, 2, 2, 4, record.States{Ready: 2})
	at(90*minute, 3, 2, 4, record.States{Ready: 2, Pending: 1})
	at(90*minute+20*second, 3, 3, 4, record.States{Ready: 2, Booting: 1})
	at(92*minute, 3, 3, 4, record.States{Ready: 3})
	at(100*minute, 2, 3, 4, record.States{Ready: 2, Draining: 1})
	at(100*minute+20*second, 2, 2, 4, record.States{Ready: 2})
	at(150*minute, 2, 2, 2, record.States{Ready: 2})
	for k := range 180 {
		row := record.Row{At: des.Time(k) * minute, NeededSLO: 2, NeededTarget: 3, Expected: 1000.0 / 60, CPU: 0.4, Hottest: 0.5, ForecastCapacity: -1}
		c := serving.Cohort{Offered: 1000, Served: 1000, Slow: 10}
		switch {
		case k < 60:
			c = serving.Cohort{Offered: 500, Served: 500}
		case k >= 80 && k < 85:
			row.NeededSLO = 3
		case k == 120:
			c = serving.Cohort{Offered: 1000, Served: 900, Slow: 300, Failed: 100}
		}
		row.Sent = uint64(c.Offered)
		r.Rows, r.Requests.Cohorts = append(r.Rows, row), append(r.Requests.Cohorts, c)
	}
	c := &r.Requests.Counters
	c.Window = serving.Totals{Offered: 120_000, Served: 119_900, Slow: 1490}
	c.Window.Failed[serving.TimedOut] = 100
	c.All = c.Window
	c.All.Offered, c.All.Served = 150_000, 149_900
	c.Attempts, c.AttemptsBy[serving.OK], c.AttemptsBy[serving.TimedOut] = 150_000, 149_900, 100
	r.Requests.Before.AttemptsBy[serving.OK] = 30_000
	r.Requests.Served, r.Requests.Target = new(serving.Histogram), new(serving.Histogram)
	for range 10 {
		r.Requests.Served.Record(100 * des.Millisecond)
	}
	return r
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9*math.Max(1, math.Abs(want)) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// The accounts of a record by hand, each figure by arithmetic.
func TestTheAccountsByHand(t *testing.T) {
	out := Of(written())
	for _, v := range out.Violations {
		t.Errorf("audit: %s: %s", v.Law, v.Detail)
	}
	s := &out.Summary
	// 120 minutes of 1,000; slow 119 x 10 + 300; failed 100.
	if q := s.Requests; q.Offered != 120_000 || q.Slow != 1490 || q.Failed != 100 || q.Good != 118_410 || q.FailedBy["timed_out"]+q.FailedBy["timeout"] != 100 {
		t.Errorf("requests %+v", q)
	}
	if got := s.Requests.AttemptsBy[serving.OK.String()]; got != 119_900 {
		t.Errorf("attempts answered in the window: %d, want 149,900 - 30,000", got)
	}
	near(t, "good share", *s.Requests.GoodShare, 118_410.0/120_000)
	near(t, "error budget used", s.SLO.ErrorBudgetUsed, (1590.0/120_000)/0.02)
	near(t, "minutes allowed", s.SLO.AllowedMinutes, 1.2)
	if s.SLO.BreachedMinutes != 1 || !s.SLO.Met {
		t.Errorf("breached %d minutes of 1.2, met %v; the minute with 40 %% bad breaches, those with 1 %% do not", s.SLO.BreachedMinutes, s.SLO.Met)
	}

	c := &s.Capacity
	near(t, "desired", c.Desired.Mean, (2*30+3*10+2*80)/120.0)
	near(t, "in service", c.InService.Mean, (2*(30+1.0/3)+3*(9+2.0/3)+2*80)/120)
	if c.Desired.Min != 2 || c.Desired.Max != 3 || c.MinSize != 1 || c.MaxSize != 4 {
		t.Errorf("desired %d to %d, bounds %d to %d; want 2 to 3, 1 to 4", c.Desired.Min, c.Desired.Max, c.MinSize, c.MaxSize)
	}
	if c.Launches != 1 || c.Terminations != 1 || c.ScalingActivities != 2 || c.ScaleOuts != 1 || c.ScaleIns != 1 || c.HealthReplacements != 0 {
		t.Errorf("%+v; the launch before the window counts for nothing", c)
	}
	near(t, "minutes at max", c.MinutesAtMax, 30)
	near(t, "minutes at min", c.MinutesAtMin, 0)

	// 7,200 s of instance 0, 5,380 s of 1, 2,420 s of 2.
	near(t, "instance-hours", s.InstanceHours, 15_000.0/3600)
	near(t, "EC2", s.Cost.EC2, 0.40)
	near(t, "EC2 a day", s.Cost.EC2PerDay, 4.80)
	if s.Cost.LoadBalancer < 2*0.0225 {
		t.Errorf("load balancer $%v for two hours at $0.0225 and LCUs", s.Cost.LoadBalancer)
	}
	four := s.Savings[0]
	near(t, "baseline of four", four.BaselineUS, 4*2*0.096)
	near(t, "saved", four.USD, 0.768-0.40)
	near(t, "share", four.Share, 0.368/0.768)
	if !four.Comparable {
		t.Errorf("the SLO is met: %+v", four)
	}
	// Estimates are no savings: three were needed at the most, and three are left of six
	// in their zones when the largest zone fails.
	for i, want := range []Saving{{Baseline: "fixed_same_headroom_estimate", Instances: 6}, {Baseline: "fixed_minimum_estimate", Instances: 3}} {
		got := s.Savings[len(s.Savings)-2+i]
		near(t, want.Baseline, got.BaselineUS, float64(want.Instances)*2*0.096)
		if got.Baseline != want.Baseline || got.Instances != want.Instances || !got.Estimate || got.Comparable || got.Reason == "" {
			t.Errorf("%+v, want an estimate that is compared with nothing, %+v", got, want)
		}
	}

	if l := s.Launch; l == nil || l.Instances != 1 || l.RunningS != 20 || l.BootS != 40 || l.ChecksS != 60 || l.TotalS != 120 {
		t.Errorf("launch to traffic %+v, want 20 + 40 + 60 s of one instance", s.Launch)
	}
	if l := s.Lateness; len(l) != 1 || l[0] != (Late{FromS: 4800, Minutes: 5, Short: 1}) {
		t.Errorf("lateness %+v, want one of 5 minutes from 80:00", s.Lateness)
	}
	if *s.Needed.SLOMax != 3 || *s.Needed.TargetMax != 3 {
		t.Errorf("needed %+v", s.Needed)
	}

	if len(s.Incidents) != 1 {
		t.Fatalf("incidents %+v", s.Incidents)
	}
	i := s.Incidents[0]
	if *i.DetectS != 60 || *i.OutS != 60 || *i.RecoverS != 60 || i.ReplaceS != nil || i.Lost != 100 || i.BadRequests != 400 {
		t.Errorf("incident %+v; want found, out and recovered after 60 s, 100 lost on it, 400 bad in its minute", i)
	}
	if w := s.WorstMinute; w == nil || w.AtS != 7200 || w.Kind != CauseFault {
		t.Errorf("worst minute %+v, want 120:00 by the fault", s.WorstMinute)
	}
	if s.Faults.Asked["hang"] != 1 || s.Faults.Injected["hang"] != 1 {
		t.Errorf("faults %+v", s.Faults)
	}
	near(t, "the timeline's last dollar", out.Rows[179].Cost, 0.40)
	if out.Rows[59].Cost != 0 || out.Rows[60].Cost <= 0 {
		t.Errorf("cost before the window %v, in its first minute %v", out.Rows[59].Cost, out.Rows[60].Cost)
	}
}

// One fact changed, one figure follows.
func TestFiguresFollowFacts(t *testing.T) {
	for name, row := range map[string]struct {
		edit  func(*record.Record)
		holds func(*Summary) bool
	}{
		"an unhealthy instance is a health replacement": {
			func(r *record.Record) { r.Instances[2].End.Kind = asg.EndUnhealthy },
			func(s *Summary) bool { return s.Capacity.HealthReplacements == 1 },
		},
		"but not before the window": {
			func(r *record.Record) {
				r.Instances[2].End.Kind = asg.EndUnhealthy
				r.Instances[2].EndActivity = 0
			},
			func(s *Summary) bool { return s.Capacity.HealthReplacements == 0 },
		},
		"a second breached minute is one too many": {
			func(r *record.Record) {
				r.Requests.Cohorts[130] = serving.Cohort{Offered: 1000, Served: 1000, Slow: 200}
			},
			func(s *Summary) bool { return s.SLO.BreachedMinutes == 2 && !s.SLO.Met && !s.Savings[0].Comparable },
		},
		"a breached minute of the warm-up is none": {
			func(r *record.Record) {
				r.Requests.Cohorts[30] = serving.Cohort{Offered: 500, Served: 400, Failed: 100}
			},
			func(s *Summary) bool { return s.SLO.BreachedMinutes == 1 },
		},
		"a launch that came to nothing is no launch": {
			func(r *record.Record) { r.Activities[1].Instance = -1 },
			func(s *Summary) bool { return s.Capacity.Launches == 0 },
		},
		"what is lost as the balancer fails open stands apart": {
			func(r *record.Record) { r.Hits[0].LostOpen = 40 },
			func(s *Summary) bool { return s.Incidents[0].Lost == 60 && s.Incidents[0].LostFailOpen == 40 },
		},
		"a replacement launched as the struck one goes": {
			func(r *record.Record) {
				r.Instances[0].EndActivity, r.Activities[2].Start = 2, 90*minute
				r.Instances[1].Replacement, r.Instances[1].Good = true, 124*minute
			},
			func(s *Summary) bool { return s.Incidents[0].ReplaceS != nil && *s.Incidents[0].ReplaceS == 240 },
		},
		"one that is struck on its way and given up: its replacement is the recovery": {
			func(r *record.Record) {
				r.Hits[0].Idle = true
				r.Instances[0].Changes = []record.StateChange{{At: 119 * minute, State: record.Booting}}
				r.Instances[0].EndActivity, r.Activities[2].Start = 2, 121*minute
				r.Instances[1].Replacement, r.Instances[1].Called, r.Instances[1].Good = true, 121*minute, 124*minute
			},
			func(s *Summary) bool { i := s.Incidents[0]; return i.RecoverS != nil && *i.RecoverS == 240 },
		},
		"one that is struck on its way and given up, not replaced by the end: no recovery": {
			func(r *record.Record) {
				r.Hits[0].Idle = true
				r.Instances[0].Changes = []record.StateChange{{At: 119 * minute, State: record.Booting}}
			},
			func(s *Summary) bool { return s.Incidents[0].RecoverS == nil },
		},
		"one that is struck in the warm pool: users had nothing of it": {
			func(r *record.Record) {
				r.Hits[0].Idle = true
				r.Instances[0].Changes = []record.StateChange{{At: 100 * minute, State: record.WarmedRunning}}
			},
			func(s *Summary) bool { return *s.Incidents[0].RecoverS == 0 },
		},
		"nobody knows what is needed: no estimate saves": {
			func(r *record.Record) { r.Rows[100].NeededSLO = -1 },
			func(s *Summary) bool { return len(s.Savings) == 1 && s.Needed.SLOMax == nil },
		},
		"a hook that ends 20 s before the first good check": {
			func(r *record.Record) { r.Instances[1].Registered = 92*minute - 20*des.Time(des.Second) },
			func(s *Summary) bool {
				return s.Launch.HooksS == 40 && s.Launch.ChecksS == 20 && s.Launch.TotalS == 120
			},
		},
		"no new instance, no launch times": {
			func(r *record.Record) { r.Instances[1].FirstGood = des.Never },
			func(s *Summary) bool { return s.Launch == nil },
		},
		"quiet after the fault only once five minutes are": {
			func(r *record.Record) {
				r.Requests.Cohorts[124] = serving.Cohort{Offered: 1000, Served: 1000, Slow: 200}
			},
			func(s *Summary) bool { return *s.Incidents[0].RecoverS == 300 },
		},
	} {
		r := written()
		row.edit(r)
		if s := &Of(r).Summary; !row.holds(s) {
			t.Errorf("%s: %+v, %+v, %+v", name, s.Capacity, s.SLO, s.Incidents)
		}
	}
}

// What is needed counts from the first minute of the window on.
func TestNeededOfTheFirstMinute(t *testing.T) {
	r := written()
	r.Rows[60].NeededSLO, r.Rows[59].NeededSLO = 4, 9
	r.Config.Group.Zones = []string{"a"}
	for _, s := range Of(r).Summary.Savings {
		if s.Baseline == "fixed_minimum_estimate" && s.Instances != 4 {
			t.Errorf("%+v, want 4 instances", s)
		}
	}
	r = written()
	r.Rows[60].NeededSLO = -1
	if n := len(Of(r).Summary.Savings); n != 1 {
		t.Errorf("%d savings although nobody knows what the first minute needs", n)
	}
}
