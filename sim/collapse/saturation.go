package collapse

import "asgsim/sim/record"

// Saturated is a stretch in which something was the bottleneck: 95 % of it in use, or a
// dependency that turned away more requests than the SLO allows.
type Saturated struct {
	Resource   Resource `json:"resource"`
	Dependency string   `json:"dependency,omitempty"`
	FromS      float64  `json:"from_s"`
	ToS        float64  `json:"to_s"`
	Used       float64  `json:"used"` // mean share in use
}

// Saturation is what was the bottleneck when, in the rows of a record's window. Who waits
// for a dependency holds a worker, and who waits for the CPU too: the bottleneck is the
// dependency before the CPU, and the CPU before the workers. Workers alone are one where
// requests hold them for a wait.
func Saturation(r *record.Record, rows []record.Row) []Saturated {
	out := []Saturated{}
	for i := range rows {
		row := &rows[i]
		if row.At < r.From() {
			continue
		}
		s, ok := bottleneck(r, row)
		if !ok {
			continue
		}
		if n := len(out) - 1; n >= 0 && out[n].Resource == s.Resource && out[n].Dependency == s.Dependency && out[n].ToS == s.FromS {
			o := &out[n]
			before, now := o.ToS-o.FromS, s.ToS-s.FromS
			o.Used, o.ToS = (o.Used*before+s.Used*now)/(before+now), s.ToS
			continue
		}
		out = append(out, s)
	}
	return out
}

// bottleneck is that of a row; false where nothing is in use to the last.
func bottleneck(r *record.Record, row *record.Row) (Saturated, bool) {
	s := Saturated{FromS: row.At.Seconds(), ToS: endOf(r, row).Seconds()}
	for k := range row.Dependencies {
		if busy := row.Dependencies[k].Busy; busy > s.Used && short(r, row, k) {
			s.Resource, s.Dependency, s.Used = Dependency, r.Config.Dependencies[k].Name, busy
		}
	}
	switch {
	case s.Used > 0:
	case row.CPU >= hot:
		s.Resource, s.Used = CPU, row.CPU
	case row.Workers >= hot:
		s.Resource, s.Used = Workers, row.Workers
	default:
		return s, false
	}
	return s, true
}
