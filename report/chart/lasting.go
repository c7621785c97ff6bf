package chart

import (
	"asgsim/sim/account"
	"asgsim/sim/fault"
)

// lasting is a fault that lasts for a while, of what all instances share.
type lasting struct {
	name     string
	from, to float64 // seconds
	row      int     // from the foot
}

// lastings are those of a run that ends at end, each in the first row that is free.
func lastings(res *account.Result, end float64) []lasting {
	var out []lasting
	var free []float64 // by row, from when on
	for _, x := range res.Faults {
		s, ok := fault.Named(res.Config.Faults, x.Name).(fault.Stretch)
		if !ok || x.Skipped != "" {
			continue
		}
		l := lasting{name: x.Name + ": " + x.Kind, from: x.At.Seconds(), to: end}
		if d := s.About().Lasts; d > 0 {
			l.to = min(l.to, l.from+d.Seconds())
		}
		for l.row < len(free) && free[l.row] > l.from {
			l.row++
		}
		if l.row == len(free) {
			free = append(free, 0)
		}
		free[l.row] = l.to
		out = append(out, l)
	}
	return out
}
