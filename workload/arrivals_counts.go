package workload

import (
	"math"

	"asgsim/sim/des"
)

// CountBin is a stretch [From, To) of a trace with the number of requests in it.
type CountBin struct {
	From, To des.Time
	Count    int64
}

// Binned is a curve that knows exact counts. Bins ascend and do not overlap; what
// lies between them is empty. A curve that is flat in its stretches and does not
// implement Binned has these for bins, its counts rounded cumulatively so that nothing
// is lost.
type Binned interface {
	CountBins(end des.Time) []CountBin
}

// counted yields the bins of a curve, which is Binned or flat, one after the other.
type counted struct {
	load  *Compiled
	known []CountBin // of a Binned curve, those to come
	from  des.Time   // of a flat one, where the next bin begins
	sum   float64    // expected before it
}

func newCounted(c *Compiled) counted {
	if b, ok := c.curve.(Binned); ok {
		return counted{load: c, known: b.CountBins(c.end), from: c.end}
	}
	return counted{load: c}
}

// next returns the next bin and whether there is one.
func (b *counted) next() (CountBin, bool) {
	if len(b.known) > 0 {
		bin := b.known[0]
		b.known = b.known[1:]
		return bin, true
	}
	if b.from >= b.load.end {
		return CountBin{}, false
	}
	from := b.from
	_, to := b.load.curve.Stretch(from)
	b.from = min(to, b.load.end)
	before := math.Round(b.sum)
	b.sum += b.load.curve.Integral(from, b.from)
	return CountBin{from, b.from, int64(math.Round(b.sum) - before)}, true
}

// nextOfBin returns the next of the bin's requests, which are uniform in it: the
// smallest of r uniforms on (x, 1) leaves a share U^(1/r) = exp(-E/r) of 1 - x
// beyond it, so they come sorted without being kept.
func (s *Source) nextOfBin() des.Time {
	for s.left == 0 {
		var more bool
		if s.bin, more = s.bins.next(); !more {
			return des.Never
		}
		s.left, s.beyond = s.bin.Count, 1
	}
	b := &s.bin
	s.beyond *= math.Exp(-s.r.Exp() / float64(s.left))
	s.left--
	return b.From + min(des.Time((1-s.beyond)*float64(b.To-b.From)), b.To-b.From-1)
}
