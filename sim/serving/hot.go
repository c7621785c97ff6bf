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
	slot := p.newAttempt()
	a := &p.slab[slot]
	a.first = now
	a.cpu = l.cpu
	a.wait = l.wait
	a.req = l.req
	a.class = l.class
	a.n = 1
	p.minute.offered++
	c := &p.classes[l.class]
	// Before this one is sent, and counted: which of an arrival and a completion comes next
	// is what the processor waits for.
	l.come(l.src.Next(), p.skips.sum)
	if len(p.loads) == 1 {
		p.nextArrival = l.next
	} else {
		p.findArrival()
	}
	if n := p.routing.nodes; len(n) == 1 && n[0].simple == inTurn {
		a.inst = n[0].nextInTurn()
	} else {
		a.inst = p.pick(l.u)
	}
	if a.inst >= 0 && p.inst[a.inst].hasIdleCPU() {
		i := &p.inst[a.inst]
		d := a.cpu
		if i.rate != 1 {
			d = timeFor(d, i.rate)
		}
		at := now.Add(d)
		t := &p.tree
		leaf := t.take()
		if leaf < 0 {
			leaf = p.growLeaf()
		}
		t.what[leaf] = slot
		t.set(leaf, p.key(at, leaf))
		a.leaf = leaf
		a.mark = int64(at)
		a.state = onCPU
		p.sends(a)
		i.routed++
		i.used++
		i.workerArea -= uint64(now)
		i.running++
		i.busyArea -= uint64(now)
		i.sumCPU += uint64(a.cpu)
		i.sumMark += uint64(at)
		if i.node >= 0 {
			p.routing.more(p, i)
		}
		i.outstanding++
		switch {
		case c.ring < 0:
		case a.wait == 0 && d <= c.timeout:
			a.flags = unarmed // for sure, unless something slows the instance
		default:
			p.mayExpire(c.ring, a, slot)
		}
	} else {
		p.send(slot, a, c)
	}
	// As drawWork does.
	l.req++
	l.u = l.route.Uint64()
	l.cpu = nanos(c.cpu.Draw(&l.work))
	if c.waitVaries {
		l.wait = nanos(c.wait.Draw(&l.off)) ^ c.asks
	}
}

// hasIdleCPU reports whether an attempt sent to the instance has a vCPU of its own at once.
func (i *instance) hasIdleCPU() bool {
	return !i.shared && i.running < i.ready && i.used < i.workers
}

// send sends the attempt in slot, of class c, to its target, if it has one.
func (p *EventPlane) send(slot int32, a *attempt, c *class) {
	p.sends(a)
	if a.inst < 0 {
		p.fails(slot, NoTarget)
		return
	}
	i := &p.inst[a.inst]
	i.routed++
	switch {
	case i.shared && i.running < i.ready && i.used < i.workers:
		p.settle(i)
		p.hire(i)
		p.share(i, a, slot)
		p.schedule(i)
	case i.mode.Kind != Serving && p.misbehaves(i, slot):
		return
	case !p.accept(i, slot):
		p.fails(slot, QueueFull)
		return
	}
	p.tookOn(i)
	if c.ring >= 0 {
		p.mayExpire(c.ring, a, slot)
	}
}

// sends books that an attempt is sent.
func (p *EventPlane) sends(a *attempt) {
	a.sent = p.now
	p.seq++
	if p.seq == 0 {
		p.seq = 1
	}
	a.seq = p.seq
	a.flags = 0
	p.client.sends(p.now)
}

// ends is the end of a stage that had a leaf of its own.
func (p *EventPlane) ends(leaf, slot int32) {
	a := &p.slab[slot]
	i := &p.inst[a.inst]
	if a.state != onCPU {
		if a.state != waiting || i.queue != 0 {
			p.endsOff(i, a, leaf, slot)
			return
		}
		p.tree.set(leaf, idle)
		p.tree.give(leaf)
		i.workOff -= uint64(a.cpu)
		p.answers(i, a, slot)
		return
	}
	if i.queue|i.cpuQueue != 0 || a.wait != 0 {
		i.leavesOwn(p.now, a)
		// Somebody may go on with the leaf.
		p.spare = leaf
		if a.wait == 0 {
			p.answers(i, a, slot)
		} else {
			p.waitsOff(i, a, slot)
		}
		p.nextOnCPU(i)
		p.giveSpare(leaf)
		return
	}
	p.tree.set(leaf, idle)
	p.tree.give(leaf)
	i.leavesOwn(p.now, a)
	now, m := p.now, &p.minute
	if a.flags&(probe|abandoned) != 0 || a.n != 1 || !m.has(a.first) || i.watched {
		p.answers(i, a, slot)
		return
	}
	// As answers does.
	lasted := now.Sub(a.first)
	m.served++
	m.first.record(lasted)
	if lasted > p.slow {
		m.slow++
	}
	p.client.ends(now)
	i.completed += uint64(a.cpu)
	i.used--
	i.workerArea += uint64(now)
	i.ended[OK]++
	if i.node >= 0 {
		p.routing.fewer(p, i)
	}
	i.outstanding--
	p.release(a, slot)
}

// leavesOwn books that an attempt left a vCPU of its own.
func (i *instance) leavesOwn(now des.Time, a *attempt) {
	i.running--
	i.busyArea += uint64(now)
	i.sumCPU -= uint64(a.cpu)
	i.sumMark -= uint64(a.mark)
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
			lasted := now.Sub(a.first)
			m.served++
			m.first.record(lasted)
			if lasted > p.slow {
				m.slow++
			}
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
