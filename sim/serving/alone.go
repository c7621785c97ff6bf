package serving

import (
	"math"
	"slices"

	"asgsim/sim/des"
)

// Where the choice of a target looks at nobody's state, and nothing on one instance tells
// on another, each goes on alone for a while: a batch of arrivals is dealt to the targets
// in advance, then every instance works through its own, up to the same instant, with its
// own events only and all it needs at hand. The order of what happens on different
// instances tells on no count; on one instance it is what it always is.
//
// A batch ends before whatever might tell: the end of the Advance, an expiry, a retry, a
// new minute. Where somebody waits for a notice, which stops all at its instant, there is
// none.
//
// A wait off the CPU that outlasts the batch is pending: it stands in no order, the next
// batch looks whether it is over, and only when the instances go on together again does it
// get its place in a ring, or a leaf.

// isolate finds out whether instances may go on alone.
func (p *EventPlane) isolate() {
	if p.isolation == unknown {
		p.isolation = entangled
		if p.isolates() {
			p.isolation = isolated
		}
	}
	p.alone = p.isolation == isolated && p.awaited == 0 && p.hasty < mostHasty &&
		len(p.slab)+p.batch <= p.most && max(len(p.pending), int(p.client.inFlight)) <= throng*p.batch
	if !p.alone && len(p.pending) > 0 {
		p.together()
	}
}

// isolates is what orders decide of it.
func (p *EventPlane) isolates() bool {
	if len(p.routing.nodes) == 0 || !p.routing.router.blind() || len(p.stations) > 0 {
		return false
	}
	// Work of no time makes one instant of several events.
	if slices.ContainsFunc(p.classes, func(c class) bool { return c.meanCPU < 1e-9 }) {
		return false
	}
	for p.gone < len(p.inst) && p.inst[p.gone].removed {
		p.gone++
	}
	for k := p.gone; k < len(p.inst); k++ {
		if i := &p.inst[k]; !i.removed && !i.autonomous() && i.outstanding|i.used|i.queue != 0 {
			return false
		}
	}
	return !slices.ContainsFunc(p.routing.nodes, func(n node) bool {
		return len(n.targets) == 0 || slices.ContainsFunc(n.targets, func(id ID) bool { return !p.inst[id].autonomous() })
	})
}

// autonomous reports whether an instance takes on whatever it is sent, and nobody waits for
// another's end.
func (i *instance) autonomous() bool {
	return i.shared && i.ready > 0 && i.workers == math.MaxInt32
}

// goAlone deals a batch, which begins with the arrival due now, and lets every instance go
// on until its end.
func (p *EventPlane) goAlone(until des.Time) {
	dealt := p.deal(until)
	until = min(until, p.nextArrival)
	if rest := min(p.nextExpiry, p.nextRetry); rest < until && dealt < p.batch/hasty {
		p.hasty++
	} else {
		p.hasty = 0
	}
	until = min(until, p.nextExpiry, p.nextRetry)
	for _, id := range p.dealt {
		p.workAlone(&p.inst[id], until)
	}
	p.dealt = p.dealt[:0]
	// What is left: instances that got nothing, and ends of earlier waits.
	bound := uint64(until.Sub(p.epoch)+1) << (p.tree.bits & 63)
	for root := p.tree.root(); root < bound; root = p.tree.root() {
		leaf := int32(root & p.tree.mask)
		p.now = p.epoch + des.Time(root>>(p.tree.bits&63))
		if w := p.tree.what[leaf]; w >= 0 {
			p.ends(leaf, w)
		} else if i := &p.inst[^w]; i.autonomous() {
			p.workAlone(i, until)
		} else {
			p.endsShared(^w)
		}
	}
	for p.nextWait <= until {
		p.now = p.nextWait
		p.endsWaits()
	}
	p.endPending(until)
	p.now = until
}

// endPending ends the pending waits that are over by until.
func (p *EventPlane) endPending(until des.Time) {
	later := p.pending[:0]
	for _, w := range p.pending {
		if w.at > until {
			later = append(later, w)
		} else {
			p.now = w.at
			p.endsTimed(w.timer)
		}
	}
	p.pending = later
}

// deal sends the arrivals of a batch, in order and each at its instant, but lets no
// instance take them on yet. It returns how many there are.
func (p *EventPlane) deal(until des.Time) int {
	if p.nextArrival >= p.minute.until {
		p.turnMinute()
	}
	until = min(until, p.minute.until, p.nextRetry)
	n := 0
	for ; n < p.batch && p.nextArrival < min(until, p.nextExpiry); n++ {
		now := p.nextArrival
		p.now = now
		l := p.coming
		c := &p.classes[l.class]
		p.minute.offered++
		slot := p.newAttempt()
		a := &p.slab[slot]
		id := p.pick(l.u)
		*a = attempt{first: now, sent: now, cpu: l.cpu, wait: l.wait, req: l.req, class: l.class, n: 1, inst: id, seq: p.nextSeq(), leaf: -1}
		p.client.sends(now)
		i := &p.inst[id]
		i.routed++
		if i.first < 0 {
			i.first = slot
			p.dealt = append(p.dealt, id)
		} else {
			p.slab[i.final].leaf = slot
		}
		i.final = slot
		if c.ring >= 0 {
			p.mayExpire(c.ring, a, slot)
		}
		l.draw(c, p.skips.sum)
		if len(p.loads) == 1 {
			p.nextArrival = l.next
		} else {
			p.findArrival()
		}
	}
	return n
}

// workAlone lets an instance work through what it was dealt, and on until an instant.
func (p *EventPlane) workAlone(i *instance, until des.Time) {
	slot := i.first
	i.first = -1
	for {
		next := until
		if slot >= 0 {
			next = p.slab[slot].sent
		}
		if i.next <= next {
			p.now = i.next
			p.leavesAlone(i, until)
			continue
		}
		if slot < 0 {
			break
		}
		p.now = next
		a := &p.slab[slot]
		after := a.leaf
		p.settle(i)
		p.hire(i)
		p.share(i, a, slot)
		i.outstanding++
		i.leavesNext(p.now)
		slot = after
	}
	key := idle
	if i.next != des.Never {
		key = p.key(i.next, i.leaf)
	}
	p.tree.set(i.leaf, key)
}

// leavesNext finds when the next of those on a shared CPU leaves it.
func (i *instance) leavesNext(now des.Time) {
	i.next = des.Never
	if i.running > 0 {
		i.next = now.Add(timeShared(i.heap[0].ends-i.v, i.running, i.vcpu, i.rate))
	}
}

// leavesAlone is the end of the CPU work of the one who leaves next, and of the wait after
// it if that is over by until.
func (p *EventPlane) leavesAlone(i *instance, until des.Time) {
	p.settle(i)
	slot := i.heap[0].slot
	i.unshare(0)
	a := &p.slab[slot]
	p.leavesCPU(i, a)
	i.leavesNext(p.now)
	at := p.now.Add(a.wait)
	if at > until && a.wait > 0 {
		p.waitsPending(i, a, slot, at)
		return
	}
	p.now = at
	p.answers(i, a, slot)
}

// together gives the waits that are pending their places among all other events.
func (p *EventPlane) together() {
	for k := range p.pending {
		p.pending[k].nth = int32(k)
	}
	slices.SortFunc(p.pending, pending.compare)
	for _, w := range p.pending {
		if slot := int32(uint32(w.ref)); p.inRingStill(w.timer) {
			p.waitsInPlace(&p.slab[slot], slot, w.at)
		}
	}
	p.pending = p.pending[:0]
}
