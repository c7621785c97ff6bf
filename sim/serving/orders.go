package serving

import (
	"slices"

	"asgsim/sim/des"
	"asgsim/sim/rng"
)

// SetMode implements Plane. In the modes hung, refusing and unreachable nothing
// that is in service goes on; what is left of it goes on when the mode is serving
// or failing again.
func (p *EventPlane) SetMode(id ID, m Mode) {
	i := p.on(id)
	p.fold(i)
	i.mode = m
	freeze := m.Kind == Hung || m.Kind == Refusing || m.Kind == Unreachable
	p.prepare(i)
	if m.Kind != Hung {
		i.mode.CPU = 0
	}
	if freeze == i.frozen {
		return
	}
	i.frozen = freeze
	p.resume(i, i.rate)
}

// resume stops, restarts or rescales what is in service on an instance whose mode
// or rate has changed; old is the rate before.
func (p *EventPlane) resume(i *instance, old float64) {
	if i.shared {
		p.schedule(i)
	} else {
		i.sumMark = 0
	}
	for _, slot := range p.attemptsOn(i.id) {
		if p.slab[slot].flags&unarmed != 0 {
			p.arm(slot)
		}
		p.resumeOne(i, slot, old)
	}
	p.prepare(i)
}

// resumeOne does so for one attempt, if it is in service by itself. Waits do not
// depend on the rate.
func (p *EventPlane) resumeOne(i *instance, slot int32, old float64) {
	a := &p.slab[slot]
	rate, stalled := i.rate, i.stalled()
	switch {
	case a.state == waiting:
		old, rate, stalled = 1, 1, i.frozen
		if a.leaf == inRing && !stalled && a.flags&frozen == 0 {
			return
		}
	case a.state != onCPU || i.shared:
		return
	}
	left := des.Duration(a.mark)
	if a.flags&frozen == 0 {
		left = workIn(des.Time(a.mark).Sub(p.now), old)
	}
	if stalled {
		a.flags |= frozen
		a.mark = int64(left)
		if a.leaf != inRing {
			p.tree.set(a.leaf, idle)
		}
	} else {
		a.flags &^= frozen
		a.mark = int64(p.now.Add(timeFor(left, rate)))
		if a.leaf == inRing {
			a.leaf = p.takeLeaf()
			p.tree.what[a.leaf] = slot
		}
		p.tree.set(a.leaf, p.key(des.Time(a.mark), a.leaf))
	}
	if a.state == onCPU {
		i.sumMark += uint64(a.mark)
	}
}

// stalled reports whether the CPU does no work.
func (i *instance) stalled() bool { return i.frozen || i.rate == 0 }

// SetSpeed implements Plane.
func (p *EventPlane) SetSpeed(id ID, speed, cpuShare float64) {
	i := p.on(id)
	if !(speed >= 0 && cpuShare >= 0) {
		panic("serving: a negative speed")
	}
	if speed == i.speed && cpuShare == i.cpuShare {
		return
	}
	p.fold(i)
	old := i.rate
	i.speed, i.cpuShare, i.rate = speed, cpuShare, rateOf(speed, cpuShare)
	p.prepare(i)
	switch {
	case i.shared:
		p.schedule(i)
	case !i.frozen: // else what is left is kept as work
		p.resume(i, old)
	}
}

// attemptsOn returns the slots of what is on an instance, in order of send. The
// slice is good until the next call.
func (p *EventPlane) attemptsOn(id ID) []int32 {
	list := p.scratch[:0]
	for s := range p.slab {
		if a := &p.slab[s]; a.seq != 0 && a.inst == id {
			list = append(list, int32(s))
		}
	}
	p.sortBySend(list)
	p.scratch = list
	return list
}

func (p *EventPlane) sortBySend(slots []int32) {
	slices.SortFunc(slots, func(x, y int32) int { return int(int32(p.slab[x].seq - p.slab[y].seq)) })
}

// executed returns how much CPU work of an attempt has been done. The areas must
// be settled.
func (p *EventPlane) executed(i *instance, a *attempt) des.Duration {
	switch {
	case a.state == waiting || a.asksNow():
		return a.cpu
	case a.state != onCPU:
		return 0
	case i.shared:
		left := (a.mark - i.v + 1<<(virtualBits-1)) >> virtualBits
		return min(a.cpu-des.Duration(max(left, 0)), a.cpu)
	case a.flags&frozen != 0:
		return max(0, a.cpu-des.Duration(a.mark)) // rounded, see ReadInstance
	default:
		return max(0, a.cpu-workIn(des.Time(a.mark).Sub(p.now), i.rate))
	}
}

// Cut implements Plane.
func (p *EventPlane) Cut(id ID, r Reason) {
	i := p.on(id)
	p.settle(i)
	for _, slot := range p.attemptsOn(id) {
		a := &p.slab[slot]
		i.lost += uint64(p.executed(i, a))
		if a.state == travelling {
			p.awaited--
		}
		if a.state == waiting || a.state == travelling || a.state == onCPU && !i.shared {
			p.vacate(a)
		} else if a.asksNow() {
			p.hangsUp(a)
		}
		switch {
		case a.flags&probe != 0:
			p.probeDone(a, slot, false)
		case a.flags&abandoned == 0:
			p.clientFailed(a, r)
			p.letGo(i)
		default:
			p.letGo(i)
		}
		p.release(a, slot)
	}
	i.workerArea += uint64(i.used) * uint64(p.now)
	i.busyArea += uint64(min(i.running, i.vcpu)) * uint64(p.now)
	i.running, i.used, i.queue, i.queueProbes, i.cpuQueue = 0, 0, 0, 0, 0
	i.sumCPU, i.sumMark, i.workOff, i.v = 0, 0, 0, 0
	i.heap = i.heap[:0]
	i.line.head, i.cpuLine.head = i.line.tail, i.cpuLine.tail
	p.servesAll()
	if i.shared {
		p.schedule(i)
	}
}

