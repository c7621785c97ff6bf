package queueing

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Dist is what the estimate needs to know of a distribution of times.
type Dist interface {
	Mean() float64
	SCV() float64
	Quantile(p float64) float64
}

// Algorithm is how the balancer routes, in the order of serving.Algorithm.
type Algorithm uint8

// The algorithms.
const (
	RoundRobin Algorithm = iota
	LeastOutstanding
	Random
)

// Fleet estimates how many identical instances hold a service level. It is an
// estimate, named so wherever it is shown: the stationary law at a constant rate,
// without what was carried over from the minute before.
//
// One instance under a rate r sees arrivals with squared coefficient of variation
// ca2: 1 when routing is random, 1/n behind round robin over n; behind least
// outstanding requests the fleet is one pool of n vCPUs-sets with ca2 = 1. With
// Erlang's probability of waiting P for c vCPUs at utilization rho and the factor
// v = (ca2 + 1) / 2, the sojourn of work x on the CPU has
//
//	mean      x (1 + v P / (c (1 - rho)))         processor sharing (Kelly)
//	variance  v P (2 rho u tau / (1-rho)^3 - 2 rho tau^2 / (1-rho)^4 (1 - exp(-(1-rho) u / tau)))
//	          with u = x/c, tau = E[S] (1+scv) / 2c  (exact for M/M/1)
//
// taken as a gamma law; or, first come first served, x plus a wait that is 0 with
// probability 1-P and else exponential with mean (ca2 + scv) / 2 / (c mu (1 - rho))
// (Allen and Cunneen). Bounded workers add the wait of an M/M/workers queue whose
// service is the time a worker is held.
type Fleet struct {
	VCPU      int
	Speed     float64
	Workers   int // requests in progress at most; below 1: unlimited
	Sharing   bool
	CPU, Wait Dist // Wait may be nil
	Algorithm Algorithm

	capacity []float64 // capacity[k]: most requests a second that knots[k] instances hold
	for_     [2]float64
}

// cpuPoints and waitPoints are how finely the laws of work and wait are sampled.
const (
	cpuPoints  = 40
	waitPoints = 8
)

// Needed returns the smallest number of instances for which a share of at least
// good of the requests has a sojourn of at most slo seconds at the given rate; -1
// if not even most of them suffice (or the work alone takes too long).
func (f *Fleet) Needed(rate, slo, good float64, most int) int {
	if f.for_ != [2]float64{slo, good} {
		f.capacity, f.for_ = nil, [2]float64{slo, good}
	}
	if rate <= 0 {
		return 0
	}
	lower := 0.0
	for k := 0; ; k++ {
		n := knot(k)
		if len(f.capacity) <= k {
			f.capacity = append(f.capacity, f.holds(n, slo, good))
		}
		if f.capacity[k] <= 0 {
			return -1
		}
		if rate <= f.capacity[k] {
			if k > 0 {
				// Between knots, capacity is taken as linear.
				before := knot(k - 1)
				n = before + int(math.Ceil(float64(n-before)*(rate-lower)/(f.capacity[k]-lower)-1e-9))
			}
			if n > most {
				return -1
			}
			return n
		}
		if n >= most {
			return -1
		}
		lower = f.capacity[k]
	}
}

// knot is the number of instances at which capacity is computed: every one to 32,
// then doubling.
func knot(k int) int {
	if k < 32 {
		return k + 1
	}
	return 32 << (k - 31)
}

