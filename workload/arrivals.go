package workload

import (
	"errors"
	"fmt"

	"asgsim/sim/des"
	"asgsim/sim/rng"
)

// Source yields the arrivals of one load in ascending order, by inverting the
// compiled cumulative exactly. It accumulates in expected requests from the start
// of the current cell, so nothing drifts however long it runs. Draws come from
// the stream arrivals/<load> alone.
type Source struct {
	kind   ArrivalKind
	r      rng.Stream
	need   float64 // expected requests from the cell's start to the last arrival
	cell   cell
	scale  float64 // nanoseconds per expected request in the cell
	load   *Compiled
	cycle  cycle
	bins   counted
	bin    CountBin
	left   int64   // requests of the bin still to come
	beyond float64 // 1 - the position of the last arrival in its bin
}

// Check reports what makes the load impossible to draw.
func (l *Load) Check() error {
	if l.Curve == nil {
		return fmt.Errorf("load %q has no curve", l.Name)
	}
	switch l.Arrivals.Kind {
	case Poisson, Regular:
	case Bursty:
		if !(l.Arrivals.IDC > 1) {
			return fmt.Errorf("load %q: the idc of bursty arrivals must be above 1 (1 is poisson), not %v", l.Name, l.Arrivals.IDC)
		}
		if l.Arrivals.Burst <= 0 {
			return fmt.Errorf("load %q: bursty arrivals need the length of a burst", l.Name)
		}
	case Counts:
		if _, ok := l.Curve.(Binned); !ok && !l.Curve.Flat() {
			return fmt.Errorf("load %q: exact counts need a trace of counts", l.Name)
		}
	default:
		return errors.New("unknown arrival process")
	}
	return nil
}

// NewSource returns the arrivals of load l, whose curve is compiled in c, under
// seed. The load must pass Check.
func NewSource(seed uint64, l *Load, c *Compiled) Source {
	s := Source{kind: l.Arrivals.Kind, r: rng.New(seed, "arrivals/"+l.Name), load: c}
	switch {
	case s.kind == Counts:
		s.bins = newCounted(c)
	case c.end > 0:
		s.enter(c.cellAt(0))
		s.cycle = cycle{idc: l.Arrivals.IDC, mean: l.Arrivals.Burst}
	default:
		s.cell = cell{}
	}
	return s
}

// Next returns the instant of the next arrival, des.Never once the curve is done.
// A poisson gap is a unit exponential in expected requests; regular arrivals come
// when the cumulative reaches 1, 2, 3...
func (s *Source) Next() des.Time {
	switch s.kind {
	case Poisson:
		gap, sure := s.r.MostExp()
		if !sure {
			gap = s.r.RestExp()
		}
		s.need += gap
	case Regular:
		s.need++
	case Bursty:
		if s.cell.from >= s.load.end {
			return des.Never
		}
		s.need += s.burstGap()
	default:
		return s.nextOfBin()
	}
	if s.need >= s.cell.mass {
		if !s.cross() {
			return des.Never
		}
	}
	if s.kind == Regular {
		// To the nearest nanosecond, by one division: the third of three a second
		// comes at 1 s, not a nanosecond before.
		return s.cell.from + des.Time(s.need/s.cell.mass*float64(s.cell.to-s.cell.from)+0.5)
	}
	return s.cell.from + des.Time(s.need*s.scale)
}

// enter makes c the current cell.
func (s *Source) enter(c cell) {
	s.cell = c
	s.scale = 0
	if c.mass > 0 {
		s.scale = float64(c.to-c.from) / c.mass
	}
}

// cross moves to the cell in which the arrival falls and reports whether there is
// one.
func (s *Source) cross() bool {
	for s.need >= s.cell.mass {
		s.need -= s.cell.mass
		t := s.cell.to
		if t >= s.load.end {
			s.cell, s.need = cell{from: s.load.end, to: s.load.end}, 0
			return false
		}
		s.enter(s.load.cellAt(s.skip(t)))
	}
	return true
}

// skip passes over whole hours in which the arrival does not fall, so that a
// quiet night or an hour of nothing costs one look.
func (s *Source) skip(t des.Time) des.Time {
	if s.load.step == des.Hour {
		return t
	}
	const hour = des.Time(des.Hour)
	for t%hour == 0 && t+hour < s.load.end {
		mass := s.load.curve.Integral(t, t+hour)
		if mass >= s.need {
			break
		}
		s.need -= mass
		t += hour
	}
	return t
}
