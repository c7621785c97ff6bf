package serving

import (
	"fmt"
	"math"

	"asgsim/sim/des"
)

// instance is what the plane knows of one. The loop's fields come first.
type instance struct {
	last    des.Time // the areas are counted up to here
	running int32    // on the CPU
	// ready is how many may be on the CPU for one more to be there at once: all vCPUs, or
	// any number where they are shared; 0 unless serving, and at a rate above 0.
	ready   int32
	vcpu    int32
	used    int32 // workers in use
	workers int32 // at most; Unlimited is MaxInt32
	// frozen: nothing in service goes on, see ModeKind.
	frozen  bool
	shared  bool // the CPU is shared, else first come first served
	watched bool
	removed bool
	// outstanding are the attempts on it that the server has not ended.
	outstanding  int32
	queue        int32 // waiting for a worker, health checks included
	queueProbes  int32 // of those, health checks
	bound        int32 // of queue; Unlimited is MaxInt32
	node, place  int32 // in a routing table with a permutation; -1: in none
	cpuQueue     int32 // waiting for a vCPU
	id           ID
	first, final int32 // of what it was dealt and has not yet taken on, see alone.go; first is -1 for nothing

	// busyArea + busy vCPUs x now are the vCPU-nanoseconds since the base, modulo 2^64, as
	// with workerArea: see busy.
	busyArea uint64
	// workerArea + used x now is the integral of workers in use, modulo 2^64: who
	// takes one subtracts the instant, who gives it back adds it.
	workerArea uint64
	routed     uint64
	completed  uint64
	rate       float64 // speed x cpuShare
	// Sums over the attempts on the CPU, of cpu and of mark.
	sumCPU, sumMark uint64
	workOff         uint64 // CPU work of the attempts that wait off the CPU

	// Processor sharing, see shared.go.
	v    int64
	next des.Time
	leaf int32
	heap []share

	ended   [Reasons]uint64
	lost    uint64
	mode    Mode
	line    fifo // for a worker
	cpuLine fifo // for a vCPU

	admission       Admission
	speed, cpuShare float64
	cpuBase         uint64 // CPUNanos up to the last change of speed or mode
	workBase        uint64
	frozenArea      uint64 // nanoseconds frozen since the base
	zone            int
	probes          uint64  // sent so far
	lag             float64 // round robin: share of a round until its turn, kept across tables
}

// Add implements Plane.
func (p *EventPlane) Add(s Spec) ID {
	if s.VCPU < 1 || s.Workers == 0 || s.Speed < 0 || s.CPUShare < 0 {
		panic(fmt.Sprintf("serving: an instance of %d vCPU, %d workers, speed %v and share %v", s.VCPU, s.Workers, s.Speed, s.CPUShare))
	}
	id := ID(len(p.inst))
	p.inst = append(p.inst, instance{
		id: id, last: p.now, vcpu: int32(s.VCPU), workers: bounded(s.Workers), bound: bounded(s.Queue),
		shared: s.Discipline == ProcessorSharing, zone: s.Zone, node: -1, leaf: -1, first: -1, lag: 1, next: des.Never,
		admission: s.Admission, speed: s.Speed, cpuShare: s.CPUShare, rate: rateOf(s.Speed, s.CPUShare),
	})
	i := &p.inst[id]
	if i.shared {
		i.leaf = p.takeLeaf()
		p.tree.what[i.leaf] = ^int32(id)
	}
	p.SetMode(id, s.Mode)
	return id
}

func bounded(n int) int32 {
	if n < 0 || n > math.MaxInt32 {
		return math.MaxInt32
	}
	return int32(n)
}

// on returns an instance that has not been removed.
func (p *EventPlane) on(id ID) *instance {
	if id < 0 || int(id) >= len(p.inst) || p.inst[id].removed {
		panic(fmt.Sprintf("serving: an order for instance %d, which is not there", id))
	}
	return &p.inst[id]
}

// settle counts the areas of an instance up to now. It must be called before what
// they integrate changes. Virtual time that nobody shares is nobody's.
func (p *EventPlane) settle(i *instance) {
	dt := p.now - i.last
	i.last = p.now
	if i.frozen {
		i.frozenArea += uint64(dt)
	} else {
		i.v += progress(des.Duration(dt), i.running, i.vcpu, i.rate)
	}
}

