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
	drawResampled
	drawInverse
)

// Sampler draws from a distribution in the hot loop, without an interface call
// for the common laws and without allocation.
type Sampler struct {
	kind    drawKind
	a, b, c float64
	table   *Empirical
	sample  []float64
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
		x, sure := r.MostExp()
		if !sure {
			x = r.RestExp()
		}
		return s.a * x
	case drawConstant:
		return s.a
	case drawLognormal:
		return exp(s.a + s.b*r.Norm())
	case drawEmpirical:
		return s.table.Quantile(r.Float64())
	case drawResampled:
		return s.sample[r.IntN(len(s.sample))]
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

// expCells is the number of cells an octave in the table of exp.
const expCells = 128

var expTable = func() (t [expCells]float64) {
	for k := range t {
		t[k] = math.Exp2(float64(k) / expCells)
	}
	return t
}()

// exp is math.Exp to within 2e-15, relative, in a third of its time: a lognormal
// draw is mostly this. x = k ln 2/128 + r, and a polynomial of degree 4 for the r
// that is left, at most 0.0028 (P. T. P. Tang, "Table-Driven Implementation of the
// Exponential Function", ACM TOMS 15(2), 1989).
func exp(x float64) float64 {
	if !(x > -700 && x < 700) {
		return math.Exp(x)
	}
	const (
		round = 0x1.8p52 // adding it leaves an integer in the low bits
		high  = 0x1.62e42fefp-8
		low   = math.Ln2/expCells - high
	)
	n := x*(expCells/math.Ln2) + round
	k := int32(math.Float64bits(n))
	n -= round
	r := x - n*high - n*low
	t := expTable[k&(expCells-1)]
	t += t * (r + r*r*(1.0/2+r*(1.0/6+r*(1.0/24))))
	return t * math.Float64frombits(uint64(k>>7+1023)<<52)
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
