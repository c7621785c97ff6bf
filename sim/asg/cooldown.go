package asg

import "asgsim/sim/des"

// simple is the state of simple scaling: an activity in progress and the cooldown
// that follows it.
type simple struct {
	active   bool
	cooldown des.Duration
	until    des.Time
}

// BeginSimple tells the group that a simple scaling policy changed the desired
// capacity just now. Its activity is complete when the last instance is in
// service, or drained, and the cooldown begins then ("Scaling cooldowns", user
// guide, read 2023-04-27).
func (g *Group) BeginSimple(cooldown des.Duration) {
	g.simple.active, g.simple.cooldown = true, cooldown
}

// Cooling reports whether a simple scaling activity, or the replacement of an
// unhealthy instance, is in progress, and when the cooldown after the last ends.
func (g *Group) Cooling() (busy bool, until des.Time) {
	busy = g.simple.active
	for _, m := range g.active {
		busy = busy || m.Replacement && m.Phase == PhasePending
	}
	return busy, g.simple.until
}

// settleSimple ends a simple scaling activity once the group is as desired and
// nothing is launching or draining.
func (g *Group) settleSimple() {
	if !g.simple.active || !g.settled() {
		return
	}
	for _, m := range g.Members {
		if m.Phase == PhasePending || m.Phase == PhaseDraining {
			return
		}
	}
	g.simple.active = false
	g.simple.until = g.kernel.Now().Add(g.simple.cooldown)
}