// busy returns the vCPU-nanoseconds since the base. The CPU of a frozen instance is not
// busy.
func (p *EventPlane) busy(i *instance) uint64 {
	if i.frozen {
		return 0
	}
	return i.busyArea + uint64(min(i.running, i.vcpu))*uint64(p.now)
}

// ontoCPU counts one more on the CPU, offCPU one less.
func (i *instance) ontoCPU(now des.Time) {
	if i.running < i.vcpu {
		i.busyArea -= uint64(now)
	}
	i.running++
}

func (i *instance) offCPU(now des.Time) {
	i.running--
	if i.running < i.vcpu {
		i.busyArea += uint64(now)
	}
}

// fold moves the areas into the bases, before speed or mode change.
func (p *EventPlane) fold(i *instance) {
	p.settle(i)
	busy := p.busy(i)
	i.cpuBase, i.workBase = i.cpuNanos(busy, i.frozenArea), i.workNanos(busy)
	i.busyArea, i.frozenArea = -uint64(min(i.running, i.vcpu))*uint64(p.now), 0
}

// prepare says how many may be on the CPU for one more to be there at once.
func (p *EventPlane) prepare(i *instance) {
	p.isolation = unknown
	switch {
	case i.mode.Kind != Serving || i.stalled():
		i.ready = 0
	case i.shared:
		i.ready = math.MaxInt32
	default:
		i.ready = i.vcpu
	}
}

func (i *instance) cpuNanos(busy, frozen uint64) uint64 {
	shown := uint64(math.Round(float64(frozen) * float64(i.vcpu) * i.mode.CPU))
	return i.cpuBase + scaled(busy, i.cpuShare) + shown
}

func (i *instance) workNanos(busy uint64) uint64 { return i.workBase + scaled(busy, i.rate) }

// scaled multiplies an area, exactly if the factor is 1.
func scaled(area uint64, factor float64) uint64 {
	if factor == 1 {
		return area
	}
	return uint64(math.Round(float64(area) * factor))
}

// accept gives the attempt in slot a worker or a place in the queue, and reports
// whether there was one. A frozen instance accepts whatever comes: nobody is there
// to refuse.
func (p *EventPlane) accept(i *instance, slot int32) bool {
	if i.used < i.workers {
		if i.shared {
			p.settle(i)
			p.hire(i)
			p.share(i, &p.slab[slot], slot)
			p.schedule(i)
			return true
		}
		p.start(i, slot)
		return true
	}
	if i.queue >= i.bound && !i.frozen && !p.roomFor(i) {
		return false
	}
	p.wait(&i.line, slot, queued)
	p.slab[slot].mark = int64(p.now) // since when it waits
	i.queue++
	if p.slab[slot].flags&probe != 0 {
		i.queueProbes++
	}
	return true
}

// wait puts the attempt in slot at the end of a line.
func (p *EventPlane) wait(line *fifo, slot int32, s state) {
	for !line.empty() && !p.live(line.front()) {
		line.head++
	}
	a := &p.slab[slot]
	a.state = s
	line.push(ref(a.seq, slot))
}

// call takes the first of a line that is still there.
func (p *EventPlane) call(line *fifo) int32 {
	for {
		r := line.front()
		line.head++
		if p.live(r) {
			return int32(uint32(r))
		}
	}
}

// roomFor makes room in a full queue, if its admission allows that, and reports whether
// there is some.
func (p *EventPlane) roomFor(i *instance) bool {
	p.purge(i)
	if i.queue >= i.bound && i.admission.Full == DropOldest && i.queue > 0 {
		p.shed(i, p.call(&i.line))
	}
	return i.queue < i.bound
}

// purge turns away those at the head of the queue that have waited too long.
func (p *EventPlane) purge(i *instance) {
	if i.admission.Longest == 0 {
		return
	}
	for i.queue > 0 {
		for !p.live(i.line.front()) {
			i.line.head++
		}
		slot := int32(uint32(i.line.front()))
		if p.now.Sub(des.Time(p.slab[slot].mark)) <= i.admission.Longest {
			return
		}
		i.line.head++
		p.shed(i, slot)
	}
}

