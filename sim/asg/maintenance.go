package asg

import (
	"fmt"
	"math"
	"slices"
)

// Maintenance is an instance maintenance policy: while instances are replaced for
// their health or age, the group stays between these shares of desired ("Instance
// maintenance policies", user guide, read 2024-05).
type Maintenance struct {
	MinHealthy, MaxHealthy float64 // 0.9 is 90 %
	Outwards               bool    // how Bounds rounds
}

// Bounds returns how many instances must be ready and may run (X-19, our choice:
// rounded inwards unless asked otherwise; 100 to 100 means one at a time, launched
// first).
func (p *Maintenance) Bounds(desired int) (keep, run int) {
	const eps = 1e-9
	keep = int(math.Ceil(float64(desired)*p.MinHealthy - eps))
	run = int(math.Floor(float64(desired)*p.MaxHealthy + eps))
	if p.Outwards {
		keep = int(math.Floor(float64(desired)*p.MinHealthy + eps))
		run = int(math.Ceil(float64(desired)*p.MaxHealthy - eps))
	}
	if keep >= desired && run <= desired {
		run = desired + 1
	}
	return keep, run
}

// exchange replaces the listed instances as fast as the maintenance policy allows:
// it launches ahead while fewer than the most may run, and terminates as long as
// enough are fit. cause words the termination of one.
func (g *Group) exchange(list []*Member, pace *Maintenance, fit func(*Member) bool, cause func(*Member) string, end End, launchCause string) {
	if len(list) == 0 {
		return
	}
	g.busy = true
	keep, run := pace.Bounds(g.Desired)
	ready := 0
	for _, m := range g.active {
		if m.Phase == PhaseInService && (contains(list, m) || fit(m)) {
			ready += m.Units()
		}
	}
	for len(list) > 0 {
		if ahead := g.ahead(); g.wanting(list, ahead) && (g.Actual() < run || ready-list[0].Units() < keep && g.stuck(ahead, list[0], fit)) {
			if m := g.launchBeside(list[min(len(ahead), len(list)-1)], launchCause); m != nil {
				m.Replacement, m.Extra = true, g.counted()-m.Units() >= g.Desired
				continue
			}
		}
		if ready-list[0].Units() < keep || g.suspended[Terminate] {
			break
		}
		m := list[0]
		list, ready = list[1:], ready-m.Units()
		g.Replacements++
		g.terminate(m, cause(m), end)
		due, next := m.Units(), g.ahead()
		for ; due > 0 && len(next) > 0 && (g.largest() == 1 || g.missing()); next = next[1:] {
			next[0].Extra, due = false, due-next[0].Units()
		}
		if due > 0 {
			g.succeed(launchCause)
		}
	}
}

// wanting reports whether those launched ahead do not make up for the listed yet.
// With weights a group that is above desired may do without some of them.
func (g *Group) wanting(list, ahead []*Member) bool {
	return units(ahead) < units(list) && g.counted()-units(list)+units(ahead) < g.Desired
}

// launchBeside launches ahead of an instance it will replace: in its zone, so that
// the zones are as even afterwards as before, or where else it can.
func (g *Group) launchBeside(old *Member, cause string) *Member {
	if zone := old.Instance.Zone; slices.Contains(g.thinFirst(), zone) {
		if m := g.launch(cause, zone); m != nil {
			return m
		}
	}
	return g.launch(cause, anywhere)
}

// stuck reports whether, with weights, the replacements of m must be launched beyond
// the bound: all that are there serve, and are of less weight than m together.
func (g *Group) stuck(ahead []*Member, m *Member, fit func(*Member) bool) bool {
	if g.largest() == 1 || units(ahead) >= m.Units() {
		return false
	}
	for _, a := range ahead {
		if a.Phase != PhaseInService || !fit(a) {
			return false
		}
	}
	return true
}

// ExtrasAllowed is the most instances that may be launched ahead of those they
// replace just now.
func (g *Group) ExtrasAllowed() int {
	n := min(1, RebalanceCeiling(g.Max)-g.Max)
	if w := g.largest(); w > 1 {
		n += 2 * w // one instance, of which only a unit may be due
	}
	if g.cfg.Maintenance != nil {
		_, run := g.cfg.Maintenance.Bounds(g.Desired)
		n += run - min(run, g.Desired)
	}
	if g.cfg.Rebalance {
		pace := g.rebalancePace()
		_, run := pace.Bounds(g.Desired)
		n += run - min(run, g.Desired)
	}
	if g.refreshing != nil {
		_, run := g.refreshing.Pace.Bounds(g.Desired)
		n += run - min(run, g.Desired)
	}
	return n
}

// ahead returns the replacements launched ahead of those they replace, the ready
// ones first.
func (g *Group) ahead() []*Member {
	var ready, coming []*Member
	for _, m := range g.active {
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

// dismiss ends the privilege of the replacements in service that have nobody left
// to replace. With weights the others may be enough without any of them to spare: then
// the replacement goes.
func (g *Group) dismiss() {
	for _, m := range g.ahead() {
		if m.Phase != PhaseInService {
			continue
		}
		victim := g.surplus()
		if victim == nil && g.largest() > 1 && g.counted() >= g.Desired && !g.suspended[Terminate] && !m.Protected {
			g.terminate(m, g.shrinking(m, g.counted()+m.Units()), End{Kind: EndScaleIn})
			continue
		}
		g.fold(m, victim, End{Kind: EndScaleIn})
	}
}

// shrinking is the cause of a termination that brings the capacity down from n.
func (g *Group) shrinking(m *Member, n int) string {
	at := g.clock(g.kernel.Now())
	return fmt.Sprintf("At %s an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from %d to %d. At %s instance %s was selected for termination.",
		at, n, n-m.Units(), at, m.Instance.ID())
}

// fold counts an instance that was launched ahead like any other, and terminates
// victim for it if the group is too large now; nothing if it would have to and may
// not.
func (g *Group) fold(m, victim *Member, end End) {
	tooMany := victim == nil && g.counted() >= g.Desired || victim != nil && g.counted()+m.Units()-victim.Units() >= g.Desired
	if tooMany && (victim == nil || g.suspended[Terminate]) {
		return
	}
	m.Extra = false
	if tooMany {
		g.terminate(victim, g.shrinking(victim, g.counted()), end)
	}
}

func contains(list []*Member, m *Member) bool {
	for _, o := range list {
		if o == m {
			return true
		}
	}
	return false
}
