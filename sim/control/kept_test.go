package control

import (
	"math"
	"slices"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// With Explain a decision keeps what its alarms saw, and when a block will end.
func TestExplainedDecisionsKeepWhatTheirAlarmsSaw(t *testing.T) {
	f := newFake(10, 1, 20)
	f.value = constant(100)
	f.now[9] = 0 // the newest is warm after ten minutes
	slow := cpu(50)
	slow.Warmup, slow.LowPeriods = 10*des.Minute, 3
	cfg := config(slow)
	cfg.Explain = true
	c := f.controlled(cfg)
	f.run(minute(3))
	all := c.Decisions()
	d := all[len(all)-1]
	if d.Block != scaling.BlockWarmup || d.Until != minute(10) || d.Alarmed != scaling.In {
		t.Errorf("decision %+v", d)
	}
	if len(d.Looks) != 2 {
		t.Fatalf("looks %+v", d.Looks)
	}
	low := d.Looks[1]
	if low.High || low.State != cloudwatch.Alarm || low.Since != minute(3) || low.Threshold != 35 || low.Newest != minute(3) || len(low.Points) != 3 || low.Points[0] != (record.Datapoint{At: 0, Value: 10}) {
		t.Errorf("the low alarm: %+v", low)
	}
	blocked := c.Blocked()
	if len(blocked) != 1 || blocked[0] != (record.Blocked{Policy: "cpu", By: scaling.BlockWarmup, For: des.Minute}) {
		t.Errorf("blocked %+v", blocked)
	}
}

// Blocked time counts from the first instant of the window on.
func TestBlockedInTheWindow(t *testing.T) {
	for warm, want := range map[des.Duration]int{3 * des.Minute: 1, 3*des.Minute + des.Second: 0} {
		f := newFake(10, 1, 20)
		f.value = constant(100)
		f.now[9] = 0
		slow := cpu(50)
		slow.Warmup, slow.LowPeriods = 10*des.Minute, 3
		cfg := config(slow)
		cfg.WarmUp = warm
		c := f.controlled(cfg)
		f.run(minute(3)) // the first blocked evaluation
		if got := c.Blocked(); len(got) != want {
			t.Errorf("a window that begins at %v: %+v", warm, got)
		}
	}
}

// Policies see the wall clock of the scenario: 13:45 on a Wednesday in Berlin's summer.
func TestPoliciesSeeTheLocalTime(t *testing.T) {
	cfg := config(cpu(50))
	cfg.Calendar = des.Calendar{Zone: "Europe/Berlin", Start: 1782856800, Offsets: []des.Offset{{Seconds: 7200}}} // 2026-07-01T00:00:00+02:00
	c := newFake(1, 1, 20).with(constant(100)).controlled(cfg)
	if got := c.policies.Local(minute(13*60 + 45)); got != (scaling.Clock{Hour: 13, Minute: 45, Weekday: 3}) {
		t.Errorf("%+v", got)
	}
}

// What a fleet is foretold to show at 400 requests of 10 ms a second: 200 % of CPU between
// them, never more than 100 % each; 24,000 requests a minute, of which each gets its part.
func TestWhatAFleetWillShow(t *testing.T) {
	c := newFake(1, 1, 20).with(constant(200)).controlled(config(cpu(50)))
	for _, row := range []struct {
		m    cloudwatch.Metric
		n    int
		want float64
	}{
		{cloudwatch.CPUUtilization, 4, 50}, {cloudwatch.CPUUtilization, 2, 100}, {cloudwatch.CPUUtilization, 1, 100},
		{cloudwatch.RequestCount, 4, 24_000}, {cloudwatch.RequestCountPerTarget, 4, 6000}, {cloudwatch.HealthyHostCount, 4, 4}, {cloudwatch.GroupDesiredCapacity, 4, 4},
	} {
		if got := c.Shown(row.m, des.Minute, row.n); math.Abs(got-row.want) > 1e-6*row.want {
			t.Errorf("%v of %d: %v, want %v", row.m, row.n, got, row.want)
		}
	}
	if got := c.Shown(cloudwatch.RequestCountPerTarget, 5*des.Minute, 4); math.Abs(got-30_000) > 1e-3 {
		t.Errorf("in five minutes %v requests a target, want 30,000", got)
	}
	if got := c.Shown(cloudwatch.TargetResponseTime, des.Minute, 4); !math.IsNaN(got) {
		t.Errorf("a response time is foretold: %v", got)
	}
}

// When a block ends by itself follows from the configuration: the spacing after the last
// action, the cooldown of the group; where an instance is launching nothing is known.
func TestUntilABlockEnds(t *testing.T) {
	f := newFake(2, 1, 20)
	f.value = constant(100)
	p := cpu(50)
	p.Repeat = 20 * des.Minute
	c := f.controlled(config(p))
	r := c.policies.runs[0]
	r.last = minute(4)
	r.Series.PutFor(minute(0), 50, 2, 2)
	r.acting = minute(1)
	s := c.policies.bare()
	s.InService, s.CooldownUntil = []des.Time{minute(1), minute(2)}, minute(9)
	s.DefaultWarmup = 3 * des.Minute
	for by, want := range map[scaling.Block]des.Time{
		scaling.BlockWarmup: minute(5), scaling.BlockNoWarm: minute(4), scaling.BlockOlder: minute(5), scaling.BlockSame: minute(2),
		scaling.BlockRepeat: minute(24), scaling.BlockCooldown: minute(9), scaling.BlockMin: des.Never,
	} {
		if got := c.policies.until(minute(3), r, &s, by); got != want {
			t.Errorf("%v ends at %v, want %v", by, got, want)
		}
	}
	s.Pending = 1
	if got := c.policies.until(minute(3), r, &s, scaling.BlockWarmup); got != des.Never {
		t.Errorf("while an instance launches: %v", got)
	}
}

// A datapoint is acted on once: basic monitoring's stays the newest for five minutes.
func TestADatapointIsActedOnOnce(t *testing.T) {
	f := newFake(1, 1, 20)
	f.value = func(cloudwatch.Metric, des.Time, int) float64 { return 0 }
	cfg := config(&scaling.StepScaling{Name: "add", Alarm: scaling.AlarmRef{Name: "high", Above: true, Threshold: 50}, Warmup: 0, Steps: []scaling.Step{{Lower: 0, Upper: 1e9, Adjustment: 1}}})
	cfg.Alarms = []cloudwatch.Definition{{Name: "high", Metric: cloudwatch.CPUUtilization, Period: 5 * des.Minute, Evaluate: 1, Datapoints: 1, Threshold: 50, Comparison: cloudwatch.GreaterThan}}
	f.basic = 90
	f.controlled(cfg)
	f.run(minute(14))
	if want := []change{{minute(5), 2}, {minute(10), 3}}; !slices.Equal(f.changes, want) {
		t.Errorf("changes %v, want %v", f.changes, want)
	}
}

// A scripted act is a decision; one whose time never comes is idle.
func TestEventsAreKept(t *testing.T) {
	f := newFake(4, 1, 20)
	f.events = []asg.Happened{{At: minute(2), Name: "standby", Why: "standby of 1", Desired: 4, Result: 3, Effective: true}, {At: minute(3), Name: "refused", Why: "it has none", Desired: 4, Result: 4}}
	cfg := config()
	cfg.Events = []asg.Event{{Name: "standby"}, {Name: "refused"}, {Name: "never"}}
	c := f.controlled(cfg)
	f.run(minute(5))
	if all := c.Decisions(); len(all) != 2 || all[0].Source != record.FromEvent || all[0].Result != 3 {
		t.Errorf("decisions %+v", all)
	}
	if idle := c.Idle(); len(idle) != 2 || idle[0] != (record.Inactive{Rule: "event refused", Why: "it has none"}) || idle[1].Why != "its time lies outside the run" {
		t.Errorf("idle %+v", idle)
	}
}

// What schedules before the start left is told at the start, of a settled group only.
func TestInheritedBoundsAreTold(t *testing.T) {
	for _, cold := range []bool{false, true} {
		f := newFake(4, 1, 20)
		f.left = []asg.Changed{{Name: "night", Why: "scheduled action night had run", Effective: true}, {Name: "nothing"}}
		cfg := config()
		cfg.Schedule, cfg.Group.Cold = []asg.Schedule{{Name: "night", Ran: -1, Desired: asg.Keep}}, cold
		c := f.controlled(cfg)
		f.run(0)
		want := 1
		if cold {
			want = 0
		}
		if all := c.Decisions(); len(all) != want {
			t.Errorf("cold %v: %+v", cold, all)
		}
	}
}

// A forecast alone changes nothing and says so; how good it was is counted.
func TestForecastOnlyIsShown(t *testing.T) {
	f := newFake(4, 1, 20)
	f.value = constant(200)
	cfg := config(&scaling.Predictive{Name: "look", Pair: scaling.ALBRequestCount, Target: 6000})
	cfg.Duration = 3 * des.Hour
	c := f.controlled(cfg)
	for h := 1; h <= 3; h++ {
		f.offered = uint64(h * 3600 * 400)
		f.run(minute(60 * h))
	}
	if len(f.changes) != 0 {
		t.Errorf("changes %v", f.changes)
	}
	if idle := c.Idle(); len(idle) != 1 || idle[0].Why != "its mode is ForecastOnly" {
		t.Errorf("idle %v", idle)
	}
	if load := c.LoadForecastAt(minute(30)); load < 23_000 || load > 25_000 { // 24,000 requests a minute
		t.Errorf("load forecast %v", load)
	}
	got := c.Forecasts()
	if len(got) != 1 || got[0].Mode != "ForecastOnly" || got[0].MaxCapacity < 4 || got[0].MaxCapacity > 5 || got[0].Hours != 3 || got[0].MAPE == nil || *got[0].MAPE > 0.02 {
		t.Errorf("forecasts %+v", got)
	}
}

// Suspended scheduled actions stop predictive scaling too, and the reason is kept.
func TestSuspendedForecasts(t *testing.T) {
	f := newFake(4, 1, 20)
	f.suspended[asg.ScheduledActions] = true
	cfg := config(&scaling.Predictive{Name: "ahead", Target: 10, Scale: true})
	cfg.Duration = 3 * des.Hour
	c := f.controlled(cfg)
	f.offered = 3600 * 400
	f.run(minute(60))
	all := c.Decisions()
	if d := all[len(all)-1]; d.Block != scaling.BlockSuspended || f.desired != 4 || c.Settled() != 1 {
		t.Errorf("desired %d, %+v", f.desired, d)
	}
}

// What a fleet of four shows at the start: 400 requests a second, 10 ms each.
func TestShown(t *testing.T) {
	f := newFake(4, 1, 20)
	cfg := config()
	cfg.Bill.RequestBytes, cfg.Bill.ResponseBytes = 100, 1000
	c := f.controlled(cfg)
	for m, want := range map[cloudwatch.Metric]float64{
		cloudwatch.CPUUtilization: 50, cloudwatch.RequestCountPerTarget: 6000, cloudwatch.RequestCount: 24_000, cloudwatch.NetworkIn: 600_000, cloudwatch.NetworkOut: 6e6,
		cloudwatch.HealthyHostCount: 4, cloudwatch.GroupDesiredCapacity: 4,
	} {
		if got := c.Shown(m, des.Minute, 4); got < want*(1-1e-9) || got > want*(1+1e-9) {
			t.Errorf("%v: %v, want %v", m, got, want)
		}
	}
	if got := c.Shown(cloudwatch.TargetResponseTime, des.Minute, 4); got == got {
		t.Errorf("response times cannot be foretold: %v", got)
	}
	cfg.Template.Detailed = false // in five minutes
	if got := c.Shown(cloudwatch.NetworkIn, 5*des.Minute, 4); got != 3e6 {
		t.Errorf("basic monitoring: %v bytes, want 3e6", got)
	}
}

// A launch waits for the longest warm-up of policies that hold a target, unless the group
// has one.
func TestWarmup(t *testing.T) {
	long := cpu(50)
	long.Warmup = 7 * des.Minute
	cfg := config(cpu(50), long)
	if got := newFake(1, 1, 2).with(constant(1)).controlled(cfg).Warmup(); got != 0 {
		t.Errorf("the group's 0: %v", got)
	}
	cfg.Group.Warmup = scaling.Unset
	if got := newFake(1, 1, 2).with(constant(1)).controlled(cfg).Warmup(); got != 7*des.Minute {
		t.Errorf("the longest of 5m, the default cooldown, and 7m: %v", got)
	}
}

// A scheduled action that changes nothing wants nothing: its decision says -1, which no
// capacity is.
func TestAScheduleThatWantsNothing(t *testing.T) {
	f := newFake(4, 1, 20)
	f.schedules = []asg.Changed{{At: minute(1), Name: "same", Desired: 4, Result: 4}, {At: minute(2), Name: "more", Desired: 4, Result: 6, Effective: true}}
	c := f.controlled(config())
	f.run(minute(3))
	want := map[string]int{}
	for _, d := range c.Decisions() {
		want[d.Policy] = d.Want
	}
	if want["same"] != -1 || want["more"] != 6 {
		t.Errorf("wants %v, want -1 of same and 6 of more", want)
	}
}
