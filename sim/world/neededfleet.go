package world

import (
	"fmt"
	"math"
	"sync"

	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// fleetSizes are those that are simulated; what a fleet between two of them carries
// lies on the straight line between theirs.
var fleetSizes = [...]int{1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 64, 128, 256, 512, neededMax}

// fleetLimits knows up to which rate fleets of one configuration meet the SLO, by
// simulating their steady state. It simulates a size when it is first asked for.
type fleetLimits struct {
	mu    sync.Mutex
	fleet serving.Stationary
	good  float64
	limit map[int]float64
	alone sync.Once
	none  bool // no fleet meets the SLO, however idle
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
	l.alone.Do(func() {
		good, err := l.fleet.About(1, idle*l.fleet.Top(1), l.good)
		l.none = err != nil || good < l.good
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
	from, to := l.of(lo), l.of(hi)
	n := lo + int(math.Ceil((rate-from)/(to-from)*float64(hi-lo)-1e-9))
	return min(max(n, lo+1), hi)
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
	if l.fleet.Alone() {
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
	guess := 0.6 * l.fleet.Top(n)
	if n > 1 {
		like := 1
		if n > 8 {
			like = 8
		}
		v := l.of(like) / float64(like) * float64(n)
		if l.fleet.Alone() {
			l.limit[n] = v // each instance is on its own
			return v
		}
		if v > 0 {
			guess = v
		}
	}
	v, err := l.fleet.Limit(n, l.good, guess)
	if err != nil {
		v = 0 // the run itself refuses such a configuration
	}
	l.limit[n] = v
	return v
}
