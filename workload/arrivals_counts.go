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
// lies between them is empty. A curve that is flat between its kinks and does not
// implement Binned has its kinks for bins, its counts rounded cumulatively so that
// nothing is lost.
type Binned interface {
	CountBins(end des.Time) []CountBin
}

// countBins returns the bins of c's curve, which is Binned or flat.
func (c *Compiled) countBins() []CountBin {
	if b, ok := c.curve.(Binned); ok {
		return b.CountBins(c.end)
	}
	bins := make([]CountBin, 0, len(c.kinks)+1)
	cum, from := 0.0, des.Time(0)
	for i := range len(c.kinks) + 1 {
		to := c.end
		if i < len(c.kinks) {
			to = c.kinks[i]
		}
		before := math.Round(cum)
		cum += c.curve.Integral(from, to)
		bins = append(bins, CountBin{from, to, int64(math.Round(cum) - before)})
		from = to
	}
	return bins
}

// nextOfBin returns the next of the bin's requests, which are uniform in it: the
// smallest of r uniforms on (x, 1) leaves a share U^(1/r) = exp(-E/r) of 1 - x
// beyond it, so they come sorted without being kept.
func (s *Source) nextOfBin() des.Time {
	for s.left == 0 {
		s.bin++
		if s.bin >= len(s.bins) {
			s.bin = len(s.bins)
			return des.Never
		}
		s.left, s.beyond = s.bins[s.bin].Count, 1
	}
	b := &s.bins[s.bin]
	s.beyond *= math.Exp(-s.r.Exp() / float64(s.left))
	s.left--
	return b.From + min(des.Time((1-s.beyond)*float64(b.To-b.From)), b.To-b.From-1)
}
