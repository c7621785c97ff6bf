package scaling

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/testdata"
)

// The configuration of the user guide's example: threshold 50, percent.
var (
	outSteps = []Step{{0, 10, 0}, {10, 20, 10}, {20, math.Inf(1), 30}}
	inSteps  = []Step{{-10, 0, 0}, {-20, -10, -10}, {math.Inf(-1), -20, -30}}
)

func stepPolicy(above bool) StepScaling {
	p := StepScaling{Name: "step", Alarm: AlarmRef{Name: "cpu", Above: above, Threshold: 50, Unit: "%"}, Adjustment: Adjustment{Type: PercentChangeInCapacity}, Steps: outSteps, Warmup: Unset}
	if !above {
		p.Steps = inSteps
	}
	return p
}

func TestStepVectors(t *testing.T) {
	for _, row := range []struct {
		id            string
		above         bool
		metric        float64
		warm, warming int
		want          int
	}{
		{"TV-27: between 40 and 60, no change", true, 59, 10, 0, -1},
		{"TV-27: 60", true, 60, 10, 0, 11},
		{"TV-27: 70 of 11", true, 70, 11, 0, 14},
		{"TV-27: 40", false, 40, 14, 0, 13},
		{"TV-27: 30", false, 30, 13, 0, 10},
		{"TV-28, tt-07: one is warming, 62 asks for it again", true, 62, 10, 1, -1},
		{"TV-28: 70 asks for three", true, 70, 10, 1, 13},
		{"scale-in waits for the warm-up", false, 30, 12, 1, -1},
	} {
		p, s := stepPolicy(row.above), state(row.warm, row.warming, row.metric, false, false)
		d := alarmed(&p, now, &s, AlarmState{cloudwatch.Alarm, []float64{row.metric}})
		got := -1
		if d.Side == Out || d.Side == In {
			got = d.Want
		}
		if got != row.want || d.Why == "" {
			t.Errorf("%s: %d, want %d (%s)", row.id, got, row.want, d.Why)
		}
	}
	p, s := stepPolicy(true), state(10, 0, 0, false, false)
	if d := alarmed(&p, now, &s, AlarmState{State: cloudwatch.OK}); d.Side != Hold {
		t.Errorf("a quiet alarm: %+v", d)
	}
	p.Steps = outSteps[1:]
	if d := alarmed(&p, now, &s, AlarmState{cloudwatch.Alarm, []float64{55}}); d.Block != BlockStep || !strings.Contains(d.Why, "no step adjustment") {
		t.Errorf("a value without a step: %+v", d)
	}
}

func TestBoundsAreInclusiveOnTheSideOfTheBreach(t *testing.T) {
	steps := []Step{{0, 10, 1}, {10, 20, 2}, {-10, 0, -1}, {-20, -10, -2}}
	for _, row := range []struct {
		breach float64
		above  bool
		want   int
	}{{0, true, 1}, {9.99, true, 1}, {10, true, 2}, {0, false, -1}, {-9.99, false, -1}, {-10, false, -2}} {
		if s, ok := MatchStep(steps, row.breach, row.above); !ok || s.Adjustment != row.want {
			t.Errorf("TV-26: breach %v: %+v, want %d", row.breach, s, row.want)
		}
	}
	if _, ok := MatchStep(steps, 20, true); ok {
		t.Error("20 lies outside")
	}
}

func TestAggregation(t *testing.T) {
	for g, want := range map[Aggregation]float64{Average: 2, Minimum: 1, Maximum: 3} {
		if got := g.aggregate([]float64{1, 3, 2}); got != want {
			t.Errorf("aggregation %d: %v, want %v", g, got, want)
		}
	}
}