// shed turns away the attempt in slot, which has just left the queue.
func (p *EventPlane) shed(i *instance, slot int32) {
	a := &p.slab[slot]
	i.queue--
	switch {
	case a.flags&probe != 0:
		i.queueProbes--
		p.probeDone(a, slot, false)
	case a.flags&abandoned == 0:
		p.clientFailed(a, QueueFull)
		p.letGo(i)
	default:
		p.letGo(i)
	}
	p.release(a, slot)
}

// next takes the next to be served out of the queue, which is not empty.
func (p *EventPlane) next(i *instance) int32 {
	i.queue--
	if i.admission.Order == OldestFirst {
		return p.call(&i.line)
	}
	for {
		i.line.tail--
		if r := i.line.buf[i.line.tail&uint32(len(i.line.buf)-1)]; p.live(r) {
			return int32(uint32(r))
		}
	}
}

// start gives the attempt in slot a worker. The areas must be settled.
func (p *EventPlane) start(i *instance, slot int32) {
	p.hire(i)
	if i.shared {
		p.share(i, &p.slab[slot], slot)
		return
	}
	if i.running < i.vcpu && i.cpuQueue == 0 {
		p.run1(i, slot)
		return
	}
	p.wait(&i.cpuLine, slot, cpuQueued)
	i.cpuQueue++
}

// run1 gives the attempt in slot a vCPU of its own.
func (p *EventPlane) run1(i *instance, slot int32) {
	i.ontoCPU(p.now)
	a := &p.slab[slot]
	a.state = onCPU
	i.sumCPU += uint64(a.cpu)
	leaf := p.spare
	p.spare = -1
	if leaf < 0 {
		leaf = p.takeLeaf()
	}
	a.leaf = leaf
	p.tree.what[leaf] = slot
	if i.stalled() {
		a.flags |= frozen
		a.mark = int64(a.cpu)
		i.sumMark += uint64(a.mark)
		p.tree.set(leaf, idle)
		return
	}
	d := a.cpu
	if i.rate != 1 {
		d = timeFor(d, i.rate)
	}
	at := p.now.Add(d)
	a.mark = int64(at)
	i.sumMark += uint64(at)
	p.tree.set(leaf, p.key(at, leaf))
}

// vacate gives the attempt's leaf back, if it has one.
func (p *EventPlane) vacate(a *attempt) {
	if a.leaf == inRing {
		return
	}
	p.tree.set(a.leaf, idle)
	p.tree.give(a.leaf)
}

// nextOnCPU gives a free vCPU to the first who waits for one.
func (p *EventPlane) nextOnCPU(i *instance) {
	for i.cpuQueue > 0 && i.running < i.vcpu {
		i.cpuQueue--
		p.run1(i, p.call(&i.cpuLine))
	}
}

// hire takes a worker.
func (p *EventPlane) hire(i *instance) {
	i.used++
	i.workerArea -= uint64(p.now)
}

// admit gives free workers to those who wait for one.
func (p *EventPlane) admit(i *instance) {
	p.settle(i)
	p.purge(i)
	for i.queue > 0 && i.used < i.workers {
		slot := p.next(i)
		if p.slab[slot].flags&probe != 0 {
			i.queueProbes--
		}
		p.start(i, slot)
	}
}

// tookOn counts an attempt on the instance.
func (p *EventPlane) tookOn(i *instance) {
	if i.node >= 0 {
		p.routing.more(p, i)
	}
	i.outstanding++
}

// letGo counts an attempt off the instance.
func (p *EventPlane) letGo(i *instance) {
	if i.node >= 0 {
		p.routing.fewer(p, i)
	}
	i.outstanding--
	if i.watched {
		p.whenIdle(i)
	}
}

// Watch implements Plane.
func (p *EventPlane) Watch(id ID) {
	i := p.on(id)
	if !i.watched {
		i.watched = true
		p.awaited++
	}
	p.whenIdle(i)
}

// whenIdle says so if a watched instance has nothing left.
func (p *EventPlane) whenIdle(i *instance) {
	if i.outstanding == 0 {
		i.watched = false
		p.awaited--
		p.tell(Notice{Kind: Idle, ID: i.id})
	}
}
