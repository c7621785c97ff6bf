package sim

import (
	"math"
	"strings"
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/estimate"
	"asgsim/sim/record"
	"asgsim/workload"
)

// One rule, from the difference, its interval and the smallest difference that
// matters, here 1.
func TestEffect(t *testing.T) {
	inf := math.Inf(1)
	for _, row := range []struct {
		name       string
		v, lo, hi  float64
		exact      bool
		want       Effect
		wantNoCare Effect // where every difference matters
	}{
		{"the same in every replication", 0, 0, 0, true, Exactly, Exactly},
		{"small and certain", 0.1, 0.05, 0.15, false, Same, More},
		{"small, perhaps nothing", 0.1, -0.3, 0.5, false, Same, Unclear},
		{"more", 5, 4, 6, false, More, More},
		{"more, by how much is open", 2, 0.5, 3.5, false, More, More},
		{"less", -5, -6, -4, false, Less, Less},
		{"large and open", -19.3, -45, 6, false, Unclear, Unclear},
		{"always less by the same", -5, -5, -5, true, Less, Less},
		{"one replication", 5, -inf, inf, false, Unknown, Unknown},
		{"no figure", math.NaN(), math.NaN(), math.NaN(), false, Unknown, Unknown},
	} {
		i := estimate.Interval{Value: row.v, Lo: row.lo, Hi: row.hi, Exact: row.exact, N: 10}
		if got := EffectOf(i, 1); got != row.want {
			t.Errorf("%s: %v, want %v", row.name, got, row.want)
		}
		if got := EffectOf(i, 0); got != row.wantNoCare {
			t.Errorf("%s, no margin: %v, want %v", row.name, got, row.wantNoCare)
		}
	}
}

// The margin of money is a share of the base's value, that of shares is in points; a
// plan may say otherwise.
func TestMargins(t *testing.T) {
	cost, _ := MetricOf("cost_per_day")
	bad, _ := MetricOf("bad_share")
	m, b := DefaultMargin(&cost), DefaultMargin(&bad)
	if m.Of(-50) != 0.5 || b.Of(0.7) != 0.001 {
		t.Errorf("1 %% of $50 is %v, 0.1 pp are %v", m.Of(-50), b.Of(0.7))
	}
	p := &Plan{Margins: []Margin{{Metric: cost, Relative: 0.1}}}
	if m = p.Margin(&cost); m.Of(50) != 5 {
		t.Errorf("10 %% of $50 is %v", m.Of(50))
	}
}

// Cases that are about another window, another load or another SLO get no verdict,
// and none of them is best.
func TestUnlikeCasesAreNotJudged(t *testing.T) {
	for want, change := range map[string]func(*record.Config){
		"":               func(c *record.Config) { c.Group.Max = 7 },
		"another window": func(c *record.Config) { c.WarmUp = 10 * des.Minute },
		"another load":   func(c *record.Config) { c.Loads = []workload.Load{{Name: "web", Curve: workload.ConstantRate(5)}} },
		"another SLO":    func(c *record.Config) { c.SLO.Latency = des.Second },
	} {
		other := small(0)
		change(other)
		p := &Plan{Cases: []Case{{"a", small(0)}, {"b", other}}}
		s := newSeries(2)
		s.outcomes[0], s.outcomes[1] = runs(about(20, 1, 0), steady(10)), runs(about(10, 1, 0), steady(10))
		s.timelines[0], s.timelines[1] = &Timeline{}, &Timeline{}
		c := &Comparison{Plan: p, Alpha: Alpha}
		c.judge(s, 10)
		effect := c.Effect(1, "cost_per_day")
		if want == "" {
			if c.Cases[1].Unlike != "" || effect != Less || c.Best.Name != "b" {
				t.Errorf("another max_size: %q, %v, best %q", c.Cases[1].Unlike, effect, c.Best.Name)
			}
			continue
		}
		if !strings.Contains(c.Cases[1].Unlike, want) || effect != Unknown || c.Best.Name != "" || !strings.Contains(c.Best.Reason, want) {
			t.Errorf("%s: %q, %v, best %q because %s", want, c.Cases[1].Unlike, effect, c.Best.Name, c.Best.Reason)
		}
	}
}

// Where a case has commitments, cash decides: as-is is $28.80 of cash, what is reserved
// $21.06, though both are $28.80 at list price.
func TestCashDecides(t *testing.T) {
	cash := func(x []*Outcome, v float64) []*Outcome {
		for i, o := range x {
			w := v + 0.01*float64(i%3)
			o.Summary.Cost.EC2Cash = &w
		}
		return x
	}
	p := &Plan{Cases: []Case{{"as-is", small(0)}, {"reserved", small(0)}}}
	s := newSeries(2)
	s.outcomes[0], s.outcomes[1] = cash(runs(about(28.8, 0, 0), steady(10)), 28.8), cash(runs(about(28.8, 0, 0), steady(10)), 21.06)
	s.timelines[0], s.timelines[1] = &Timeline{}, &Timeline{}
	c := &Comparison{Plan: p, Alpha: Alpha}
	c.judge(s, 10)
	if c.Money().Key != "cash_per_day" || c.Best.Name != "reserved" || !strings.Contains(c.Best.Reason, "in cash") {
		t.Errorf("%s decides; best %q, %s", c.Money().Key, c.Best.Name, c.Best.Reason)
	}
	if c.Effect(1, "cost_per_day") != Exactly || c.Effect(1, "cash_per_day") != Less {
		t.Errorf("list %v, cash %v", c.Effect(1, "cost_per_day"), c.Effect(1, "cash_per_day"))
	}
}

// In none of ten runs: up to 1 - 0.05^(1/10) = 25.9 % of runs; of a hundred 3 %.
func TestRuleOfThree(t *testing.T) {
	for n, want := range map[int]float64{10: 0.2589, 100: 0.02951} {
		if got := RuleOfThree(n); math.Abs(got-want) > 1e-4 {
			t.Errorf("of %d runs: %v, want %v", n, got, want)
		}
	}
}

// Saved runs of one load and seed were offered the very same requests; what was not is
// of something else, and it is said of what.
func TestSavedRunsOfOtherRequests(t *testing.T) {
	saved := func(name, sha string, seed, offered uint64) Saved {
		s := Saved{Name: name, SHA256: sha, Seed: seed, Config: &record.Config{Duration: des.Hour}}
		s.Summary.Requests = account.Requests{Offered: offered, Served: offered, Good: offered}
		return s
	}
	for want, x := range map[string]Saved{"": saved("x", "b", 1, 100), "another scenario": saved("x", "b", 1, 90), "another seed": saved("x", "a", 2, 90), "other requests": saved("x", "a", 1, 90)} {
		c := CompareSaved([]Saved{saved("base", "a", 1, 100), x})
		if got := c.Cases[1].Unlike; (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("want %q, got %q", want, got)
		}
		if c.Effect(1, "cost_per_day") != Unknown {
			t.Error("one run each gives no verdict")
		}
	}
}
