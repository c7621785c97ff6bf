package calibrate

import (
	"math"
	"slices"

	"asgsim/sim/serving"
	"asgsim/workload"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"
)

// latencyFit is what the response times tell: how the CPU work varies, and the wait off
// the CPU, a lognormal.
type latencyFit struct {
	ok      bool
	cv      float64
	mu      float64 // of the wait; sigma 0: there is none
	sigma   float64
	workers int // that the fit goes with; serving.Unlimited
	groups  []group
}

func (l *latencyFit) wait() workload.Lognormal { return workload.Lognormal{Mu: l.mu, Sigma: l.sigma} }

// group is minutes of like load, by their medians.
type group struct {
	each      float64 // requests a second of one instance
	instances float64
	n         int
	tails     [3]float64 // p50, p90, p99 in seconds; NaN: not recorded
	se        [3]float64 // of their logarithms
	work      [len(variations)][]atom
}

// atom is a response time without wait, and the share of requests that have about it.
type atom struct{ s, share float64 }

// variations are the coefficients of variation of CPU work that are simulated; what lies
// between them is interpolated.
var variations = [...]float64{0.1, 0.4, 0.7, 1, 1.5, 2.2, 3.2}

const (
	groups      = 4  // of like load
	ofGroup     = 10 // minutes at the least
	leastSe     = 0.02
	atoms       = 60
	leastSigma  = 0.03
	mostSigma   = 3.0
	suspicious  = 0.1 // error of a logarithm from which on a limit of workers is looked for
	contradicts = 0.5 // error of a logarithm from which on figures contradict each other
)

func (l *latencyFit) take(v law) { l.ok, l.cv, l.mu, l.sigma = true, v.cv, v.mu, v.sigma }

// grouped puts minutes of like load together.
func grouped(used []minute) []group {
	byLoad := slices.Clone(used)
	slices.SortStableFunc(byLoad, func(a, b minute) int {
		switch {
		case a.each < b.each:
			return -1
		case a.each > b.each:
			return 1
		}
		return 0
	})
	n := min(groups, len(byLoad)/ofGroup)
	var out []group
	for k := range n {
		part := byLoad[k*len(byLoad)/n : (k+1)*len(byLoad)/n]
		g := group{n: len(part)}
		var each, instances []float64
		var tails [3][]float64
		for _, m := range part {
			each, instances = append(each, m.each), append(instances, m.InService)
			for i, t := range [...]int{tail50, tail90, tail99} {
				if v := m.Tails[t]; v > 0 {
					tails[i] = append(tails[i], math.Log(v))
				}
			}
		}
		g.each, g.instances = median(each), median(instances)
		for i, logs := range tails {
			if g.tails[i] = math.Exp(median(logs)); len(logs) < ofGroup/2 {
				g.tails[i] = math.NaN()
				continue
			}
			// Of a median: 1.25 standard errors of a mean; minutes are alike nearby, so
			// that a third of them count.
			g.se[i] = max(leastSe, 1.2533*spread(logs)/math.Sqrt(float64(len(logs))/3))
		}
		out = append(out, g)
	}
	return out
}

// atomsOf is a distribution in a few values, denser in the tail.
func atomsOf(h *serving.Histogram) []atom {
	at := func(i int) float64 {
		u := 1 - float64(i)/atoms
		return 1 - u*u
	}
	out := make([]atom, atoms)
	for i := range out {
		lo, hi := at(i), at(i+1)
		out[i] = atom{h.Quantile((lo + hi) / 2), hi - lo}
	}
	return out
}

// without is the distribution of a group without wait at any variation of the work.
func (g *group) without(cv float64) []atom {
	k := 0
	for k < len(variations)-2 && variations[k+1] < cv {
		k++
	}
	a, b := math.Log(variations[k]), math.Log(variations[k+1])
	t := min(max((math.Log(cv)-a)/(b-a), 0), 1)
	out := make([]atom, atoms)
	for i := range out {
		x, y := g.work[k][i], g.work[k+1][i]
		out[i] = atom{math.Exp((1-t)*math.Log(x.s) + t*math.Log(y.s)), x.share}
	}
	return out
}

// shares are the percentiles that are fitted.
var shares = [3]float64{0.5, 0.9, 0.99}

// predicted are the percentiles of a group with a wait; sigma 0: none.
func (g *group) predicted(cv, mu, sigma float64) (out [3]float64) {
	work := g.without(cv)
	for k, p := range shares {
		if math.IsNaN(g.tails[k]) {
			continue
		}
		out[k] = takes(work, p, mu, sigma)
	}
	return out
}

// takes is the time that the share p of requests takes at most: halved down to what a
// wait is spread over, and, where the share rises smoothly with the time, found from there along
// the chord (the Illinois method: M. Dowell, P. Jarratt, BIT 11, 1971).
func takes(work []atom, p, mu, sigma float64) float64 {
	lo, hi := math.Log(1e-6), math.Log(1e5)
	under, over := -p, 1-p // what the shares at lo and hi are off
	halvings, chords := 38, 0
	if sigma > 0 {
		halvings, chords = int(math.Ceil(math.Log2((hi-lo)/math.Min(sigma/2, 0.05)))), 12
	}
	off := func(x float64) float64 { return below(work, math.Exp(x), mu, sigma) - p }
	for range halvings {
		mid := (lo + hi) / 2
		if d := off(mid); d < 0 {
			lo, under = mid, d
		} else {
			hi, over = mid, d
		}
	}
	x, last := (lo+hi)/2, 0
	for range chords {
		x = hi - over*(hi-lo)/(over-under)
		switch d := off(x); {
		case math.Abs(d) < 1e-13:
			return math.Exp(x)
		case d < 0:
			if lo, under = x, d; last < 0 {
				over /= 2
			}
			last = -1
		default:
			if hi, over = x, d; last > 0 {
				under /= 2
			}
			last = 1
		}
	}
	return math.Exp(x)
}

