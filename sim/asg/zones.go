package asg

import (
	"slices"
	"sort"
	"strings"
)

// zoneSet is the zones of the group, and which of them it uses.
type zoneSet struct {
	*roster
	names  []string
	closed []bool // the group does not use it
}

func newZoneSet(r *roster, names []string, later int) *zoneSet {
	z := &zoneSet{roster: r, names: names, closed: make([]bool, len(names))}
	for k := len(names) - later; k < len(names); k++ {
		z.closed[k] = true
	}
	return z
}

// use changes the zones of the group: it launches in those of the list only, and
// evens out what is elsewhere, launching before it terminates ("Add and remove
// Availability Zones", user guide, read 2023-04-27).
func (z *zoneSet) use(list []int) (string, bool) {
	var added, removed []string
	for k, name := range z.names {
		used := slices.Contains(list, k)
		switch {
		case used && z.closed[k]:
			added = append(added, name)
		case !used && !z.closed[k]:
			removed = append(removed, name)
		}
		z.closed[k] = !used
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
func (z *zoneSet) stranded() bool {
	return slices.ContainsFunc(z.active, func(m *Member) bool { return z.closed[m.Instance.Zone] })
}

// thinFirst returns the zones in use by active capacity, least first.
func (z *zoneSet) thinFirst() []int {
	count := z.perZone()
	order := z.used()
	sort.SliceStable(order, func(i, j int) bool { return count[order[i]] < count[order[j]] })
	return order
}

// used returns the zones in use.
func (z *zoneSet) used() []int {
	var out []int
	for k, closed := range z.closed {
		if !closed {
			out = append(out, k)
		}
	}
	return out
}

// perZone counts the active units of every zone, without the unhealthy, which are
// about to go.
func (z *zoneSet) perZone() []int {
	count := make([]int, len(z.names))
	for _, m := range z.active {
		if !m.Unhealthy {
			count[m.Instance.Zone] += m.Units()
		}
	}
	return count
}

// crowding is what scale-in goes by: the units of every zone, those that the group
// has left above all.
func (z *zoneSet) crowding(maximum int) []int {
	count := z.perZone()
	for k, closed := range z.closed {
		if closed {
			count[k] += maximum + 1
		}
	}
	return count
}

// thinWithPool returns the zones by number of instances in group and pool, and
// among equals in the pool, fewest first.
func (z *zoneSet) thinWithPool() []int {
	all, pool := z.perZone(), make([]int, len(z.names))
	for _, m := range z.pooled {
		all[m.Instance.Zone]++
		pool[m.Instance.Zone]++
	}
	order := z.used()
	sort.SliceStable(order, func(i, j int) bool {
		a, b := order[i], order[j]
		return all[a] < all[b] || all[a] == all[b] && pool[a] < pool[b]
	})
	return order
}
