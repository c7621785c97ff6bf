package asg

import "fmt"

// note adds a finished activity about a member that is neither a launch nor a
// termination.
func (g *Group) note(m *Member, description, cause string) {
	g.Activities = append(g.Activities, Activity{
		ID: len(g.Activities), Description: description + ": " + m.Instance.ID(), Cause: cause, Move: true,
		Instance: m.Instance.Ordinal, Zone: g.cfg.Zones[m.Instance.Zone], Start: g.kernel.Now(), End: g.kernel.Now(), Status: Successful,
	})
}

// smaller lowers desired for an instance that is taken away, or says that the
// minimum forbids it.
func (g *Group) smaller(m *Member) bool {
	if g.Desired-m.Units() < g.Min {
		return false
	}
	g.Desired -= m.Units()
	return true
}

// EnterStandby takes an instance in service out of it without terminating it:
// deregistered and drained, it runs on, is paid and not checked. decrement lowers
// desired; else another instance is launched ("Temporarily remove instances", user
// guide, read 2023-04-27). It returns false if the minimum forbids it.
func (g *Group) EnterStandby(m *Member, decrement bool) bool {
	return g.takeAway(m, decrement, "Moving EC2 instance to Standby", "moved to standby", func() { m.Phase = PhaseStandby })
}

// Detach removes an instance in service from the group without terminating it. It
// runs on outside: nobody's bill here ("Detach EC2 instances", user guide, read
// 2023-04-27).
func (g *Group) Detach(m *Member, decrement bool) bool {
	return g.takeAway(m, decrement, "Detaching EC2 instance", "detached", func() {
		m.Phase = PhaseGone
		m.End = End{Kind: EndDetached}
		g.Detached++
		g.fleet.Release(m.Instance)
	})
}

func (g *Group) takeAway(m *Member, decrement bool, what, verb string, done func()) bool {
	before := g.Desired
	if decrement && !g.smaller(m) {
		return false
	}
	shrunk := ""
	if decrement {
		shrunk = fmt.Sprintf(", shrinking the capacity from %d to %d", before, g.Desired)
	}
	at := g.clock(g.kernel.Now())
	g.note(m, what, fmt.Sprintf("At %s instance %s was %s in response to a user request%s.", at, m.Instance.ID(), verb, shrunk))
	m.Phase = PhaseDraining
	g.leave(m)
	g.drain(m, func() {
		done()
		g.settleSimple()
		g.observe()
	})
	g.retryAt(g.kernel.Now())
	g.observe()
	return true
}

// ExitStandby puts an instance back into service and raises desired by it. It
// returns false if the maximum forbids it, or the group, larger than desired just now,
// is full. The grace period begins anew.
func (g *Group) ExitStandby(m *Member) bool {
	if m.Phase != PhaseStandby || g.Desired+m.Units() > g.Max || g.Actual()+m.Units() > g.Max+g.largest()-1 {
		return false
	}
	g.Desired += m.Units()
	at := g.clock(g.kernel.Now())
	g.note(m, "Moving EC2 instance out of Standby", fmt.Sprintf("At %s instance %s was moved out of standby in response to a user request, increasing the capacity from %d to %d.",
		at, m.Instance.ID(), g.Desired-m.Units(), g.Desired))
	m.Phase, m.InServiceAt = PhaseInService, g.kernel.Now()
	g.join(m)
	g.register(m)
	g.observe()
	return true
}

// Protect sets or lifts an instance's protection from scale-in.
func (g *Group) Protect(m *Member, protected bool) {
	m.Protected = protected
	if !protected {
		g.retryAt(g.kernel.Now())
	}
}

// Standby returns the members in standby, by ordinal.
func (g *Group) Standby() []*Member {
	var out []*Member
	for _, m := range g.Members {
		if m.Phase == PhaseStandby {
			out = append(out, m)
		}
	}
	return out
}
