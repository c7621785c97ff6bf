package asg

import (
	"fmt"
	"slices"
	"sort"
	"strings"
)

// useZones changes the zones of the group: it launches in those of the list only, and
// evens out what is elsewhere, launching before it terminates ("Add and remove
// Availability Zones", user guide, read 2023-04-27).
func (g *Group) useZones(list []int) (string, bool) {
	var added, removed []string
	for z, name := range g.cfg.Zones {
		used := slices.Contains(list, z)
		switch {
		case used && g.closed[z]:
			added = append(added, name)
		case !used && !g.closed[z]:
			removed = append(removed, name)
		}
		g.closed[z] = !used
	}
	var parts []string
	if len(added) > 0 {
		parts = append(parts, "added "+strings.Join(added, ", "))
	}
	if len(removed) > 0 {
		parts = append(parts, "removed "+strings.Join(removed, ", "))
	}
	if len(parts) == 0 {
		return "the group has these availability zones already", false
	}
	return "availability zones: " + strings.Join(parts, "; "), true
}

// stranded reports whether an active instance is in a zone that the group has left.
func (g *Group) stranded() bool {
	return slices.ContainsFunc(g.active, func(m *Member) bool { return g.closed[m.Instance.Zone] })
}

// leaveZones takes the members of the warm pool out of the zones that the group has
// left.
func (g *Group) leaveZones() {
	for _, m := range slices.Clone(g.pool) {
		if g.closed[m.Instance.Zone] && m.Phase.Pooled() {
			g.discard(m, fmt.Sprintf("At %s an instance was taken out of the warm pool in response to a change of the group's availability zones.", g.clock(g.kernel.Now())), End{Kind: EndZone})
		}
	}
}

// thinFirst returns the zones in use by active capacity, least first.
func (g *Group) thinFirst() []int {
	count := g.zones()
	order := g.used()
	sort.SliceStable(order, func(i, j int) bool { return count[order[i]] < count[order[j]] })
	return order
}

// used returns the zones in use.
func (g *Group) used() []int {
	var out []int
	for z, closed := range g.closed {
		if !closed {
			out = append(out, z)
		}
	}
	return out
}

// zones counts the active units of every zone, without the unhealthy, which are
// about to go.
func (g *Group) zones() []int {
	count := make([]int, len(g.cfg.Zones))
	for _, m := range g.active {
		if !m.Unhealthy {
			count[m.Instance.Zone] += m.Units()
		}
	}
	return count
}

// crowding is what scale-in goes by: the units of every zone, those that the group
// has left above all.
func (g *Group) crowding() []int {
	count := g.zones()
	for z, closed := range g.closed {
		if closed {
			count[z] += g.Max + 1
		}
	}
	return count
}
