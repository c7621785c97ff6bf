package serving

import (
	"math"

	"asgsim/sim/rng"
)

// A regime is a state of affairs whose stretches may stand for one another: the same
// targets by kind, the same mix of requests, the same utilization to within a few per cent
// of what is idle.
const (
	idleStep  = 0.05 // relative, of 1 - utilization
	shareStep = 0.05 // of a load's share of the requests
)

var regimePurpose = rng.Purpose("sampled/regime")

// regime names that of a fleet at a utilization, with the loads' shares of the requests.
func regime(p *EventPlane, table *Routing, rho float64, shares []float64) uint64 {
	h := func(k ...uint64) uint64 {
		r := rng.Key(0, regimePurpose, k...)
		return r.Uint64()
	}
	id := h(uint64(table.Algorithm), uint64(int64(math.Log(max(1-rho, 1e-3))/idleStep)))
	for k, share := range shares {
		id = h(id, uint64(k), uint64(share/shareStep+0.5))
	}
	for k := range table.Nodes {
		sum := uint64(0) // in any order
		for _, t := range table.Nodes[k].Targets {
			sum += h(p.inst[t.ID].kind(), math.Float64bits(t.Weight))
		}
		id = h(id, sum, math.Float64bits(table.Nodes[k].Share))
	}
	return id
}

// kind is what instances that serve alike have in common.
func (i *instance) kind() uint64 {
	shared := uint64(0)
	if i.shared {
		shared = 1
	}
	a := &i.admission
	r := rng.Key(1, regimePurpose, uint64(i.vcpu), uint64(i.workers), uint64(i.bound), uint64(a.Order), uint64(a.Full), uint64(a.Longest), shared, math.Float64bits(i.rate), math.Float64bits(i.cpuShare))
	return r.Uint64()
}
