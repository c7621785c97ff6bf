package asg

import (
	"cmp"

	"asgsim/sim/des"
)

// TerminationPolicy is a rule by which scale-in picks an instance.
type TerminationPolicy uint8

// The termination policies ("Work with Amazon EC2 Auto Scaling termination
// policies", user guide, read 2023-04-27). Default is in a mixed instances group
// the purchase option over its share, then what the allocation strategy would not
// choose (X-21, unless the oldest is asked for); then an instance of another launch
// template version than the current one; then the one closest to the next billing
// hour; and among equals any: here the first launched. OldestLaunchConfiguration has no meaning here: groups
// launch from a template.
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

// surplus picks the instance that scale-in removes, or nil if there is none that
// may go: an unhealthy one first; else, in the zone with the most instances, what
// the termination policies leave.
func (g *Group) surplus() *Member {
	var may []*Member
	for _, m := range g.active {
		if m.Phase != PhaseInService || m.Protected || m.Extra {
			continue
		}
		if m.Unhealthy {
			return m
		}
		may = append(may, m)
	}
	return g.pick(g.spare(may))
}

// pick applies zone balance and the termination policies to the candidates.
func (g *Group) pick(may []*Member) *Member {
	count := g.crowding()
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
	return g.byPolicy(g.overShare(left))
}

// byPolicy applies the termination policies in order, each to those the one
// before could not tell apart.
func (g *Group) byPolicy(left []*Member) *Member {
	for _, p := range g.cfg.Termination {
		if p == DefaultTermination {
			break
		}
		left = narrowed(left, g.rank(p))
	}
	if len(left) == 0 {
		return nil
	}
	for _, p := range g.defaults() {
		left = narrowed(left, g.rank(p))
	}
	return left[0]
}

// defaults are the policies that make up the Default one.
func (g *Group) defaults() []TerminationPolicy {
	if g.cfg.Mixed != nil && g.cfg.Mixed.OldestGoes {
		return []TerminationPolicy{OldestLaunchTemplate, OldestInstance}
	}
	return []TerminationPolicy{AllocationStrategy, OldestLaunchTemplate, ClosestToNextInstanceHour}
}

// rank returns what a policy wants least of.
func (g *Group) rank(p TerminationPolicy) func(*Member) int64 {
	switch p {
	case OldestInstance:
		return func(m *Member) int64 { return int64(m.Instance.Launched) }
	case NewestInstance:
		return func(m *Member) int64 { return -int64(m.Instance.Launched) }
	case OldestLaunchTemplate:
		return func(m *Member) int64 {
			if m.Instance.Version == g.fleet.Version() {
				return 1
			}
			return 0
		}
	case AllocationStrategy:
		return g.misplaced
	}
	return func(m *Member) int64 { return int64(g.toNextHour(m)) }
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

func (g *Group) toNextHour(m *Member) des.Duration {
	return des.Hour - g.kernel.Now().Sub(m.Instance.Launched)%des.Hour
}
