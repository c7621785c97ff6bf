package estimate

import (
	"math"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Interval is an estimate with its confidence interval. With one replication, or
// none, Lo and Hi are infinite: nothing is claimed.
type Interval struct {
	Value, Lo, Hi float64
	N             int // replications behind it
	// Exact says that every replication gave the same value: there is no chance in
	// it, and Lo = Value = Hi.
	Exact bool
	// Weak says that the sample is too small for what the figure is: the interval may
	// well miss more often than it says. Few replications carry it, or it is about rare
	// events that the sample may not hold.
	Weak bool
}

// Half is half the width of the interval.
func (i Interval) Half() float64 { return (i.Hi - i.Lo) / 2 }

// Holds reports whether v lies inside.
func (i Interval) Holds(v float64) bool { return i.Lo <= v && v <= i.Hi }

// nothing is the interval of too small a sample.
func nothing(value float64, n int) Interval {
	return Interval{Value: value, Lo: math.Inf(-1), Hi: math.Inf(1), N: n}
}

// Single is what one replication says: a value, and nothing about chance.
func Single(v float64) Interval { return nothing(v, 1) }

// around is a symmetric t interval: value +- t(alpha, n-1) times the standard error.
func around(value, standardError, alpha float64, n int) Interval {
	if standardError == 0 {
		return Interval{Value: value, Lo: value, Hi: value, N: n, Exact: true}
	}
	half := studentT(alpha, n-1) * standardError
	return Interval{Value: value, Lo: value - half, Hi: value + half, N: n}
}

// Critical is how many standard errors an interval of a mean of n values has on either
// side; alpha is the chance of a miss.
func Critical(alpha float64, n int) float64 { return studentT(alpha, n-1) }

// studentT is the two-sided critical value of Student's t with nu degrees of
// freedom.
func studentT(alpha float64, nu int) float64 {
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(nu)}.Quantile(1 - alpha/2)
}

// Mean estimates the mean of a sample; alpha is the chance of a miss (0.05 for
// 95 %).
func Mean(x []float64, alpha float64) Interval { return meanOf(x, 0, alpha) }

// lastBits is the share of a value in which rounding may make two of them differ.
const lastBits = 1e-13

// meanOf is Mean of values that were computed from others as large as scale: where they
// differ in the last bits of those only, they are the same value.
func meanOf(x []float64, scale, alpha float64) Interval {
	n := len(x)
	if n == 0 {
		return nothing(math.NaN(), 0)
	}
	if n == 1 {
		return nothing(x[0], 1)
	}
	mean, variance := stat.MeanVariance(x, nil)
	if math.Sqrt(variance) <= lastBits*max(math.Abs(mean), scale) {
		variance = 0
	}
	if math.Abs(mean) <= lastBits*scale {
		mean = 0
	}
	return around(mean, math.Sqrt(variance/float64(n)), alpha, n)
}

// Difference estimates the mean of b - a for samples paired by replication.
func Difference(a, b []float64, alpha float64) Interval {
	d, scale := differences(a, b)
	return meanOf(d, scale, alpha)
}

// differences are b - a by replication, and the largest value that they were made of.
func differences(a, b []float64) (d []float64, scale float64) {
	d = make([]float64, min(len(a), len(b)))
	for i := range d {
		d[i] = b[i] - a[i]
		scale = max(scale, math.Abs(a[i]), math.Abs(b[i]))
	}
	return d, scale
}

// PairingGain is how many independent replications one paired replication is
// worth: the variance of the difference if the two were drawn independently, over
// that of the paired difference. 1 where pairing does nothing; +Inf where the
// paired difference has no variance at all, beyond that of rounding.
func PairingGain(a, b []float64) float64 {
	n := min(len(a), len(b))
	if n < 3 {
		return math.NaN()
	}
	d, scale := differences(a, b)
	apart := stat.Variance(a[:n], nil) + stat.Variance(b[:n], nil)
	paired := stat.Variance(d, nil)
	if nothing := lastBits * lastBits * scale * scale; paired <= nothing {
		if apart <= nothing {
			return 1
		}
		return math.Inf(1)
	}
	return apart / paired
}
