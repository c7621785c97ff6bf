package workload

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"asgsim/sim/rng"
)

// PoissonCount draws from the Poisson law of a mean; 0 where that is 0.
func PoissonCount(mean float64, r *rng.Stream) uint64 {
	if !(mean > 0) {
		return 0
	}
	return uint64(distuv.Poisson{Lambda: mean, Src: r}.Rand())
}

// BinomialCount draws how many of n succeed, each with probability p.
func BinomialCount(n uint64, p float64, r *rng.Stream) uint64 {
	switch {
	case n == 0 || !(p > 0):
		return 0
	case p >= 1:
		return n
	}
	return min(n, uint64(distuv.Binomial{N: float64(n), P: p, Src: r}.Rand()))
}

// SumOf draws the sum of n values of which each has a mean and a squared coefficient of
// variation: a gamma variate with the mean and the variance that the sum has. With so
// many values as a stretch of a run has it is as good as normal, and never negative.
func SumOf(n uint64, mean, scv float64, r *rng.Stream) float64 {
	sum := float64(n) * mean
	if sum == 0 || !(scv > 0) || math.IsInf(scv, 1) {
		return sum
	}
	shape := float64(n) / scv
	return sum / shape * gamma(r, shape)
}
