package sim

import (
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/estimate"
)

// Complete are the replications that every case has finished, from the first on.
func TestCompleteReplications(t *testing.T) {
	o := &Outcome{}
	for _, row := range []struct {
		outcomes [][]*Outcome
		want     int
	}{
		{[][]*Outcome{{o, o, o}, {o, o, o}}, 3}, {[][]*Outcome{{o, o, o}, {o, nil, o}}, 1}, {[][]*Outcome{{nil, o, o}, {o, o, o}}, 0},
		{[][]*Outcome{{o, o, o}, {o, o}}, 2}, {[][]*Outcome{{}, {}}, 0},
	} {
		s := &series{outcomes: row.outcomes}
		if got := s.complete(); got != row.want {
			t.Errorf("%v: %d, want %d", row.outcomes, got, row.want)
		}
	}
}

// Where one case has commitments, the others pay in cash what they cost at list price.
func TestPayCash(t *testing.T) {
	one := func(list float64, cash *float64) *Outcome {
		return &Outcome{Summary: account.Summary{Cost: account.Cost{EC2: list, EC2Cash: cash}}}
	}
	eight := 8.0
	s := &series{outcomes: [][]*Outcome{{one(10, nil), nil}, {one(12, &eight)}}}
	s.payCash()
	if got := s.outcomes[0][0].Summary.Cost.EC2Cash; got == nil || *got != 10 {
		t.Errorf("without commitments %v, want the list price", got)
	}
	if got := *s.outcomes[1][0].Summary.Cost.EC2Cash; got != 8 {
		t.Errorf("with commitments $%g, want $8", got)
	}
	s = &series{outcomes: [][]*Outcome{{one(10, nil)}}}
	s.payCash()
	if s.outcomes[0][0].Summary.Cost.EC2Cash != nil {
		t.Error("cash without any commitment")
	}
}

// A sum over the window is scaled to a day as the EC2 cost is; what is free stays so.
func TestPerDay(t *testing.T) {
	o := &Outcome{Summary: account.Summary{Cost: account.Cost{EC2: 2, EC2PerDay: 24}}}
	if got := perDay(o, 0.5); got != 6 {
		t.Errorf("%g, want 0.5 x 24 / 2", got)
	}
	o.Summary.Cost.EC2, o.Summary.Cost.EC2PerDay = 0, 0
	if got := perDay(o, 0); got != 0 {
		t.Errorf("of nothing %g", got)
	}
}

// The mean latency weighs each run by what it served; a run that served nothing says
// nothing.
func TestMeanLatencyOfARun(t *testing.T) {
	mean := 0.25
	o := &Outcome{Summary: account.Summary{Latency: account.Latency{Mean: &mean}, Requests: account.Requests{Served: 400}}}
	if got := meanLatency(o); got != (estimate.Fraction{Num: 100, Den: 400}) {
		t.Errorf("%+v, want 100 s over 400 requests", got)
	}
	if got := meanLatency(&Outcome{}); got != (estimate.Fraction{}) {
		t.Errorf("of nothing %+v", got)
	}
}
