package chart

import (
	"cmp"
	"fmt"
	"slices"

	"asgsim/sim/account"
	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/fault"
)

// lasting is a fault that lasts for a while, of what all instances share.
type lasting struct {
	name     string
	from, to float64 // seconds
	row      int     // from the foot
}

// lastings are those of a run that ends at end, and what ails instances for a while, each
// in the first row that is free.
func lastings(res *account.Result, end float64) []lasting {
	var out []lasting
	for _, x := range res.Faults {
		s, ok := fault.Named(res.Config.Faults, x.Name).(fault.Stretch)
		if !ok || x.Skipped != "" {
			continue
		}
		l := lasting{name: x.Name + ": " + x.Kind, from: x.At.Seconds(), to: end}
		if d := s.About().Lasts; d > 0 {
			l.to = min(l.to, l.from+d.Seconds())
		}
		out = append(out, l)
	}
	out = append(out, ailments(res, end)...)
	for _, s := range asg.Shifts(res.Config.Events, des.Time(des.Seconds(end))) {
		out = append(out, lasting{name: fmt.Sprintf("%s: zone %s shifted away", s.Name, res.Config.Group.Zones[s.Zone]), from: s.From.Seconds(), to: s.To.Seconds()})
	}
	slices.SortStableFunc(out, func(a, b lasting) int { return cmp.Compare(a.from, b.from) })
	var free []float64 // by row, from when on
	for k := range out {
		l := &out[k]
		for l.row < len(free) && free[l.row] > l.from {
			l.row++
		}
		if l.row == len(free) {
			free = append(free, 0)
		}
		free[l.row] = l.to
	}
	return out
}

// ailments are the faults that ailed instances which went on working: from each instant at
// which one struck until the last of its instances is well again or replaced.
func ailments(res *account.Result, end float64) []lasting {
	var out []lasting
	for k := range res.Summary.Incidents {
		i := &res.Summary.Incidents[k]
		f := fault.Named(res.Config.Faults, i.Fault)
		if f == nil || !f.About().Ails {
			continue
		}
		if _, ok := f.(fault.Stretch); ok {
			continue
		}
		l := lasting{name: i.Fault + ": " + i.Kind, from: i.AtS, to: end}
		switch {
		case i.OverS != nil:
			l.to = i.AtS + *i.OverS
		case i.ReplaceS != nil:
			l.to = i.AtS + *i.ReplaceS
		}
		if n := len(out); n > 0 && out[n-1].name == l.name && out[n-1].from == l.from {
			out[n-1].to = max(out[n-1].to, l.to)
			continue
		}
		out = append(out, l)
	}
	return out
}