func TestRoundingOfPercentages(t *testing.T) {
	for delta, want := range map[float64]int{12.7: 12, 0.67: 1, -0.58: -1, -6.67: -6, 0: 0, 3.3: 3, -1.4: -1, 1: 1, -1: -1} {
		if got := RoundPercent(delta); got != want {
			t.Errorf("TV-23: %v rounds to %d, want %d", delta, got, want)
		}
	}
	percent := Adjustment{Type: PercentChangeInCapacity}
	for _, row := range []struct{ c, a, want int }{{11, 30, 14}, {14, -10, 13}, {13, -30, 10}} {
		if got := percent.Apply(row.c, row.a); got != row.want {
			t.Errorf("TV-24: %d %% of %d makes %d, want %d", row.a, row.c, got, row.want)
		}
	}
	percent.MinMagnitude = 2
	if got := percent.Apply(4, 25); got != 6 {
		t.Errorf("TV-25: %d, want 6", got)
	}
	if got := percent.Apply(4, 0); got != 4 {
		t.Errorf("X-33: a percentage of 0 stays 0, got %d", got)
	}
	for _, row := range testdata.Rows(t, "aws_percent_rounding.csv") {
		raw, _ := strconv.ParseFloat(row[0], 64)
		if want, _ := strconv.Atoi(row[1]); RoundPercent(raw) != want {
			t.Errorf("%v rounds to %d, want %d", raw, RoundPercent(raw), want)
		}
	}
}

func TestStepExamplesOfTheUserGuide(t *testing.T) {
	types := map[string]AdjustmentType{"ChangeInCapacity": ChangeInCapacity, "ExactCapacity": ExactCapacity, "PercentChangeInCapacity": PercentChangeInCapacity}
	tested := 0
	for _, row := range testdata.Rows(t, "aws_step_scaling_examples.csv") {
		kind, ok := types[row[1]]
		if !ok {
			continue // bounds: TV-26 above
		}
		f := func(i int) float64 { v, _ := strconv.ParseFloat(row[i], 64); return v }
		p := StepScaling{Name: row[0], Adjustment: Adjustment{Type: kind, MinMagnitude: int(f(2))}, Warmup: Unset}
		p.Alarm = AlarmRef{Name: "a", Threshold: f(4), Above: true, Unit: "%"}
		for _, part := range strings.Fields(row[3]) {
			bounds, adj, _ := strings.Cut(part, "=")
			lo, hi, _ := strings.Cut(bounds, "..")
			bound := func(s string) float64 { v, _ := strconv.ParseFloat(s, 64); return v }
			a, _ := strconv.Atoi(adj)
			p.Steps = append(p.Steps, Step{bound(lo), bound(hi), a})
		}
		p.Alarm.Above = p.Steps[0].Upper > 0
		s := state(int(f(6)), int(f(7)), 0, false, false)
		d := alarmed(&p, now, &s, AlarmState{cloudwatch.Alarm, []float64{f(5)}})
		got := s.Desired
		if d.Side == Out || d.Side == In {
			got = d.Want
		}
		if got != int(f(8)) {
			t.Errorf("%s: %d, want %d (%s)", row[0], got, int(f(8)), d.Why)
		}
		tested++
	}
	if tested < 14 {
		t.Errorf("%d rows tested", tested)
	}
}

func TestStepsMustTile(t *testing.T) {
	inf := math.Inf(1)
	for name, row := range map[string]struct {
		steps []Step
		want  string
	}{
		"the guide's":   {outSteps, ""},
		"the guide's 2": {inSteps, ""},
		"none":          {nil, "0 steps"},
		"a gap":         {[]Step{{0, 10, 1}, {20, inf, 2}}, "gap"},
		"an overlap":    {[]Step{{0, 10, 1}, {5, inf, 2}}, "overlap"},
		"empty":         {[]Step{{10, 10, 1}}, "must be above"},
		"open":          {[]Step{{-inf, inf, 1}}, "both be open"},
	} {
		err := CheckSteps(row.steps)
		if row.want == "" && err != nil || row.want != "" && (err == nil || !strings.Contains(err.Error(), row.want)) {
			t.Errorf("%s: %v, want %q", name, err, row.want)
		}
	}
}

