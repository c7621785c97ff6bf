package world

import (
	"asgsim/sim/des"
	"asgsim/sim/queueing"
)

// needed estimates how many instances a load needs, without simulating: the same
// answers for every seed and policy.
type needed struct {
	world *world
	fleet queueing.Fleet
	ok    bool
}

// neededMax bounds the search for a fleet: the targets of an ALB.
const neededMax = 1000

func (w *world) newNeeded() *needed {
	n := &needed{world: w}
	if len(w.cfg.Classes) == 0 {
		return n
	}
	c, t := &w.cfg.Classes[0], &w.cfg.Template
	n.fleet = queueing.Fleet{
		VCPU: t.Type.VCPU, Speed: t.Speed, Workers: t.Workers, Sharing: t.Discipline == 0,
		CPU: c.CPU, Wait: c.Wait, Algorithm: queueing.Algorithm(w.cfg.Balancer.Algorithm),
	}
	n.ok = true
	return n
}

// slo is the smallest fleet, of the first type, whose stationary estimate meets the
// SLO at the rate, in units; -1 where there is none.
func (n *needed) slo(rate float64) int {
	if !n.ok {
		return -1
	}
	need := n.fleet.Needed(rate, n.world.cfg.SLO.Latency.Seconds(), n.world.cfg.SLO.Good, neededMax)
	if need > 0 {
		need *= max(1, n.world.cfg.Template.Weight)
	}
	return need
}

// target is what AWS calls the inferred required capacity: the smallest fleet
// that holds every target that can be foretold at the load of t; -1 without one.
func (n *needed) target(t des.Time) int {
	most := -1
	for i := range n.world.cfg.Tracking {
		if need, ok := n.world.holding(&n.world.cfg.Tracking[i], t); ok {
			most = max(most, need)
		}
	}
	return most
}
