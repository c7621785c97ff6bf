package workload

import (
	"math"

	"asgsim/sim/des"
	"asgsim/sim/rng"
)

// Skip passes over the arrivals before to, of which the next is known already, without
// drawing their instants: n is how many they are, by the exact law of the process given
// what was drawn so far (Poisson of the curve's integral; binomial in a bin that is cut,
// the very count in a whole one), after the first that comes then. From the first that is
// skipped on, chance comes from r alone, so that whoever arrives at one instant by
// whatever way meets the same requests from there on. Nothing happens where none comes
// before to.
func (s *Source) Skip(next, to des.Time, r rng.Stream) (n uint64, after des.Time) {
	if next >= to {
		return 0, next
	}
	s.r = r
	if s.kind == Counts {
		return s.skipBins(to)
	}
	n = 1
	switch s.kind {
	case Poisson:
		n += PoissonCount(s.load.Integral(next, to), &s.r)
	case Regular:
		k := math.Floor(s.load.Integral(next, to) * (1 - 1e-12))
		s.need += k
		n += uint64(k)
		if s.need >= s.cell.mass && !s.cross() {
			return n, des.Never
		}
		if after = s.Next(); after < to { // by rounding
			return n + 1, s.Next()
		}
		return n, after
	default:
		n += s.skipCycles(next, to)
	}
	if to >= s.load.end {
		s.cell, s.need = cell{from: s.load.end, to: s.load.end}, 0
		return n, des.Never
	}
	s.enter(s.load.cellAt(to))
	s.need = s.cell.mass * float64(to-s.cell.from) / float64(s.cell.to-s.cell.from)
	return n, s.Next()
}

// skipCycles counts the arrivals of a bursty source in (from, to), after one at from.
func (s *Source) skipCycles(from, to des.Time) uint64 {
	n, c := uint64(0), &s.cycle
	for {
		if c.to >= to {
			rest := s.load.Integral(to, c.to)
			n += PoissonCount(c.factor*max(0, c.left-rest), &s.r)
			c.left = rest
			return n
		}
		n += PoissonCount(c.factor*c.left, &s.r)
		if c.to >= s.load.end {
			return n
		}
		s.nextCycle()
	}
}

// skipBins counts the arrivals of a trace up to to, one of which was drawn already.
func (s *Source) skipBins(to des.Time) (uint64, des.Time) {
	n := uint64(1)
	for {
		b := &s.bin
		if to < b.To {
			if to > b.From && s.left > 0 {
				beyond := float64(b.To-to) / float64(b.To-b.From)
				if beyond < s.beyond {
					k := BinomialCount(uint64(s.left), 1-beyond/s.beyond, &s.r)
					n, s.left, s.beyond = n+k, s.left-int64(k), beyond
				}
			}
			return n, s.nextOfBin()
		}
		n += uint64(s.left)
		s.left = 0
		var more bool
		if s.bin, more = s.bins.next(); !more {
			s.bin = CountBin{}
			return n, des.Never
		}
		s.left, s.beyond = s.bin.Count, 1
	}
}
