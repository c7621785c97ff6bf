package world

import (
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// needed says how many instances a load needs: the same answers for every seed and
// policy.
type needed struct {
	world  *world
	limits *fleetLimits // nil: no requests
}

// neededMax bounds the search for a fleet: the targets of an ALB.
const neededMax = 1000

func (w *world) newNeeded() *needed {
	n := &needed{world: w}
	if len(w.cfg.Classes) > 0 && !w.cfg.NeededUnasked && w.cfg.Queue == nil {
		n.limits = limitsOf(w.cfg)
	}
	return n
}

// slo is the smallest fleet, of the first type, that meets the SLO in the steady
// state at the rate, in units; -1 where there is none. It is found by short
// simulations ([serving.Stationary]) of Poisson arrivals or of those of the only
// load, of the first class of requests.
//
// TestNeededAgreesWithBruteForce sets it beside fleets simulated one by one: constant,
// exponential, lognormal (cv 3) and two-valued work of 40 ms, processor sharing and
// fifo, unlimited, 2 and 8 workers, the three routings, 100 ms at 99.9 %, 500 ms at
// 99 % and 1 s at 99.5 %, 30, 150 and 600 requests a second, with and without a wait of
// 20 ms. It is within one instance or a tenth; for heavy work (cv 3) brute force itself
// needs millions of requests to be that sure: 28 beside 33 of 400,000 and 30 of
// 1,600,000.
func (n *needed) slo(rate float64) int {
	if n.limits == nil {
		return -1
	}
	need := n.limits.needed(rate)
	if need > 0 {
		need *= max(1, n.world.cfg.Template.Weight)
	}
	return need
}

// Holds reports whether n instances of the first type meet the SLO in the steady state
// at a rate. It costs one short simulation and may disagree with [NeededFor], which
// costs a search, within what both are sure of: an instance or a tenth.
func Holds(cfg *record.Config, n int, rate float64) bool { return limitsOf(cfg).holds(n, rate) }

// NeededFor is the smallest fleet, of the first type, that meets the SLO in the
// steady state at a rate, in instances; -1 where not even a thousand do. possible is
// false where no fleet would, however idle.
func NeededFor(cfg *record.Config, rate float64) (n int, possible bool) {
	l := limitsOf(cfg)
	return l.needed(rate), l.possible()
}

// target is what AWS calls the inferred required capacity: the smallest fleet
// that holds every target that can be foretold at the load of t; -1 without one.
func (n *needed) target(t des.Time) int {
	most := -1
	one := func(m cloudwatch.Metric) (float64, bool) { return n.world.control.MetricOfOne(m, t) }
	for _, goal := range scaling.Goals(n.world.cfg.Policies) {
		if need, ok := goal.Fleet(one); ok {
			most = max(most, need)
		}
	}
	return most
}
