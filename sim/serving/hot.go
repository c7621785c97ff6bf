package serving

import "asgsim/sim/des"

// What every request passes: longer than other functions, and with the usual case
// written out where a call would cost more than its work.

// arrive sends the next request of the load that is due, and draws the one after it.
func (p *EventPlane) arrive() {
	l := p.coming
	now := p.now
	if now >= p.minute.until {
		p.turnMinute()
	}
	p.minute.offered++
	slot := p.newAttempt()
	a := &p.slab[slot]
	a.first = now
	a.cpu = l.cpu
	a.wait = l.wait
	a.req = l.req
	a.class = l.class
	a.n = 1
	c := &p.classes[l.class]
	// Before this one is sent, and counted: which of an arrival and a completion comes next
	// is what the processor waits for.
	l.come(l.src.Next(), p.skips.sum)
	if len(p.loads) == 1 {
		p.nextArrival = l.next
	} else {
		p.findArrival()
	}
	p.send(slot, a, c, l.u)
	l.drawWork(c)
}

// send sends the attempt in slot, of class c; u decides the route.
func (p *EventPlane) send(slot int32, a *attempt, c *class, u uint64) {
	now := p.now
	a.sent = now
	p.seq++
	if p.seq == 0 {
		p.seq = 1
	}
	a.seq = p.seq
	a.flags = 0
	a.inst = -1
	p.client.sends(now)
	id := p.pick(u)
	if id < 0 {
		p.fails(slot, NoTarget)
		return
	}
	a.inst = id
	i := &p.inst[id]
	i.routed++
	if i.running >= i.ready || i.used >= i.workers {
		p.sendAnyway(i, slot, c.ring)
		return
	}
	if i.shared {
		p.settle(i)
		p.hire(i)
		p.share(i, a, slot)
		p.schedule(i)
		p.tookOn(i)
		if c.ring < 0 {
			return
		}
		if p.rings[c.ring].round != des.Never {
			a.flags = unarmed
			return
		}
		p.mayExpire(c.ring, a, slot)
		return
	}
	// It has a vCPU of its own at once.
	i.used++
	i.workerArea -= uint64(now)
	i.running++
	i.busyArea -= uint64(now)
	a.state = onCPU
	d := a.cpu
	if i.rate != 1 {
		d = timeFor(d, i.rate)
	}
	at := now.Add(d)
	a.mark = int64(at)
	i.sumCPU += uint64(a.cpu)
	i.sumMark += uint64(at)
	t := &p.tree
	leaf := t.take()
	if leaf < 0 {
		leaf = p.growLeaf()
	}
	a.leaf = leaf
	t.what[leaf] = slot
	t.set(leaf, p.key(at, leaf))
	if i.node >= 0 {
		p.routing.more(p, i)
	}
	i.outstanding++
	if c.ring >= 0 {
		if a.wait == 0 && d <= c.timeout {
			a.flags = unarmed // for sure, unless something slows the instance
			return
		}
		p.mayExpire(c.ring, a, slot)
	}
}

// sendAnyway is the unusual rest of send.
func (p *EventPlane) sendAnyway(i *instance, slot, ring int32) {
	if i.mode.Kind != Serving && p.misbehaves(i, slot) {
		return
	}
	if !p.accept(i, slot) {
		p.fails(slot, QueueFull)
		return
	}
	p.tookOn(i)
	if ring >= 0 {
		p.mayExpire(ring, &p.slab[slot], slot)
	}
}

// ends is the end of a stage that had a leaf of its own.
func (p *EventPlane) ends(leaf, slot int32) {
	a := &p.slab[slot]
	i := &p.inst[a.inst]
	if a.state != onCPU {
		p.endsOff(i, a, leaf, slot)
		return
	}
	i.running--
	i.busyArea += uint64(p.now)
	i.sumCPU -= uint64(a.cpu)
	i.sumMark -= uint64(a.mark)
	if i.queue|i.cpuQueue == 0 && a.wait == 0 {
		p.tree.set(leaf, idle)
		p.tree.give(leaf)
		p.answers(i, a, slot)
		return
	}
	// Somebody may go on with the leaf.
	p.spare = leaf
	if a.wait == 0 {
		p.answers(i, a, slot)
	} else {
		p.waitsOff(i, a, slot)
	}
	p.nextOnCPU(i)
	p.giveSpare(leaf)
}

// endsOff is the end of something off the CPU that had a leaf of its own: a wait, or a
// journey, or what it does at a dependency.
func (p *EventPlane) endsOff(i *instance, a *attempt, leaf, slot int32) {
	if a.state != waiting {
		p.endsElsewhere(i, a, leaf, slot)
		return
	}
	p.spare = leaf
	p.endsWait(i, a, slot)
	p.giveSpare(leaf)
}

// giveSpare gives back a leaf nobody went on with.
func (p *EventPlane) giveSpare(leaf int32) {
	if p.spare >= 0 {
		p.tree.set(leaf, idle)
		p.tree.give(leaf)
		p.spare = -1
	}
}

// answers is the end of an attempt on the server.
func (p *EventPlane) answers(i *instance, a *attempt, slot int32) {
	now := p.now
	i.completed += uint64(a.cpu)
	i.used--
	i.workerArea += uint64(now)
	switch {
	case a.flags&(probe|abandoned) == 0:
		// The client has its answer.
		p.client.ends(now)
		i.ended[OK]++
		if m := &p.minute; a.n == 1 && m.has(a.first) {
			m.answer(now.Sub(a.first), p.slow)
		} else {
			p.servedLate(a)
		}
		if i.node >= 0 {
			p.routing.fewer(p, i)
		}
		i.outstanding--
		if i.watched {
			p.whenIdle(i)
		}
	case a.flags&probe != 0:
		p.probeDone(a, slot, true)
	default:
		// The balancer has closed the connection: no response time (see Latencies).
		p.letGo(i)
	}
	p.release(a, slot)
	if i.queue > 0 {
		p.admit(i)
	}
}
