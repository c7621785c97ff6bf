package serving

import "asgsim/sim/des"

// timeouts are the attempts with a timeout of one value.
//
// Nearly every attempt ends long before its timeout. So who is sent is not put into the
// ring, but is unarmed; half the timeout after the first of them, all of the slab is gone
// through, and who is still there gets its place. Where the slab has far more slots than
// requests come, as after a crowd, an eighth of its length goes into the ring at once
// before the next round, so that a round costs a request eight slots at most.
//
// Entries of attempts that have ended are skipped when the ring is full: it spans the
// oldest attempt still out, not the timeout.
type timeouts struct {
	timers
	round  des.Time // when the unarmed get their places; Never: there are none
	direct int      // attempts put into the ring at once since the last round
}

// ringOf returns the ring of a timeout, -1 for none.
func (p *EventPlane) ringOf(after des.Duration) int32 {
	if after <= 0 {
		return -1
	}
	for i := range p.rings {
		if p.rings[i].after == after {
			return int32(i)
		}
	}
	p.rings = append(p.rings, timeouts{timers: newTimers(after), round: des.Never})
	return int32(len(p.rings) - 1)
}

// mayExpire lets an attempt expire that will probably end before.
func (p *EventPlane) mayExpire(ring int32, a *attempt, slot int32) {
	if p.rings[ring].round == des.Never && p.isTimed(ring, slot) {
		return
	}
	a.flags |= unarmed
}

// isTimed starts the timer of the attempt in slot at once, or the next round.
func (p *EventPlane) isTimed(ring, slot int32) bool {
	r := &p.rings[ring]
	if r.direct++; r.direct <= len(p.slab)/8 {
		p.startTimer(ring, slot)
		return true
	}
	r.direct = 0
	r.round = p.now.Add(r.after / 2)
	if r.round < p.nextExpiry {
		p.findExpiry()
	}
	return false
}

// armAll gives all unarmed attempts of a ring their places, in order of send.
func (p *EventPlane) armAll(ring int32) {
	list := p.scratch[:0]
	for s := range p.slab {
		if a := &p.slab[s]; a.seq != 0 && a.flags&unarmed != 0 && p.classes[a.class].ring == ring {
			list = append(list, int32(s))
		}
	}
	p.sortBySend(list)
	for _, slot := range list {
		p.arm(slot)
	}
	p.scratch = list
	p.rings[ring].round = des.Never
}

// startTimer lets the attempt in slot expire.
func (p *EventPlane) startTimer(ring int32, slot int32) {
	r := &p.rings[ring]
	if int(r.tail-r.head) == len(r.buf) {
		p.makeRoom(r)
	}
	at := p.now.Add(r.after)
	r.push(at, ref(p.slab[slot].seq, slot))
	if at <= p.nextExpiry { // equal: the first ring goes first
		p.findExpiry()
	}
}

// arm gives an unarmed attempt its place in the ring, as if it had been there since its
// send.
func (p *EventPlane) arm(slot int32) {
	a := &p.slab[slot]
	a.flags &^= unarmed
	r := &p.rings[p.classes[a.class].ring]
	if int(r.tail-r.head) == len(r.buf) {
		p.makeRoom(r)
	}
	mask := uint32(len(r.buf) - 1)
	t := timer{a.sent.Add(r.after), ref(a.seq, slot)}
	k := r.tail
	for r.tail++; k != r.head; k-- {
		before := r.buf[(k-1)&mask]
		if before.at < t.at || before.at == t.at && int32(uint32(before.ref>>32)-a.seq) < 0 {
			break
		}
		r.buf[k&mask] = before
	}
	r.buf[k&mask] = t
	if t.at <= p.nextExpiry {
		p.findExpiry()
		p.turned = true
	}
}

// makeRoom skips the ended attempts at the head of a full ring, all at once, and
// doubles the ring if they were few.
func (p *EventPlane) makeRoom(r *timeouts) {
	size := uint32(len(r.buf))
	for r.head != r.tail && !p.waitsStill(r.buf[r.head&(size-1)].ref) {
		r.head++
	}
	if r.tail-r.head > size/2 {
		r.resize()
	}
}

// waitsStill reports whether the client of a remembered attempt still waits.
func (p *EventPlane) waitsStill(r uint64) bool {
	a := &p.slab[uint32(r)]
	return a.seq == uint32(r>>32) && a.flags&abandoned == 0
}

// findExpiry finds the ring whose head expires first. The head may have ended, and
// heads may be skipped after it was found: nextExpiry is then too early, which
// costs a look at that instant and nothing else.
func (p *EventPlane) findExpiry() {
	p.nextExpiry = des.Never
	for i := range p.rings {
		if at := min(p.rings[i].first(), p.rings[i].round); at < p.nextExpiry {
			p.nextExpiry, p.nextRing = at, i
		}
	}
	p.refresh()
}

// expire takes the head of the ring that is due, and the ended ones after it.
func (p *EventPlane) expire() {
	r := &p.rings[p.nextRing]
	if r.round <= p.now {
		p.armAll(int32(p.nextRing))
	}
	mask := uint32(len(r.buf) - 1)
	if t := r.buf[r.head&mask]; r.head != r.tail && t.at <= p.now {
		r.head++
		if p.waitsStill(t.ref) {
			p.timesOut(int32(uint32(t.ref)))
		}
	}
	for r.head != r.tail && !p.waitsStill(r.buf[r.head&mask].ref) {
		r.head++
	}
	p.findExpiry()
}

// timesOut lets the client of an attempt leave; the server works on, or drops it.
func (p *EventPlane) timesOut(slot int32) {
	a := &p.slab[slot]
	c := &p.classes[a.class]
	reason := TimedOut
	if c.gateway || a.state == connecting && c.gatewayConnect {
		reason = GatewayTimeout
		if a.state == connecting {
			p.client.unconnected++
		}
	}
	p.clientFailed(a, reason)
	if a.state == connecting || a.state == unanswered || c.drop {
		p.drop(slot)
		return
	}
	a.flags |= abandoned
}
