package calibrate

import (
	"fmt"
	"math"
	"slices"

	"asgsim/workload"
)

// limit looks for the number of workers of an instance where busy instances answer more
// slowly than CPU and wait explain: the wait is fitted to the quiet half of the groups, and
// fleets with so many workers are simulated at the others. ok is false where none explains
// them.
func (f *fit) limit(all law) (ok bool, err error) {
	l := &f.latency
	quiet := l.groups[:max(1, len(l.groups)/2)]
	v, ssr := l.solve(quiet, f.ended)
	cpu, err := workload.NewLognormalMean(f.work*f.speed, v.cv)
	if err != nil {
		return false, err
	}
	var wait workload.Dist
	stay := quiet[0].mean(v.cv)
	if v.sigma > 0 {
		law := workload.Lognormal{Mu: v.mu, Sigma: v.sigma}
		wait, stay = law, stay+law.Mean()
	}
	busiest := &l.groups[len(l.groups)-1]
	inUse := busiest.each * stay // Little's law: requests in progress if nothing limits them
	var tries []int
	for _, share := range []float64{0.98, 1.02, 1.06, 1.12, 1.2, 1.3, 1.45, 1.7} {
		if n := int(math.Round(inUse * share)); n >= 1 && !slices.Contains(tries, n) {
			tries = append(tries, n)
		}
	}
	if n := f.instanceLimit(); n > 0 && !slices.Contains(tries, n) {
		tries = append(tries, n)
	}
	slices.Sort(tries)
	best, least := 0, math.Inf(1)
	var errors []float64
	for _, n := range tries {
		sum := 0.0
		for k := range l.groups {
			g := &l.groups[k]
			s, err := f.fleet(g.instances, g.each, cpu, wait, n)
			if err != nil {
				return false, err
			}
			for i, p := range [3]float64{s.p50, s.p90, s.p99} {
				if math.IsNaN(g.tails[i]) {
					continue
				}
				if !(p > 0) {
					p = 1e3 // it answers nothing
				}
				sum += math.Pow(math.Log(p/g.tails[i]), 2)
			}
		}
		errors = append(errors, sum)
		if sum < least {
			best, least = n, sum
		}
	}
	without := 0.0
	for k := range l.groups {
		g := &l.groups[k]
		for i, p := range g.predicted(all.cv, all.mu, all.sigma) {
			if !math.IsNaN(g.tails[i]) {
				without += math.Pow(math.Log(p/g.tails[i]), 2)
			}
		}
	}
	figures := float64(3 * len(l.groups))
	if best == 0 || least > without/4 || math.Sqrt(least/figures) > suspicious {
		return false, nil
	}
	low, high := best, best
	for k, n := range tries {
		if errors[k] <= 2*least+0.02*figures/3 {
			low, high = min(low, n), max(high, n)
		}
	}
	l.take(v)
	l.workers = best
	n := 0
	for _, g := range l.groups {
		n += g.n
	}
	f.tellTails(v, ssr, fmt.Sprintf("the quiet half of %d bins", n))
	f.res.find(Finding{What: "workers of an instance", Key: "instance.workers", Found: true, Estimate: float64(best), Low: float64(low), High: float64(high), On: fmt.Sprintf("%d bins", n),
		Why: "busy instances answer more slowly than CPU and wait explain"})
	f.change("instance.workers", fmt.Sprint(best), "with them the simulated group is as slow when it is busy")
	return true, nil
}
