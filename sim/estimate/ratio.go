package estimate

import "math"

// Fraction is one replication's contribution to a ratio of sums: good requests
// over finished ones, dollars over millions of requests.
type Fraction struct{ Num, Den float64 }

func pooled(x []Fraction, skip int) float64 {
	var num, den float64
	for i, f := range x {
		if i != skip {
			num, den = num+f.Num, den+f.Den
		}
	}
	return num / den
}

// Ratio estimates sum(Num) / sum(Den) by the jackknife over replications, which
// removes the bias of order 1/n that the mean of ratios has.
func Ratio(x []Fraction, alpha float64) Interval {
	return jackknife(len(x), alpha, 0, func(skip int) float64 { return pooled(x, skip) })
}

// RatioDifference estimates the difference of two ratios, b - a, paired by
// replication.
func RatioDifference(a, b []Fraction, alpha float64) Interval {
	n := min(len(a), len(b))
	scale := max(math.Abs(pooled(a[:n], -1)), math.Abs(pooled(b[:n], -1)))
	return jackknife(n, alpha, scale, func(skip int) float64 { return pooled(b[:n], skip) - pooled(a[:n], skip) })
}

// jackknife estimates a statistic from its values with each replication left out
// in turn; without(-1) is the statistic of all, and scale the size of what it is the
// difference of, 0 for none.
func jackknife(n int, alpha, scale float64, without func(skip int) float64) Interval {
	all := without(-1)
	if n < 2 || math.IsNaN(all) {
		return nothing(all, n)
	}
	pseudo := make([]float64, n)
	for i := range pseudo {
		pseudo[i] = float64(n)*all - float64(n-1)*without(i)
	}
	i := meanOf(pseudo, float64(n)*scale, alpha)
	if i.Exact {
		if math.Abs(all) <= lastBits*scale {
			all = 0
		}
		i.Value, i.Lo, i.Hi = all, all, all
	}
	return i
}
