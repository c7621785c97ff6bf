package sim

import (
	"math"
	"strings"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/estimate"
	"asgsim/sim/record"
)

// Numbers of requests in words: whole, with a comma, from a million on to three digits.
func TestGrouped(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 999: "999", 999.4: "999", 999.6: "1,000", 1000: "1,000", 1007: "1,007", 1999.6: "2,000", 12_345.2: "12,345", 999_999: "999,999", 999_999.7: "1 M", 1e6: "1 M", 12_345_678: "12.3 M"} {
		if got := grouped(v); got != want {
			t.Errorf("%v: %s, want %s", v, got, want)
		}
	}
}

// Weak figures are named with the cases in which they are; what is exact or strong is not.
func TestShakyFigures(t *testing.T) {
	m := usual(t)
	c := &Comparison{Cases: []CaseResult{{Name: "a", Values: map[string]estimate.Interval{m.Key: {N: 10}}}, {Name: "b", Values: map[string]estimate.Interval{m.Key: {N: 10}}}}}
	if got := c.shaky(); len(got) != 0 {
		t.Errorf("nothing is weak: %q", got)
	}
	c.Cases[1].Values[m.Key] = estimate.Interval{Weak: true}
	if got := c.shaky(); len(got) != 1 || !strings.HasPrefix(got[0], "few replications carry "+m.Title+" (b), ") {
		t.Errorf("one case: %q", got)
	}
	c.Cases[0].Values[m.Key] = estimate.Interval{Weak: true}
	if got := c.shaky(); len(got) != 1 || !strings.HasPrefix(got[0], "few replications carry "+m.Title+", ") {
		t.Errorf("all cases: %q", got)
	}
	c.Cases[0].Values[m.Key], c.Cases[1].Values[m.Key] = estimate.Interval{Weak: true, Exact: true}, estimate.Interval{Exact: true}
	if got := c.shaky(); len(got) != 0 {
		t.Errorf("never seen is not shaky: %q", got)
	}
}

// usual is a metric that every configuration has.
func usual(t *testing.T) *Metric {
	all := Metrics()
	for i := range all {
		if all[i].Usual() {
			return &all[i]
		}
	}
	t.Fatal("no usual metric")
	return nil
}

// An unsettled start needs a stretch of even load, 15 minutes at least, in which the fleet
// moves by more than a fifth and by an instance.
func TestUnsettledByHand(t *testing.T) {
	made := func(minutes, first, last int) *CaseResult {
		r := &CaseResult{Config: &record.Config{}, Timeline: &Timeline{Interval: des.Minute}, Outcomes: []*Outcome{{}}}
		for k := range minutes {
			n := first
			if k >= 10 {
				n = last
			}
			r.Timeline.At = append(r.Timeline.At, des.Time(k)*des.Time(des.Minute))
			r.Timeline.Expected = append(r.Timeline.Expected, 100)
			r.Outcomes[0].InService = append(r.Outcomes[0].InService, uint16(n))
		}
		return r
	}
	for _, row := range []struct {
		name string
		r    *CaseResult
		want bool
	}{
		{"10 to 13", made(60, 10, 13), true}, {"13 to 10", made(60, 13, 10), true}, {"10 to 12, a fifth", made(60, 10, 12), false}, {"2 to 3, an instance", made(60, 2, 3), false},
		{"2 to 4", made(60, 2, 4), true}, {"14 minutes", made(14, 2, 9), false}, {"15 minutes", made(15, 2, 9), true},
	} {
		if got := row.r.unsettled(); (got != "") != row.want {
			t.Errorf("%s: %q", row.name, got)
		}
	}
	moves := made(60, 2, 9)
	for k := 14; k < 60; k++ {
		moves.Timeline.Expected[k] = 106 // more than a twentieth above, after less than 15 minutes
	}
	late := made(60, 2, 9)
	late.Config.WarmUp = 20 * des.Minute
	none, empty, bare := made(60, 2, 9), made(0, 0, 0), made(60, 2, 9)
	none.Outcomes, bare.Timeline = nil, nil
	for name, r := range map[string]*CaseResult{"load that moves": moves, "moved before the window": late, "no outcome": none, "no rows": empty, "no timeline": bare} {
		if got := r.unsettled(); got != "" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// Beside a request of no time the wait off the CPU is the whole: a median of 100 ms and a
// 99th percentile e^(2.3263 x 0.5) times that are a lognormal of sigma 0.5. Percentiles
// that no lognormal of sigma up to 4 has are refused.
func TestSolveWait(t *testing.T) {
	atOnce := [][2]float64{{0, 1}}
	z := 2.3263478740408408
	mu, sigma, ok := solveWait(atOnce, 0.1, 0.1*math.Exp(z*0.5))
	if !ok || math.Abs(mu-math.Log(0.1)) > 1e-6 || math.Abs(sigma-0.5) > 1e-6 {
		t.Errorf("mu %v, sigma %v, %v", mu, sigma, ok)
	}
	if _, _, ok := solveWait(atOnce, 0.1, 0.1*math.Exp(z*4.1)); ok {
		t.Error("a sigma above 4 is accepted")
	}
	if _, _, ok := solveWait(atOnce, 0.1, 0.1); ok {
		t.Error("no spread at all is accepted")
	}
}
