package account

import (
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// inactive lists the rules that never acted, with the reason: what the record says of
// policies, schedules and events, the warm pool, and the faults that never struck.
func (a *accounts) inactive(pool *WarmPoolSummary) []record.Inactive {
	out := append([]record.Inactive(nil), a.Idle...)
	switch {
	case pool == nil || pool.WarmStarts > 0:
	case pool.ColdStarts > 0:
		out = append(out, record.Inactive{Rule: "warm pool", Why: "every launch found it with nothing ready"})
	default:
		out = append(out, record.Inactive{Rule: "warm pool", Why: "nothing was launched into the group"})
	}
	for _, x := range a.Config.Faults {
		f := x.About()
		struck, skipped := false, ""
		for _, hit := range a.Faults {
			if hit.Name == f.Name {
				struck, skipped = struck || hit.Skipped == "", hit.Skipped
			}
		}
		if !struck {
			out = append(out, record.Inactive{Rule: "fault " + f.Name, Why: idleFault(&f, skipped)})
		}
	}
	return out
}

// idleFault says why a fault never struck; skipped is why it was passed over, if it was.
func idleFault(f *fault.About, skipped string) string {
	switch {
	case skipped != "":
		return "skipped: " + skipped
	case f.Life != nil:
		return "no instance reached the age at which it would have struck"
	}
	return "its time lies outside the run"
}

// warnings says what formulas, Spot capacity and CPU credits give to doubt.
func (a *accounts) warnings(s *Summary) []string {
	out := append([]string(nil), a.Warnings...)
	out = append(out, spotWarnings(s.Spot)...)
	return append(out, creditWarnings(s.Credits, a.Config.Template.Type.Name, a.end.Sub(a.From()).Hours())...)
}
