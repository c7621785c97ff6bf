package chart

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"asgsim/report"
	"asgsim/report/story"
	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// byHand is a run of three minutes in which every figure is another number.
func byHand() *figure {
	res := &account.Result{Config: &record.Config{Duration: 3 * des.Minute}, Interval: des.Minute}
	for i := range 3 {
		v := float64(i + 1)
		res.Rows = append(res.Rows, record.Row{At: des.Time(i) * des.Time(des.Minute), Served: 20_000, P50: 0.1 * v, P90: 0.2 * v, P99: 0.3 * v, P999: 0.4 * v,
			CPU: 0.05 * v, Hottest: 0.06 * v, NeededSLO: 10 + i, NeededTarget: 20 + i, Cost: v, CostPerHour: 60})
	}
	res.Capacity = []record.CapacityChange{{At: 0, Desired: 4, MinSize: 2, MaxSize: 8}, {At: des.Time(des.Minute), Desired: 5, MinSize: 3, MaxSize: 9}}
	doc := &report.Document{Story: &story.Story{}}
	doc.Summary.Cost.EC2 = 3
	doc.Summary.Savings = []account.Saving{{Baseline: "always-on", Instances: 20, BaselineUS: 4, USD: 1, Share: 0.25, Comparable: true}}
	return &figure{doc, res}
}

// What each line of the panels shows: label, and values in the panel's unit at their
// instants. A percentile's point lies in the middle of its minute, a cost at its end, a
// capacity from its instant on.
func TestCurves(t *testing.T) {
	f := byHand()
	var got []curve
	got = append(got, f.cpuCurves()...)
	got = append(got, latencyCurves(windows(f.res.Rows, des.Minute, des.Minute))...)
	got = append(got, f.neededCurves()...)
	got = append(got, f.desiredCurve())
	got = append(got, f.limitCurves()...)
	got = append(got, f.costCurves()...)
	middle := func(v float64) []xy { return []xy{{30, v}, {90, 2 * v}, {150, 3 * v}} }
	stair := func(a, b, c float64) []xy { return []xy{{0, a}, {60, a}, {60, b}, {120, b}, {120, c}, {180, c}} }
	step := func(a, b float64) []xy { return []xy{{0, a}, {60, a}, {60, b}, {180, b}} }
	want := []curve{
		{label: "hottest", pts: middle(0.06)}, {label: "average", pts: middle(0.05)},
		{label: "p50", pts: middle(0.1)}, {label: "p90", pts: middle(0.2)}, {label: "p99", pts: middle(0.3)}, {label: "p99.9", pts: middle(0.4)},
		{label: "needed for the target (estimate)", pts: stair(20, 21, 22)}, {label: "needed for the SLO (estimate)", pts: stair(10, 11, 12)},
		{label: "desired", pts: step(4, 5)}, {label: "min_size", pts: step(2, 3)}, {label: "max_size", pts: step(8, 9)},
		{label: "this run", pts: []xy{{0, 0}, {60, 1}, {120, 2}, {180, 3}}}, {label: "always-on", pts: []xy{{0, 0}, {180, 4}}},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(curve{}, xy{}), cmpopts.IgnoreFields(curve{}, "style"), cmpopts.EquateApprox(0, 1e-9)); diff != "" {
		t.Error(diff)
	}
	seen := map[uint32]string{}
	for k, c := range latencyColours {
		if other := seen[c]; other != "" {
			t.Errorf("percentile %d has the colour of %s", k, other)
		}
		seen[c] = "another"
	}
}

// The note on the cost picture has the sign of the saving.
func TestGapText(t *testing.T) {
	for _, row := range []struct {
		usd  float64
		want string
	}{{1, "$1.00 less than always-on (25 %)"}, {-1, "$1.00 more than always-on (25 %)"}} {
		s := &account.Saving{Baseline: "always-on", Instances: 20, BaselineUS: 4, USD: row.usd, Share: math.Copysign(0.25, row.usd), Comparable: true}
		if got := gapText(s); got != row.want {
			t.Errorf("%q, want %q", got, row.want)
		}
	}
}