// below is the share of requests that take at most t.
func below(work []atom, t, mu, sigma float64) float64 {
	share := 0.0
	for _, a := range work {
		switch left := t - a.s; {
		case left <= 0:
		case sigma == 0:
			share += a.share
		default:
			share += a.share * 0.5 * math.Erfc(-(math.Log(left)-mu)/sigma/math.Sqrt2)
		}
	}
	return share
}

// law is a candidate: the logarithms of the work's variation and of the wait's median and
// sigma.
type law struct {
	cv, mu, sigma float64 // sigma 0: no wait
}

func lawOf(x []float64) law {
	v := law{cv: clamp(math.Exp(x[0]), variations[0], variations[len(variations)-1])}
	if len(x) > 1 {
		v.mu, v.sigma = x[1], clamp(math.Exp(x[2]), leastSigma, mostSigma)
	}
	return v
}

// residuals are the errors of all percentiles, in their standard errors.
func residuals(list []group, v law) []float64 {
	var out []float64
	for k := range list {
		g := &list[k]
		p := g.predicted(v.cv, v.mu, v.sigma)
		for i := range p {
			if !math.IsNaN(g.tails[i]) {
				out = append(out, math.Log(p[i]/g.tails[i])/g.se[i])
			}
		}
	}
	return out
}

func squares(r []float64) float64 {
	s := 0.0
	for _, v := range r {
		s += v * v
	}
	return s
}

// solve finds the law that is nearest to the groups, and its sum of squares. A wait that
// explains next to nothing is none. Once it has ended nothing more is looked at.
func (l *latencyFit) solve(list []group, ended func() bool) (best law, ssr float64) {
	ssr = math.Inf(1)
	least := func(start []float64) (law, float64) {
		problem := optimize.Problem{Func: func(x []float64) float64 {
			if ended() {
				return 0
			}
			return squares(residuals(list, lawOf(x)))
		}}
		res, err := optimize.Minimize(problem, start, &optimize.Settings{MajorIterations: 160}, &optimize.NelderMead{SimplexSize: 0.4})
		if err != nil && res == nil {
			return law{}, math.Inf(1)
		}
		return lawOf(res.X), res.F
	}
	quiet := &list[0]
	for _, cv := range []float64{0.6, 1.4} {
		p := quiet.predicted(cv, 0, 0)
		rest := max(quiet.tails[0]-p[0], 0.1*quiet.tails[0])
		sigma := clamp(math.Log(max(quiet.tails[2]/quiet.tails[0], 1.1))/2.326, 0.1, 2)
		if v, s := least([]float64{math.Log(cv), math.Log(rest), math.Log(sigma)}); s < ssr {
			best, ssr = v, s
		}
	}
	if v, s := least([]float64{0}); s <= ssr+4 { // two values less for a worse fit within chance
		best, ssr = v, s
	}
	return best, ssr
}

// worst is the largest error of a logarithm.
func (l *latencyFit) worst(v law) float64 {
	worst := 0.0
	for k := range l.groups {
		g := &l.groups[k]
		for i, p := range g.predicted(v.cv, v.mu, v.sigma) {
			if !math.IsNaN(g.tails[i]) {
				worst = max(worst, math.Abs(math.Log(p/g.tails[i])))
			}
		}
	}
	return worst
}

// halves are half the widths of intervals of 95 % of the parameters, from how the errors
// change with them; where the errors are larger than chance makes them, wider.
func halves(list []group, x []float64, ssr float64) []float64 {
	const step = 0.05
	base := residuals(list, lawOf(x))
	jacobian := mat.NewDense(len(base), len(x), nil)
	for k := range x {
		y := slices.Clone(x)
		y[k] += step
		z := slices.Clone(x)
		z[k] -= step
		up, down := residuals(list, lawOf(y)), residuals(list, lawOf(z))
		for i := range base {
			jacobian.Set(i, k, (up[i]-down[i])/(2*step))
		}
	}
	var normal, inverse mat.Dense
	normal.Mul(jacobian.T(), jacobian)
	for k := range x {
		normal.Set(k, k, normal.At(k, k)+1e-6)
	}
	out := make([]float64, len(x))
	if err := inverse.Inverse(&normal); err != nil {
		for k := range out {
			out[k] = math.Inf(1)
		}
		return out
	}
	free := max(1, len(base)-len(x))
	scale := math.Sqrt(max(1, ssr/float64(free)))
	for k := range out {
		out[k] = min(sure*scale*math.Sqrt(max(0, inverse.At(k, k))), 3)
	}
	return out
}

// mean is the mean response time without wait.
func (g *group) mean(cv float64) float64 {
	sum := 0.0
	for _, a := range g.without(cv) {
		sum += a.s * a.share
	}
	return sum
}
