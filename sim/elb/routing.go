package elb

import (
	"math"
	"slices"

	"asgsim/sim/des"
	"asgsim/sim/serving"
)

// reach is the targets that a balancer node sends to: its zone's, or everybody's.
type reach struct {
	registered []*target // not draining, and not in a zone that traffic is shifted away from
	healthy    int
}

// route hands the plane the table. A node sends to its healthy targets or, if those
// are too few, to all that are registered (fail open). A zone with too few of them
// is taken out of DNS and the others share alike; if all have too few, all stay.
// Clients keep a DNS answer for up to a minute; here they follow at once. Every target
// group has nodes of its own, with its part of the requests.
func (b *Balancer) route() {
	var nodes []serving.Node
	for _, g := range b.groups {
		nodes = append(nodes, g.nodes()...)
	}
	b.plane.Route(serving.Routing{Algorithm: b.cfg.Algorithm, Nodes: nodes})
}

// shareStep is how far a target group's part of the requests may be off in the routing
// table before there is a new one.
const shareStep = 0.02

// Divide sets the parts of the requests that the target groups get from now on, by their
// names; of [target_group] the name is empty.
func (b *Balancer) Divide(share func(group string) float64) {
	stale := false
	for _, g := range b.groups {
		g.share = share(g.name)
		stale = stale || math.Abs(g.share-g.sent) > shareStep || (g.share > 0) != (g.sent > 0)
	}
	if !stale {
		return
	}
	for _, g := range b.groups {
		g.sent = g.share
	}
	b.route()
}

// nodes are the tables of a group's nodes.
func (g *group) nodes() []serving.Node {
	zones := g.reaches()
	fit := 0
	for i := range zones {
		if g.inDNS(&zones[i]) {
			fit++
		}
	}
	var nodes []serving.Node
	for _, t := range g.targets {
		t.routed = false
	}
	for i := range zones {
		z := &zones[i]
		if len(z.registered) == 0 || fit > 0 && !g.inDNS(z) || g.sent <= 0 {
			g.opened(i, z, false)
			continue
		}
		nodes = append(nodes, g.node(z))
		g.opened(i, z, g.failsOpen(z) && z.healthy < len(z.registered))
	}
	for i := range nodes {
		nodes[i].Share = g.sent / float64(len(nodes))
	}
	return nodes
}

func (g *group) reaches() []reach {
	out := make([]reach, 1)
	if !g.cfg.CrossZone {
		out = make([]reach, g.front.zones)
	}
	for _, t := range g.targets {
		z := &out[0]
		if !g.cfg.CrossZone {
			z = &out[t.zone]
		}
		if t.judge.health == Draining || g.shifted(t) {
			continue
		}
		z.registered = append(z.registered, t)
		if t.judge.health == Healthy {
			z.healthy++
		}
	}
	return out
}

func (g *group) inDNS(z *reach) bool {
	return len(z.registered) > 0 && g.cfg.Health.DNSFailover.Met(z.healthy, len(z.registered))
}

// node is the table of one balancer node.
func (g *group) node(z *reach) serving.Node {
	var out serving.Node
	open := g.failsOpen(z)
	for _, t := range z.registered {
		if open || t.judge.health == Healthy {
			t.routed = true
			out.Targets = append(out.Targets, serving.Target{ID: t.id, Weight: t.trust * g.weight(t, z.healthy)})
		}
	}
	return out
}

// failsOpen reports whether a node has too few healthy targets to send to them alone.
func (g *group) failsOpen(z *reach) bool {
	return !g.cfg.Health.Routing.Met(z.healthy, len(z.registered))
}

