package serving

import (
	"asgsim/sim/rng"
)

// Probe implements Plane.
func (p *EventPlane) Probe(id ID, work float64) Token {
	i := p.on(id)
	slot := p.newAttempt()
	a := &p.slab[slot]
	*a = attempt{first: p.now, sent: p.now, cpu: nanos(work), inst: id, seq: p.nextSeq(), flags: probe}
	token := Token(ref(a.seq, slot))
	i.probes++
	p.awaited++
	switch i.mode.Kind {
	case Refusing:
		p.refuseProbe(slot)
		return token
	case Unreachable:
		a.state = connecting
		return token
	case Failing:
		if p.missesProbe(i, slot) {
			return token
		}
	}
	if !p.accept(i, slot) {
		p.refuseProbe(slot)
	}
	return token
}

// refuseProbe answers a health check badly at once.
func (p *EventPlane) refuseProbe(slot int32) {
	a := &p.slab[slot]
	p.probeDone(a, slot, false)
	p.release(a, slot)
}

// probeDone says how a health check was answered, if anybody still waits.
func (p *EventPlane) probeDone(a *attempt, slot int32, ok bool) {
	if a.flags&forgotten == 0 {
		p.awaited--
		p.tell(Notice{ProbeDone, a.inst, Token(ref(a.seq, slot)), ok})
	}
}

// Forget implements Plane. A token that was answered already is ignored; if its
// notice has not been returned yet, it is taken back.
func (p *EventPlane) Forget(t Token) {
	for k := p.said; k < len(p.notices); k++ {
		if n := p.notices[k]; n.Kind == ProbeDone && n.Token == t {
			p.notices = append(p.notices[:k], p.notices[k+1:]...)
			if p.said == len(p.notices) {
				p.notices, p.said = p.notices[:0], 0
			}
			return
		}
	}
	r := uint64(t)
	slot := int32(uint32(r))
	if int(slot) >= len(p.slab) || !p.live(r) || p.slab[slot].flags&probe == 0 {
		return
	}
	a := &p.slab[slot]
	if a.flags&forgotten != 0 {
		return
	}
	p.awaited--
	if a.state == connecting || a.state == unanswered {
		p.release(a, slot)
		return
	}
	a.flags |= forgotten
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
