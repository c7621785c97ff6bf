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

// risks is how likely EC2 is to take a Spot Instance of a pool back.
type risks interface {
	offers
	SpotHazard(ec2.Pool) float64 // an hour
}

// rescuer replaces Spot Instances that EC2 is about to take back.
type rescuer struct {
	*base
	*suspensions
	*need
	mover
	zones     *zoneSet
	risks     risks
	replacer  *replacer
	exchanger *exchanger
	passed    func(*Member) bool // the health checks that count
	refreshed func() bool        // an instance refresh is in progress, which goes first
	look      des.Event          // at instances that are recommended to be rebalanced
}

// Signal tells the group that EC2 recommends to rebalance one of its Spot
// Instances, or will interrupt it in two minutes. Without capacity rebalancing it
// does nothing: the interruption is seen as a failed health check.
func (g *Group) Signal(i *ec2.Instance) {
	if !g.cfg.Rebalance || i.Ordinal >= len(g.Members) {
		return
	}
	if i.Noticed != des.Never {
		g.rescuer.noticed(g.Members[i.Ordinal])
		return
	}
	g.kernel.At(g.kernel.Now(), des.Health, g.rescuer.rescue)
}

// noticed takes an instance that got its notice out at once, and launches
// another whatever the pools are like.
func (r *rescuer) noticed(m *Member) {
	if m.Phase != PhaseInService || r.suspended[Terminate] {
		return
	}
	at := r.at()
	r.terminate(m, fmt.Sprintf("At %s an instance was taken out of service in response to an EC2 Spot interruption notice.", at), End{Kind: EndNoticed})
	if next := r.ahead(); len(next) > 0 {
		next[0].Extra = false
		return
	}
	r.replacer.succeed(fmt.Sprintf("At %s an instance was launched in response to an EC2 Spot interruption notice.", at))
}

// rescue replaces the instances at risk: it launches others at once, waits for
// their health check, then terminates. A group below desired scales out first.
func (r *rescuer) rescue() {
	if !r.cfg.Rebalance {
		return
	}
	var list []*Member
	for _, m := range r.active {
		if i := m.Instance; m.Phase == PhaseInService && !m.Extra && i.Recommended != des.Never && i.Noticed == des.Never && i.State == ec2.Running && r.saferThan(i.Pool) {
			list = append(list, m)
		}
	}
	if len(list) == 0 || r.refreshed() || r.suspended[Launch] {
		return
	}
	if !r.look.Pending() {
		r.look = r.kernel.After(riskLook, des.Health, r.rescue)
	}
	if r.missing() {
		return
	}
	at := r.at()
	fit := func(m *Member) bool { return !m.Unhealthy && r.passed(m) }
	r.exchanger.exchange(list, r.cfg.rebalancePace(), fit, func(*Member) string {
		return fmt.Sprintf("At %s an instance was taken out of service in response to an EC2 instance rebalance recommendation.", at)
	}, End{Kind: EndRecommended}, fmt.Sprintf("At %s an instance was launched in response to an EC2 instance rebalance recommendation.", at))
}

// saferThan reports whether some other pool that has capacity is at least as safe.
func (r *rescuer) saferThan(pool ec2.Pool) bool {
	most := r.risks.SpotHazard(pool)
	for _, zone := range r.zones.used() {
		for _, m := range r.risks.Models() {
			p := ec2.Pool{Model: m, Zone: zone, Spot: true}
			if p == pool || r.risks.SpotHazard(p) > most {
				continue
			}
			if why, _ := r.risks.Refusal(p); why == "" {
				return true
			}
		}
	}
	return false
}

// rebalancePace is how far a group exceeds its desired capacity to replace what may be
// interrupted.
func (c *Config) rebalancePace() *Maintenance {
	return &Maintenance{MinHealthy: 1, MaxHealthy: rebalanceMost, Outwards: c.RoundUp}
}
