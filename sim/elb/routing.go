package elb

import "asgsim/sim/serving"

// reach is the targets that a balancer node sends to: its zone's, or everybody's.
type reach struct {
	registered []*target // not draining
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
		if t.judge.health == Draining {
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
			out.Targets = append(out.Targets, serving.Target{ID: t.id, Weight: b.weight(t, z.healthy)})
		}
	}
	return out
}

// open reports whether a node has too few healthy targets to send to them alone.
func (b *Balancer) open(z *reach) bool {
	return !b.cfg.Health.Routing.Met(z.healthy, len(z.registered))
}
