package control

import (
	"slices"
	"strings"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/queue"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

func minute(n int) des.Time { return des.Time(n) * des.Time(des.Minute) }

func cpu(target float64) *scaling.TargetTracking {
	return &scaling.TargetTracking{Name: "cpu", Target: target, Warmup: scaling.Unset, LowRatio: 0.7, AlarmPeriod: des.Minute, HighPeriods: 3, LowPeriods: 15, Repeat: scaling.Unset}
}

// constant is a load that is shared by the fleet: percent of one instance's CPU.
func constant(total float64) func(cloudwatch.Metric, des.Time, int) float64 {
	return func(_ cloudwatch.Metric, _ des.Time, n int) float64 { return total / float64(n) }
}

// Three datapoints of 80 % on four instances are known at 180 s: ceil(4 x 80 / 50) = 7,
// and 320 / 7 = 46 % is between 35 and 50.
func TestTrackingActsOnItsThirdDatapoint(t *testing.T) {
	f := newFake(4, 1, 20)
	f.value = constant(320)
	c := f.controlled(config(cpu(50)))
	f.run(minute(40))
	if want := []change{{minute(3), 7}}; !slices.Equal(f.changes, want) {
		t.Errorf("changes %v, want %v", f.changes, want)
	}
	if !strings.Contains(f.said[0], "alarm TargetTracking-web-AlarmHigh-cpu in state ALARM triggered policy cpu") {
		t.Errorf("cause %q", f.said[0])
	}
	if len(c.Idle()) != 0 {
		t.Errorf("idle %v", c.Idle())
	}
	i := slices.IndexFunc(c.Decisions(), func(d record.Decision) bool { return d.Won })
	if d := c.Decisions()[i]; d.Want != 7 || d.Desired != 4 || d.Result != 7 || d.Source != record.FromAlarms || d.Alarmed != scaling.Out {
		t.Errorf("decision %+v", d)
	}
}

// The bounds clamp what a policy wants, and the decision says so.
func TestTheMaximumClamps(t *testing.T) {
	f := newFake(4, 1, 5)
	f.value = constant(320)
	c := f.controlled(config(cpu(50)))
	f.run(minute(3))
	if want := []change{{minute(3), 5}}; !slices.Equal(f.changes, want) {
		t.Fatalf("changes %v, want %v", f.changes, want)
	}
	all := c.Decisions()
	if d := all[len(all)-1]; d.Want != 7 || d.Result != 5 || d.Block != scaling.BlockMax {
		t.Errorf("decision %+v", d)
	}
}

// While AlarmNotification is suspended alarms reach no policy, and the reason is kept.
func TestSuspendedAlarmsReachNobody(t *testing.T) {
	f := newFake(4, 1, 20)
	f.value, f.suspended[asg.AlarmNotification] = constant(320), true
	c := f.controlled(config(cpu(50)))
	f.run(minute(10))
	if len(f.changes) != 0 {
		t.Errorf("changes %v", f.changes)
	}
	all := c.Decisions()
	if d := all[len(all)-1]; d.Block != scaling.BlockSuspended {
		t.Errorf("decision %+v", d)
	}
	if idle := c.Idle(); len(idle) != 1 || idle[0].Rule != "policy cpu" || !strings.Contains(idle[0].Why, "suspended") {
		t.Errorf("idle %v", idle)
	}
}

// Of two policies the larger capacity counts on the way out; on the way in both must
// agree, and the larger capacity counts again.
func TestPoliciesAgree(t *testing.T) {
	f := newFake(4, 1, 20)
	f.value = constant(320)
	tight := cpu(40)
	tight.Name = "tight"
	f.controlled(config(cpu(50), tight))
	f.run(minute(3))
	if want := []change{{minute(3), 8}}; !slices.Equal(f.changes, want) { // 320 / 40
		t.Errorf("changes %v, want %v", f.changes, want)
	}
}

// A simple policy begins its cooldown when it was carried out: its own, else the group's.
func TestSimpleScalingCools(t *testing.T) {
	f := newFake(4, 1, 20)
	f.value = constant(320)
	cfg := config(&scaling.SimpleScaling{Name: "add", Alarm: scaling.AlarmRef{Name: "high", Above: true, Threshold: 50}, Amount: 2, Cooldown: scaling.Unset})
	cfg.Alarms = []cloudwatch.Definition{{Name: "high", Metric: cloudwatch.CPUUtilization, Period: des.Minute, Evaluate: 2, Datapoints: 2, Threshold: 50, Comparison: cloudwatch.GreaterThan}}
	c := f.controlled(cfg)
	f.run(minute(2))
	if want := []change{{minute(2), 6}}; !slices.Equal(f.changes, want) || !slices.Equal(f.cooled, []des.Duration{300 * des.Second}) {
		t.Errorf("changes %v, cooled %v", f.changes, f.cooled)
	}
	if !c.InAlarm("high") {
		t.Error("the alarm is not in ALARM")
	}
}

// A policy that can change nothing, as the group is at its maximum, was not carried out: it
// sets no capacity, begins no cooldown, and is not counted as one that acted.
func TestWhatChangesNothingDoesNotCool(t *testing.T) {
	f := newFake(4, 1, 4)
	f.value = constant(320)
	cfg := config(&scaling.SimpleScaling{Name: "add", Alarm: scaling.AlarmRef{Name: "high", Above: true, Threshold: 50}, Amount: 2, Cooldown: scaling.Unset})
	cfg.Alarms = []cloudwatch.Definition{{Name: "high", Metric: cloudwatch.CPUUtilization, Period: des.Minute, Evaluate: 2, Datapoints: 2, Threshold: 50, Comparison: cloudwatch.GreaterThan}}
	c := f.controlled(cfg)
	f.run(minute(10))
	if len(f.changes) != 0 || len(f.cooled) != 0 || !c.InAlarm("high") {
		t.Errorf("changes %v, cooled %v", f.changes, f.cooled)
	}
	if r := c.policies.runs[0]; r.outs != 0 || r.last != des.Never {
		t.Errorf("acted %d times, last at %v", r.outs, r.last)
	}
}

// A formula is evaluated on its own clock; what it asks for holds others up on their way
// in.
func TestAFormulaHoldsOthersUp(t *testing.T) {
	f := newFake(10, 1, 20)
	f.value = constant(100) // tracking wants 2
	own := &scaling.Expression{Name: "own", Text: "8", Every: 5 * des.Minute, Warmup: 0}
	c := f.controlled(config(cpu(50), own))
	f.run(minute(59))
	if f.desired != 8 {
		t.Errorf("desired %d, want the formula's 8: %v", f.desired, f.changes)
	}
	blocked := c.Blocked()
	if len(blocked) == 0 || blocked[len(blocked)-1].Policy != "cpu" || blocked[len(blocked)-1].By != scaling.BlockOthers {
		t.Errorf("blocked %v", blocked)
	}
}

// One that fails changes nothing and is counted: minutes 0, 2, 4 divide by zero.
func TestAFormulaThatFailsIsCounted(t *testing.T) {
	f := newFake(4, 1, 20)
	f.value = constant(100)
	c := f.controlled(config(&scaling.Expression{Name: "own", Text: "4 / (minute % 2)", Every: des.Minute}))
	f.run(minute(5))
	if got := c.Warnings(); len(got) != 1 || !strings.Contains(got[0], "failed in 3 of 6 evaluations") {
		t.Errorf("warnings %q", got)
	}
	if len(f.changes) != 0 {
		t.Errorf("changes %v", f.changes)
	}
}

// Another system's autoscaler acts on its own clock, suspended alarms or not: 400 % of
// the CPU of four pods at a target of 50 % are 8, within the pace of doubling.
func TestAForeignAutoscalerDrivesAlone(t *testing.T) {
	f := newFake(4, 1, 20)
	f.suspended[asg.AlarmNotification] = true
	f.pods = func(n int) (out []scaling.Pod) {
		for range n {
			out = append(out, scaling.Pod{Usage: 4000 / int64(n), Request: 1000, Known: true, Ready: true, Past: true})
		}
		return out
	}
	c := f.controlled(config(&scaling.KubernetesHPA{Name: "pods", Target: 50, SyncPeriod: 15 * des.Second, Tolerance: 0.1, Up: scaling.DefaultUp(), Down: scaling.DefaultDown()}))
	f.run(minute(5))
	if want := []change{{des.Time(15 * des.Second), 8}}; !slices.Equal(f.changes, want) {
		t.Errorf("changes %v, want %v", f.changes, want)
	}
	if !strings.HasPrefix(f.said[0], "the Kubernetes HPA pods (CPU 100 % of the pods at a target of 50 %: 8 replicas") {
		t.Errorf("cause %q", f.said[0])
	}
	if all := c.Decisions(); len(all) != 1 || all[0].Source != record.FromAutoscaler || all[0].Metric != 100 || all[0].Alarm != "sync" {
		t.Errorf("decisions %+v", all)
	}
}

// A settled run begins with the fleet that holds every target: 200 % / 50 % = 4, within
// the bounds; what schedules left counts only where no policy does.
func TestSettledSize(t *testing.T) {
	left := []asg.Schedule{{Name: "night", Ran: -1, Min: asg.Keep, Max: asg.Keep, Desired: 9}}
	for _, x := range []struct {
		name      string
		low, high int
		change    func(*record.Config)
		want      int
	}{
		{"the target", 1, 20, func(*record.Config) {}, 4},
		{"the largest", 1, 20, func(c *record.Config) { c.Policies = append(c.Policies, cpu(20)) }, 10},
		{"within the maximum", 1, 3, func(*record.Config) {}, 3},
		{"within the minimum", 6, 20, func(*record.Config) {}, 6},
		// One worker of 10 ms deletes 100 messages a second: of 400 four would never be done.
		{"what a queue needs", 1, 20, func(c *record.Config) { c.Queue, c.Template.Workers = &queue.Config{}, 1 }, 5},
		{"what the user says", 1, 20, func(c *record.Config) { c.Group.Desired = 7 }, 7},
		{"cold", 1, 20, func(c *record.Config) { c.Group.Cold = true }, 1},
		{"of schedules, beside a policy", 1, 20, func(c *record.Config) { c.Schedule = left }, 4},
		{"of schedules alone", 1, 20, func(c *record.Config) { c.Schedule, c.Policies = left, nil }, 9},
		{"a formula", 1, 20, func(c *record.Config) {
			c.Policies = []scaling.Policy{&scaling.Expression{Name: "own", Text: "requests_per_second / 80", Every: des.Minute, Warmup: 0}}
		}, 5},
	} {
		f := newFake(1, x.low, x.high)
		f.value = constant(200)
		cfg := config(cpu(50))
		x.change(cfg)
		if got := f.controlled(cfg).Settled(); got != x.want {
			t.Errorf("%s: %d, want %d", x.name, got, x.want)
		}
	}
}

// A forecast of ForecastAndScale asks before its hour for what the hour needs: 400 a
// second are 200 % of CPU, of 26 % an instance 7.7: 8. Dynamic policies do not go below.
func TestAForecastAsksBeforeItsHour(t *testing.T) {
	f := newFake(3, 1, 20)
	f.value = constant(60)
	cfg := config(cpu(50), &scaling.Predictive{Name: "ahead", Target: 26, Scale: true, Buffer: 5 * des.Minute})
	cfg.Duration = 3 * des.Hour
	c := f.controlled(cfg)
	f.run(minute(54))
	before := f.desired
	f.offered = 3600 * 400
	f.run(minute(55))
	if before >= 8 || f.desired != 8 {
		t.Errorf("desired %d, then %d at the buffer, want 8", before, f.desired)
	}
	f.run(minute(100))
	if f.desired != 8 {
		t.Errorf("tracking went below the forecast: %d", f.desired)
	}
	if rate, capacity := c.ForecastAt(minute(70)); rate < 390 || rate > 410 || capacity != 8 {
		t.Errorf("forecast %v, %d", rate, capacity)
	}
}

// Scheduled actions are decisions too; one that never changes anything is idle.
func TestSchedulesAreKept(t *testing.T) {
	f := newFake(2, 1, 20)
	f.schedules = []asg.Changed{{At: minute(5), Name: "morning", Desired: 2, Result: 6, Why: "desired 6", Effective: true}}
	cfg := config()
	cfg.Schedule = []asg.Schedule{{Name: "morning"}, {Name: "never"}}
	c := f.controlled(cfg)
	f.run(minute(10))
	if all := c.Decisions(); len(all) != 1 || all[0].Source != record.FromSchedule || all[0].Want != 6 || all[0].At != minute(5) {
		t.Errorf("decisions %+v", all)
	}
	if idle := c.Idle(); len(idle) != 1 || idle[0].Rule != "schedule never" {
		t.Errorf("idle %v", idle)
	}
}
