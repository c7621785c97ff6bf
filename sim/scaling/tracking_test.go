package scaling

import (
	"math"
	"slices"
	"strings"
	"testing"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// state builds a snapshot of warm instances in service for an hour, and warming
// ones that came just now.
func state(warm, warming int, metric float64, high, low bool) Snapshot {
	s := Snapshot{
		Desired: warm + warming, Min: 1, Max: 100, DefaultWarmup: 120 * des.Second, DefaultCooldown: 300 * des.Second,
		High: cloudwatch.OK, Low: cloudwatch.OK, Metric: cloudwatch.Point{Value: metric, Samples: warm, Capacity: warm, End: now}, HasMetric: true,
	}
	if high {
		s.High = cloudwatch.Alarm
	}
	if low {
		s.Low = cloudwatch.Alarm
	}
	for range warm {
		s.InService = append(s.InService, 0)
	}
	for range warming {
		s.InService = append(s.InService, now)
	}
	return s
}

const now = des.Time(des.Hour)

func tracking(target float64) TargetTracking {
	return TargetTracking{Name: "cpu", Target: target, Warmup: Unset, LowRatio: 0.7, HighPeriods: 3, LowPeriods: 15, Repeat: Unset}
}

func TestTargetTrackingVectors(t *testing.T) {
	const high, low = 1, 2
	for _, row := range []struct {
		id            string
		warm, warming int
		metric        float64
		target        float64
		alarm         int
		want          int // -1: no change
	}{
		{"TV-30: 1500 messages on 10 at 100 each", 10, 0, 150, 100, high, 15},
		{"TV-31: one of two pinned", 2, 0, 50, 30, high, 4},
		{"TV-32", 4, 0, 60, 50, high, 5},
		{"TV-33: a small overshoot is enough", 10, 0, 50.1, 50, high, 11},
		{"TV-34: 51 % would follow", 3, 0, 34, 50, low, -1},
		{"TV-34: 49.5 % would follow", 3, 0, 33, 50, low, 2},
		{"TV-35: five are on their way", 10, 5, 75, 50, high, -1},
		{"TV-35: still not enough", 10, 5, 90, 50, high, 18},
		{"tt-01: 1.5 more is two", 3, 0, 75, 50, high, 5},
		{"tt-02: 1.5 fewer is one", 5, 0, 35, 50, low, 4},
		{"tt-03: backlog 1500 on 10 at 100 each, 5 more", 10, 0, 150, 100, high, 15},
		{"tt-06: scale-in waits for the warm-up", 9, 1, 10, 50, low, -1},
		{"tt-08: backlog 15 on 2 at 3 each", 2, 0, 7.5, 3, high, 5},
		{"tt-09: backlog 6 on 5 at 3 each, one at a time (X-2)", 5, 0, 1.2, 3, low, 4},
		{"a tenth at a time", 40, 0, 10, 50, low, 36},
		{"quiet alarms", 4, 0, 45, 50, 0, -1},
	} {
		p := tracking(row.target)
		s := state(row.warm, row.warming, row.metric, row.alarm == high, row.alarm == low)
		d, _ := p.Decide(now, &s, nil)
		got := -1
		if d.Side == Out || d.Side == In {
			got = d.Want
		}
		if got != row.want {
			t.Errorf("%s: %d, want %d (%s)", row.id, got, row.want, d.Why)
		}
		if d.Why == "" {
			t.Errorf("%s: no reason given", row.id)
		}
	}
}

func TestNamedChoices(t *testing.T) {
	in := state(20, 0, 10, false, true) // 16 of 20 could go at 50 %
	for _, row := range []struct {
		name string
		edit func(*TargetTracking, *Snapshot)
		want int
	}{
		{"X-2 in_step tenth", func(*TargetTracking, *Snapshot) {}, 18},
		{"X-2 in_step one", func(p *TargetTracking, _ *Snapshot) { p.InStep = InOne }, 19},
		{"X-2 in_step proportional", func(p *TargetTracking, _ *Snapshot) { p.InStep = InProportional }, 4},
		{"scale-in disabled", func(p *TargetTracking, _ *Snapshot) { p.DisableScaleIn = true }, -1},
		{"min_size", func(_ *TargetTracking, s *Snapshot) { s.Min = 20 }, -1},
		{"X-5 contributors", func(p *TargetTracking, s *Snapshot) {
			s.High, s.Metric.Value, s.Metric.Capacity = cloudwatch.Alarm, 75, 16
		}, 24},
		{"X-5 warm", func(p *TargetTracking, s *Snapshot) {
			p.Basis, s.High, s.Metric.Value, s.Metric.Capacity = BasisWarm, cloudwatch.Alarm, 75, 16
		}, 30},
		{"X-5 desired", func(p *TargetTracking, s *Snapshot) {
			p.Basis, s.High, s.Metric.Value, s.Desired = BasisDesired, cloudwatch.Alarm, 75, 18
		}, 27},
		{"tt-09: three at a time", func(p *TargetTracking, s *Snapshot) {
			*p, s.InService, s.Metric.Value = tracking(3), s.InService[:5], 1.2
			p.InStep, s.Desired, s.Metric.Capacity = InProportional, 5, 5
		}, 2},
		{"tt-05: no data", func(_ *TargetTracking, s *Snapshot) { s.HasMetric = false }, -1},
	} {
		p, s := tracking(50), in
		s.InService = slices.Clone(in.InService)
		row.edit(&p, &s)
		d, _ := p.Decide(now, &s, nil)
		got := -1
		if d.Side == Out || d.Side == In {
			got = d.Want
		}
		if got != row.want {
			t.Errorf("%s: %d, want %d (%s)", row.name, got, row.want, d.Why)
		}
	}
}

// with a warm-up given, every tick may act; with none, the default cooldown
// spaces the actions, as two logs show to the second.
func TestRepeatSpacing(t *testing.T) {
	p := tracking(50)
	s := state(10, 0, 10, false, true)
	s.Acted, s.LastAct = true, now
	if d, _ := p.Decide(now.Add(des.Minute), &s, nil); d.Side != In {
		t.Errorf("with a warm-up, a minute later: %+v", d)
	}
	s.DefaultWarmup = Unset
	if d, _ := p.Decide(now.Add(299*des.Second), &s, nil); d.Block != BlockRepeat {
		t.Errorf("without a warm-up, 299 s later: %+v", d)
	}
	if d, _ := p.Decide(now.Add(300*des.Second), &s, nil); d.Side != In {
		t.Errorf("without a warm-up, 300 s later: %+v", d)
	}
	p.Repeat = 10 * des.Minute
	if d, _ := p.Decide(now.Add(300*des.Second), &s, nil); d.Block != BlockRepeat {
		t.Errorf("repeat = 10m, 300 s later: %+v", d)
	}
}

func TestCombine(t *testing.T) {
	out := func(n int) Decision { return Decision{Side: Out, Want: n} }
	in := func(n int) Decision { return Decision{Side: In, Want: n} }
	tracks := func(d Decision) Decision { d.Tracking = true; return d }
	hold, off := tracks(Decision{}), tracks(Decision{Side: Stay, Block: BlockOff})
	for _, row := range []struct {
		name   string
		ds     []Decision
		want   int
		winner int
	}{
		{"TV-20: +1 and +2", []Decision{out(9), out(10)}, 10, 1},
		{"TV-21: of 8, -3 and -25 %", []Decision{in(5), in(6)}, 6, 1},
		{"tt-04: out if any, the largest", []Decision{hold, out(5), tracks(out(7)), tracks(in(2))}, 7, 2},
		{"tt-04: in only if all", []Decision{tracks(in(3)), hold}, 0, -1},
		{"in: the largest", []Decision{tracks(in(3)), tracks(in(4))}, 4, 1},
		{"a policy without scale-in has no say", []Decision{tracks(in(3)), off}, 3, 0},
		{"a step policy is not held up by tracking", []Decision{in(3), hold}, 3, 0},
		{"but tracking is by tracking", []Decision{in(3), hold, tracks(in(5))}, 3, 0},
		{"nobody", []Decision{hold, hold}, 0, -1},
	} {
		if want, winner := Combine(row.ds); want != row.want || winner != row.winner {
			t.Errorf("%s: %d by %d, want %d by %d", row.name, want, winner, row.want, row.winner)
		}
	}
}

func TestClampVectors(t *testing.T) {
	if got, by := Clamp(2+3, 1, 3); got != 3 || by != BlockMax {
		t.Errorf("TV-01: %d by %v", got, by)
	}
	if got, by := Clamp(3-2, 2, 5); got != 2 || by != BlockMin {
		t.Errorf("TV-02: %d by %v", got, by)
	}
	if got, by := Clamp(4, 2, 5); got != 4 || by != NoBlock {
		t.Errorf("inside: %d by %v", got, by)
	}
}

func TestReasonsShowTheArithmetic(t *testing.T) {
	p, s := tracking(50), state(4, 0, 60, true, false)
	d, _ := p.Decide(now, &s, nil)
	for _, part := range []string{"CPU 60 %", "over CPU 50 %", "4 in the datapoint x 60 / 50 = 4.8", "rounded up 5"} {
		if !strings.Contains(d.Why, part) {
			t.Errorf("%q lacks %q", d.Why, part)
		}
	}
}

// What is launching may still change the metric: ten warm instances of which eight are
// too many stay while one is pending ("Target tracking scaling policies", user guide:
// scale-in waits until instances are in service and warmed up).
func TestPendingInstancesBlockScaleIn(t *testing.T) {
	p, s := tracking(50), state(10, 0, 10, false, true)
	if d, _ := p.Decide(now, &s, nil); d.Side != In {
		t.Fatalf("with nothing pending: %+v", d)
	}
	s.Pending, s.Desired = 1, 11
	if d, _ := p.Decide(now, &s, nil); d.Side != Stay || d.Block != BlockWarmup {
		t.Errorf("10 warm and 1 pending: %+v, want to stay", d)
	}
}

// An instance that has only just become warm is in no datapoint yet: before it is, the
// datapoint of two of four (each at a quarter of the load) says nothing about four.
func TestScaleInWaitsForADatapointOfAll(t *testing.T) {
	p, s := tracking(50), state(4, 0, 30, false, true)
	s.InService[3] = now.Add(-125 * des.Second) // warm for 5 s
	s.Metric.Capacity, s.Metric.End = 3, now.Add(-60*des.Second)
	if d, _ := p.Decide(now, &s, nil); d.Side != Stay || d.Block != BlockOlder {
		t.Errorf("%+v, want to wait for a datapoint of all four", d)
	}
	s.Metric.Capacity, s.Metric.End = 4, now
	if d, _ := p.Decide(now, &s, nil); d.Side != In || d.Want != 3 {
		t.Errorf("%+v, want 3: 4 x 30 / 3 = 40 is under 50", d)
	}
}

// Numbers of explanations have two, one or no decimals as they grow.
func TestNumbersOfExplanations(t *testing.T) {
	for v, want := range map[float64]string{1.2345: "1.23", 9.999: "10", 12.345: "12.3", -12.345: "-12.3", 123.45: "123", 2: "2", math.Inf(1): "infinite"} {
		if got := number(v); got != want {
			t.Errorf("%v is written %s, want %s", v, got, want)
		}
	}
}
