package report

import (
	"math"
	"slices"
	"strings"
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

const minute = des.Time(des.Minute)

// asked is an explainer of a run of two hours at so many minutes.
func asked(minutes int, edit func(*account.Result)) *explainer {
	res := sample()
	res.Decisions, res.Activities, res.Faults, res.Capacity, res.Summary.Incidents = nil, nil, nil, nil, nil
	if edit != nil {
		edit(res)
	}
	return &explainer{res: res, cal: &res.Config.Calendar, at: des.Time(minutes) * minute}
}

func policies(ds []record.Decision) (out []string) {
	for i := range ds {
		out = append(out, ds[i].Policy)
	}
	return out
}

// What was decided: every policy at the last evaluation at or before the instant, and the
// scheduled actions since; of schedules alone the last. Events are told apart.
func TestDecisionsOfAnInstant(t *testing.T) {
	add := func(res *account.Result, at int, name string, from record.Source) {
		res.Decisions = append(res.Decisions, record.Decision{At: des.Time(at) * minute, Policy: name, Source: from})
	}
	all := func(res *account.Result) {
		add(res, 1, "early", record.FromSchedule)
		add(res, 2, "late", record.FromSchedule)
		add(res, 5, "cpu", record.FromAlarms)
		add(res, 10, "cpu", record.FromAlarms)
		add(res, 10, "rps", record.FromAlarms)
		add(res, 11, "deploy", record.FromEvent)
		add(res, 12, "night", record.FromSchedule)
		add(res, 13, "day", record.FromSchedule)
	}
	for at, want := range map[int]string{0: "", 1: "early", 3: "late", 5: "cpu", 9: "cpu", 10: "cpu rps", 11: "cpu rps", 12: "cpu rps night", 60: "cpu rps night day"} {
		if got := strings.Join(policies(asked(at, all).decisions()), " "); got != want {
			t.Errorf("at minute %d: %q, want %q", at, got, want)
		}
	}
}

// What a policy wants, in words, from what it asked for and what desired was.
func TestWhatAPolicyWants(t *testing.T) {
	for _, row := range []struct {
		d    record.Decision
		want string
	}{
		{record.Decision{Want: 7, Desired: 3}, "wants 7, 4 more"}, {record.Decision{Want: 2, Desired: 3}, "wants 2, 1 fewer"}, {record.Decision{Want: 3, Desired: 3}, "wants no change"}, {record.Decision{Want: 0, Desired: 3}, "wants 0, 3 fewer"},
		{record.Decision{Want: -1, Desired: 3}, "wants no change"}, {record.Decision{Want: -1, Desired: 3, Block: scaling.BlockWarmup}, "wants a change and may not"},
		{record.Decision{At: 30 * minute, Source: record.FromSchedule, Want: 9}, "scheduled action at Mon 12:30:00"},
	} {
		row.d.Until = des.Never
		v := asked(60, nil).policy(&row.d)
		if v.Says != row.want || (v.Want != nil) != (row.d.Want >= 0) || v.Want != nil && *v.Want != row.d.Want {
			t.Errorf("%+v: %q, want %q", row.d, v.Says, row.want)
		}
	}
}

// What came of an evaluation, in a sentence: a change and who won, clamped or not; who was
// blocked, by what; else why nothing happened.
func TestOutcomes(t *testing.T) {
	won := record.Decision{Policy: "cpu", Won: true, Desired: 3, Result: 5, Want: 5}
	clamped, acted, kept := won, won, won
	clamped.Want, clamped.Block = 9, scaling.BlockMax
	acted.Source, acted.Policy, acted.Want = record.FromSchedule, "night", -1
	kept.Result, kept.Won, kept.Want = 3, false, -1
	blocked, alarmed, foreign := kept, kept, kept
	blocked.Block = scaling.BlockWarmup
	alarmed.Alarmed = scaling.Out
	foreign.Source = record.FromExpression
	quiet := blocked
	quiet.Source = record.FromExpression
	for _, row := range []struct {
		ds   []record.Decision
		want string
	}{
		{[]record.Decision{kept, won}, "Desired went from 3 to 5: policy cpu won."},
		{[]record.Decision{clamped}, "Desired went from 3 to 5: policy cpu won; it wanted 9, clamped by " + scaling.BlockMax.String() + "."},
		{[]record.Decision{acted}, "Desired went from 3 to 5: scheduled action night."},
		{[]record.Decision{kept, blocked}, "Desired stayed at 3: policy cpu was in alarm and blocked by " + scaling.BlockWarmup.String() + "."},
		{[]record.Decision{quiet}, "Desired stayed at 3: policy cpu was blocked by " + scaling.BlockWarmup.String() + "."},
		{[]record.Decision{kept, alarmed}, "Desired stayed at 3: policy cpu was in alarm, and its arithmetic asked for no more than that."},
		{[]record.Decision{foreign}, "Desired stayed at 3: policy cpu asked for no other."},
		{[]record.Decision{kept}, "Desired stayed at 3: no alarm was in ALARM."},
		{nil, "No policy is in force: this is a fixed fleet, and only faults, health, schedules and people move it."},
	} {
		if got := asked(60, nil).outcome(row.ds); got != row.want {
			t.Errorf("%q, want %q", got, row.want)
		}
	}
	x := asked(1, func(res *account.Result) {
		res.Decisions = []record.Decision{{At: 0, Source: record.FromEvent}, {At: 3 * minute}}
	})
	if got := x.outcome(nil); got != "The policies had not been evaluated yet: the first time is Mon 12:03:00." {
		t.Errorf("%q", got)
	}
}

// When a block ends: by its rule, and when it did in this run, which is when the policy
// next decides without it.
func TestWhenABlockEnded(t *testing.T) {
	d := record.Decision{At: 10 * minute, Policy: "cpu", Block: scaling.BlockCooldown, Until: 15 * minute}
	x := asked(60, func(res *account.Result) {
		res.Decisions = []record.Decision{{At: 9 * minute, Policy: "cpu"}, d, {At: 11 * minute, Policy: "cpu", Block: scaling.BlockCooldown}, {At: 12 * minute, Policy: "rps"}, {At: 16 * minute, Policy: "cpu"}}
	})
	text, foreseen, ended := x.unblock(&d)
	if text != scaling.BlockCooldown.String()+" ends at Mon 12:15:00; in this run the policy was next free of it at Mon 12:16:00" || foreseen == nil || *foreseen != 900 || ended == nil || *ended != 960 {
		t.Errorf("%q, %v, %v", text, foreseen, ended)
	}
	x.res.Decisions = x.res.Decisions[:4]
	d.Until = des.Never
	if text, foreseen, ended = x.unblock(&d); text != "when the cooldown is over; in this run it lasted to the end" || foreseen != nil || ended != nil {
		t.Errorf("%q, %v, %v", text, foreseen, ended)
	}
}

// An alarm's rule and what it saw: which datapoints breach, how old the newest is.
func TestWhatAnAlarmSaw(t *testing.T) {
	l := record.Look{Alarm: "high", High: true, Metric: "CPUUtilization Average", State: cloudwatch.Alarm, Since: 20 * minute, Comparison: cloudwatch.GreaterThan, Threshold: 50, Period: des.Minute,
		Evaluate: 4, Datapoints: 3, Range: 6, Newest: 29 * minute, At: 30 * minute, Points: []record.Datapoint{{At: 27 * minute, Value: 50}, {At: 28 * minute, Value: 50.5}}}
	v := asked(30, nil).alarm(&l)
	if v.Asks != "out" || v.Since != "Mon 12:20:00" || *v.NewestAge != 60 || v.Rule != "over 50 in 3 of 4 datapoints of 1m, looked for in the last 6" || v.Unit != "%" || v.Breaching != 1 ||
		!slices.Equal(v.Datapoints, []Sample{{At: "12:27", Value: 50}, {At: "12:28", Value: 50.5, Breaches: true}}) {
		t.Errorf("%+v", v)
	}
	for c, word := range map[cloudwatch.Comparison]string{cloudwatch.GreaterOrEqual: "at or over", cloudwatch.LessThan: "under", cloudwatch.LessOrEqual: "at or under"} {
		l.Comparison, l.High, l.Newest, l.Since, l.Period = c, false, des.Never, 0, 10*des.Second
		if v = asked(30, nil).alarm(&l); !strings.HasPrefix(v.Rule, word+" 50 in 3") || v.Asks != "in" || v.NewestAge != nil || v.Since != "" || v.Datapoints[0].At != "12:27:00" {
			t.Errorf("%+v", v)
		}
	}
	for name, want := range map[string]string{"CPUUtilization Average": "%", "RequestCount Sum": "", "TargetResponseTime p99": "s", "own": ""} {
		if got := unitOf(name); got != want {
			t.Errorf("%s is in %q, want %q", name, got, want)
		}
	}
}

// The fleet at the instant: of the last change at or before it, only states that occur,
// and what is in progress then.
func TestFleetOfAnInstant(t *testing.T) {
	edit := func(res *account.Result) {
		res.Capacity = []record.CapacityChange{{Desired: 1, MinSize: 1, MaxSize: 9}, {At: 10 * minute, Desired: 12, MinSize: 2, MaxSize: 20, SlowStart: 2,
			States: record.States{Ready: 1, Warming: 2, Booting: 3, Unhealthy: 4, Pending: 5, Draining: 6, Terminating: 7, Standby: 8, WarmedStopped: 9, WarmedRunning: 1, WarmedPending: 11}}, {At: 20 * minute, Desired: 13}}
		res.Activities = []asg.Activity{{Description: "over", Start: 5 * minute, End: 10 * minute}, {Description: "now", Start: 10 * minute, End: 11 * minute}, {Description: "open", Start: 2 * minute, End: des.Never}, {Description: "later", Start: 11 * minute, End: 12 * minute}}
	}
	v := asked(10, edit).fleet()
	want := "desired 12 (min 2, max 20), 10 in service, 1 ready, 2 warming up, 3 booting, 4 unhealthy, 5 pending, 6 draining, 7 terminating, 8 in standby, 10 in the warm pool, 11 being prepared for it, 2 in slow start"
	if v.Text != want || v.Desired != 12 || v.Min != 2 || v.Max != 20 {
		t.Errorf("%+v, want %s", v, want)
	}
	if len(v.Activities) != 2 || v.Activities[0].Description != "now" || v.Activities[0].Until != "Mon 12:11:00" || v.Activities[0].Since != "Mon 12:10:00" || v.Activities[1].Until != "" {
		t.Errorf("%+v", v.Activities)
	}
	if v = asked(9, edit).fleet(); v.Text != "desired 1 (min 1, max 9), 0 in service" {
		t.Errorf("before: %q", v.Text)
	}
	before, next := asked(15, edit).changes()
	if before == nil || before.From != 1 || before.To != 12 || before.AtS != 600 || next == nil || next.From != 12 || next.To != 13 || next.AtS != 1200 {
		t.Errorf("%+v, %+v", before, next)
	}
	if before, next = asked(20, edit).changes(); before == nil || before.To != 13 || next != nil {
		t.Errorf("%+v, %+v", before, next)
	}
}

// The minute of the instant, as users felt it.
func TestUsersOfAnInstant(t *testing.T) {
	x := asked(60, func(res *account.Result) {
		res.Rows[60] = record.Row{At: 60 * minute, Offered: 1000, Slow: 20, Fail: 30, P99: 0.25, CPU: 0.5, Hottest: 0.75, Breached: true}
		res.Rows[61] = record.Row{At: 61 * minute, P99: math.NaN(), CPU: math.NaN()}
	})
	if v := x.users(); v.Bad != 50 || v.Offered != 1000 || v.Text != "1m from 13:00: 1,000 requests, 5 % slow or failed, p99 250 ms, CPU 50 %, hottest 75 %; the SLO was breached" {
		t.Errorf("%+v", v)
	}
	x.at = 62*minute - 1
	if v := x.users(); v.Text != "1m from 13:01: 0 requests" || v.Breached {
		t.Errorf("%+v", v)
	}
	x.at = -1
	if v := x.users(); v != nil {
		t.Errorf("before the run: %+v", v)
	}
}

// Launches that failed are told for a quarter of an hour, events for an hour, the last
// three; holds while they last.
func TestWhatIsToldLately(t *testing.T) {
	x := asked(100, func(res *account.Result) {
		for _, end := range []int{85, 86, 100, 101} {
			res.Activities = append(res.Activities, asg.Activity{Launch: true, End: des.Time(end) * minute, Status: asg.Failed, Message: "no capacity"})
		}
		res.Activities = append(res.Activities, asg.Activity{Launch: true, End: 99 * minute, Status: asg.Successful}, asg.Activity{End: 99 * minute, Status: asg.Failed}, asg.Activity{Launch: true, End: 98 * minute, Status: asg.Cancelled, Message: "cancelled"})
		for _, at := range []int{40, 41, 50, 60, 100, 101} {
			res.Decisions = append(res.Decisions, record.Decision{At: des.Time(at) * minute, Source: record.FromEvent, Policy: "e", Why: "done"})
		}
		hold := func(from, until des.Time, k asg.HoldKind, name string, limit des.Time) {
			res.Holds = append(res.Holds, asg.Hold{Kind: k, Name: name, Instance: 1, From: from, Until: until, Limit: limit})
		}
		hold(50*minute, 100*minute, asg.HookWait, "over", des.Never)
		hold(100*minute, 110*minute, asg.HookWait, "setup", 120*minute)
		hold(101*minute, 110*minute, asg.HookWait, "later", des.Never)
		hold(90*minute, des.Never, asg.Suspension, "Launch", des.Never)
		hold(90*minute, des.Never, asg.Backoff, "a", 105*minute)
		hold(90*minute, des.Never, asg.Refreshing, "e", des.Never)
	})
	if v := x.failedLaunches(); v == nil || v.Launches != 3 || v.Message != "cancelled" || v.Last != "Mon 13:38:00" {
		t.Errorf("%+v", v)
	}
	var at []float64
	for _, e := range x.events() {
		at = append(at, e.AtS/60)
	}
	if !slices.Equal(at, []float64{50, 60, 100}) {
		t.Errorf("events at %v", at)
	}
	holds := x.holds()
	if len(holds) != 4 {
		t.Fatalf("%+v", holds)
	}
	for i, want := range []string{
		"instance i-0000000000000001b waits for lifecycle hook setup, until Mon 14:00:00 at the latest; in this run until Mon 13:50:00", "Launch is suspended, until it is resumed; in this run to the end",
		"a launch failed: the next try in zone a is at Mon 13:45:00", "instance refresh e is done; in this run to the end",
	} {
		if holds[i].Text != want {
			t.Errorf("%q, want %q", holds[i].Text, want)
		}
	}
	if *holds[0].RuleS != 7200 || *holds[0].EndedS != 6600 || holds[1].RuleS != nil || holds[1].EndedS != nil {
		t.Errorf("%+v", holds)
	}
	if x.instanceID(-1) != "unknown" || x.instanceID(2) != "unknown" || x.instanceID(0) != "i-0000000000000001a" {
		t.Error("ids")
	}
}
