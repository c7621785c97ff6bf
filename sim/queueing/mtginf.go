package queueing

import (
	"math"

	"gonum.org/v1/gonum/integrate/quad"
)

// OfferedLoad is the mean number in service at time t when there is always a
// free server: the integral over u > 0 of rate(t-u) times the probability that
// service takes longer than u. horizon bounds u; beyond it that probability must
// be negligible. The number itself is Poisson with this mean.
func OfferedLoad(rate, tail func(float64) float64, t, horizon float64) float64 {
	const parts = 64
	total := 0.0
	for k := range parts {
		lo, hi := horizon*float64(k)/parts, horizon*float64(k+1)/parts
		total += quad.Fixed(func(u float64) float64 { return rate(t-u) * tail(u) }, lo, hi, 16, quad.Legendre{}, 0)
	}
	return total
}

// Sinusoid is the rate mean x (1 + beta sin(2 pi t / period)).
func Sinusoid(mean, beta, period float64) func(float64) float64 {
	return func(t float64) float64 { return mean * (1 + beta*math.Sin(2*math.Pi*t/period)) }
}
