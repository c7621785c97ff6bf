package asg

import (
	"fmt"
	"slices"
)

// exchanger replaces instances that serve, no faster than a pace allows.
type exchanger struct {
	*base
	*History
	*suspensions
	*need
	mover
	zones    *zoneSet
	chooser  *chooser
	replacer *replacer
	busy     bool // something is being exchanged at this look
}

// exchange replaces the listed instances as fast as the maintenance policy allows:
// it launches ahead while fewer than the most may run, and terminates as long as
// enough are fit. cause words the termination of one.
func (x *exchanger) exchange(list []*Member, pace *Maintenance, fit func(*Member) bool, cause func(*Member) string, end End, launchCause string) {
	if len(list) == 0 {
		return
	}
	x.busy = true
	keep, run := pace.Bounds(x.desired)
	ready := 0
	for _, m := range x.active {
		if m.Phase == PhaseInService && (slices.Contains(list, m) || fit(m)) {
			ready += m.Units()
		}
	}
	for len(list) > 0 {
		if ahead := x.ahead(); x.wanting(list, ahead) && (x.Actual() < run || ready-list[0].Units() < keep && x.stuck(ahead, list[0], fit)) {
			if m := x.launchBeside(list[min(len(ahead), len(list)-1)], launchCause); m != nil {
				m.Replacement, m.Extra = true, x.counted()-m.Units() >= x.desired
				continue
			}
		}
		if ready-list[0].Units() < keep || x.suspended[Terminate] {
			break
		}
		m := list[0]
		list, ready = list[1:], ready-m.Units()
		x.Replacements++
		due := m.Units()
		if m.Extra {
			due = 0 // a replacement that must be replaced itself did not count yet
		}
		x.terminate(m, cause(m), end)
		next := x.ahead()
		for ; due > 0 && len(next) > 0 && (x.largest() == 1 || x.missing()); next = next[1:] {
			next[0].Extra, due = false, due-next[0].Units()
		}
		if due > 0 {
			x.replacer.succeed(launchCause)
		}
	}
}

// wanting reports whether those launched ahead do not make up for the listed yet.
// With weights a group that is above desired may do without some of them.
func (x *exchanger) wanting(list, ahead []*Member) bool {
	return units(ahead) < units(list) && x.counted()-units(list)+units(ahead) < x.desired
}

// launchBeside launches ahead of an instance it will replace: in its zone, so that
// the zones are as even afterwards as before, or where else it can.
func (x *exchanger) launchBeside(old *Member, cause string) *Member {
	if zone := old.Instance.Zone; slices.Contains(x.zones.thinFirst(), zone) {
		if m := x.launch(cause, zone); m != nil {
			return m
		}
	}
	return x.launch(cause, anywhere)
}

// stuck reports whether, with weights, the replacements of m must be launched beyond
// the bound: all that are there serve, and are of less weight than m together.
func (x *exchanger) stuck(ahead []*Member, m *Member, fit func(*Member) bool) bool {
	if x.largest() == 1 || units(ahead) >= m.Units() {
		return false
	}
	for _, a := range ahead {
		if a.Phase != PhaseInService || !fit(a) {
			return false
		}
	}
	return true
}

// settleExtras ends the privilege of the replacements in service that have nobody left
// to replace. With weights the others may be enough without any of them to spare: then
// the replacement goes.
func (x *exchanger) settleExtras() {
	for _, m := range x.ahead() {
		if m.Phase != PhaseInService {
			continue
		}
		victim := x.chooser.victim()
		if victim == nil && x.largest() > 1 && x.counted() >= x.desired && !x.suspended[Terminate] && !m.Protected {
			x.terminate(m, x.shrinking(m, x.counted()+m.Units()), End{Kind: EndScaleIn})
			continue
		}
		x.countIn(m, victim, End{Kind: EndScaleIn})
	}
}

// shrinking is the cause of a termination that brings the capacity down from n.
func (x *exchanger) shrinking(m *Member, n int) string {
	at := x.at()
	return fmt.Sprintf("At %s an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from %d to %d. At %s instance %s was selected for termination.",
		at, n, n-m.Units(), at, m.Instance.ID())
}

// countIn counts an instance that was launched ahead like any other, and terminates
// victim for it if the group is too large now; nothing if it would have to and may
// not.
func (x *exchanger) countIn(m, victim *Member, end End) {
	tooMany := victim == nil && x.counted() >= x.desired || victim != nil && x.counted()+m.Units()-victim.Units() >= x.desired
	if tooMany && (victim == nil || x.suspended[Terminate]) {
		return
	}
	m.Extra = false
	if tooMany {
		x.terminate(victim, x.shrinking(victim, x.counted()), end)
	}
}
