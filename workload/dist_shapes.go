package workload

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Lognormal is exp of a normal with mean Mu and standard deviation Sigma.
type Lognormal struct{ Mu, Sigma float64 }

// NewLognormal returns the lognormal with the given median and p-quantile, in
// seconds, p above 0.5: NewLognormal(0.016, 0.95, 0.060).
func NewLognormal(median, p, quantile float64) (Lognormal, error) {
	if err := firstError(positive("the median of a lognormal", median), positive("the percentile of a lognormal", quantile)); err != nil {
		return Lognormal{}, err
	}
	if !(p > 0.5 && p < 1) {
		return Lognormal{}, fmt.Errorf("a lognormal is given by its median and a percentile above it, not p%v", 100*p)
	}
	if quantile <= median {
		return Lognormal{}, fmt.Errorf("the p%v of a lognormal, %v s, must be above its median, %v s", 100*p, quantile, median)
	}
	return Lognormal{math.Log(median), math.Log(quantile/median) / distuv.UnitNormal.Quantile(p)}, nil
}

// NewLognormalMean returns the lognormal with the given mean in seconds and
// coefficient of variation.
func NewLognormalMean(mean, cv float64) (Lognormal, error) {
	if err := firstError(positive("the mean of a lognormal", mean), positive("the cv of a lognormal", cv)); err != nil {
		return Lognormal{}, err
	}
	v := math.Log1p(cv * cv)
	return Lognormal{math.Log(mean) - v/2, math.Sqrt(v)}, nil
}

// Mean returns the mean in seconds.
func (d Lognormal) Mean() float64 { return math.Exp(d.Mu + d.Sigma*d.Sigma/2) }

// SCV returns the squared coefficient of variation.
func (d Lognormal) SCV() float64 { return math.Expm1(d.Sigma * d.Sigma) }

// Quantile returns the p-quantile in seconds.
func (d Lognormal) Quantile(p float64) float64 {
	return math.Exp(d.Mu + d.Sigma*distuv.UnitNormal.Quantile(p))
}

// String prints the law as the file format writes it.
func (d Lognormal) String() string {
	return "{ median = " + text(math.Exp(d.Mu)) + ", p95 = " + text(d.Quantile(0.95)) + " }"
}

func (d Lognormal) sampler() Sampler { return Sampler{kind: drawLognormal, a: d.Mu, b: d.Sigma} }

// Gamma has a mean in seconds and a coefficient of variation; Erlang-k is the
// gamma with CV = 1/sqrt(k).
type Gamma struct{ M, CV float64 }

// NewGamma returns the gamma law with the given mean in seconds and coefficient
// of variation.
func NewGamma(mean, cv float64) (Gamma, error) {
	err := firstError(positive("the mean of a gamma", mean), positive("the cv of a gamma", cv))
	if err == nil && cv > 100 {
		err = fmt.Errorf("the cv of a gamma must be at most 100, not %v", cv)
	}
	return Gamma{mean, cv}, err
}

// Mean returns the mean in seconds.
func (d Gamma) Mean() float64 { return d.M }

// SCV returns the squared coefficient of variation.
func (d Gamma) SCV() float64 { return d.CV * d.CV }

// Quantile returns the p-quantile in seconds.
func (d Gamma) Quantile(p float64) float64 {
	shape := 1 / d.SCV()
	return distuv.Gamma{Alpha: shape, Beta: shape / d.M}.Quantile(p)
}

// String prints the law as the file format writes it.
func (d Gamma) String() string {
	return fmt.Sprintf("{ gamma = { mean = %s, cv = %.4g } }", text(d.M), d.CV)
}

func (d Gamma) sampler() Sampler {
	shape := 1 / d.SCV()
	return Sampler{kind: drawGamma, a: shape, b: d.M / shape}
}

// Weibull is Scale x E^(1/Shape) seconds for a unit exponential E. Shape below 1
// means infant mortality, above 1 wear.
type Weibull struct{ Scale, Shape float64 }

