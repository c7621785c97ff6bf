package world

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/scaling"
)

// highCPU is an alarm on the group's CPU over 50 %, two minutes of two.
func highCPU() cloudwatch.Definition {
	return cloudwatch.Definition{Name: "high", Metric: cloudwatch.CPUUtilization, Period: des.Minute, Evaluate: 2, Datapoints: 2, Threshold: 50}
}

func lowCPU() cloudwatch.Definition {
	return cloudwatch.Definition{Name: "low", Metric: cloudwatch.CPUUtilization, Period: des.Minute, Evaluate: 5, Datapoints: 5, Threshold: 30, Comparison: cloudwatch.LessOrEqual}
}

// TV-74: a step policy asks again at every tick, but while its instances warm up
// the same step changes nothing.
func TestTV74StepPolicyDoesNotAnswerTwice(t *testing.T) {
	cfg := timeline(320, 640, 4)
	cfg.Policies = nil
	cfg.Group.Warmup = 300 * des.Second
	cfg.Alarms = []cloudwatch.Definition{highCPU(), lowCPU()}
	cfg.Policies = append(cfg.Policies, &scaling.StepScaling{
		Name: "out", Alarm: scaling.AlarmRef{Name: "high", Above: true, Threshold: 50, Unit: "% CPU"}, Warmup: scaling.Unset,
		Steps: []scaling.Step{{Lower: 0, Upper: 20, Adjustment: 1}, {Lower: 20, Upper: math.Inf(1), Adjustment: 3}},
	})
	r := run(t, cfg)
	got := changesOfDesired(r)
	// Two minutes of 80 % are known at 180: +3 of 4 warm. Until 180+10+20+300 = 510
	// the repeats see four warm instances and make 7 again.
	if len(got) != 1 || got[0].At != s(180) || got[0].To != 7 {
		t.Errorf("desired changed %v, want once, to 7 at %v", got, s(180))
	}
	repeats := 0
	for _, d := range r.Decisions {
		if d.At > s(180) && d.At < s(500) && d.Alarm == "AlarmHigh in ALARM" {
			repeats++
			if d.Result != 7 {
				t.Errorf("at %v: %+v", d.At, d)
			}
		}
	}
	if repeats < 2 {
		t.Errorf("%d repeats while in ALARM", repeats)
	}
}

// TV-73 without its hook: after a simple scaling activity alarms are ignored until
// the last instance is in service and the cooldown over; a still breaching alarm
// is acted on at the first tick then.
func TestTV73SimpleScalingCooldown(t *testing.T) {
	cfg := timeline(320, 800, 4) // more than 20 instances could carry at 50 %
	cfg.Duration = time40
	cfg.Policies = nil
	cfg.Alarms = []cloudwatch.Definition{highCPU()}
	cfg.Policies = append(cfg.Policies, &scaling.SimpleScaling{Name: "add", Alarm: scaling.AlarmRef{Name: "high", Above: true, Threshold: 50}, Amount: 1, Cooldown: scaling.Unset})
	r := run(t, cfg)
	got := changesOfDesired(r)
	if len(got) < 3 || got[0].At != s(180) {
		t.Fatalf("desired changed %v", got)
	}
	// In service at 180 + 10 + 20 = 210; cooldown to 510; the tick at 540 acts.
	if got[1].At != s(540) || got[2].At != s(900) {
		t.Errorf("second and third change at %v and %v, want %v and %v", got[1].At, got[2].At, s(540), s(900))
	}
	blocks := map[string]int{}
	for _, d := range r.Decisions {
		if d.At > s(180) && d.At < s(540) {
			blocks[d.Block.String()]++
		}
	}
	if blocks["cooldown"] != 5 {
		t.Errorf("blocks between 180 and 540: %v, want five ticks of cooldown", blocks)
	}
}

const time40 = 40 * des.Minute

