package queueing

import "math"

// MMc is the M/M/c queue: Poisson arrivals at rate Lambda, C servers that each
// serve at rate Mu, first come first served.
type MMc struct {
	Lambda, Mu float64
	C          int
}

// Rho is the utilization of a server.
func (q MMc) Rho() float64 { return q.Lambda / (q.Mu * float64(q.C)) }

// ErlangB is the blocking probability of c servers offered a erlangs without a
// waiting room, by the stable recursion B(k) = a B(k-1) / (k + a B(k-1)).
func ErlangB(c int, a float64) float64 {
	b := 1.0
	for k := 1; k <= c; k++ {
		b = a * b / (float64(k) + a*b)
	}
	return b
}

// ErlangC is the probability of waiting in M/M/c with a erlangs offered; 1 when
// a >= c.
func ErlangC(c int, a float64) float64 {
	if a >= float64(c) {
		return 1
	}
	b := ErlangB(c, a)
	return b / (1 - a/float64(c)*(1-b))
}

// PWait is the probability that an arrival waits.
func (q MMc) PWait() float64 { return ErlangC(q.C, q.Lambda/q.Mu) }

// Wq is the mean wait.
func (q MMc) Wq() float64 {
	if q.Rho() >= 1 {
		return math.Inf(1)
	}
	return q.PWait() / (float64(q.C)*q.Mu - q.Lambda)
}

// W is the mean sojourn.
func (q MMc) W() float64 { return q.Wq() + 1/q.Mu }

// Lq is the mean number waiting, L the mean number present (Little).
func (q MMc) Lq() float64 { return q.Lambda * q.Wq() }

// L is the mean number present.
func (q MMc) L() float64 { return q.Lambda * q.W() }

// WaitQuantile is the p-quantile of the wait; 0 where at least p do not wait.
func (q MMc) WaitQuantile(p float64) float64 {
	pw := q.PWait()
	if 1-p >= pw {
		return 0
	}
	return math.Log(pw/(1-p)) / (float64(q.C)*q.Mu - q.Lambda)
}

// SojournTail is P(sojourn > t):
//
//	exp(-mu t) (1 + P_wait (1 - exp(-mu t (c-1-a))) / (c-1-a)),   a = lambda / mu
func (q MMc) SojournTail(t float64) float64 {
	a, mt := q.Lambda/q.Mu, q.Mu*t
	k := float64(q.C) - 1 - a
	grow := mt
	if math.Abs(k) > 1e-9 {
		grow = -math.Expm1(-mt*k) / k
	}
	return math.Exp(-mt) * (1 + q.PWait()*grow)
}

// SojournQuantile is the p-quantile of the sojourn, by bisection.
func (q MMc) SojournQuantile(p float64) float64 {
	return invertTail(q.SojournTail, 1-p, q.W())
}

// invertTail finds t with tail(t) = level, for a continuous decreasing tail.
func invertTail(tail func(float64) float64, level, scale float64) float64 {
	hi := scale
	for tail(hi) > level {
		hi *= 2
	}
	lo := 0.0
	for range 200 {
		mid := (lo + hi) / 2
		if tail(mid) > level {
			lo = mid
		} else {
			hi = mid
		}
	}
	return (lo + hi) / 2
}

// MMcK is M/M/c with K places in all, those in service included.
type MMcK struct {
	Lambda, Mu float64
	C, K       int
}

// states returns the stationary probabilities of 0..K present.
func (q MMcK) states() []float64 {
	p := make([]float64, q.K+1)
	p[0] = 1
	sum := 1.0
	for n := 1; n <= q.K; n++ {
		p[n] = p[n-1] * q.Lambda / (q.Mu * float64(min(n, q.C)))
		sum += p[n]
	}
	for n := range p {
		p[n] /= sum
	}
	return p
}

// PBlock is the probability that an arrival finds all places taken.
func (q MMcK) PBlock() float64 { return q.states()[q.K] }

// L is the mean number present.
func (q MMcK) L() float64 {
	l := 0.0
	for n, p := range q.states() {
		l += float64(n) * p
	}
	return l
}

// W is the mean sojourn of those admitted (Little).
func (q MMcK) W() float64 { return q.L() / (q.Lambda * (1 - q.PBlock())) }

// Wq is the mean wait of those admitted.
func (q MMcK) Wq() float64 { return q.W() - 1/q.Mu }
