package serving

import "asgsim/sim/des"

// Advance implements Plane.
func (p *EventPlane) Advance(until des.Time) (des.Time, Notice) {
	if until < p.now {
		panic("serving: Advance into the past")
	}
	if p.said < len(p.notices) {
		return p.say()
	}
	for {
		if p.now.Sub(p.epoch) >= p.tree.reach() {
			p.rebase()
		}
		leg, bits := min(until, p.epoch.Add(p.tree.reach())), p.tree.bits
		if p.run(leg) {
			return p.say()
		}
		if p.tree.bits != bits {
			continue // the epoch moved, and reaches less far
		}
		p.now = leg
		if leg == until {
			return until, Notice{}
		}
	}
}

// say returns the first notice that has not been returned.
func (p *EventPlane) say() (des.Time, Notice) {
	n := p.notices[p.said]
	p.said++
	if p.said == len(p.notices) {
		p.notices, p.said = p.notices[:0], 0
	}
	return p.now, n
}

// run is the loop: it works until nothing is left to do up to until, or until
// there is a notice, and reports which; it stops early where the tree's keys have
// changed their form. At one instant completions come first, those of a leaf before those
// of a ring, then expiries, retries and arrivals; the latter two not at until itself.
func (p *EventPlane) run(until des.Time) bool {
	bits := p.tree.bits
	p.turned, p.hasty = false, 0
	p.isolate()
events:
	for {
		if p.turned {
			p.turned = false
			if len(p.notices) != 0 {
				return true
			}
			if p.tree.bits != bits {
				return false
			}
		}
		// A completion is due if it comes no later than the other events.
		bound := uint64(min(p.rest, p.nextArrival, until).Sub(p.epoch)+1) << (bits & 63)
		for {
			root := p.tree.root()
			if root >= bound {
				break
			}
			p.now = p.epoch + des.Time(root>>(bits&63))
			leaf := int32(root & p.tree.mask)
			if w := p.tree.what[leaf]; w >= 0 {
				p.ends(leaf, w)
			} else {
				p.endsShared(^w)
			}
			if p.turned {
				continue events
			}
		}
		if p.nextArrival < p.rest {
			if p.nextArrival >= until {
				p.endPending(until)
				return false
			}
			p.now = p.nextArrival
			if p.alone {
				p.goAlone(until)
				p.isolate()
			} else {
				p.arrive()
			}
			continue
		}
		switch at := p.rest; {
		case at > until:
			p.endPending(until)
			return false
		case at == p.nextWait:
			p.now = at
			p.endsWaits()
		case at == p.nextExpiry:
			p.endPending(at)
			p.now = at
			p.expire()
		case at == until:
			p.endPending(until)
			return false
		default:
			p.endPending(at)
			p.now = at
			p.resend()
		}
	}
}
