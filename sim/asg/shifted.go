package asg

import (
	"cmp"
	"slices"

	"asgsim/sim/des"
)

// Shifted is a stretch in which traffic is shifted away from a zone.
type Shifted struct {
	Name     string
	Zone     int
	From, To des.Time
}

// Shifts are those of the events of a run until end, without those that are refused.
func Shifts(events []Event, end des.Time) []Shifted {
	var out []Shifted
	for i := range events {
		e := &events[i]
		if e.Kind != EventZonalShift {
			continue
		}
		for _, at := range e.At {
			if at < end {
				out = append(out, Shifted{e.Name, e.Zones[0], at, min(end, at.Add(e.Lasts))})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Shifted) int { return cmp.Compare(a.From, b.From) })
	kept := out[:0]
	for _, s := range out {
		if n := len(kept); n == 0 || kept[n-1].To <= s.From {
			kept = append(kept, s)
		}
	}
	return kept
}
