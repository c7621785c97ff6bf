package elb

import (
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
// Clients keep a DNS answer for up to a minute; here they follow at once.
func (b *Balancer) route() {
	zones := b.reaches()
	fit := 0
	for i := range zones {
		if b.inDNS(&zones[i]) {
			fit++
		}
	}
	var nodes []serving.Node
	for _, t := range b.targets {
		t.routed = false
	}
	for i := range zones {
		z := &zones[i]
		if len(z.registered) == 0 || fit > 0 && !b.inDNS(z) {
			b.opened(i, z, false)
			continue
		}
		nodes = append(nodes, b.node(z))
		b.opened(i, z, b.open(z) && z.healthy < len(z.registered))
	}
	for i := range nodes {
		nodes[i].Share = 1 / float64(len(nodes))
	}
	b.plane.Route(serving.Routing{Algorithm: b.cfg.Algorithm, Nodes: nodes})
}

func (b *Balancer) reaches() []reach {
	out := make([]reach, 1)
	if !b.cfg.CrossZone {
		out = make([]reach, b.zones)
	}
	for _, t := range b.targets {
		z := &out[0]
		if !b.cfg.CrossZone {
			z = &out[t.zone]
		}
		if t.judge.health == Draining || b.shifted(t) {
			continue
		}
		z.registered = append(z.registered, t)
		if t.judge.health == Healthy {
			z.healthy++
		}
	}
	return out
}

func (b *Balancer) inDNS(z *reach) bool {
	return len(z.registered) > 0 && b.cfg.Health.DNSFailover.Met(z.healthy, len(z.registered))
}

// node is the table of one balancer node.
func (b *Balancer) node(z *reach) serving.Node {
	var out serving.Node
	open := b.open(z)
	for _, t := range z.registered {
		if open || t.judge.health == Healthy {
			t.routed = true
			out.Targets = append(out.Targets, serving.Target{ID: t.id, Weight: t.trust * b.weight(t, z.healthy)})
		}
	}
	return out
}

// open reports whether a node has too few healthy targets to send to them alone.
func (b *Balancer) open(z *reach) bool {
	return !b.cfg.Health.Routing.Met(z.healthy, len(z.registered))
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
func (b *Balancer) shifted(t *target) bool {
	return t.zone == b.away && slices.ContainsFunc(b.targets, func(o *target) bool {
		return o.zone != b.away && o.judge.health != Draining
	})
}

// lookAtAnswers gives each target the part of its weight that its answers deserve. With
// fewer than three healthy ones, and of one that is not, nothing is found.
func (b *Balancer) lookAtAnswers() {
	b.kernel.After(lookEvery, des.Finish, b.lookAtAnswers)
	m := &b.cfg.Mitigation
	own, all, healthy, changed := make([]answers, len(b.targets)), answers{}, 0, false
	for k, t := range b.targets {
		var c serving.InstanceCounters
		b.plane.ReadInstance(t.id, &c)
		if own[k] = t.past.push(answersOf(&c), m.Window); t.judge.health == Healthy {
			healthy++
			all.all, all.errors = all.all+own[k].all, all.errors+own[k].errors
		}
	}
	for k, t := range b.targets {
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
			t.trust = trust
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
