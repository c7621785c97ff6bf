package workload

import (
	"errors"
	"fmt"
	"math"
)

// Constant is always Value seconds.
type Constant struct{ Value float64 }

// NewConstant returns the law that is always v seconds.
func NewConstant(v float64) (Constant, error) {
	return Constant{v}, notNegative("a constant", v)
}

// Mean returns the mean in seconds.
func (d Constant) Mean() float64 { return d.Value }

// SCV returns 0.
func (d Constant) SCV() float64 { return 0 }

// Quantile returns the p-quantile in seconds.
func (d Constant) Quantile(float64) float64 { return d.Value }

// String prints the law as the file format writes it.
func (d Constant) String() string { return "{ constant = " + text(d.Value) + " }" }

func (d Constant) sampler() Sampler { return Sampler{kind: drawConstant, a: d.Value} }

// Exponential has its Mean in seconds.
type Exponential struct{ M float64 }

// NewExponential returns the exponential law of the given mean in seconds.
func NewExponential(mean float64) (Exponential, error) {
	return Exponential{mean}, positive("the mean of an exponential", mean)
}

// Mean returns the mean in seconds.
func (d Exponential) Mean() float64 { return d.M }

// SCV returns 1.
func (d Exponential) SCV() float64 { return 1 }

// Quantile returns the p-quantile in seconds.
func (d Exponential) Quantile(p float64) float64 { return -d.M * math.Log1p(-p) }

// String prints the law as the file format writes it.
func (d Exponential) String() string { return "{ exponential = " + text(d.M) + " }" }

func (d Exponential) sampler() Sampler { return Sampler{kind: drawExponential, a: d.M} }

// Uniform lies between Low and High seconds.
type Uniform struct{ Low, High float64 }

// NewUniform returns the uniform law between low and high seconds.
func NewUniform(low, high float64) (Uniform, error) {
	err := firstError(notNegative("the low end of a uniform", low), positive("the high end of a uniform", high))
	if err == nil && low > high {
		err = fmt.Errorf("the low end of a uniform, %v, is above its high end, %v", low, high)
	}
	return Uniform{low, high}, err
}

// Mean returns the mean in seconds.
func (d Uniform) Mean() float64 { return (d.Low + d.High) / 2 }

// SCV returns the squared coefficient of variation.
func (d Uniform) SCV() float64 {
	w, m := d.High-d.Low, d.Mean()
	return w * w / (12 * m * m)
}

// Quantile returns the p-quantile in seconds.
func (d Uniform) Quantile(p float64) float64 { return d.Low + p*(d.High-d.Low) }

// String prints the law as the file format writes it.
func (d Uniform) String() string {
	return "{ low = " + text(d.Low) + ", high = " + text(d.High) + " }"
}

func (d Uniform) sampler() Sampler {
	return Sampler{kind: drawUniform, a: d.Low, b: d.High - d.Low}
}

// Triangular rises from Low to Mode and falls to High, in seconds.
type Triangular struct{ Low, Mode, High float64 }

// NewTriangular returns the triangular law, in seconds.
func NewTriangular(low, mode, high float64) (Triangular, error) {
	err := firstError(notNegative("the low end of a triangular", low), positive("the high end of a triangular", high))
	switch {
	case err != nil:
	case !(low <= mode && mode <= high):
		err = fmt.Errorf("a triangular needs low <= mode <= high, not %v, %v, %v", low, mode, high)
	case low == high:
		err = errors.New("a triangular whose ends are equal is a constant")
	}
	return Triangular{low, mode, high}, err
}

// Mean returns the mean in seconds.
func (d Triangular) Mean() float64 { return (d.Low + d.Mode + d.High) / 3 }

// SCV returns the squared coefficient of variation.
func (d Triangular) SCV() float64 {
	a, b, c := d.Low, d.High, d.Mode
	m := d.Mean()
	return (a*a + b*b + c*c - a*b - a*c - b*c) / (18 * m * m)
}

// Quantile returns the p-quantile in seconds.
func (d Triangular) Quantile(p float64) float64 {
	w := d.High - d.Low
	if p*w < d.Mode-d.Low {
		return d.Low + math.Sqrt(p*w*(d.Mode-d.Low))
	}
	return d.High - math.Sqrt((1-p)*w*(d.High-d.Mode))
}

// String prints the law as the file format writes it.
func (d Triangular) String() string {
	return "{ low = " + text(d.Low) + ", mode = " + text(d.Mode) + ", high = " + text(d.High) + " }"
}

func (d Triangular) sampler() Sampler { return inverse(d) }
