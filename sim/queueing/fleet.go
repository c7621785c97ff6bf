package queueing

import (
	"math"
	"slices"
)

// Law is what the estimate needs to know of a distribution of times in seconds.
type Law interface {
	Mean() float64
	SCV() float64
	Quantile(p float64) float64
}

// Algorithm is how requests are dealt out to the instances; the values are those
// of serving.Algorithm.
type Algorithm uint8

// The algorithms.
const (
	RoundRobin Algorithm = iota
	LeastOutstanding
	WeightedRandom
)

// Fleet is a number of identical instances behind a load balancer, for estimates
// without simulation. It caches what it computes, so keep one, do not change it
// after its first use, and
// do not share it between goroutines.
//
// An arrival finds the CPU stage with all vCPUs busy with probability D, and then
// a further number of requests whose law is geometric with ratio s:
//
//   - weighted_random: one instance is M/M/c; D is Erlang's, s = rho (exact for
//     exponential work, and for any work under processor sharing);
//   - round_robin: G/M/c with Erlang-n arrivals ([GMC]), n being the fleet;
//   - least_outstanding_requests: one pool of all vCPUs, M/M/(n c). It balances
//     requests in progress, waiting ones included, not CPU work; simulated, that
//     is as good as a pool to within some percent of the rate even where requests
//     wait ten times as long as they work.
//
// Under processor sharing a request of size x that finds j too many takes
// x (1 + (j+1)/c) (its mean is exact for random routing; that the number does not
// change meanwhile overstates the tail). Under fifo it waits a time whose tail is
// exponential. The wait off the CPU adds to it. Where workers are bounded, the
// wait for one is M/G/workers on top. Retries, timeouts and the past are left out:
// it is a steady state.
type Fleet struct {
	VCPU      int
	Speed     float64 // 0 counts as 1
	Workers   int     // of one instance; 0 or less: unlimited
	Sharing   bool    // processor sharing, else fifo
	CPU       Law
	Wait      Law // nil: none
	Algorithm Algorithm

	slo, good float64
	bins      []bin
	limit     map[int]float64 // of a fleet size: the rate up to which it is good
}

// bin is a group of requests alike in how much delay they bear.
type bin struct {
	share float64
	bears float64 // sharing: (time left for CPU) / size - 1; fifo: time left to queue
	slack float64 // seconds left at no delay at all
}

// Points per law of the joint table of work and wait, and the bins it is folded
// into.
const (
	cpuPoints  = 512
	waitPoints = 64
	binCount   = 192
)

