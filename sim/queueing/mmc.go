package queueing

import "math"

// MMC is the queue with Poisson arrivals, exponential service and C servers,
// first come first served.
type MMC struct {
	Lambda, Mu float64
	C          int
}

// Rho is the utilization.
func (q MMC) Rho() float64 { return q.Lambda / (float64(q.C) * q.Mu) }

// Delayed is the probability of waiting.
func (q MMC) Delayed() float64 { return ErlangC(q.C, q.Lambda/q.Mu) }

// Wq is the mean time in the queue.
func (q MMC) Wq() float64 {
	if q.Rho() >= 1 {
		return math.Inf(1)
	}
	return q.Delayed() / (float64(q.C)*q.Mu - q.Lambda)
}

// W is the mean time in the system.
func (q MMC) W() float64 { return q.Wq() + 1/q.Mu }

// Lq is the mean number in the queue.
func (q MMC) Lq() float64 { return q.Lambda * q.Wq() }

// L is the mean number in the system.
func (q MMC) L() float64 { return q.Lambda * q.W() }

// WaitQuantile is the p-quantile of the time in the queue.
func (q MMC) WaitQuantile(p float64) float64 {
	if q.Rho() >= 1 {
		return math.Inf(1)
	}
	d := q.Delayed()
	if 1-p >= d {
		return 0
	}
	return math.Log(d/(1-p)) / (float64(q.C)*q.Mu - q.Lambda)
}

// SojournTail is the probability that the time in the system exceeds t.
func (q MMC) SojournTail(t float64) float64 {
	if q.Rho() >= 1 {
		return 1
	}
	d, theta := q.Delayed(), float64(q.C)*q.Mu-q.Lambda
	served := math.Exp(-q.Mu * t)
	if gap := theta - q.Mu; math.Abs(gap*t) > 1e-9 {
		return served - d*q.Mu*math.Exp(-q.Mu*t)*math.Expm1(-gap*t)/gap
	}
	return served * (1 + d*q.Mu*t)
}

// SojournQuantile is the p-quantile of the time in the system.
func (q MMC) SojournQuantile(p float64) float64 {
	if q.Rho() >= 1 {
		return math.Inf(1)
	}
	return quantile(q.SojournTail, p, 1/q.Mu)
}

// quantile inverts a decreasing tail by bisection, from a first guess.
func quantile(tail func(float64) float64, p, guess float64) float64 {
	lo, hi := 0.0, guess
	for tail(hi) > 1-p {
		lo, hi = hi, 2*hi
	}
	for range 200 {
		mid := (lo + hi) / 2
		if mid == lo || mid == hi {
			break
		}
		if tail(mid) > 1-p {
			lo = mid
		} else {
			hi = mid
		}
	}
	return hi
}

// MMCK is M/M/c with K places in all, servers included; what finds them taken is
// lost. It has a steady state at any load.
type MMCK struct {
	Lambda, Mu float64
	C, K       int
}

// Probabilities returns the probability of 0 to K in the system.
func (q MMCK) Probabilities() []float64 {
	logs := make([]float64, q.K+1)
	top := 0.0
	for n := 1; n <= q.K; n++ {
		logs[n] = logs[n-1] + math.Log(q.Lambda/(q.Mu*float64(min(n, q.C))))
		top = max(top, logs[n])
	}
	sum := 0.0
	for n := range logs {
		logs[n] = math.Exp(logs[n] - top)
		sum += logs[n]
	}
	for n := range logs {
		logs[n] /= sum
	}
	return logs
}

// Blocked is the probability that an arrival is lost.
func (q MMCK) Blocked() float64 { return q.Probabilities()[q.K] }

// Throughput is the rate of those admitted.
func (q MMCK) Throughput() float64 { return q.Lambda * (1 - q.Blocked()) }

// L is the mean number in the system.
func (q MMCK) L() float64 {
	l := 0.0
	for n, p := range q.Probabilities() {
		l += float64(n) * p
	}
	return l
}

// Lq is the mean number in the queue.
func (q MMCK) Lq() float64 {
	l := 0.0
	for n, p := range q.Probabilities() {
		l += float64(max(n-q.C, 0)) * p
	}
	return l
}

// W is the mean time in the system of those admitted.
func (q MMCK) W() float64 { return q.L() / q.Throughput() }

// Wq is the mean time in the queue of those admitted.
func (q MMCK) Wq() float64 { return q.Lq() / q.Throughput() }
