package sim

import (
	"math"
	"strings"
	"testing"

	"asgsim/sim/account"
)

// runs are replications with given costs a day and bad requests of 10,000, whose
// SLO is 99 % good.
func runs(cost []float64, bad []uint64) []*Outcome {
	out := make([]*Outcome, len(cost))
	for i := range cost {
		o := &Outcome{Elasticity: noElasticity()}
		o.Summary.Cost.EC2, o.Summary.Cost.EC2PerDay = cost[i], cost[i]
		o.Summary.Requests = account.Requests{Offered: 10_000, Served: 10_000, Slow: bad[i], Good: 10_000 - bad[i]}
		o.Summary.SLO = account.SLOResult{Good: 0.99, AllowedMinutes: 1}
		out[i] = o
	}
	return out
}

// about spreads values around a mean, the same way for every case of a comparison
// or, shifted, each in its own.
func about(mean, spread float64, shift int) []float64 {
	out := make([]float64, 10)
	for i := range out {
		out[i] = mean + spread*float64((i*7+shift*3)%10-4)/10
	}
	return out
}

func steady(n uint64) []uint64 {
	out := make([]uint64, 10)
	for i := range out {
		out[i] = n + uint64(i%2)
	}
	return out
}

func TestBest(t *testing.T) {
	shaky := []uint64{20, 180, 40, 160, 60, 140, 80, 120, 100, 110} // about the allowance of 100
	for _, c := range []struct {
		name   string
		cases  map[string][]*Outcome
		order  []string
		best   string
		reason string
	}{
		{"the cheapest that meets the SLO, not the cheapest", map[string][]*Outcome{"dear": runs(about(20, 1, 0), steady(10)), "good": runs(about(15, 1, 0), steady(20)), "bad": runs(about(9, 1, 0), steady(300))},
			[]string{"dear", "good", "bad"}, "good", "cheapest that meets the SLO"},
		{"nobody meets it", map[string][]*Outcome{"a": runs(about(20, 1, 0), steady(300)), "b": runs(about(15, 1, 0), steady(400))}, []string{"a", "b"}, "", "no variant meets the SLO"},
		{"a tie is not decided", map[string][]*Outcome{"a": runs(about(20, 4, 0), steady(10)), "b": runs(about(20.1, 4, 1), steady(10))}, []string{"a", "b"}, "", "which is cheaper cannot be told yet (they differ by 0.5 % ± "},
		{"a small difference on the same days is", map[string][]*Outcome{"a": runs(about(20, 4, 0), steady(10)), "b": runs(about(19.9, 4, 0), steady(10))}, []string{"a", "b"}, "b", "cheapest that meets the SLO"},
		{"twins are named", map[string][]*Outcome{"a": runs(about(20, 1, 0), steady(10)), "b": runs(about(20, 1, 0), steady(10))}, []string{"a", "b"}, "a", "cheapest that meets the SLO, exactly as cheap as b"},
		{"what is open is said", map[string][]*Outcome{"a": runs(about(20, 1, 0), steady(10)), "b": runs(about(15, 1, 0), shaky)}, []string{"a", "b"}, "a", "whether b would cannot be told yet"},
		{"all is open", map[string][]*Outcome{"b": runs(about(15, 1, 0), shaky)}, []string{"b"}, "", "whether any variant meets the SLO cannot be told yet"},
		{"one replication", map[string][]*Outcome{"a": runs([]float64{20}, []uint64{10})}, []string{"a"}, "", "one replication cannot tell chance from policy"},
	} {
		p := &Plan{}
		s := newSeries(len(c.order))
		for i, name := range c.order {
			p.Cases = append(p.Cases, Case{name, small(0)})
			s.outcomes[i], s.timelines[i] = c.cases[name], &Timeline{}
		}
		x := &Comparison{Plan: p, Alpha: Alpha}
		x.judge(s, len(s.outcomes[0]))
		if x.Best.Name != c.best || !strings.Contains(x.Best.Reason, c.reason) {
			t.Errorf("%s: best %q, because %q", c.name, x.Best.Name, x.Best.Reason)
		}
	}
}

// Beside a case with commitments, one without pays its list price in cash; without
// any, cash is no row of its own.
func TestCash(t *testing.T) {
	a, b := runs(about(20, 1, 0), steady(10)), runs(about(10, 1, 0), steady(10))
	judged := func() *Comparison {
		s := newSeries(2)
		s.outcomes[0], s.outcomes[1], s.timelines[0], s.timelines[1] = a, b, &Timeline{}, &Timeline{}
		x := &Comparison{Plan: &Plan{Cases: []Case{{"a", small(0)}, {"b", small(0)}}}, Alpha: Alpha}
		x.judge(s, 10)
		return x
	}
	if v := judged().Cases[0].Values["cash_per_day"].Value; !math.IsNaN(v) {
		t.Errorf("cash of $%v without commitments", v)
	}
	for _, o := range a {
		cash := 28.8
		o.Summary.Cost.EC2Cash = &cash
	}
	x := judged()
	if v := x.Cases[0].Values["cash_per_day"]; math.Abs(v.Value-28.8) > 1e-9 {
		t.Errorf("cash of a %+v, want $28.80", v)
	}
	if v, list := x.Cases[1].Values["cash_per_day"], x.Cases[1].Values["cost_per_day"]; v.Value != list.Value {
		t.Errorf("cash of b %+v, want its list price %+v", v, list)
	}
}
