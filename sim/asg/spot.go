package asg

import (
	"fmt"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// By how much capacity rebalancing may exceed the group's size: "up to 10 percent of
// the desired capacity" ("Use Capacity Rebalancing", user guide, read 2023-04-27).
const rebalanceMost = 1.1

// riskLook is how often the group looks whether the successor of an instance at
// risk is healthy.
const riskLook = 10 * des.Second

// Signal tells the group that EC2 recommends to rebalance one of its Spot
// Instances, or will interrupt it in two minutes. Without capacity rebalancing it
// does nothing: the interruption is seen as a failed health check.
func (g *Group) Signal(i *ec2.Instance) {
	if !g.cfg.Rebalance || i.Ordinal >= len(g.Members) {
		return
	}
	if i.Noticed != des.Never {
		g.surrender(g.Members[i.Ordinal])
		return
	}
	g.kernel.At(g.kernel.Now(), des.Health, g.rescue)
}

// surrender takes an instance that got its notice out at once, and launches
// another whatever the pools are like.
func (g *Group) surrender(m *Member) {
	if m.Phase != PhaseInService || g.suspended[Terminate] {
		return
	}
	at := g.clock(g.kernel.Now())
	g.terminate(m, fmt.Sprintf("At %s an instance was taken out of service in response to an EC2 Spot interruption notice.", at), End{Kind: EndNoticed})
	if next := g.ahead(); len(next) > 0 {
		next[0].Extra = false
		return
	}
	g.succeed(fmt.Sprintf("At %s an instance was launched in response to an EC2 Spot interruption notice.", at))
}

// rescue replaces the instances at risk: it launches others at once, waits for
// their health check, then terminates. A group below desired scales out first.
func (g *Group) rescue() {
	if !g.cfg.Rebalance {
		return
	}
	var list []*Member
	for _, m := range g.active {
		if i := m.Instance; m.Phase == PhaseInService && !m.Extra && i.Recommended != des.Never && i.Noticed == des.Never && i.State == ec2.Running && g.saferThan(i.Pool) {
			list = append(list, m)
		}
	}
	if len(list) == 0 || g.refreshing != nil || g.suspended[Launch] {
		return
	}
	if !g.look.Pending() {
		g.look = g.kernel.After(riskLook, des.Health, g.rescue)
	}
	if g.missing() {
		return
	}
	at := g.clock(g.kernel.Now())
	fit := func(m *Member) bool { return !m.Unhealthy && g.passed(m) }
	g.exchange(list, g.rebalancePace(), fit, func(*Member) string {
		return fmt.Sprintf("At %s an instance was taken out of service in response to an EC2 instance rebalance recommendation.", at)
	}, End{Kind: EndRecommended}, fmt.Sprintf("At %s an instance was launched in response to an EC2 instance rebalance recommendation.", at))
}

// saferThan reports whether some other pool that has capacity is at least as safe.
func (g *Group) saferThan(pool ec2.Pool) bool {
	now := g.kernel.Now()
	most := g.fleet.Market.Hazard(pool, now)
	for _, zone := range g.used() {
		for _, m := range g.fleet.Models() {
			p := ec2.Pool{Model: m, Zone: zone, Spot: true}
			if p == pool || g.fleet.Market.Hazard(p, now) > most {
				continue
			}
			if why, _ := g.fleet.Refusal(p); why == "" {
				return true
			}
		}
	}
	return false
}

// rebalancePace is how far a group exceeds its desired capacity to replace what may be
// interrupted.
func (g *Group) rebalancePace() *Maintenance {
	return &Maintenance{MinHealthy: 1, MaxHealthy: rebalanceMost, Outwards: g.cfg.RoundUp}
}
