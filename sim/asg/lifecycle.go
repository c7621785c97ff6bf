package asg

import (
	"fmt"
	"slices"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// launch starts an instance in the thinnest zone. It is registered with the
// balancer and in service when EC2 reports it running (or when its application is
// up, if so configured); the balancer's checks begin then.
func (g *Group) launch(cause string, replacement bool) {
	zone := g.thinnest()
	m := &Member{Phase: PhasePending, InServiceAt: des.Never, Replacement: replacement, launch: len(g.Activities), end: -1}
	enter := func(i *ec2.Instance) { g.enterService(m) }
	never := func(*ec2.Instance) {}
	running, up := enter, never
	if g.cfg.AtBootDone {
		running, up = never, enter
	}
	g.Launches++
	m.Instance = g.fleet.Launch(zone, running, up)
	g.Members, g.active = append(g.Members, m), append(g.active, m)
	g.Activities = append(g.Activities, Activity{
		ID: len(g.Activities), Description: "Launching a new EC2 instance: " + m.Instance.ID(), Cause: cause,
		Instance: m.Instance.Ordinal, Zone: g.cfg.Zones[zone], Launch: true, Start: g.kernel.Now(), End: des.Never, Status: PreInService,
	})
	g.observe()
}

func (g *Group) enterService(m *Member) {
	if m.Phase != PhasePending {
		return
	}
	m.Phase, m.InServiceAt = PhaseInService, g.kernel.Now()
	g.balancer.Register(m.Instance.Plane, m.Instance.Zone, m.Instance.Ordinal)
	a := &g.Activities[m.launch]
	a.End, a.Status = g.kernel.Now(), Successful
	if g.Actual() > g.Desired && !g.reconcile.Pending() {
		g.reconcile = g.kernel.At(g.kernel.Now(), des.Reconcile, g.reconcileNow)
	}
	g.settleSimple()
	g.observe()
}

// terminate takes an instance out: deregister and drain first, then EC2.
func (g *Group) terminate(m *Member, cause, why string) {
	g.Terminations++
	m.Phase, m.Why, m.end = PhaseDraining, why, len(g.Activities)
	g.active = slices.DeleteFunc(g.active, func(o *Member) bool { return o == m })
	g.Activities = append(g.Activities, Activity{
		ID: len(g.Activities), Description: "Terminating EC2 instance: " + m.Instance.ID(), Cause: cause,
		Instance: m.Instance.Ordinal, Zone: g.cfg.Zones[m.Instance.Zone], Start: g.kernel.Now(), End: des.Never, Status: WaitingDrain,
	})
	g.balancer.Deregister(m.Instance.Plane, func() {
		m.Phase = PhaseTerminating
		g.settleSimple()
		g.Activities[m.end].Status = InProgress
		g.fleet.Terminate(m.Instance, func() {
			m.Phase = PhaseGone
			a := &g.Activities[m.end]
			a.End, a.Status = g.kernel.Now(), Successful
			g.observe()
		})
		g.observe()
	})
	g.observe()
}

// surplus picks the instance that scale-in removes, or nil if none is in
// service: an unhealthy one first; else, in the zone with the most instances, the
// Default termination policy ("Work with termination policies", user guide, read
// 2023-04-27): with one launch template, the instance closest to the next billing
// hour, and among equals the oldest.
func (g *Group) surplus() *Member {
	count := g.zones()
	most := slices.Max(count)
	var best *Member
	for _, m := range g.active {
		if m.Phase != PhaseInService {
			continue
		}
		if m.Unhealthy {
			return m
		}
		if count[m.Instance.Zone] == most && (best == nil || g.toNextHour(m) < g.toNextHour(best)) {
			best = m
		}
	}
	if best == nil { // the fullest zone has only pending ones
		for _, m := range g.active {
			if m.Phase == PhaseInService && (best == nil || g.toNextHour(m) < g.toNextHour(best)) {
				best = m
			}
		}
	}
	return best
}

func (g *Group) toNextHour(m *Member) des.Duration {
	return des.Hour - g.kernel.Now().Sub(m.Instance.Launched)%des.Hour
}

// healthCause words why an unhealthy instance is replaced, as AWS does.
func (g *Group) healthCause(m *Member, source string) string {
	return fmt.Sprintf("At %s an instance was taken out of service in response to %s.", g.clock(g.kernel.Now()), source)
}
