package report

import (
	"asgsim/report/clean"
	"asgsim/sim"
	"asgsim/sim/des"
)

// Change is a value of the scenario that differs between the base and the variant.
type Change struct {
	Key string `json:"key"`
	Old string `json:"old"` // as a scenario writes it; empty: none
	New string `json:"new"`
}

// mostChanges is how many changes are shown.
const mostChanges = 20

// Worst is the worst minute of all replications: the one with the largest share of bad
// requests beyond chance.
type Worst struct {
	BadShare float64 `json:"bad_share"`
	At       string  `json:"at"` // local day and time
	AtS      float64 `json:"at_s"`
	Kind     string  `json:"kind"` // of its cause
}

// worstOf finds the worst minute of a case; nil where no request was bad beyond chance.
func worstOf(r *sim.CaseResult) *Worst {
	var out *Worst
	for _, o := range r.Outcomes {
		w := o.Summary.WorstMinute
		if w == nil || out != nil && w.BadShare <= out.BadShare {
			continue
		}
		at := r.Config.Calendar.Local(des.Time(des.Seconds(w.AtS)))
		out = &Worst{BadShare: w.BadShare, At: clean.Line(at.DayClock()), AtS: w.AtS, Kind: string(w.Kind)}
	}
	return out
}
