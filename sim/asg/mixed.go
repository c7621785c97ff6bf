package asg

import (
	"cmp"
	"fmt"
	"slices"

	"asgsim/sim/ec2"
)

// Mixed is a mixed instances policy: several types, on demand and Spot (API:
// InstancesDistribution). The types are those of the launch template.
type Mixed struct {
	OnDemandBase    int // units of capacity that are on demand before any Spot
	OnDemandPercent int // of what is above it, 0 to 100
	OnDemand        OnDemandStrategy
	Spot            SpotStrategy
	SpotPools       int // lowest-price: over how many pools of a zone
	// OldestGoes: among instances of a zone and purchase option the Default termination
	// policy does not ask the allocation strategy, but takes the oldest.
	OldestGoes bool
}

// OnDemandStrategy is how the type of an On-Demand Instance is chosen.
type OnDemandStrategy uint8

// The strategies for On-Demand Instances.
const (
	Prioritized OnDemandStrategy = iota
	OnDemandLowestPrice
)

// SpotStrategy is how the pool of a Spot Instance is chosen.
type SpotStrategy uint8

// The strategies for Spot Instances. What AWS knows of a pool's capacity is hidden:
// ours is the market's score.
const (
	SpotLowestPrice SpotStrategy = iota
	CapacityOptimized
	CapacityOptimizedPrioritized
	PriceCapacityOptimized
)

var onDemandStrategies = [...]string{"prioritized", "lowest-price"}
var spotStrategies = [...]string{"lowest-price", "capacity-optimized", "capacity-optimized-prioritized", "price-capacity-optimized"}

// String returns AWS's name of the strategy.
func (s OnDemandStrategy) String() string { return onDemandStrategies[s] }

// String returns AWS's name of the strategy.
func (s SpotStrategy) String() string { return spotStrategies[s] }

// OnDemandStrategies returns the names of the strategies, in order.
func OnDemandStrategies() []string { return onDemandStrategies[:] }

// SpotStrategies returns the names of the strategies, in order.
func SpotStrategies() []string { return spotStrategies[:] }

// Split divides n units of capacity: the base, then the percentage of the rest, a
// fraction in favour of on demand ("Auto Scaling groups with multiple instance
// types and purchase options", user guide, read 2023-04-27).
func (p *Mixed) Split(n int) (onDemand, spot int) {
	onDemand = min(n, p.OnDemandBase)
	onDemand += ((n-onDemand)*p.OnDemandPercent + 99) / 100
	return onDemand, n - onDemand
}

// largest is the largest weight: by so much, less one, the group may be above
// desired when it fills up, since it launches until desired is met.
func (g *Group) largest() int {
	n := 1
	for _, m := range g.fleet.Models() {
		n = max(n, m.Weight)
	}
	return n
}

// Overshoot is by how much a group with weights may exceed its desired capacity, and
// its maximum: the largest weight (API: CreateAutoScalingGroup, MaxSize); 0 without.
func (g *Group) Overshoot() int {
	if n := g.largest(); n > 1 {
		return n
	}
	return 0
}

// Units is how much capacity a member counts for.
func (m *Member) Units() int { return m.Instance.Units() }

func units(list []*Member) int {
	n := 0
	for _, m := range list {
		n += m.Units()
	}
	return n
}

// first returns the first members of a list that together make n units, or more.
func first(list []*Member, n int) []*Member {
	for k, m := range list {
		if n <= 0 {
			return list[:k]
		}
		n -= m.Units()
	}
	return list
}

// split counts the units on demand and Spot, without those launched ahead.
func (g *Group) split() (onDemand, spot int) {
	for _, m := range g.active {
		switch {
		case m.Extra:
		case m.Instance.Spot:
			spot += m.Units()
		default:
			onDemand += m.Units()
		}
	}
	return onDemand, spot
}

// missing reports whether an instance is to be launched: until desired is met, and
// with weights until both purchase options have their share, as long as that does
// not exceed desired by more than the largest weight.
func (g *Group) missing() bool {
	n, most := g.counted(), g.largest()
	switch {
	case n < g.Desired:
		return true
	case n > g.Desired || g.cfg.Mixed == nil || most == 1:
		return false // one more might exceed desired by more than the largest weight
	}
	onDemand, spot := g.split()
	wantOnDemand, wantSpot := g.cfg.Mixed.Split(g.Desired)
	return onDemand < wantOnDemand || spot < wantSpot
}

// tolerate keeps what a launch with weights leaves above desired, until desired falls
// ("Instance weighting", user guide, read 2023-04-27).
func (g *Group) tolerate() {
	if most := g.largest(); most > 1 {
		g.tolerated, g.lowest = min(max(0, g.counted()-g.Desired), most), g.Desired
	}
}

// settled reports whether the group is as large as desired, give or take a weight.
func (g *Group) settled() bool { return g.fits(g.counted()) }

// fits reports whether a capacity is what desired asks for, give or take a weight.
func (g *Group) fits(n int) bool {
	over, most := n-g.Desired, g.largest()
	return over == 0 || most > 1 && over > 0 && over <= most
}