func TestSimpleScaling(t *testing.T) {
	p := SimpleScaling{Name: "add", Alarm: AlarmRef{Name: "cpu"}, Amount: 2, Cooldown: Unset}
	s := state(4, 0, 0, false, false)
	alarm := AlarmState{State: cloudwatch.Alarm}
	if d := alarmed(&p, now, &s, alarm); d.Side != Out || d.Want != 6 {
		t.Errorf("%+v", d)
	}
	s.Busy = true
	if d := alarmed(&p, now, &s, alarm); d.Block != BlockActivity {
		t.Errorf("during an activity: %+v", d)
	}
	s.Busy, s.CooldownUntil = false, now.Add(des.Second)
	if d := alarmed(&p, now, &s, alarm); d.Block != BlockCooldown {
		t.Errorf("during the cooldown: %+v", d)
	}
	s.CooldownUntil = now
	if d := alarmed(&p, now, &s, alarm); d.Side != Out {
		t.Errorf("when it is over: %+v", d)
	}
	p.Amount = -10
	if d := alarmed(&p, now, &s, alarm); d.Side != In || d.Want != -6 {
		t.Errorf("below min: %+v, to be clamped", d)
	}
	if got := p.EffectiveCooldown(&s); got != 300*des.Second {
		t.Errorf("cooldown %v", got)
	}
}

// a policy that takes the newest datapoint of its alarm answers it alone.
func TestNewestDatapoint(t *testing.T) {
	for newest, want := range map[bool]int{false: 11, true: 13} {
		p := stepPolicy(true)
		p.Newest, p.Warmup = newest, 0
		s := &Snapshot{Desired: 10, Min: 1, Max: 20, InService: make([]des.Time, 10)}
		d := alarmed(&p, 0, s, AlarmState{State: cloudwatch.Alarm, Points: []float64{55, 75}})
		if d.Want != want {
			t.Errorf("newest %v: %d, want %d", newest, d.Want, want)
		}
	}
}

// what a step of 0 percent does, and an exact capacity that lies the
// other way.
func TestNamedChoicesOfSteps(t *testing.T) {
	for _, row := range []struct {
		name  string
		above bool
		value float64
		edit  func(*StepScaling)
		want  int // -1: no change
	}{
		{"0 percent stays", true, 55, func(p *StepScaling) { p.Adjustment.MinMagnitude = 2 }, -1},
		{"0 percent changes by the least, out", true, 55, func(p *StepScaling) { p.Adjustment.MinMagnitude, p.ZeroMoves = 2, true }, 12},
		{"0 percent changes by the least, in", false, 45, func(p *StepScaling) { p.Adjustment.MinMagnitude, p.ZeroMoves = 2, true }, 8},
		{"other steps are what they are", true, 75, func(p *StepScaling) { p.Adjustment.MinMagnitude, p.ZeroMoves = 2, true }, 13},
		{"an exact capacity below, on high load", true, 75, func(p *StepScaling) {
			p.Adjustment.Type, p.Steps = ExactCapacity, []Step{{0, math.Inf(1), 4}}
		}, 4},
		{"an exact capacity below, one way", true, 75, func(p *StepScaling) {
			p.Adjustment.Type, p.Steps, p.OneWay = ExactCapacity, []Step{{0, math.Inf(1), 4}}, true
		}, -1},
		{"an exact capacity above, on low load, one way", false, 25, func(p *StepScaling) {
			p.Adjustment.Type, p.Steps, p.OneWay = ExactCapacity, []Step{{math.Inf(-1), 0, 14}}, true
		}, -1},
		{"an exact capacity above, one way", true, 75, func(p *StepScaling) {
			p.Adjustment.Type, p.Steps, p.OneWay = ExactCapacity, []Step{{0, math.Inf(1), 14}}, true
		}, 14},
	} {
		p := stepPolicy(row.above)
		row.edit(&p)
		s := state(10, 0, 0, false, false)
		d := alarmed(&p, now, &s, AlarmState{State: cloudwatch.Alarm, Points: []float64{row.value}})
		got := -1
		if d.Side == Out || d.Side == In {
			got = d.Want
		}
		if got != row.want {
			t.Errorf("%s: %d, want %d (%s)", row.name, got, row.want, d.Why)
		}
	}
}
