package asg

import (
	"cmp"
	"fmt"
	"slices"

	"asgsim/sim/billing"
	"asgsim/sim/ec2"
)

// offers is what EC2 has to launch now, and how a Spot pool fares.
type offers interface {
	Models() []*ec2.Model
	Refusal(ec2.Pool) (why string, quota bool)
	SpotPrice(ec2.Pool) billing.USD
	SpotScore(ec2.Pool) float64
}

// allocator chooses the purchase option and the instance type of the next instance.
type allocator struct {
	*base
	*size
	*roster
	offers offers
}

// choices returns the pools of a zone in which the next instance may be launched,
// the preferred one first, and why that one.
func (a *allocator) choices(zone int) ([]ec2.Pool, string) {
	p := a.cfg.Mixed
	if p == nil {
		return []ec2.Pool{{Model: a.offers.Models()[0], Zone: zone}}, ""
	}
	onDemand, spot := a.split()
	total := max(a.desired, onDemand+spot+1)
	wantOnDemand, wantSpot := p.Split(total)
	if onDemand < wantOnDemand {
		list := a.ranked(zone, false)
		return list, fmt.Sprintf("On-Demand, since %d of %d are to be and %d are; %s by strategy %v", wantOnDemand, total, onDemand, list[0].Model.Type.Name, p.OnDemand)
	}
	list := a.ranked(zone, true)
	if p.Spot == SpotLowestPrice {
		a.spread(list[:min(p.SpotPools, len(list))])
	}
	return list, fmt.Sprintf("Spot, since %d of %d are to be and %d are; %s by strategy %v", wantSpot, total, spot, list[0].Model.Type.Name, p.Spot)
}

// ranked returns the pools of a zone in the order of the allocation strategy.
func (a *allocator) ranked(zone int, spot bool) []ec2.Pool {
	p := a.cfg.Mixed
	var list []ec2.Pool
	for _, m := range a.offers.Models() {
		list = append(list, ec2.Pool{Model: m, Zone: zone, Spot: spot})
	}
	var rank func(ec2.Pool) float64
	perUnit := func(x ec2.Pool) float64 { return float64(x.Model.Price) / float64(x.Units()) }
	switch {
	case !spot && p.OnDemand == Prioritized:
		return list
	case !spot:
		rank = perUnit
	case p.Spot == SpotLowestPrice:
		rank = func(x ec2.Pool) float64 { return float64(a.offers.SpotPrice(x)) / float64(x.Units()) }
	case p.Spot == CapacityOptimized:
		rank = func(x ec2.Pool) float64 { return -a.offers.SpotScore(x) }
	case p.Spot == CapacityOptimizedPrioritized:
		// Capacity first, in fifths; within one the order of the overrides.
		rank = func(x ec2.Pool) float64 { return -float64(int(5 * a.offers.SpotScore(x))) }
	default:
		rank = func(x ec2.Pool) float64 {
			return float64(a.offers.SpotPrice(x)) / float64(x.Units()) / max(a.offers.SpotScore(x), 1e-9)
		}
	}
	slices.SortStableFunc(list, func(x, y ec2.Pool) int { return cmp.Compare(rank(x), rank(y)) })
	return list
}

// spread puts the pools with the fewest units first.
func (a *allocator) spread(pools []ec2.Pool) {
	count := map[ec2.Pool]int{}
	for _, m := range a.active {
		count[m.Instance.Pool] += m.Units()
	}
	slices.SortStableFunc(pools, func(x, y ec2.Pool) int { return cmp.Compare(count[x], count[y]) })
}

// attempt returns the first pool that has capacity, or why the last has not.
func (a *allocator) attempt(pools []ec2.Pool) (pool ec2.Pool, why string, quota bool) {
	for _, pool = range pools {
		if why, quota = a.offers.Refusal(pool); why == "" {
			break
		}
	}
	return pool, why, quota
}

// open is the first pool that has capacity, the preferred one where none has: the
// instances that a run begins with are there.
func (a *allocator) open(pools []ec2.Pool) ec2.Pool {
	if pool, why, _ := a.attempt(pools); why == "" {
		return pool
	}
	return pools[0]
}