// choices returns the pools of a zone in which the next instance may be launched,
// the preferred one first, and why that one.
func (g *Group) choices(zone int) ([]ec2.Pool, string) {
	p := g.cfg.Mixed
	if p == nil {
		return []ec2.Pool{{Model: g.fleet.Models()[0], Zone: zone}}, ""
	}
	onDemand, spot := g.split()
	total := max(g.Desired, onDemand+spot+1)
	wantOnDemand, wantSpot := p.Split(total)
	if onDemand < wantOnDemand {
		list := g.ranked(zone, false)
		return list, fmt.Sprintf("On-Demand, since %d of %d are to be and %d are; %s by strategy %v", wantOnDemand, total, onDemand, list[0].Model.Type.Name, p.OnDemand)
	}
	list := g.ranked(zone, true)
	if p.Spot == SpotLowestPrice {
		g.spread(list[:min(p.SpotPools, len(list))])
	}
	return list, fmt.Sprintf("Spot, since %d of %d are to be and %d are; %s by strategy %v", wantSpot, total, spot, list[0].Model.Type.Name, p.Spot)
}

// ranked returns the pools of a zone in the order of the allocation strategy.
func (g *Group) ranked(zone int, spot bool) []ec2.Pool {
	p, now := g.cfg.Mixed, g.kernel.Now()
	var list []ec2.Pool
	for _, m := range g.fleet.Models() {
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
		rank = func(x ec2.Pool) float64 { return float64(g.fleet.Market.Price(x, now)) / float64(x.Units()) }
	case p.Spot == CapacityOptimized:
		rank = func(x ec2.Pool) float64 { return -g.fleet.Market.Score(x, now) }
	case p.Spot == CapacityOptimizedPrioritized:
		// Capacity first, in fifths; within one the order of the overrides.
		rank = func(x ec2.Pool) float64 { return -float64(int(5 * g.fleet.Market.Score(x, now))) }
	default:
		rank = func(x ec2.Pool) float64 {
			return float64(g.fleet.Market.Price(x, now)) / float64(x.Units()) / max(g.fleet.Market.Score(x, now), 1e-9)
		}
	}
	slices.SortStableFunc(list, func(a, b ec2.Pool) int { return cmp.Compare(rank(a), rank(b)) })
	return list
}

// spread puts the pools with the fewest units first.
func (g *Group) spread(pools []ec2.Pool) {
	count := map[ec2.Pool]int{}
	for _, m := range g.active {
		count[m.Instance.Pool] += m.Units()
	}
	slices.SortStableFunc(pools, func(a, b ec2.Pool) int { return cmp.Compare(count[a], count[b]) })
}

// overShare narrows members to the purchase option that has more than its share of
// what the group will be, if any of them is of it.
func (g *Group) overShare(list []*Member) []*Member {
	if g.cfg.Mixed == nil || len(list) == 0 {
		return list
	}
	onDemand, spot := g.split()
	wantOnDemand, wantSpot := g.cfg.Mixed.Split(g.Desired)
	over := slices.DeleteFunc(slices.Clone(list), func(m *Member) bool {
		if m.Instance.Spot {
			return spot <= wantSpot
		}
		return onDemand <= wantOnDemand
	})
	if len(over) == 0 {
		return list
	}
	return over
}

// spare narrows members to those without which the group still is as large as
// desired, and with weights, unless it is far larger, each purchase option has its
// share.
func (g *Group) spare(list []*Member) []*Member {
	most, n := g.largest(), g.counted()
	if most == 1 {
		return list
	}
	var onDemand, spot, wantOnDemand, wantSpot int
	shares := g.cfg.Mixed != nil && n <= g.Desired+most
	if shares {
		onDemand, spot = g.split()
		wantOnDemand, wantSpot = g.cfg.Mixed.Split(g.Desired)
	}
	return slices.DeleteFunc(slices.Clone(list), func(m *Member) bool {
		switch {
		case n-m.Units() < g.Desired:
			return true
		case !shares:
			return false
		case m.Instance.Spot:
			return spot-m.Units() < wantSpot
		}
		return onDemand-m.Units() < wantOnDemand
	})
}

// misplaced ranks members by how far their pool is from what the allocation
// strategy would choose now; those to lose first are lowest.
func (g *Group) misplaced(m *Member) int64 {
	if g.cfg.Mixed == nil {
		return 0
	}
	pools := g.ranked(m.Instance.Zone, m.Instance.Spot)
	at := slices.Index(pools, m.Instance.Pool)
	if !m.Instance.Spot || g.cfg.Mixed.Spot != SpotLowestPrice || at >= g.cfg.Mixed.SpotPools {
		return -int64(at) * 1_000_000
	}
	n := 0 // of the pools it spreads over, the one with the most
	for _, o := range g.active {
		if o.Instance.Pool == m.Instance.Pool {
			n += o.Units()
		}
	}
	return -int64(n)
}
