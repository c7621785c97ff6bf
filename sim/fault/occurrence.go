package fault

import (
	"asgsim/sim/des"
	"asgsim/sim/rng"
)

// Occurrence is one time at which a fault hits.
type Occurrence struct {
	At       des.Time
	N        int  // of the fault's, from 0
	Scripted bool // by at or every; else by chance
}

// leastGap keeps random occurrences apart.
const leastGap = des.Second

// occurrences are those of a plan before end, ascending: scripted, then by chance.
func (p *Plan) occurrences(seed uint64, end des.Time) []Occurrence {
	var out []Occurrence
	last := des.Time(0)
	for _, at := range p.At {
		last = at
		if at < end {
			out = append(out, Occurrence{at, len(out), true})
		}
	}
	if p.Every > 0 {
		for at := last.Add(p.Every); at < end; at = at.Add(p.Every) {
			out = append(out, Occurrence{at, len(out), true})
		}
	}
	if p.Gap == nil {
		return out
	}
	for at := last; ; {
		s := rng.Key(seed, rng.Purpose("fault/"+p.Name+"/gap"), uint64(len(out)))
		gap := p.Gap.Quantile(s.Open())
		if gap > end.Sub(at).Seconds() {
			return out
		}
		if at = at.Add(max(leastGap, des.Seconds(gap))); at >= end {
			return out
		}
		out = append(out, Occurrence{at, len(out), false})
		at = at.Add(p.Lasts)
	}
}
