package sim

import (
	"asgsim/sim/world"
)

// Saved is one saved run: its name and its summary. It carries no histogram and no
// timeline, so it can be set beside others but not drawn or pooled.
type Saved struct {
	Name    string
	Summary world.Summary
	Config  *world.Config // what of the configuration is known: title, calendar, prices
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
	c.Weak = append(c.Weak, "saved runs: whether they met the same requests is not known here")
	return c
}
