package world

import (
	"fmt"
	"math"
	"sort"
	"sync"

	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// fleetSizes are those that are simulated; see [between] for the others.
var fleetSizes = [...]int{1, 2, 4, 8, 16, 32, 64, 128, 256, 512, neededMax}

// pairMost is the larger of the two sizes from which the limit of any greater fleet is
// foretold well enough to begin a search there.
const pairMost = 16

// fleetLimits knows up to which rate fleets of one configuration meet the SLO, by
// simulating their steady state. It simulates a size when it is first asked for.
type fleetLimits struct {
	mu    sync.Mutex
	fleet serving.Stationary
	good  float64
	limit map[int]float64
	asked sync.Once // what an idle fleet shows
	none  bool      // no fleet meets the SLO, however idle
	// idleGood is the share of requests that are good when they are alone; -1: not known.
	idleGood float64
	held     map[load]bool // what holds was asked
}

// load is what a fleet is asked to hold.
type load struct {
	n    int
	rate float64
}

// knownLimits are those of the configurations of this process: every replication,
// and every variant that serves requests alike, asks for the same. What it holds is
// a function of its keys, so it changes no result.
var knownLimits = struct {
	sync.Mutex
	of map[string]*fleetLimits
}{of: map[string]*fleetLimits{}}

// knownLimitsMost bounds what is remembered.
const knownLimitsMost = 4096

// limitsOf returns the limits of a configuration's fleets.
func limitsOf(cfg *record.Config) *fleetLimits {
	t, c := &cfg.Template, &cfg.Classes[0]
	f := serving.Stationary{
		Instance: serving.Spec{VCPU: t.Type.VCPU, Workers: t.Workers, Queue: t.Queue, Admission: t.Admission, Discipline: t.Discipline, Speed: t.Speed, CPUShare: 1},
		Class:    *c, Dependencies: cfg.Dependencies, Algorithm: cfg.Balancer.Algorithm,
		SLO: cfg.SLO.Latency, IdleTimeout: cfg.Balancer.IdleTimeout, Connect: cfg.Balancer.ConnectTimeout,
	}
	if f.Instance.Speed <= 0 {
		f.Instance.Speed = 1
	}
	if len(cfg.Loads) == 1 && cfg.Loads[0].Arrivals.Kind != workload.Counts {
		f.Arrivals = cfg.Loads[0].Arrivals
	}
	key := fmt.Sprintf("%+v|%+v|%#v|%#v|%v|%+v|%v|%v|%v|%v|%v|%#v", f.Instance, f.Arrivals, c.CPU, c.Wait, c.Timeout, c.Retry, c.Abandoned, f.Algorithm, f.SLO, cfg.SLO.Good, [2]des.Duration{f.IdleTimeout, f.Connect}, f.Dependencies)
	knownLimits.Lock()
	defer knownLimits.Unlock()
	if known, ok := knownLimits.of[key]; ok {
		return known
	}
	if len(knownLimits.of) >= knownLimitsMost {
		clear(knownLimits.of)
	}
	known := &fleetLimits{fleet: f, good: cfg.SLO.Good, limit: map[int]float64{}, held: map[load]bool{}}
	knownLimits.of[key] = known
	return known
}

// idle is the share of its capacity at which an instance has requests alone.
const idle = 1e-3

// possible reports whether any fleet meets the SLO: one that is idle must.
func (l *fleetLimits) possible() bool {
	l.asked.Do(func() {
		rate := idle * l.fleet.Top(1)
		good, err := l.fleet.About(1, rate, l.good)
		if l.none = err != nil || good < l.good; l.none && err == nil {
			good, err = l.fleet.Good(1, rate) // it will be told
		}
		if l.idleGood = -1; err == nil {
			l.idleGood = good
		}
	})
	return !l.none
}

// needed is the smallest fleet that is good enough at a rate; -1: none.
func (l *fleetLimits) needed(rate float64) int {
	if rate <= 0 {
		return 0
	}
	if !l.possible() {
		return -1
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	k := 0
	for k < len(fleetSizes)-1 && l.fleet.Top(fleetSizes[k]) <= rate {
		k++ // overloaded without a look
	}
	if l.fleet.Top(fleetSizes[k]) <= rate {
		return -1
	}
	for l.of(fleetSizes[k]) < rate {
		if k++; k == len(fleetSizes) || l.saturated(k) {
			return -1
		}
	}
	for k > 0 && l.of(fleetSizes[k-1]) >= rate {
		k--
	}
	hi := fleetSizes[k]
	if k == 0 {
		return hi
	}
	lo := fleetSizes[k-1]
	return lo + 1 + sort.Search(hi-lo-1, func(i int) bool { return between(lo+1+i, lo, l.of(lo), hi, l.of(hi)) >= rate })
}

// between is what n instances carry, by what lo and hi of them do. What an instance of a
// fleet must keep idle to meet an SLO falls with the square root of the fleet's size:
// S. Halfin, W. Whitt, Heavy-traffic limits for queues with many exponential servers,
// Operations Research 29 (1981).
func between(n, lo int, loRate float64, hi int, hiRate float64) float64 {
	root := func(n int) float64 { return 1 / math.Sqrt(float64(n)) }
	each := func(n int, rate float64) float64 { return rate / float64(n) }
	part := (root(lo) - root(n)) / (root(lo) - root(hi))
	return float64(n) * (each(lo, loRate) + part*(each(hi, hiRate)-each(lo, loRate)))
}

// barely is how much more a larger fleet carries that carries no more: what a limit is
// known to.
const barely = 1.02

// saturated reports whether the fleet of a size carries no more than the one before,
// because something that all share is the limit.
func (l *fleetLimits) saturated(k int) bool {
	return len(l.fleet.Dependencies) > 0 && l.of(fleetSizes[k]) <= barely*l.of(fleetSizes[k-1])
}

// holdsMost is the largest fleet that is simulated to be told that it holds: a larger one,
// each of whose instances has as much to do, queues less.
const holdsMost = 24

// holds reports whether n instances meet the SLO at a rate: one short simulation, where
// [fleetLimits.needed] wants the limits of several sizes.
func (l *fleetLimits) holds(n int, rate float64) bool {
	if n <= 0 || l.fleet.Top(n) <= rate {
		return false
	}
	if l.fleet.Independent() {
		n, rate = 1, rate/float64(n) // each instance is on its own
	} else if n > holdsMost && len(l.fleet.Dependencies) == 0 {
		n, rate = holdsMost, rate*holdsMost/float64(n)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	asked := load{n, rate}
	if known, ok := l.held[asked]; ok {
		return known
	}
	met, err := l.fleet.Meets(n, rate, l.good)
	if len(l.held) >= knownLimitsMost {
		clear(l.held)
	}
	l.held[asked] = err == nil && met
	return l.held[asked]
}

// of is the rate up to which n instances are good enough. Where its search begins
// depends on n alone, so that it does not matter who asked for what before.
func (l *fleetLimits) of(n int) float64 {
	if v, ok := l.limit[n]; ok {
		return v
	}
	if n > 1 && l.fleet.Independent() {
		l.limit[n] = l.of(1) * float64(n) // each instance is on its own
		return l.limit[n]
	}
	guess, known := 0.6*l.fleet.Top(n), false
	if n >= 4 {
		hi := min(n/2, pairMost)
		if foretold := between(n, hi/2, l.of(hi/2), hi, l.of(hi)); l.of(hi/2) > 0 && foretold < l.fleet.Top(n) {
			guess, known = foretold, true
		}
	} else if n > 1 && l.of(1) > 0 {
		guess = l.of(1) * float64(n)
	}
	v, err := l.fleet.Limit(n, l.good, guess, known)
	if err != nil {
		v = 0 // the run itself refuses such a configuration
	}
	l.limit[n] = v
	return v
}
