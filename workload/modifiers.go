package workload

import (
	"math"

	"asgsim/sim/des"
	"asgsim/sim/rng"
)

// Growth returns c growing by share (0.02: 2 %) a period, compound, in steps of
// an hour: each hour has the factor of its middle. Negative shares above -1
// shrink.
func Growth(c Curve, share float64, period des.Duration) Curve {
	return &stepped{c, des.Hour, growth{share, period}}
}

// Noise returns c multiplied, in each step, by an independent lognormal factor
// of mean 1 and coefficient of variation cv. Draws are keyed by (seed, the
// load's name, step): they disturb no other stream. A run draws them anew from
// its own seed ([WithSeed]).
func Noise(c Curve, cv float64, step des.Duration, seed uint64, load string) Curve {
	return &stepped{c, step, noise{sigma2: math.Log1p(cv * cv), seed: seed, purpose: rng.Purpose("noise/" + load)}}
}

// modifier is a factor that is constant in every step of the clock.
type modifier interface {
	factor(k int64) float64
	withSeed(seed uint64) modifier
}

type growth struct {
	share  float64
	period des.Duration
}

func (g growth) factor(k int64) float64 {
	return math.Pow(1+g.share, (float64(k)+0.5)*des.Hour.Seconds()/g.period.Seconds())
}

func (g growth) withSeed(uint64) modifier { return g }

type noise struct {
	sigma2        float64 // of the logarithm
	seed, purpose uint64
}

func (n noise) factor(k int64) float64 {
	s := rng.Key(n.seed, n.purpose, uint64(k))
	return math.Exp(math.Sqrt(n.sigma2)*s.Norm() - n.sigma2/2)
}

func (n noise) withSeed(seed uint64) modifier {
	n.seed = seed
	return n
}

// stepped multiplies a curve by a factor a step.
type stepped struct {
	inner Curve
	step  des.Duration
	by    modifier
}

// WithSeed returns the curve as drawn from a seed.
func (s *stepped) WithSeed(seed uint64) Curve {
	return &stepped{WithSeed(s.inner, seed), s.step, s.by.withSeed(seed)}
}

// Since is that of the curve under the factor.
func (s *stepped) Since() des.Time { return Since(s.inner) }

// Integral returns the expected number of requests in [from, to).
func (s *stepped) Integral(from, to des.Time) float64 {
	var total float64
	for from < to {
		k := s.at(from)
		next := min(des.Time(k+1)*des.Time(s.step), to)
		total += s.by.factor(k) * s.inner.Integral(from, next)
		from = next
	}
	return total
}

// Stretch returns what lies in the curve's own stretch and in a step.
func (s *stepped) Stretch(t des.Time) (from, to des.Time) {
	from, to = s.inner.Stretch(t)
	k := des.Time(s.at(t)) * des.Time(s.step)
	return max(from, k), min(to, k.Add(s.step))
}

// at returns the step that holds t.
func (s *stepped) at(t des.Time) int64 {
	k := int64(t) / int64(s.step)
	if t < 0 && int64(t)%int64(s.step) != 0 {
		k--
	}
	return k
}

// Flat reports whether the curve under the factor is flat.
func (s *stepped) Flat() bool { return s.inner.Flat() }