// holds is the largest rate that n instances hold, by bisection.
func (f *Fleet) holds(n int, slo, good float64) float64 {
	limit := float64(n*f.VCPU) * f.Speed / f.CPU.Mean()
	if f.Tail(n, limit*1e-6, slo) > 1-good {
		return 0
	}
	lo, hi := 0.0, limit
	for range 24 {
		mid := (lo + hi) / 2
		if f.Tail(n, mid, slo) <= 1-good {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}

// Tail is the estimated share of requests with a sojourn over t when n instances
// serve rate requests a second.
func (f *Fleet) Tail(n int, rate, t float64) float64 {
	c, ca2, r := f.VCPU, 1.0, rate/float64(n)
	switch f.Algorithm {
	case RoundRobin:
		ca2 = 1 / float64(n)
	case LeastOutstanding:
		c, r = n*f.VCPU, rate
	}
	mean := f.CPU.Mean() / f.Speed
	rho := r * mean / float64(c)
	if rho >= 1 {
		return 1
	}
	s := stage{c: float64(c), rho: rho, p: ErlangC(c, r*mean), v: (ca2 + 1) / 2, mean: mean, scv: f.CPU.SCV(), ca2: ca2, sharing: f.Sharing}
	worker, ok := f.workerWait(n, rate, s.hold()+f.waitMean())
	if !ok {
		return 1
	}
	total := 0.0
	waits := f.waits()
	for k := range cpuPoints {
		// Half of the points lie in the upper tenth, where the tail is decided.
		p, weight := 0.9*(float64(k)+0.5)/(cpuPoints/2), 0.9/(cpuPoints/2)
		if k >= cpuPoints/2 {
			p, weight = 0.9+0.1*(float64(k-cpuPoints/2)+0.5)/(cpuPoints/2), 0.1/(cpuPoints/2)
		}
		x := f.CPU.Quantile(p) / f.Speed
		for _, w := range waits {
			total += weight * s.tail(x, t-w, worker) / float64(len(waits))
		}
	}
	return math.Min(1, total)
}

func (f *Fleet) waitMean() float64 {
	if f.Wait == nil {
		return 0
	}
	return f.Wait.Mean()
}

// waits samples the law of the wait off the CPU.
func (f *Fleet) waits() []float64 {
	if f.Wait == nil || f.Wait.SCV() == 0 {
		return []float64{f.waitMean()}
	}
	out := make([]float64, waitPoints)
	for i := range out {
		out[i] = f.Wait.Quantile((float64(i) + 0.5) / waitPoints)
	}
	return out
}

// delay is a wait that is 0 with probability 1-p and else exponential.
type delay struct{ p, mean float64 }

// workerWait is the wait for a worker; ok is false when workers run out.
func (f *Fleet) workerWait(n int, rate, hold float64) (delay, bool) {
	if f.Workers < 1 {
		return delay{}, true
	}
	w, r := f.Workers, rate/float64(n)
	if f.Algorithm == LeastOutstanding {
		w, r = n*f.Workers, rate
	}
	a := r * hold
	if a >= float64(w) {
		return delay{}, false
	}
	return delay{ErlangC(w, a), hold / (float64(w) - a)}, true
}

// stage is the CPU stage of an instance, or of the pool.
type stage struct {
	c, rho, p, v, mean, scv, ca2 float64
	sharing                      bool
}

// hold is the mean time on the CPU stage.
func (s *stage) hold() float64 {
	if s.sharing {
		return s.mean * (1 + s.v*s.p/(s.c*(1-s.rho)))
	}
	return s.mean + s.p*s.waitMean()
}

// waitMean is the mean wait of those who wait, first come first served.
func (s *stage) waitMean() float64 {
	return (s.ca2 + s.scv) / 2 * s.mean / (s.c * (1 - s.rho))
}

// tail is P(sojourn of work x, plus the wait for a worker > t).
func (s *stage) tail(x, t float64, worker delay) float64 {
	if t <= 0 {
		return 1
	}
	queue := worker
	mean, variance := x, 0.0
	if s.sharing {
		mean = x * (1 + s.v*s.p/(s.c*(1-s.rho)))
		variance = s.variance(x)
	} else if own := (delay{s.p, s.waitMean()}); own.p*own.mean > worker.p*worker.mean {
		queue = own // the longer of the two waits decides
	}
	base := exceed(mean, variance, t)
	if queue.p == 0 || base >= 1 {
		return base
	}
	late := math.Exp(-math.Max(0, t-mean) / queue.mean)
	return math.Min(1, base+(1-base)*queue.p*late)
}

func (s *stage) variance(x float64) float64 {
	u, tau, idle := x/s.c, s.mean*(1+s.scv)/(2*s.c), 1-s.rho
	if math.IsInf(tau, 1) {
		tau = s.mean / s.c
	}
	v := 2*s.rho*u*tau/math.Pow(idle, 3) + 2*s.rho*tau*tau/math.Pow(idle, 4)*math.Expm1(-idle*u/tau)
	return math.Max(0, s.v*s.p*v)
}

// exceed is P(X > t) for a gamma law of the given mean and variance.
func exceed(mean, variance, t float64) float64 {
	if sd := math.Sqrt(variance); sd < 1e-6*mean || t > mean+12*sd {
		if mean > t {
			return 1
		}
		return 0
	}
	return distuv.Gamma{Alpha: mean * mean / variance, Beta: mean / variance}.Survival(t)
}
