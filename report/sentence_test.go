package report

import (
	"strings"
	"testing"

	"asgsim/sim"
	"asgsim/sim/estimate"
)

// Each clause of a sentence follows from its row. The base costs $31.47 and has
// 0.4 % bad requests; 1 % and 0.1 points matter.
func TestSentencesFollowFromTheirRows(t *testing.T) {
	in := func(v, half float64) estimate.Interval {
		return estimate.Interval{Value: v, Lo: v - half, Hi: v + half, N: 20, Exact: half == 0}
	}
	for _, row := range []struct {
		cost, bad, p50 estimate.Interval
		want           string
	}{
		{in(-3, 0.3), in(0.02, 0.001), in(0, 0.001), "step costs 9.5 % ± 1 % less than tracking; 2 ± 0.1 pp more requests are slow or failed"},
		{in(-6, 8), in(0.0000001, 0.00000001), in(0, 0), "step costs more or less than tracking, which cannot be told yet (−19.1 % ± 25.4 %); as many requests are slow or failed, to within 0.1 pp"},
		{in(0.1, 0.1), in(0, 0), in(0.025, 0.002), "step costs as much as tracking, to within 1 %; exactly as many requests are slow or failed; p50 10 % ± 0.8 % higher"},
		{in(0, 0), in(0.002, 0.004), in(0, 0), "step costs exactly as much as tracking; whether more requests are slow or failed cannot be told yet (+0.2 ± 0.4 pp)"},
	} {
		c, _ := sampleComparison()
		c.Cases[1].Diffs["cost_per_day"], c.Cases[1].Diffs["bad_share"], c.Cases[1].Diffs["p50"] = row.cost, row.bad, row.p50
		if got := sentence(c, 1); got != row.want {
			t.Errorf("got  %s\nwant %s", got, row.want)
		}
	}
	c, _ := sampleComparison()
	c.N = 1
	if got := sentence(c, 1); got != "step: one replication gives no verdict" {
		t.Error(got)
	}
	c.N, c.Cases[1].Unlike = 20, "meets another load (5 requests expected, not 6)"
	if got := sentence(c, 1); !strings.Contains(got, "no verdict") || strings.Contains(got, "cost") {
		t.Error(got)
	}
}

// An interval that is not even is told by its ends: "± half" would say that it excludes
// zero when it does not.
func TestLopsidedDifferencesAreToldByTheirEnds(t *testing.T) {
	m, _ := sim.MetricOf("bad_share")
	lopsided := Figure{Value: ptr(-0.0116), Lo: ptr(-0.0150), Hi: ptr(0.001)}
	if got, want := unclear(&m, lopsided, 0.02), "−1.16 pp (−1.5 pp … +0.1 pp)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	better := Figure{Value: ptr(-0.0116), Lo: ptr(-0.0300), Hi: ptr(-0.009)}
	if got, want := byHowMuch(&m, better, -1, 0.02), "1.16 pp (+0.9 pp … +3 pp)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