// Needed returns the smallest number of instances at which, in the steady state
// at a total of rate requests a second, at least the share good of them takes no
// longer than slo seconds; 0 at no load, -1 where limit instances do not suffice.
// It does not fall as rate grows.
func (f *Fleet) Needed(rate, slo, good float64, limit int) int {
	if rate <= 0 {
		return 0
	}
	f.prepare(slo, good)
	lo := int(math.Ceil(rate * f.mean() / float64(f.VCPU))) // fewer are overloaded
	lo = min(lo, limit+1)
	if lo < 1 {
		lo = 1
	}
	if lo > limit || f.limitOf(limit) < rate {
		return -1
	}
	// Gallop, then bisect: the answer is near lo.
	step, hi := 1, lo
	for hi < limit && f.limitOf(hi) < rate {
		lo, hi = hi+1, min(hi+step, limit)
		step *= 2
	}
	for lo < hi {
		mid := (lo + hi) / 2
		if f.limitOf(mid) >= rate {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return hi
}

// Good estimates the share of requests that take no longer than slo seconds on n
// instances at a total of rate requests a second.
func (f *Fleet) Good(n int, rate, slo float64) float64 {
	f.prepare(slo, f.good)
	return f.goodAt(n, rate)
}

// mean is the CPU time of a request on one vCPU of this fleet.
func (f *Fleet) mean() float64 { return f.CPU.Mean() / f.speed() }

func (f *Fleet) speed() float64 {
	if f.Speed <= 0 {
		return 1
	}
	return f.Speed
}

// limitOf returns the rate up to which n instances are good; it grows with n.
func (f *Fleet) limitOf(n int) float64 {
	if r, ok := f.limit[n]; ok {
		return r
	}
	top := float64(n*f.VCPU) / f.mean()
	lo, hi := 0.0, top
	if f.goodAt(n, top*1e-9) < f.good {
		hi = 0
	}
	for range 40 {
		mid := (lo + hi) / 2
		if f.goodAt(n, mid) >= f.good {
			lo = mid
		} else {
			hi = mid
		}
	}
	f.limit[n] = lo
	return lo
}

// prepare folds work and wait into bins for this SLO.
func (f *Fleet) prepare(slo, good float64) {
	if f.bins != nil && f.slo == slo && f.good == good {
		return
	}
	f.slo, f.good, f.limit = slo, good, map[int]float64{}
	type point struct{ bears, slack, share float64 }
	sizes := quantiles(f.CPU, cpuPoints)
	waits := [][2]float64{{0, 1}}
	if f.Wait != nil && f.Wait.Mean() > 0 {
		waits = quantiles(f.Wait, waitPoints)
	}
	var points []point
	for _, w := range waits {
		for _, x := range sizes {
			size := x[0] / f.speed()
			p := point{slack: slo - w[0] - size, share: w[1] * x[1]}
			if p.slack < 0 {
				continue
			}
			p.bears = p.slack
			if f.Sharing && size > 0 {
				p.bears = p.slack / size
			}
			points = append(points, p)
		}
	}
	slices.SortFunc(points, func(a, b point) int {
		switch {
		case a.bears < b.bears:
			return -1
		case a.bears > b.bears:
			return 1
		}
		return 0
	})
	f.bins = make([]bin, 0, binCount)
	total := 0.0
	for _, p := range points {
		total += p.share
	}
	// The least patient decide: bins grow from fine to coarse.
	var b bin
	done := 0.0
	for i, p := range points {
		b.share += p.share
		b.bears += p.share * p.bears
		b.slack += p.share * p.slack
		done += p.share
		edge := float64(len(f.bins)+1) / binCount
		if i == len(points)-1 || done >= total*edge*edge*edge {
			f.bins = append(f.bins, bin{b.share, b.bears / b.share, b.slack / b.share})
			b = bin{}
		}
	}
	if f.bins == nil {
		f.bins = []bin{}
	}
}

// quantiles returns points of the law with their shares, finer towards the upper
// tail, where the slow requests are.
func quantiles(law Law, n int) [][2]float64 {
	out := make([][2]float64, 0, n)
	at := func(i int) float64 { // from 0 to 1, ever denser towards 1
		u := 1 - float64(i)/float64(n)
		return 1 - u*u*u
	}
	for i := range n {
		lo, hi := at(i), at(i+1)
		out = append(out, [2]float64{law.Quantile((lo + hi) / 2), hi - lo})
	}
	return out
}

// goodAt estimates the good share of n instances at a total rate, for the SLO
// prepared.
func (f *Fleet) goodAt(n int, rate float64) float64 {
	one := rate / float64(n)
	rho := one * f.mean() / float64(f.VCPU)
	if rho >= 1 {
		return 0
	}
	busy, theta, ok := f.workers(one, rho)
	if !ok {
		return 0
	}
	switch f.Algorithm {
	case LeastOutstanding:
		return f.share(f.delay(n*f.VCPU, 1, rho), busy, theta)
	case RoundRobin:
		return f.share(f.delay(f.VCPU, n, rho), busy, theta)
	}
	return f.share(f.delay(f.VCPU, 1, rho), busy, theta)
}

// delay is the law of delay at the CPU: with probability p there is one, and it
// exceeds what a request bears with probability exp(-decay x bears).
type delay struct{ p, decay float64 }

// delay returns the law of delay of a station of c vCPUs at utilization rho whose
// arrivals have the given Erlang stages.
func (f *Fleet) delay(c, stages int, rho float64) delay {
	mu := 1 / f.mean()
	q := GMC{Lambda: rho * float64(c) * mu, Mu: mu, C: c, Stages: stages, SCV: 1}
	if !f.Sharing {
		q.SCV = min(f.CPU.SCV(), 1e6)
	}
	p := ErlangC(c, rho*float64(c))
	if f.Sharing {
		s := q.Decay()
		if stages > 1 {
			p = min(1, q.Wq()*float64(c)*mu*(1-s))
		}
		return delay{p, -float64(c) * math.Log(s)}
	}
	wait := q.Wq()
	if wait <= 0 {
		return delay{0, 1}
	}
	return delay{p, p / wait}
}

// workers returns the law of the wait for a worker of one instance, and false
// where there are too few for the load.
func (f *Fleet) workers(one, rho float64) (p, theta float64, ok bool) {
	if f.Workers <= 0 {
		return 0, 0, true
	}
	held := MMC{one, 1 / f.mean(), f.VCPU}.W()
	scv := 1.0
	if f.Wait != nil {
		w := f.Wait.Mean()
		scv = (held*held + min(f.Wait.SCV(), 1e6)*w*w) / ((held + w) * (held + w))
		held += w
	}
	load := one * held
	if load >= float64(f.Workers) {
		return 0, 0, false
	}
	p = ErlangC(f.Workers, load)
	return p, (float64(f.Workers) - load) / held * 2 / (1 + scv), true
}

// share sums up the requests that stay within the SLO.
func (f *Fleet) share(d delay, busy, theta float64) float64 {
	good := 0.0
	for _, b := range f.bins {
		g := 1 - d.p*math.Exp(-d.decay*b.bears)
		if busy > 0 {
			g *= 1 - busy*math.Exp(-theta*b.slack)
		}
		good += b.share * g
	}
	return good
}
