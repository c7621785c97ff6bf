package workload

import (
	"math"

	"asgsim/sim/rng"
)

// drawKind names the way a Sampler draws.
type drawKind uint8

const (
	drawConstant drawKind = iota
	drawExponential
	drawLognormal
	drawUniform
	drawGamma
	drawWeibull
	drawPareto
	drawEmpirical
	drawInverse
)

// Sampler draws from a distribution in the hot loop, without an interface call
// for the common laws and without allocation.
type Sampler struct {
	kind    drawKind
	a, b, c float64
	table   *Empirical
	dist    Dist
}

// NewSampler returns the hot-loop form of d. A nil d is the constant 0.
func NewSampler(d Dist) Sampler {
	if d == nil {
		return Sampler{kind: drawConstant}
	}
	return d.sampler()
}

// inverse draws by inversion, one uniform a variate.
func inverse(d Dist) Sampler { return Sampler{kind: drawInverse, dist: d} }

// Constant returns the value of a constant law and whether the law is one.
func (s *Sampler) Constant() (float64, bool) { return s.a, s.kind == drawConstant }

// Draw returns one variate in seconds.
func (s *Sampler) Draw(r *rng.Stream) float64 {
	switch s.kind {
	case drawExponential:
		return s.a * r.Exp()
	case drawConstant:
		return s.a
	case drawLognormal:
		return math.Exp(s.a + s.b*r.Norm())
	case drawEmpirical:
		return s.table.Quantile(r.Float64())
	case drawUniform:
		return s.a + s.b*r.Float64()
	case drawGamma:
		return s.b * gamma(r, s.a)
	case drawWeibull:
		return s.a * math.Pow(r.Exp(), s.b)
	case drawPareto:
		return s.a * math.Pow(1-s.b*r.Float64(), s.c)
	default:
		return s.dist.Quantile(r.Open())
	}
}

// gamma draws from the gamma law of the given shape and scale 1: Marsaglia and
// Tsang, "A Simple Method for Generating Gamma Variables", ACM TOMS 26(3), 2000.
func gamma(r *rng.Stream, shape float64) float64 {
	boost := 1.0
	if shape < 1 {
		boost = math.Exp(-r.Exp() / shape)
		shape++
	}
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := r.Norm()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v = v * v * v
		u := r.Open()
		if u < 1-0.0331*x*x*x*x || math.Log(u) < 0.5*x*x+d*(1-v+math.Log(v)) {
			return boost * d * v
		}
	}
}
