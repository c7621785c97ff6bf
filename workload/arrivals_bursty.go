package workload

import (
	"asgsim/sim/des"
)

// cycle is one burst cycle of a bursty source.
//
// The load is cut into cycles of exponential length (mean Burst). In each, the
// rate is multiplied by a gamma variate of mean 1 and variance (IDC-1)/m, where m
// is the expected number of requests in the cycle; inside it arrivals are
// Poisson. So a cycle's count has mean m and variance m + m^2 (IDC-1)/m = IDC x m,
// cycles are independent, and the index of dispersion for counts over windows of
// many cycles is IDC at any rate, however the rate moves: the index is defined in
// operational time.
type cycle struct {
	idc    float64
	mean   des.Duration
	to     des.Time
	left   float64 // expected requests from the last arrival to the cycle's end
	factor float64
}

// burstGap returns the gap to the next arrival in expected requests.
func (s *Source) burstGap() float64 {
	e := s.r.Exp()
	gap := 0.0
	c := &s.cycle
	for {
		if c.factor*c.left > e {
			d := e / c.factor
			c.left -= d
			return gap + d
		}
		e -= c.factor * c.left
		gap += c.left
		if c.to >= s.load.end {
			// Beyond the end: any gap that leaves the last cell will do.
			return gap + 1 + s.cell.mass
		}
		s.nextCycle()
	}
}

// nextCycle begins the cycle after the present one.
func (s *Source) nextCycle() {
	c := &s.cycle
	from := c.to
	c.to = from.Add(1 + des.Duration(float64(c.mean)*s.r.Exp()))
	c.left = s.load.Integral(from, c.to)
	c.factor = 0
	if c.left > 0 {
		shape := c.left / (c.idc - 1)
		c.factor = gamma(&s.r, shape) / shape
	}
}
