package serving

import "asgsim/sim/des"

// timers is the ring of one timeout value, or of one length of waits: attempts are sent in
// order of time, so they expire in order. Entries of attempts that have ended are skipped when the ring
// is full: it spans the oldest attempt still out, not the timeout.
type timers struct {
	after      des.Duration
	buf        []timer
	head, tail uint32
}

// timer remembers when an attempt expires.
type timer struct {
	at  des.Time
	ref uint64
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
	p.rings = append(p.rings, newTimers(after))
	return int32(len(p.rings) - 1)
}

func newTimers(after des.Duration) timers { return timers{after: after, buf: make([]timer, 64)} }

// push puts an attempt at the end of the ring, which must have room.
func (r *timers) push(at des.Time, ref uint64) {
	r.buf[r.tail&uint32(len(r.buf)-1)] = timer{at, ref}
	r.tail++
}

// pop takes the head.
func (r *timers) pop() timer {
	t := r.buf[r.head&uint32(len(r.buf)-1)]
	r.head++
	return t
}

// first returns when the head is due.
func (r *timers) first() des.Time {
	if r.head == r.tail {
		return des.Never
	}
	return r.buf[r.head&uint32(len(r.buf)-1)].at
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

// arm lets an attempt expire that was thought too quick for that: it takes its place
// in the ring as if it had been there since its send.
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
func (p *EventPlane) makeRoom(r *timers) {
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

func (r *timers) resize() {
	buf := make([]timer, 2*len(r.buf))
	for i := range r.tail - r.head {
		buf[i] = r.buf[(r.head+i)&uint32(len(r.buf)-1)]
	}
	r.buf, r.head, r.tail = buf, 0, r.tail-r.head
}

// findExpiry finds the ring whose head expires first. The head may have ended, and
// heads may be skipped after it was found: nextExpiry is then too early, which
// costs a look at that instant and nothing else.
func (p *EventPlane) findExpiry() {
	p.nextExpiry = des.Never
	for i := range p.rings {
		if at := p.rings[i].first(); at < p.nextExpiry {
			p.nextExpiry, p.nextRing = at, i
		}
	}
	p.refresh()
}

// expire takes the head of the ring that is due, and the ended ones after it.
func (p *EventPlane) expire() {
	r := &p.rings[p.nextRing]
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
