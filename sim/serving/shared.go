package serving

import "asgsim/sim/des"

// Processor sharing in virtual time: v is the work that a request on the CPU since
// the instance was last empty would have done by now, in 2^-10 ns. Who comes at v
// with work w leaves when v reaches v + w, whatever comes and goes in between, so
// the one who leaves next is the root of a heap that is never reordered, and one
// leaf of the tree holds its instant. (The virtual time of Parekh and Gallager,
// "A Generalized Processor Sharing Approach to Flow Control", IEEE/ACM ToN 1(3),
// 1993.)

// share is an attempt on a shared CPU.
type share struct {
	ends int64 // virtual
	seq  uint32
	slot int32
}

func (a *share) before(b *share) bool {
	return a.ends < b.ends || a.ends == b.ends && a.seq < b.seq
}

// virtualMax is where virtual time is moved back to 0 although the instance never
// was empty.
const virtualMax = 1 << 60

// share puts the attempt in slot on the shared CPU. The areas must be settled; the
// caller schedules.
func (p *EventPlane) share(i *instance, a *attempt, slot int32) {
	if i.running == 0 {
		i.v = 0
	} else if i.v > virtualMax {
		p.rewind(i)
	}
	i.ontoCPU(p.now)
	a.state = onCPU
	s := share{i.v + int64(a.cpu)<<virtualBits, a.seq, slot}
	a.mark = s.ends
	i.sumCPU += uint64(a.cpu)
	i.sumMark += uint64(s.ends)
	h := append(i.heap, s)
	i.heap = h
	at := len(h) - 1
	for at > 0 {
		up := (at - 1) / 2
		if !s.before(&h[up]) {
			break
		}
		h[at] = h[up]
		at = up
	}
	h[at] = s
}

// rewind moves the virtual time of an instance back to 0.
func (p *EventPlane) rewind(i *instance) {
	i.sumMark = 0
	for k := range i.heap {
		s := &i.heap[k]
		s.ends -= i.v
		p.slab[s.slot].mark = s.ends
		i.sumMark += uint64(s.ends)
	}
	i.v = 0
}

// unshare takes entry k out of the heap: the lesser children move up along a path
// to the bottom, and the last entry goes in from there, where it nearly always
// belongs. Which child is the lesser is anybody's guess, so it is computed, not
// branched upon.
func (i *instance) unshare(k int) {
	h := i.heap
	last := len(h) - 1
	s := h[last]
	i.heap = h[:last]
	if k == last {
		return
	}
	h = h[:last]
	for {
		c := 2*k + 1
		if c+1 >= last {
			if c < last {
				h[k] = h[c]
				k = c
			}
			break
		}
		d := h[c+1].ends - h[c].ends
		c += int(uint64(d) >> 63)
		if d == 0 && h[c+1].before(&h[c]) {
			c++
		}
		h[k] = h[c]
		k = c
	}
	for k > 0 && s.before(&h[(k-1)/2]) {
		h[k] = h[(k-1)/2]
		k = (k - 1) / 2
	}
	h[k] = s
}

// endsShared is the end of the CPU work of the one who leaves next.
func (p *EventPlane) endsShared(id int32) {
	i := &p.inst[id]
	p.settle(i)
	slot := i.heap[0].slot
	i.unshare(0)
	a := &p.slab[slot]
	p.leavesCPU(i, a)
	// Where nobody comes onto the CPU by what follows, the loop need not wait for that.
	switch {
	case a.wait > 0:
		p.schedule(i)
		p.waitsOff(i, a, slot)
	case a.wait < 0:
		p.waitsOff(i, a, slot)
		p.schedule(i)
	case i.queue == 0:
		p.schedule(i)
		p.answers(i, a, slot)
	default:
		p.answers(i, a, slot)
		p.schedule(i)
	}
}

// leavesCPU books that an attempt left the CPU. The areas must be settled.
func (p *EventPlane) leavesCPU(i *instance, a *attempt) {
	i.offCPU(p.now)
	i.sumCPU -= uint64(a.cpu)
	i.sumMark -= uint64(a.mark)
}

// schedule sets the instance's leaf to the instant at which the next of those on
// its CPU leaves it; often who comes changes nothing about that.
func (p *EventPlane) schedule(i *instance) {
	next := des.Never
	if i.running > 0 && !i.stalled() {
		next = p.now.Add(timeShared(i.heap[0].ends-i.v, i.running, i.vcpu, i.rate))
	}
	if next == i.next {
		return
	}
	i.next = next
	key := idle
	if next != des.Never {
		key = p.key(next, i.leaf)
	}
	p.tree.set(i.leaf, key)
}