// TV-36: an action that raises the minimum raises desired; one that lowers it
// leaves desired to the policies. Out of bounds is refused, and rules that never
// changed anything are named.
func TestTV36ScheduledActions(t *testing.T) {
	cfg := timeline(20, 20, 1)
	cfg.Policies = nil
	cfg.Group.Min, cfg.Group.Max = 1, 5
	cfg.Schedule = []asg.Schedule{
		{Name: "morning", At: []des.Time{s(0)}, Min: 3, Max: asg.Keep, Desired: asg.Keep},
		{Name: "evening", At: []des.Time{s(600)}, Min: 1, Max: asg.Keep, Desired: asg.Keep},
		{Name: "cap", At: []des.Time{s(900)}, Min: asg.Keep, Max: 2, Desired: asg.Keep},
		{Name: "wrong", At: []des.Time{s(1000)}, Min: 4, Max: asg.Keep, Desired: asg.Keep},
		{Name: "idle", At: []des.Time{s(1100)}, Min: 1, Max: 2, Desired: asg.Keep},
		{Name: "set", At: []des.Time{s(1200)}, Min: asg.Keep, Max: 4, Desired: 4},
	}
	r := run(t, cfg)
	got := changesOfDesired(r)
	want := []struct {
		At des.Time
		To int
	}{{s(0), 3}, {s(900), 2}, {s(1200), 4}}
	if len(got) != len(want) {
		t.Fatalf("desired changed %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("desired changed %v, want %v", got, want)
		}
	}
	idle := map[string]string{}
	for _, i := range r.Inactive {
		idle[i.Rule] = i.Why
	}
	if len(idle) != 2 || !strings.Contains(idle["schedule wrong"], "refused: min 4 would be above max 2") || !strings.Contains(idle["schedule idle"], "were so already") {
		t.Errorf("rules that never acted: %v", r.Inactive)
	}
}

// However late each comes, the actions of a group run in their order, and one that asks
// for more than the bounds allow says so.
func TestScheduledActionsKeepTheirOrder(t *testing.T) {
	for seed := range uint64(20) {
		cfg := timeline(20, 20, 1)
		cfg.Policies = nil
		cfg.Group.Min, cfg.Group.Max = 1, 5
		for k, name := range []string{"first", "second", "third"} {
			cfg.Schedule = append([]asg.Schedule{{Name: name, At: []des.Time{s(60 * float64(k))}, Min: asg.Keep, Max: asg.Keep, Desired: 2 + 2*k, Late: 2 * des.Minute}}, cfg.Schedule...)
		}
		r, err := Run(context.Background(), cfg, seed+1)
		if err != nil {
			t.Fatal(err)
		}
		var order []string
		for _, d := range r.Decisions {
			order = append(order, d.Policy)
			if clamped := strings.Contains(d.Why, "it asked for 6, outside the bounds"); clamped != (d.Policy == "third") {
				t.Errorf("%s: %s", d.Policy, d.Why)
			}
		}
		if !slices.Equal(order, []string{"first", "second", "third"}) {
			t.Errorf("seed %d: they ran as %v", seed+1, order)
		}
	}
}

// Alarms on the balancer's metrics: a slow fleet alarms by its p99.
func TestAlarmOnResponseTime(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	cfg := dense(320, 760, 4) // 95 % of four instances
	cfg.Policies = nil
	cfg.Classes[0].CPU = exponential(0.010)
	cfg.Alarms = []cloudwatch.Definition{{
		Name: "slow", Metric: cloudwatch.TargetResponseTime, Statistic: cloudwatch.Statistic{Kind: cloudwatch.Percentile, P: 0.99},
		Period: des.Minute, Evaluate: 3, Datapoints: 2, Threshold: 0.150, Comparison: cloudwatch.GreaterThan,
	}}
	cfg.Policies = append(cfg.Policies, &scaling.StepScaling{Name: "help", Alarm: scaling.AlarmRef{Name: "slow", Above: true, Threshold: 0.150, Unit: "s"}, Warmup: scaling.Unset,
		Steps: []scaling.Step{{Lower: 0, Upper: math.Inf(1), Adjustment: 2}}})
	r := run(t, cfg)
	got := changesOfDesired(r)
	if len(got) == 0 || got[0].At < s(120) || got[0].At > s(360) || got[0].To != 6 {
		t.Errorf("desired changed %v, want to 6 a few minutes after the load rose", got)
	}
	if len(got) > 2 {
		t.Errorf("six instances at 63 %% are fast, yet desired changed %v", got)
	}
}
