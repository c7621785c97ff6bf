package asg

import (
	"slices"

	"asgsim/sim/des"
)

// roster is who belongs to the group, and to its warm pool.
type roster struct {
	Members []*Member // by ordinal, the gone ones too
	active  []*Member // pending or in service, by ordinal
	pooled  []*Member // of the warm pool, with those on their way back
}

// Active returns the members pending or in service, by ordinal. The slice is the
// group's own.
func (r *roster) Active() []*Member { return r.active }

// Actual is the capacity pending or in service, in units.
func (r *roster) Actual() int { return units(r.active) }

// Extras is the capacity launched ahead of what it replaces: by so much the group
// may be above desired, and above its maximum.
func (r *roster) Extras() int {
	n := 0
	for _, m := range r.active {
		if m.Extra {
			n += m.Units()
		}
	}
	return n
}

// counted is the capacity that counts against desired: what was launched ahead of
// what it will take the place of does not yet.
func (r *roster) counted() int { return r.Actual() - r.Extras() }

// InService returns since when each unit of capacity in service is, in order of
// launch, and the number of pending ones.
func (r *roster) InService() (since []des.Time, pending int) {
	for _, m := range r.active {
		if m.Phase == PhaseInService {
			for range m.Units() {
				since = append(since, m.InServiceAt)
			}
		} else {
			pending += m.Units()
		}
	}
	return since, pending
}

// Standby returns the members in standby, by ordinal.
func (r *roster) Standby() []*Member {
	var out []*Member
	for _, m := range r.Members {
		if m.Phase == PhaseStandby {
			out = append(out, m)
		}
	}
	return out
}

// ahead returns the replacements launched ahead of those they replace, the ready
// ones first.
func (r *roster) ahead() []*Member {
	var ready, coming []*Member
	for _, m := range r.active {
		switch {
		case !m.Extra || !m.Replacement:
		case m.Phase == PhaseInService:
			ready = append(ready, m)
		default:
			coming = append(coming, m)
		}
	}
	return append(ready, coming...)
}

// split counts the units on demand and Spot, without those launched ahead.
func (r *roster) split() (onDemand, spot int) {
	for _, m := range r.active {
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

// join makes a member active.
func (r *roster) join(m *Member) {
	r.active = append(r.active, m)
	slices.SortFunc(r.active, func(a, b *Member) int { return a.Instance.Ordinal - b.Instance.Ordinal })
}

// leave takes a member out of the active ones.
func (r *roster) leave(m *Member) {
	m.Extra = false
	r.active = slices.DeleteFunc(r.active, func(o *Member) bool { return o == m })
}

// unpool takes a member out of the warm pool.
func (r *roster) unpool(m *Member) {
	r.pooled = slices.DeleteFunc(r.pooled, func(o *Member) bool { return o == m })
}

// units is the capacity of a list of members.
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
