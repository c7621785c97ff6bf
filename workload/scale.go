package workload

import (
	"fmt"
	"math"

	"asgsim/sim/des"
)

// Scale returns d with every value multiplied by factor, which must be positive. Shapes
// that are themselves when scaled stay as quick to draw from.
func Scale(d Dist, factor float64) Dist {
	switch d := d.(type) {
	case Constant:
		return Constant{d.Value * factor}
	case Exponential:
		return Exponential{d.M * factor}
	case Lognormal:
		return Lognormal{d.Mu + math.Log(factor), d.Sigma}
	}
	return scaledDist{d, factor}
}

type scaledDist struct {
	Dist
	factor float64
}

func (s scaledDist) Mean() float64              { return s.factor * s.Dist.Mean() }
func (s scaledDist) Quantile(p float64) float64 { return s.factor * s.Dist.Quantile(p) }
func (s scaledDist) String() string             { return fmt.Sprintf("%g x %v", s.factor, s.Dist) }
func (s scaledDist) sampler() Sampler           { return inverse(s) }

// ScaleCurve returns c with its rate multiplied by factor, 0 or more.
func ScaleCurve(c Curve, factor float64) Curve { return scaledCurve{c, factor} }

type scaledCurve struct {
	Curve
	factor float64
}

func (s scaledCurve) Integral(from, to des.Time) float64 {
	return s.factor * s.Curve.Integral(from, to)
}

// WithSeed returns the curve as drawn from a seed.
func (s scaledCurve) WithSeed(seed uint64) Curve {
	return scaledCurve{WithSeed(s.Curve, seed), s.factor}
}

// Since is that of the curve under the factor.
func (s scaledCurve) Since() des.Time { return Since(s.Curve) }