// Remove implements Plane. A removed instance that is still routed to is
// unreachable.
func (p *EventPlane) Remove(id ID) {
	i := p.on(id)
	if i.watched {
		i.watched = false
		p.awaited--
	}
	p.Cut(id, CutOff)
	p.SetMode(id, Mode{Kind: Unreachable})
	if i.shared {
		p.tree.set(i.leaf, idle)
		p.tree.give(i.leaf)
	}
	i.removed = true
	i.heap, i.line, i.cpuLine = nil, fifo{}, fifo{}
}

// drop takes an attempt of a request off its server at once.
func (p *EventPlane) drop(slot int32) {
	a := &p.slab[slot]
	i := &p.inst[a.inst]
	p.settle(i)
	i.lost += uint64(p.executed(i, a))
	held := true
	switch a.state {
	case queued:
		held = false
		i.queue--
	case cpuQueued:
		i.cpuQueue--
	case waiting:
		i.workOff -= uint64(a.cpu)
		p.vacate(a)
	case asking, served:
		i.workOff -= uint64(a.cpu)
		p.hangsUp(a)
	case onCPU:
		p.leavesCPU(i, a)
		if !i.shared {
			p.vacate(a)
			break
		}
		i.unshare(slices.IndexFunc(i.heap, func(s share) bool { return s.slot == slot }))
	case connecting, unanswered:
		held = false
	case travelling:
		held = false
		p.awaited--
		p.vacate(a)
	}
	p.letGo(i)
	p.release(a, slot)
	p.servesAll()
	if !held {
		return
	}
	i.used--
	i.workerArea += uint64(p.now)
	if i.queue > 0 {
		p.admit(i)
	}
	if i.shared {
		p.schedule(i)
	} else {
		p.nextOnCPU(i)
	}
}

// misbehaves is what an instance that does not serve does with the attempt in
// slot; false if it takes it on like any other.
func (p *EventPlane) misbehaves(i *instance, slot int32) bool {
	a := &p.slab[slot]
	switch i.mode.Kind {
	case Refusing:
		p.client.unconnected++
		p.fails(slot, Refused)
		return true
	case Unreachable:
		a.state = connecting
		p.tookOn(i)
		if r := p.classes[a.class].connect; r >= 0 {
			p.startTimer(r, slot)
		}
		return true
	case Failing:
		return p.misses(i, slot)
	}
	return false
}

// misses is what a failing instance does with the attempt in slot: it answers at once
// with an error, never answers, or gets it late; false if it takes it on like any other.
func (p *EventPlane) misses(i *instance, slot int32) bool {
	a := &p.slab[slot]
	ring := p.classes[a.class].ring
	draw := rng.Key(p.seed, errorPurpose, a.req, uint64(a.n))
	if draw.Float64() < i.mode.P {
		p.fails(slot, Error)
		return true
	}
	draw = rng.Key(p.seed, lossPurpose, a.req, uint64(a.n))
	switch {
	case draw.Float64() < i.mode.Lost:
		a.state = unanswered
	case i.mode.Delay > 0:
		p.travel(i, slot)
	default:
		return false
	}
	p.tookOn(i)
	if ring >= 0 {
		p.startTimer(ring, slot)
	}
	return true
}

// travel lets the attempt in slot arrive after the delay.
func (p *EventPlane) travel(i *instance, slot int32) {
	a := &p.slab[slot]
	a.state = travelling
	p.awaited++
	at := p.now.Add(i.mode.Delay)
	a.mark = int64(at)
	a.leaf = p.takeLeaf()
	p.tree.what[a.leaf] = slot
	p.tree.set(a.leaf, p.key(at, a.leaf))
}

// arrives is the end of a journey: the instance takes the attempt as it is by now.
func (p *EventPlane) arrives(i *instance, a *attempt, slot int32) {
	p.vacate(a)
	p.awaited--
	switch i.mode.Kind {
	case Refusing:
		if a.flags&(probe|abandoned) == 0 {
			p.client.unconnected++
		}
		p.turnsAway(i, a, slot, Refused)
		return
	case Unreachable:
		if a.flags&(abandoned|forgotten) != 0 {
			p.turnsAway(i, a, slot, OK) // nobody waits
			return
		}
		a.state = unanswered
		return
	}
	if !p.accept(i, slot) {
		p.turnsAway(i, a, slot, QueueFull)
	}
}

// turnsAway ends an attempt that the instance, once reached, does not take on.
func (p *EventPlane) turnsAway(i *instance, a *attempt, slot int32, r Reason) {
	if a.flags&probe != 0 {
		p.refuseProbe(slot)
		return
	}
	if a.flags&abandoned == 0 {
		p.clientFailed(a, r)
	}
	p.letGo(i)
	p.release(a, slot)
}
