package elb

import (
	"asgsim/sim/des"
	"asgsim/sim/serving"
)

// FailOpen is a stretch in which a balancer node sent requests to targets that were
// not healthy, because too few were healthy ("Target group health", ALB guide, read
// 2023-04-06: it then routes to all registered targets, whatever their health).
type FailOpen struct {
	From, To des.Time  // To is des.Never while it lasts
	Zone     int       // of the node; -1: of all, with cross-zone balancing
	Counts   []Targets // of the node's targets, from the beginning on; at least one
}

// Targets is how many targets a balancer node had from At on.
type Targets struct {
	At                  des.Time
	Healthy, Registered int
}

// count notes how many targets a stretch has now; of one instant the last counts.
func (f *FailOpen) count(now des.Time, z *reach) {
	t := Targets{At: now, Healthy: z.healthy, Registered: len(z.registered)}
	if n := len(f.Counts); n > 0 {
		last := &f.Counts[n-1]
		switch {
		case last.At == now:
			*last = t
			return
		case last.Healthy == t.Healthy && last.Registered == t.Registered:
			return
		}
	}
	f.Counts = append(f.Counts, t)
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
		b.FailOpens = append(b.FailOpens, FailOpen{From: now, To: des.Never, Zone: zone})
	case !open && *at >= 0:
		b.FailOpens[*at].To = now
		*at = -1
	}
	if *at >= 0 {
		b.FailOpens[*at].count(now, z)
	}
}

// Routed reports whether the balancer sends new requests to a target, be it healthy
// or not.
func (b *Balancer) Routed(id serving.ID) bool {
	t := b.find(id)
	return t != nil && t.routed
}
