package serving

import "asgsim/sim/des"

// Waits off the CPU that last equally long end in the order in which they begin: they
// stand in a ring, one for each length, and need no leaf of the tree. A wait that an
// instance interrupts loses its place: what is left of it gets a leaf. At one instant
// such waits end after what has a leaf, ring by ring.

// inRing is the leaf of an attempt that waits in a ring.
const inRing = -1

// ringOfWaits returns the ring of the waits of a length, -1 for none.
func (p *EventPlane) ringOfWaits(length des.Duration) int32 {
	if length <= 0 {
		return -1
	}
	for k := range p.waits {
		if p.waits[k].after == length {
			return int32(k)
		}
	}
	p.waits = append(p.waits, newTimers(length))
	return int32(len(p.waits) - 1)
}

// waitsOff lets an attempt wait off the CPU.
func (p *EventPlane) waitsOff(i *instance, a *attempt, slot int32) {
	if a.wait < 0 {
		p.goesAsking(i, a, slot)
		return
	}
	at := p.now.Add(a.wait)
	if p.alone {
		p.waitsPending(i, a, slot, at)
		return
	}
	a.waitUntil(i, at)
	p.waitsInPlace(a, slot, at)
}

// waitsPending lets an attempt wait off the CPU until an instant, for now in no order.
func (p *EventPlane) waitsPending(i *instance, a *attempt, slot int32, at des.Time) {
	a.waitUntil(i, at)
	a.leaf = inRing
	p.pending = append(p.pending, pending{timer{at, ref(a.seq, slot)}, i.leaf, 0})
}

// waitUntil books the beginning of a wait off the CPU.
func (a *attempt) waitUntil(i *instance, at des.Time) {
	a.state = waiting
	a.mark = int64(at)
	i.workOff += uint64(a.cpu)
}

// waitsInPlace gives a wait its place in a ring, or a leaf.
func (p *EventPlane) waitsInPlace(a *attempt, slot int32, at des.Time) {
	if ring := p.classes[a.class].waits; ring >= 0 {
		a.leaf = inRing
		r := &p.waits[ring]
		if int(r.tail-r.head) == len(r.buf) {
			r.resize()
		}
		r.push(at, ref(a.seq, slot))
		if at <= p.nextWait { // equal: the first ring goes first
			p.findWait()
		}
		return
	}
	leaf := p.spare
	p.spare = -1
	if leaf < 0 {
		if leaf = p.tree.take(); leaf < 0 {
			leaf = p.growLeaf()
		}
	}
	a.leaf = leaf
	p.tree.what[leaf] = slot
	p.tree.set(leaf, p.key(at, leaf))
}

// findWait finds the ring whose head ends first. The head may have been interrupted: then
// nothing happens at that instant.
func (p *EventPlane) findWait() {
	before := p.nextWait
	p.nextWait = des.Never
	for k := range p.waits {
		if at := p.waits[k].first(); at < p.nextWait {
			p.nextWait, p.nextWaits = at, k
		}
	}
	p.refresh()
	if p.nextWait < before {
		p.turned = true
	}
}

// endsWaits is the end of the wait at the head of the ring that is due.
func (p *EventPlane) endsWaits() {
	r := &p.waits[p.nextWaits]
	end := r.pop()
	if len(p.waits) == 1 {
		p.nextWait = r.first()
		p.refresh()
	} else {
		p.findWait()
	}
	p.endsTimed(end)
}

// endsTimed is the end of a wait without a leaf, if it was not interrupted.
func (p *EventPlane) endsTimed(w timer) {
	if !p.inRingStill(w) {
		return
	}
	slot := int32(uint32(w.ref))
	a := &p.slab[slot]
	i := &p.inst[a.inst]
	if i.queue != 0 {
		p.endsWait(i, a, slot)
		return
	}
	i.workOff -= uint64(a.cpu)
	p.answers(i, a, slot)
}

// inRingStill reports whether a wait in a ring was not interrupted.
func (p *EventPlane) inRingStill(w timer) bool {
	a := &p.slab[uint32(w.ref)]
	return a.seq == uint32(w.ref>>32) && a.leaf == inRing && a.state == waiting && a.flags&frozen == 0
}

// endsWait is the end of a wait off the CPU.
func (p *EventPlane) endsWait(i *instance, a *attempt, slot int32) {
	i.workOff -= uint64(a.cpu)
	before := i.running
	p.answers(i, a, slot)
	if i.shared && i.running != before {
		p.schedule(i)
	}
}
