package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// explained is the sample with decisions as a run for explain keeps them.
func explained() *account.Result {
	res := sample()
	h := des.Time(des.Hour)
	look := func(high bool, state cloudwatch.State, since des.Time, values ...float64) record.Look {
		l := record.Look{Alarm: "TargetTracking-shop-AlarmLow-cpu", Metric: "CPUUtilization Average", State: state, Since: since,
			Comparison: cloudwatch.LessThan, Threshold: 35, Period: des.Minute, Evaluate: 15, Datapoints: 15, Range: 23, Newest: h/2 - des.Time(des.Minute), At: h / 2}
		if high {
			l.Alarm, l.High, l.Comparison, l.Threshold, l.Evaluate, l.Datapoints = "TargetTracking-shop-AlarmHigh-cpu", true, cloudwatch.GreaterThan, 50, 3, 3
			l.Range = 5
		}
		for k, v := range values {
			l.Points = append(l.Points, record.Datapoint{At: h/2 - des.Time(des.Minute)*des.Time(len(values)-k), Value: v})
		}
		return l
	}
	out := []record.Look{look(true, cloudwatch.Alarm, h/2, 48, 61, 62), look(false, cloudwatch.OK, 0, 44, 45, 46, 48, 61, 62)}
	res.Config.Schedule = []asg.Schedule{
		{Name: "early", Ran: -h, Min: 3, Max: asg.Keep, Desired: asg.Keep}, {Name: "evening", At: []des.Time{6 * h}, Min: asg.Keep, Max: 4, Desired: 2}}
	minute := des.Time(des.Minute)
	res.Holds = []asg.Hold{
		{Kind: asg.HookWait, Name: "setup", Instance: 0, From: h / 2, Limit: h/2 + 5*minute, Until: h/2 + 90e9},
		{Kind: asg.HookWait, Name: "setup", Instance: 1, From: h/2 + 1e9, Limit: h/2 + 5*minute, Until: h/2 + 95e9},
		{Kind: asg.HookWait, Name: "setup", Instance: 1, From: h/2 + 2e9, Limit: h/2 + 5*minute, Until: h/2 + 95e9},
		{Kind: asg.Suspension, Name: "AlarmNotification", Instance: -1, From: h/2 + minute, Limit: des.Never, Until: des.Never},
		{Kind: asg.Backoff, Name: "b", Instance: -1, From: h/2 + minute, Limit: h/2 + 2*minute, Until: h/2 + 2*minute},
		{Kind: asg.Refreshing, Name: "rollout", Instance: -1, From: h/2 + minute, Limit: 400 * h, Until: 2 * h},
	}
	res.Activities = append(res.Activities, asg.Activity{Instance: -1, Launch: true, Start: h/2 + minute, End: h/2 + minute, Status: asg.Failed, Message: "We currently do not have sufficient capacity."})
	res.Decisions = []record.Decision{
		{At: h / 4, Policy: "cpu", Metric: math.NaN(), Want: -1, Desired: 3, Result: 3, Why: "AlarmHigh is OK, AlarmLow is OK", Alarm: "AlarmHigh OK, AlarmLow OK", Until: des.Never},
		{At: h / 2, Policy: "cpu", Metric: 62, Want: 7, Desired: 3, Result: 5, Why: "5 x 62 / 50 = 6.2, rounded up 7", Alarmed: scaling.Out, Alarm: "AlarmHigh in ALARM", Block: scaling.BlockMax, Won: true, Until: des.Never, Looks: out},
		{At: h/2 + 60e9, Policy: "cpu", Metric: 30, Want: -1, Desired: 5, Result: 5, Why: "CPU 30 % was under CPU 35 %, but 2 of the instances are launching or warming up",
			Alarmed: scaling.In, Alarm: "AlarmLow in ALARM", Block: scaling.BlockWarmup, Until: h/2 + 180e9, Looks: []record.Look{look(false, cloudwatch.Alarm, h/2+60e9, 30, 30)}},
		{At: h/2 + 240e9, Policy: "cpu", Metric: 30, Want: 4, Desired: 5, Result: 4, Why: "one could go", Alarm: "AlarmLow in ALARM", Won: true, Until: des.Never},
	}
	for _, e := range []record.Decision{
		{At: h/2 + minute, Policy: "maintenance", Source: record.FromEvent, Alarm: "event", Why: "suspended AlarmNotification"}, {At: h/2 + minute, Policy: "rollout", Source: record.FromEvent, Alarm: "event", Why: "instance refresh InProgress"}} {
		e.Metric, e.Want, e.Until = math.NaN(), -1, des.Never
		res.Decisions = append(res.Decisions[:3:3], append([]record.Decision{e}, res.Decisions[3:]...)...)
	}
	return res
}

