package elb

import (
	"asgsim/sim/des"
	"asgsim/sim/serving"
)

// FailOpen is a stretch in which a balancer node sent requests to targets that were
// not healthy, because too few were healthy ("Target group health", ALB guide, read
// 2023-04-06: it then routes to all registered targets, whatever their health).
type FailOpen struct {
	From, To            des.Time // To is des.Never while it lasts
	Zone                int      // of the node; -1: of all, with cross-zone balancing
	Healthy, Registered int      // of the node's targets when it began
}

// opened notes whether node k of the table fails open now.
func (b *Balancer) opened(k int, z *reach, open bool) {
	if b.opens == nil {
		b.opens = make([]int, max(1, b.zones))
		for i := range b.opens {
			b.opens[i] = -1
		}
	}
	now, at := b.kernel.Now(), &b.opens[k]
	switch {
	case open && *at < 0:
		zone := k
		if b.cfg.CrossZone {
			zone = -1
		}
		*at = len(b.FailOpens)
		b.FailOpens = append(b.FailOpens, FailOpen{From: now, To: des.Never, Zone: zone, Healthy: z.healthy, Registered: len(z.registered)})
	case !open && *at >= 0:
		b.FailOpens[*at].To = now
		*at = -1
	}
}

// Routed reports whether the balancer sends new requests to a target, be it healthy
// or not.
func (b *Balancer) Routed(id serving.ID) bool {
	t := b.find(id)
	return t != nil && t.routed
}
