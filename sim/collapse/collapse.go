// Package collapse finds in the record of a run the ways in which overload feeds on
// itself: death spirals, retry storms and metastable states; and what was the bottleneck:
// a dependency at its limit. It is a pure function of the
// record; words and remedies are for those who tell.
//
// Open collapse.go first.
package collapse

import (
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// Findings is what a run shows of them.
type Findings struct {
	Spirals []Spiral `json:"death_spirals"`
	Storms  []Storm  `json:"retry_storms"`
	Stuck   []Stuck  `json:"metastable"`
	Limits  []Limit  `json:"dependency_limits,omitempty"`
}

// Find looks for them in the rows of a record's window, which say what became of requests;
// peak is the highest second of the load between two instants. nil where there are none.
func Find(r *record.Record, rows []record.Row, peak func(from, to des.Time) float64) *Findings {
	f := &Findings{Spirals: spirals(r, rows), Storms: storms(r, rows), Limits: limits(r, rows)}
	f.Stuck = metastable(&course{r, rows, f.Spirals, peak})
	if len(f.Spirals)+len(f.Storms)+len(f.Stuck)+len(f.Limits) == 0 {
		return nil
	}
	return f
}

// StuckAt is the metastable state in which an instant lies; nil for none.
func (f *Findings) StuckAt(at des.Time) *Stuck {
	for k := range f.stuck() {
		if s := &f.Stuck[k]; within(at, s.FromS, s.ToS) {
			return s
		}
	}
	return nil
}

// StormAt is the retry storm in which an instant lies; nil for none.
func (f *Findings) StormAt(at des.Time) *Storm {
	for k := range f.storms() {
		if s := &f.Storms[k]; within(at, s.FromS, s.ToS) {
			return s
		}
	}
	return nil
}

// SpiralOver is the death spiral that was under way between two instants and took what
// would have been enough, where so many are needed; nil for none.
func (f *Findings) SpiralOver(from, to des.Time, needed int) *Spiral {
	for k := range f.spirals() {
		if s := &f.Spirals[k]; to.Seconds() > s.FromS && from.Seconds() < s.ToS && needed <= s.Before {
			return s
		}
	}
	return nil
}

func (f *Findings) stuck() []Stuck {
	if f == nil {
		return nil
	}
	return f.Stuck
}

func (f *Findings) storms() []Storm {
	if f == nil {
		return nil
	}
	return f.Storms
}

func (f *Findings) spirals() []Spiral {
	if f == nil {
		return nil
	}
	return f.Spirals
}

// LimitOver is the limit in which half or more of the time between two instants lies; nil
// for none.
func (f *Findings) LimitOver(from, to des.Time) *Limit {
	if f == nil {
		return nil
	}
	for k := range f.Limits {
		l := &f.Limits[k]
		if both := min(to.Seconds(), l.ToS) - max(from.Seconds(), l.FromS); both > 0 && 2*both >= to.Sub(from).Seconds() {
			return l
		}
	}
	return nil
}

// LimitAt is the limit in which an instant lies; nil for none.
func (f *Findings) LimitAt(at des.Time) *Limit {
	if f == nil {
		return nil
	}
	for k := range f.Limits {
		if l := &f.Limits[k]; within(at, l.FromS, l.ToS) {
			return l
		}
	}
	return nil
}
