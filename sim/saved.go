package sim

import (
	"fmt"

	"asgsim/sim/account"
	"asgsim/sim/record"
)

// Saved is one saved run: its name and its summary. It carries no histogram and no
// timeline, so it can be set beside others but not drawn or pooled.
type Saved struct {
	Name    string
	Summary account.Summary
	SHA256  string // of the scenario
	Seed    uint64
	Config  *record.Config // what of the configuration is known: title, calendar, prices
}

// CompareSaved sets saved runs beside each other. One run each says nothing about
// chance, and nothing says that they met the same requests.
func CompareSaved(runs []Saved) *Comparison {
	p := &Plan{Replications: 1}
	s := newSeries(len(runs))
	for i, r := range runs {
		p.Cases = append(p.Cases, Case{r.Name, r.Config})
		s.outcomes[i] = []*Outcome{{Summary: r.Summary, Elasticity: noElasticity()}}
		s.timelines[i] = &Timeline{}
	}
	c := &Comparison{Plan: p, Alpha: Alpha}
	c.judge(s, 1)
	for i := range runs[1:] {
		r := &c.Cases[i+1]
		if r.Unlike == "" {
			r.Unlike = unlikeSaved(&runs[0], &runs[i+1])
		}
		if r.Unlike != "" {
			c.Weak = append(c.Weak, r.Name+" "+r.Unlike+" than "+runs[0].Name)
		}
	}
	return c
}

// unlikeSaved says why a saved run met other requests than another. Of one load and
// seed every variant is offered the very same requests.
func unlikeSaved(base, x *Saved) string {
	a, b := base.Summary.Requests.Offered, x.Summary.Requests.Offered
	switch {
	case a != b && base.SHA256 != x.SHA256:
		return fmt.Sprintf("is of another scenario, and was offered other requests (%d, not %d)", b, a)
	case a != b && base.Seed != x.Seed:
		return fmt.Sprintf("is of another seed (%d, not %d), and was offered other requests", x.Seed, base.Seed)
	case a != b:
		return fmt.Sprintf("was offered other requests (%d, not %d)", b, a)
	}
	return ""
}
