package asg

import "asgsim/sim/des"

// simple is the state of simple scaling: an activity in progress and the cooldown
// that follows it.
type simple struct {
	*need
	underWay bool
	cooldown des.Duration
	until    des.Time
}

// begin notes that a simple scaling policy changed the desired
// capacity just now. Its activity is complete when the last instance is in
// service, or drained, and the cooldown begins then ("Scaling cooldowns", user
// guide, read 2023-04-27).
func (s *simple) begin(cooldown des.Duration) {
	s.underWay, s.cooldown = true, cooldown
}

// cooling reports whether a simple scaling activity, or the replacement of an
// unhealthy instance, is in progress, and when the cooldown after the last ends.
func (s *simple) cooling() (busy bool, until des.Time) {
	busy = s.underWay
	for _, m := range s.active {
		busy = busy || m.Replacement && m.Phase == PhasePending
	}
	return busy, s.until
}

// settle ends a simple scaling activity once the group is as desired and
// nothing is launching or draining.
func (s *simple) settle() {
	if !s.underWay || !s.settled() {
		return
	}
	for _, m := range s.Members {
		if m.Phase == PhasePending || m.Phase == PhaseDraining {
			return
		}
	}
	s.underWay = false
	s.until = s.kernel.Now().Add(s.cooldown)
}

// BeginSimple tells the group that a simple scaling policy changed the desired
// capacity just now.
func (g *Group) BeginSimple(cooldown des.Duration) { g.simple.begin(cooldown) }

// Cooling reports whether a simple scaling activity, or the replacement of an
// unhealthy instance, is in progress, and when the cooldown after the last ends.
func (g *Group) Cooling() (busy bool, until des.Time) { return g.simple.cooling() }
