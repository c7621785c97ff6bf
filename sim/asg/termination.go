package asg

import (
	"cmp"
	"slices"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// TerminationPolicy is a rule by which scale-in picks an instance.
type TerminationPolicy uint8

// The termination policies ("Configure termination policies", user guide, read
// 2026-11). Default is in a mixed instances group the purchase option over its share,
// then what the allocation strategy would choose last (X-21, unless the oldest is asked
// for); then an instance of another launch template version than the current one; then
// the one closest to the next billing hour; and among equals any: here the first
// launched. OldestLaunchConfiguration has no meaning here: groups launch from a template.
const (
	DefaultTermination TerminationPolicy = iota
	OldestInstance
	NewestInstance
	ClosestToNextInstanceHour
	OldestLaunchTemplate
	AllocationStrategy
)

var terminationNames = [...]string{"Default", "OldestInstance", "NewestInstance", "ClosestToNextInstanceHour", "OldestLaunchTemplate", "AllocationStrategy"}

// String returns AWS's name of the policy.
func (p TerminationPolicy) String() string { return terminationNames[p] }

// TerminationPolicies returns the names of the policies, in order.
func TerminationPolicies() []string { return terminationNames[:] }

// chooser picks the instances that leave.
type chooser struct {
	*base
	*size
	*zoneSet
	pools   *allocator
	version func() *ec2.Version // of the launch template, that is launched now
}

// victim picks the instance that scale-in removes, or nil if there is none that
// may go: an unhealthy one first; else, in the zone with the most instances, what
// the termination policies leave.
func (c *chooser) victim() *Member {
	var may []*Member
	for _, m := range c.active {
		if m.Phase != PhaseInService || m.Protected || m.Extra {
			continue
		}
		if m.Unhealthy {
			return m
		}
		may = append(may, m)
	}
	return c.pick(c.spare(may))
}

// pick applies zone balance and the termination policies to the candidates.
func (c *chooser) pick(may []*Member) *Member {
	count := c.crowding(c.max)
	most := 0
	for _, m := range may {
		most = max(most, count[m.Instance.Zone])
	}
	var left []*Member
	for _, m := range may {
		if count[m.Instance.Zone] == most {
			left = append(left, m)
		}
	}
	return c.byPolicy(c.overShare(left))
}

// byPolicy applies the termination policies in order, each to those the one
// before could not tell apart.
func (c *chooser) byPolicy(left []*Member) *Member {
	for _, p := range c.cfg.Termination {
		if p == DefaultTermination {
			break
		}
		left = narrowed(left, c.rank(p))
	}
	if len(left) == 0 {
		return nil
	}
	for _, p := range c.defaults() {
		left = narrowed(left, c.rank(p))
	}
	return left[0]
}

// defaults are the policies that make up the Default one.
func (c *chooser) defaults() []TerminationPolicy {
	if c.cfg.Mixed != nil && c.cfg.Mixed.OldestGoes {
		return []TerminationPolicy{OldestLaunchTemplate, OldestInstance}
	}
	return []TerminationPolicy{AllocationStrategy, OldestLaunchTemplate, ClosestToNextInstanceHour}
}

// rank returns what a policy wants least of.
func (c *chooser) rank(p TerminationPolicy) func(*Member) int64 {
	switch p {
	case OldestInstance:
		return func(m *Member) int64 { return int64(m.Instance.Launched) }
	case NewestInstance:
		return func(m *Member) int64 { return -int64(m.Instance.Launched) }
	case OldestLaunchTemplate:
		return func(m *Member) int64 {
			if m.Instance.Version == c.version() {
				return 1
			}
			return 0
		}
	case AllocationStrategy:
		return c.misplaced
	}
	return func(m *Member) int64 { return int64(c.toNextHour(m)) }
}

// narrowed keeps those of least rank, in order.
func narrowed[T cmp.Ordered](list []*Member, rank func(*Member) T) []*Member {
	var out []*Member
	for _, m := range list {
		switch {
		case len(out) == 0 || rank(m) == rank(out[0]):
			out = append(out, m)
		case rank(m) < rank(out[0]):
			out = append(out[:0:0], m)
		}
	}
	return out
}

func (c *chooser) toNextHour(m *Member) des.Duration {
	return des.Hour - c.kernel.Now().Sub(m.Instance.Launched)%des.Hour
}

// overShare narrows members to the purchase option that has more than its share of
// what the group will be, if any of them is of it.
func (c *chooser) overShare(list []*Member) []*Member {
	if c.cfg.Mixed == nil || len(list) == 0 {
		return list
	}
	onDemand, spot := c.split()
	wantOnDemand, wantSpot := c.cfg.Mixed.Split(c.desired)
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
func (c *chooser) spare(list []*Member) []*Member {
	most, n := c.largest(), c.counted()
	if most == 1 {
		return list
	}
	var onDemand, spot, wantOnDemand, wantSpot int
	shares := c.cfg.Mixed != nil && n <= c.desired+most
	if shares {
		onDemand, spot = c.split()
		wantOnDemand, wantSpot = c.cfg.Mixed.Split(c.desired)
	}
	return slices.DeleteFunc(slices.Clone(list), func(m *Member) bool {
		switch {
		case n-m.Units() < c.desired:
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
func (c *chooser) misplaced(m *Member) int64 {
	if c.cfg.Mixed == nil {
		return 0
	}
	pools := c.pools.ranked(m.Instance.Zone, m.Instance.Spot)
	at := slices.Index(pools, m.Instance.Pool)
	if !m.Instance.Spot || c.cfg.Mixed.Spot != SpotLowestPrice || at >= c.cfg.Mixed.SpotPools {
		return -int64(at) * 1_000_000
	}
	n := 0 // of the pools it spreads over, the one with the most
	for _, o := range c.active {
		if o.Instance.Pool == m.Instance.Pool {
			n += o.Units()
		}
	}
	return -int64(n)
}

// sorted returns members in the order in which the termination policies would take
// them, zone by zone.
func (c *chooser) sorted(list []*Member) []*Member {
	left := append([]*Member(nil), list...)
	count := c.perZone()
	var out []*Member
	for len(left) > 0 {
		most := left[0].Instance.Zone
		for _, m := range left {
			if count[m.Instance.Zone] > count[most] {
				most = m.Instance.Zone
			}
		}
		var there []*Member
		for _, m := range left {
			if m.Instance.Zone == most {
				there = append(there, m)
			}
		}
		next := c.byPolicy(there)
		count[most]--
		out = append(out, next)
		left = without(left, next)
	}
	return out
}

func without(list []*Member, m *Member) []*Member {
	out := list[:0:0]
	for _, o := range list {
		if o != m {
			out = append(out, o)
		}
	}
	return out
}
