package account

import (
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// neededMost is the most that was needed at any time; for the SLO nothing is said where
// some row has no answer.
func (a *accounts) neededMost(rows []record.Row) Needed {
	slo, target, known := 0, 0, true
	for _, r := range rows {
		if r.At < a.From() {
			continue
		}
		known = known && r.NeededSLO >= 0
		slo, target = max(slo, r.NeededSLO), max(target, r.NeededTarget)
	}
	var out Needed
	if known && slo > 0 {
		out.SLOMax = &slo
	}
	if target > 0 {
		out.TargetMax = &target
	}
	return out
}

// lateness lists the stretches in which fewer instances were ready (or warming:
// those serve too) than needed for the SLO.
func lateness(rows []record.Row, from des.Time, interval des.Duration) []Late {
	var out []Late
	open := false
	for _, r := range rows {
		short := r.NeededSLO - r.States.Ready - r.States.Warming
		if r.At < from || short <= 0 {
			open = false
			continue
		}
		if !open {
			out, open = append(out, Late{FromS: r.At.Seconds()}), true
		}
		l := &out[len(out)-1]
		l.Minutes += interval.Seconds() / 60
		l.Short = max(l.Short, short)
	}
	return out
}

// worstMinute is the row with the largest share of bad requests among the
// breached ones, or among all where none is.
func (a *accounts) worstMinute(rows []record.Row) *WorstMinute {
	worst, share, breached := -1, 0.0, false
	for i, r := range rows {
		done := r.Served + r.Fail
		if r.At < a.From() || done == 0 || breached && !r.Breached {
			continue
		}
		v := float64(r.Slow+r.Fail) / float64(done)
		if v > share || r.Breached && !breached {
			worst, share, breached = i, v, r.Breached
		}
	}
	if worst < 0 {
		return nil
	}
	why := a.cause(worst, rows)
	return &WorstMinute{AtS: rows[worst].At.Seconds(), BadShare: share, Kind: why.Kind, Why: why}
}
