package serving

import (
	"asgsim/sim/rng"
)

// The network between balancer and instance, where it is bad: what never arrives, or
// arrives late. Only instances in mode Failing have one; any other is next door.

// The purposes of keyed draws.
var (
	lossPurpose      = rng.Purpose("loss")
	probeLossPurpose = rng.Purpose("probe loss")
)

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

// missesProbe is misses for a health check.
func (p *EventPlane) missesProbe(i *instance, slot int32) bool {
	draw := rng.Key(p.seed, probePurpose, uint64(i.id), i.probes)
	if draw.Float64() < i.mode.Probes {
		p.refuseProbe(slot)
		return true
	}
	draw = rng.Key(p.seed, probeLossPurpose, uint64(i.id), i.probes)
	switch {
	case draw.Float64() < i.mode.ProbesLost:
		p.slab[slot].state = unanswered
	case i.mode.Delay > 0:
		p.travel(i, slot)
	default:
		return false
	}
	return true
}

// travel lets the attempt in slot arrive after the delay.
func (p *EventPlane) travel(i *instance, slot int32) {
	a := &p.slab[slot]
	a.state = travelling
	at := p.now.Add(i.mode.Delay)
	a.mark = int64(at)
	a.leaf = p.takeLeaf()
	p.tree.what[a.leaf] = slot
	p.tree.set(a.leaf, p.key(at, a.leaf))
}

// arrives is the end of a journey: the instance takes the attempt as it is by now.
func (p *EventPlane) arrives(i *instance, a *attempt, slot int32) {
	p.vacate(a)
	switch i.mode.Kind {
	case Refusing:
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
	p.release(slot)
}
