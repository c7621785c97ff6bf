package backtest

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"asgsim/report"
	"asgsim/scenarios"
	"asgsim/scenarios/behaviour"
	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/world"
)

const tracking = `
timezone = "UTC"
start = 2026-03-02T00:00:00
duration = "2h"
[load.a.ramp]
from = "10/s"
to = "40/s"
at = "30m"
over = "20m"
[request]
cpu = "40ms"
[instance]
type = "c7g.large"
[auto_scaling_group]
min_size = 1
max_size = 4
desired_capacity = 1
[policy.cpu.target_tracking]
predefined_metric_type = "ASGAverageCPUUtilization"
target_value = 50
`

func simulate(t *testing.T, text string, seed uint64) *account.Result {
	t.Helper()
	s, err := scenarios.Load(scenarios.Source{Name: "web.toml", Text: []byte(text)}, nil, scenarios.Options{})
	if err != nil {
		t.Fatal(err)
	}
	cfg := &s.Configs[0].World
	cfg.NeededUnasked = true
	res, err := world.Run(context.Background(), cfg, seed)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// recordOf is what CloudWatch would have of a run.
func recordOf(t *testing.T, res *account.Result) *behaviour.Record {
	t.Helper()
	g := &grid{binS: 60, n: len(res.Rows)}
	s := g.of(res)
	var b strings.Builder
	b.WriteString("time,RequestCount,CPUUtilization,TargetResponseTime p50,TargetResponseTime p99,GroupInServiceInstances,GroupDesiredCapacity\n")
	for k := range res.Rows {
		at := float64(res.Config.Calendar.Start) + 60*float64(k)
		fmt.Fprintf(&b, "%.0f,%d,%g,%g,%g,%g,%g\n", at, ended(&res.Rows[k]), 100*s.cpu[k], s.tails[0][k], s.tails[2][k], s.inService[k], s.desired[k])
	}
	r := behaviour.NewRecord(nil)
	var activities bytes.Buffer
	if err := report.WriteActivities(&activities, res); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"metrics.csv": b.String(), "activities.json": activities.String()} {
		if err := r.Read(name, strings.NewReader(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Done(); err != nil {
		t.Fatal(err)
	}
	return r
}

func compare(t *testing.T, r *behaviour.Record, runs ...*account.Result) *Result {
	t.Helper()
	out, err := Compare(r, runs, Options{Zero: float64(runs[0].Config.Calendar.Start), ToleranceS: 300, Scenario: "web.toml"})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A run is beside its own record without an error, every activity matches, and nowhere do
// the two part.
func TestARunAgainstItself(t *testing.T) {
	res := simulate(t, tracking, 1)
	r := compare(t, recordOf(t, res), res)
	if len(r.Errors) != 6 {
		t.Errorf("%d errors", len(r.Errors))
	}
	for _, e := range r.Errors {
		if e.MAPE.Value > 1e-3 || math.Abs(e.Bias.Value) > 1e-3 || e.Bins < 110 {
			t.Errorf("%+v", e)
		}
	}
	a := r.Activities
	if a == nil || a.Recorded == 0 || a.Matched != a.Recorded || a.Matched != a.Simulated || len(a.Missed)+len(a.Extra) > 0 || a.Share.Value != 1 {
		t.Errorf("%+v", a)
	}
	if len(r.Partings) > 0 || math.Abs(r.Instances.Error.Value) > 1e-6 {
		t.Errorf("%+v %+v", r.Partings, r.Instances)
	}
	// 2 h of a c7g.large at $0.0725/h (EC2's list price of us-east-1) for each instance.
	if got := r.Instances.RecordedUSD / r.Instances.Recorded; math.Abs(got/0.0725-1) > 0.03 {
		t.Errorf("an instance-hour costs %v", got)
	}
}

// The record scales out, and a fixed fleet does not: that is told, with the missed launches.
func TestWhereTheyPart(t *testing.T) {
	recorded := simulate(t, tracking, 1)
	fixed := simulate(t, strings.Replace(tracking, "max_size = 4", "max_size = 1", 1), 1)
	r := compare(t, recordOf(t, recorded), fixed)
	launches := 0
	for _, a := range recorded.Activities {
		if a.Launch {
			launches++
		}
	}
	if r.Activities.Matched != 0 || len(r.Activities.Missed) != launches || len(r.Activities.Extra) != 0 || launches == 0 {
		t.Errorf("%+v, %d launches", r.Activities, launches)
	}
	if len(r.Partings) == 0 || !strings.Contains(r.Partings[0].Text, "the record scales out (1 to ") || !strings.Contains(r.Partings[0].Text, "the simulation stays at 1; the record: the alarm for more; the simulation: cpu: ") {
		t.Fatalf("%+v", r.Partings)
	}
	text := r.Text(0)
	for _, want := range []string{"WHERE THEY PART", "Mon 00:", "missed: recorded, not simulated", "launch, the alarm for more", "instances in service"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	// The other way round the simulation is the one that moves.
	other := compare(t, recordOf(t, fixed), recorded)
	if len(other.Partings) == 0 || !strings.Contains(other.Partings[0].Text, "the simulation scales out (1 to ") || len(other.Activities.Extra) != launches {
		t.Errorf("%+v", other.Partings)
	}
}

// With several runs the record of one of them lies within the band of all.
func TestTheBandOfRuns(t *testing.T) {
	runs := []*account.Result{simulate(t, tracking, 1), simulate(t, tracking, 2), simulate(t, tracking, 3)}
	r := compare(t, recordOf(t, runs[1]), runs...)
	for _, e := range r.Errors {
		if e.InBand < 0.98 || math.IsNaN(e.MAPE.Low) {
			t.Errorf("%+v", e)
		}
	}
}

func TestErrorsByHand(t *testing.T) {
	unknown := math.NaN()
	lines := []Line{
		{Key: "cpu", PeriodS: 60, Recorded: []float64{2, 2, 4, unknown, 0}, Low: make([]float64, 5), High: make([]float64, 5), each: [][]float64{{2, 3, 3, 1, 1}}},
		{Key: "p99", PeriodS: 120, Recorded: []float64{2, 2, 4, 4}, each: [][]float64{{1, 3, 6, 6}}},
		{Key: "errors", PeriodS: 60, Recorded: []float64{0, 0.1}, each: [][]float64{{0.02, 0}}},
	}
	got := errorsOf(lines, 60)
	for k, want := range []struct{ mape, bias, bins float64 }{{0.25, 0.25 / 3, 3}, {0.25, 0.25, 2}, {0.06, -0.04, 2}} {
		e := got[k]
		if math.Abs(e.MAPE.Value-want.mape) > 1e-12 || math.Abs(e.Bias.Value-want.bias) > 1e-12 || float64(e.Bins) != want.bins {
			t.Errorf("%s: %+v, want %+v", e.Key, e, want)
		}
	}
}

// Capacity that changes within a bin is its mean over the bin.
func TestCapacityOfABin(t *testing.T) {
	g := &grid{binS: 60, n: 2}
	res := &account.Result{Config: &record.Config{Duration: 90 * des.Second}, Capacity: []record.CapacityChange{{At: 0, Desired: 2}, {At: des.Time(30 * des.Second), Desired: 4}}}
	if got := g.capacity(res, func(c *record.CapacityChange) int { return c.Desired }); !slices.Equal(got, []float64{3, 4}) {
		t.Error(got)
	}
}

func TestMatching(t *testing.T) {
	acts := func(at ...float64) (out []Act) { // below 0 a termination
		for _, v := range at {
			out = append(out, Act{At: math.Abs(v), Launch: v > 0})
		}
		return out
	}
	for _, c := range []struct {
		recorded, run          []Act
		matched, missed, extra int
	}{
		{acts(100, 200), acts(110, 190), 2, 0, 0},
		{acts(100, 130), acts(90), 1, 1, 0},
		{acts(100), acts(-100), 0, 1, 1},
		{acts(100), acts(161), 0, 1, 1},
		{acts(100), acts(160), 1, 0, 0},
		{acts(100, 150, 200), acts(45, 95, 150, 400), 3, 0, 1}, // as many as possible, not the nearest first
		{nil, acts(1), 0, 0, 1},
	} {
		m, missed, extra := match(c.recorded, c.run, 60)
		if m != c.matched || len(missed) != c.missed || len(extra) != c.extra {
			t.Errorf("%v %v: %d, %v, %v", c.recorded, c.run, m, missed, extra)
		}
	}
}

func TestGates(t *testing.T) {
	r := &Result{Errors: []Error{{Key: "instances", MAPE: spread([]float64{0.08}), Bias: spread([]float64{-0.06})}, {Key: "requests_per_target", MAPE: spread([]float64{0.01, 0.02, 0.015}), Bias: spread([]float64{0, 0, 0})}},
		Activities: &Activities{Share: spread([]float64{0.7})}}
	for gate, want := range map[string]string{
		"mape_instances<=10%": "pass", "mape_instances<=5%": "fail", "bias_instances<=5%": "fail", "bias_instances <= 6%": "pass",
		"mape_requests_per_target<=5%": "pass", "mape_requests_per_target<=1.5%": "inconclusive", "mape_requests_per_target<=0.1%": "fail",
		"activities_matched>=60%": "pass", "activities_matched>=80%": "fail", "mape_p99<=5%": "inconclusive", "instance_hours<=5%": "inconclusive",
	} {
		l, err := ParseLimit(gate)
		if err != nil {
			t.Fatal(err)
		}
		if got := l.Judge(r); got.Verdict != want {
			t.Errorf("%s: %+v, want %s", gate, got, want)
		}
	}
	for gate, want := range map[string]string{"mape_instance<=1%": `did you mean "mape_instances"`, "mape_cpu<=1": "must be a percentage", "cpu": "must be an error", "mape_cpu<=-1%": "must be a percentage", "foo<=1%": "there are mape_instances"} {
		if _, err := ParseLimit(gate); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", gate, err)
		}
	}
}

// The size of an error is never below 0, whatever two runs that differ make of its interval.
func TestAnErrorsSizeIsNotNegative(t *testing.T) {
	if s := size([]float64{0.001, 0.02}); s.Low != 0 || s.High < s.Value {
		t.Errorf("%+v", s)
	}
	if s := size([]float64{0.02}); !math.IsNaN(s.Low) {
		t.Errorf("one run has no interval: %+v", s)
	}
}