// NewWeibull returns the Weibull law with the given scale in seconds.
func NewWeibull(scale, shape float64) (Weibull, error) {
	err := firstError(positive("the scale of a weibull", scale), positive("the shape of a weibull", shape))
	if err == nil && (shape < 0.05 || shape > 1000) {
		err = fmt.Errorf("the shape of a weibull must be 0.05 to 1000, not %v", shape)
	}
	return Weibull{scale, shape}, err
}

// NewWeibullMean returns the Weibull law with the given mean in seconds.
func NewWeibullMean(mean, shape float64) (Weibull, error) {
	if err := positive("the mean of a weibull", mean); err != nil {
		return Weibull{}, err
	}
	if _, err := NewWeibull(mean, shape); err != nil {
		return Weibull{}, err
	}
	return NewWeibull(mean/math.Gamma(1+1/shape), shape)
}

// Mean returns the mean in seconds.
func (d Weibull) Mean() float64 { return d.Scale * math.Gamma(1+1/d.Shape) }

// SCV returns the squared coefficient of variation.
func (d Weibull) SCV() float64 {
	g := math.Gamma(1 + 1/d.Shape)
	return math.Gamma(1+2/d.Shape)/(g*g) - 1
}

// Quantile returns the p-quantile in seconds.
func (d Weibull) Quantile(p float64) float64 {
	return d.Scale * math.Pow(-math.Log1p(-p), 1/d.Shape)
}

// String prints the law as the file format writes it.
func (d Weibull) String() string {
	return fmt.Sprintf("{ weibull = { mean = %s, shape = %.4g } }", text(d.Mean()), d.Shape)
}

func (d Weibull) sampler() Sampler {
	return Sampler{kind: drawWeibull, a: d.Scale, b: 1 / d.Shape}
}

// BoundedPareto falls as x^-(Alpha+1) between Low and High seconds. The bound is
// what keeps its mean honest: an unbounded Pareto with Alpha <= 2 has no variance.
type BoundedPareto struct{ Low, High, Alpha float64 }

// NewBoundedPareto returns the Pareto law between low and high seconds.
func NewBoundedPareto(low, high, alpha float64) (BoundedPareto, error) {
	err := firstError(positive("the low end of a pareto", low), positive("the high end of a pareto", high), positive("the alpha of a pareto", alpha))
	if err == nil && low >= high {
		err = fmt.Errorf("the low end of a pareto, %v, must be below its high end, %v", low, high)
	}
	return BoundedPareto{low, high, alpha}, err
}

// moment returns E[X^k].
func (d BoundedPareto) moment(k float64) float64 {
	c := d.Alpha * math.Pow(d.Low, d.Alpha) / (1 - math.Pow(d.Low/d.High, d.Alpha))
	if e := k - d.Alpha; math.Abs(e) > 1e-9 {
		return c * (math.Pow(d.High, e) - math.Pow(d.Low, e)) / e
	}
	return c * math.Log(d.High/d.Low)
}

// Mean returns the mean in seconds.
func (d BoundedPareto) Mean() float64 { return d.moment(1) }

// SCV returns the squared coefficient of variation.
func (d BoundedPareto) SCV() float64 {
	m := d.moment(1)
	return d.moment(2)/(m*m) - 1
}

// Quantile returns the p-quantile in seconds.
func (d BoundedPareto) Quantile(p float64) float64 {
	cut := 1 - math.Pow(d.Low/d.High, d.Alpha)
	return math.Min(d.Low*math.Pow(1-p*cut, -1/d.Alpha), d.High)
}

// String prints the law as the file format writes it.
func (d BoundedPareto) String() string {
	return fmt.Sprintf("{ pareto = { low = %s, high = %s, alpha = %.4g } }", text(d.Low), text(d.High), d.Alpha)
}

func (d BoundedPareto) sampler() Sampler {
	return Sampler{kind: drawPareto, a: d.Low, b: 1 - math.Pow(d.Low/d.High, d.Alpha), c: -1 / d.Alpha}
}