func TestExplanations(t *testing.T) {
	h := des.Time(des.Hour)
	var b bytes.Buffer
	for _, at := range []des.Time{h / 8, h/2 + 30e9, h/2 + 90e9, h + 1e9} {
		moment := 0
		if at > h {
			moment = 2
		}
		e := Explain(explained(), at, moment, Tool{Name: "asgsim", Version: "test"}, Inputs{Scenario: "lunch"})
		if err := WriteExplainText(&b, e, 0); err != nil {
			t.Fatal(err)
		}
		b.WriteString("----\n")
		var raw bytes.Buffer
		if err := WriteExplainJSON(&raw, e); err != nil || !json.Valid(raw.Bytes()) {
			t.Errorf("at %v: not JSON: %v", at, err)
		}
	}
	golden(t, "explain.golden", b.Bytes())
}

func TestABlockSaysWhenItEnds(t *testing.T) {
	h := des.Time(des.Hour)
	e := Explain(explained(), h/2+90e9, 0, Tool{}, Inputs{})
	p := e.Policies[0]
	if p.BlockedBy != "warm-up" || p.UnblockS == nil || *p.UnblockS != 1980 || p.EndedS == nil || *p.EndedS != 2040 {
		t.Errorf("%+v", p)
	}
	if !strings.Contains(p.Unblock, "warm-up ends at Mon 12:33:00; in this run the policy was next free of it at Mon 12:34:00") {
		t.Error(p.Unblock)
	}
}

func TestAFixedFleetHasNoDecision(t *testing.T) {
	res := explained()
	res.Decisions = nil
	if e := Explain(res, des.Time(des.Hour), 0, Tool{}, Inputs{}); e.Decided != nil || !strings.Contains(e.Outcome, "fixed fleet") {
		t.Error(e.Outcome)
	}
}

// A scheduled action is told of by the second at which it ran, not by its time, and by
// what came of it; while it is due and has not run it is the next.
func TestExplainedScheduleRanLate(t *testing.T) {
	half := des.Time(30 * des.Minute)
	res := sample()
	res.Config.Schedule = []asg.Schedule{{Name: "down", At: []des.Time{half, 2 * half}, Min: asg.Keep, Max: 4, Desired: asg.Keep}}
	res.Decisions = []record.Decision{{At: half + 5e9, Source: record.FromSchedule, Policy: "down", Want: -1, Why: "scheduled action down set min 1, max 4, desired 4"}}
	for at, want := range map[des.Time][]string{
		half - 1:     {"down next 1800"},
		half + 4e9:   {"down next 1800"},
		half + 5e9:   {"down ran 1805", "down next 3600"},
		2*half + 5e9: {"down ran 1805", "down next 3600"}, // the second never ran
	} {
		var got []string
		for _, s := range Explain(res, at, 0, Tool{}, Inputs{}).Schedule {
			word := map[bool]string{true: "next", false: "ran"}[s.Next]
			got = append(got, fmt.Sprintf("%s %s %v", s.Action, word, s.AtS))
			if s.Ran && s.Text != "scheduled action down set min 1, max 4, desired 4" {
				t.Errorf("%q", s.Text)
			}
		}
		if strings.Join(got, ", ") != strings.Join(want, ", ") {
			t.Errorf("at %v: %v, want %v", at, got, want)
		}
	}
}