// opened notes whether node k of the group's table fails open now.
func (g *group) opened(k int, z *reach, open bool) {
	b := g.front
	if g.opens == nil {
		g.opens = make([]int, max(1, b.zones))
		for i := range g.opens {
			g.opens[i] = -1
		}
	}
	now, at := b.kernel.Now(), &g.opens[k]
	switch {
	case open && *at < 0:
		zone := k
		if g.cfg.CrossZone {
			zone = -1
		}
		*at = len(b.FailOpens)
		b.FailOpens = append(b.FailOpens, FailOpen{From: now, To: des.Never, Group: g.name, Zone: zone})
	case !open && *at >= 0:
		b.FailOpens[*at].To = now
		*at = -1
	}
	if *at >= 0 {
		b.FailOpens[*at].count(now, z.healthy, len(z.registered))
	}
}

// Routed reports whether the balancer sends new requests to an instance by any of its
// target groups, be it healthy or not.
func (b *Balancer) Routed(id serving.ID) bool {
	for _, g := range b.groups {
		if t := g.find(id); t != nil && t.routed {
			return true
		}
	}
	return false
}

// RoutedUnhealthy reports whether a target group sends new requests to an instance that it
// does not find healthy.
func (b *Balancer) RoutedUnhealthy(id serving.ID) bool {
	for _, g := range b.groups {
		if t := g.find(id); t != nil && t.routed && t.judge.health != Healthy {
			return true
		}
	}
	return false
}

// noZone: traffic is shifted away from none.
const noZone = -1

// Shift begins a zonal shift away from a zone: its targets get no new requests, with
// cross-zone balancing or without, whatever their health; they are probed as before, and
// what is in flight ends where it is. Like StartZonalShift it refuses a second zone while
// one is shifted ("Zonal shift for your Application Load Balancer", ALB guide, and
// "Application Load Balancers", ARC guide, read 2026-11).
func (b *Balancer) Shift(zone int) bool {
	if b.away != noZone {
		return false
	}
	b.away = zone
	b.route()
	return true
}

// Unshift ends the zonal shift.
func (b *Balancer) Unshift() {
	b.away = noZone
	b.route()
}

// shifted reports whether traffic is shifted away from a target. Where nobody else is
// registered it is not: a zonal shift does nothing to targets of a single zone (ARC
// guide). That the other zones are all unhealthy does not bring it back: our choice.
func (g *group) shifted(t *target) bool {
	return t.zone == g.front.away && slices.ContainsFunc(g.targets, func(o *target) bool {
		return o.zone != g.front.away && o.judge.health != Draining
	})
}

// lookAtAnswers gives each target the part of its weight that its answers deserve. With
// fewer than three healthy ones, and of one that is not, nothing is found. [target_group]
// judges for all groups: whose requests failed on a target is not kept.
func (b *Balancer) lookAtAnswers() {
	b.kernel.After(lookEvery, des.Finish, b.lookAtAnswers)
	m, targets := &b.cfg.Mitigation, b.groups[0].targets
	own, all, healthy, changed := make([]answers, len(targets)), answers{}, 0, false
	for k, t := range targets {
		var c serving.InstanceCounters
		b.plane.ReadInstance(t.id, &c)
		if own[k] = t.past.push(answersOf(&c), m.Window); t.judge.health == Healthy {
			healthy++
			all.all, all.errors = all.all+own[k].all, all.errors+own[k].errors
		}
	}
	for k, t := range targets {
		found, others := false, 0.0
		if healthy >= mitigates && t.judge.health == Healthy {
			found, others = m.anomalous(own[k], all)
		}
		if trust := m.next(t.trust, found); trust != t.trust {
			changed = true
			if t.odd < 0 {
				t.odd = len(b.Anomalies)
				b.Anomalies = append(b.Anomalies, Anomaly{ID: t.id, From: b.kernel.Now(), To: des.Never, Errors: own[k].share(), Others: others, Weight: 1})
			}
			for _, g := range b.groups { // which list their targets in the same order
				g.targets[k].trust = trust
			}
			a := &b.Anomalies[t.odd]
			if a.Weight = min(a.Weight, trust); trust == 1 {
				a.To, t.odd = b.kernel.Now(), -1
			}
		}
	}
	if changed {
		b.route()
	}
}
