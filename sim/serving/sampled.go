package serving

import (
	"fmt"

	"asgsim/sim/des"
)

// Sampling says how much of calm time a Sampled serves.
type Sampling struct {
	// Requests are how many a stretch has at least; where a minute has not many more, all
	// of it is served.
	Requests float64
	// Known is how many calm minutes of a regime whose stretches are known well rest on
	// one stretch of their own; up to 1: each has its own.
	Known int
}

// Sampled is the event plane that serves a stretch of each calm minute, moves the run's
// clock over the rest, and lets the stretch stand for it (Wunderlich, Wenisch, Falsafi and
// Hoe, "SMARTS", ISCA 2003). Nothing is scaled: fleet, rate, routing and work are what
// they are, and what is in flight keeps its distance to now. What is skipped is drawn: how
// many requests came by the exact law of their arrivals, their outcomes as in stretches of
// the same regime (standin.go).
//
// It serves exactly whatever is not calm (outlook.go, verdict.go): the time after every
// order that touches traffic, until its queues have relaxed; backlog, overload and recovery;
// failures and retries in numbers; loads that move within the minute, and minutes that have
// too few requests to skip any. Nobody above can tell: the contract is [Plane].
type Sampled struct {
	*EventPlane
	sampling Sampling

	state pace
	until des.Time // of the state, on the run's clock
	// disturbed is the last order that touched traffic.
	disturbed des.Time
	routed    []bool // by ID
	table     Routing
	outlook   outlook
	pools     pools
	standin   standin
	tally     tally
}

// pace is what a Sampled is at.
type pace uint8

const (
	exactly    pace = iota // until says when to look whether it is calm
	stretching             // until its end
	skipping               // until the end of the minute
)

var _ Plane = (*Sampled)(nil)

// NewSampled returns a sampled plane, or what is wrong with cfg.
func NewSampled(cfg Config, sampling Sampling) (*Sampled, error) {
	if len(cfg.Dependencies) > 0 {
		return nil, fmt.Errorf("a dependency is shared by all and has a memory of its own: with one, every request must be served")
	}
	p, err := New(cfg)
	if err != nil {
		return nil, err
	}
	s := &Sampled{EventPlane: p, sampling: sampling, tally: newTally(), pools: newPools()}
	s.pools.evicted = s.tally.rests
	s.standin = newStandin(p, &s.table)
	return s, nil
}

// clock is the run's.
func (s *Sampled) clock() des.Time { return s.now.Add(s.skips.sum) }

// Advance implements Plane.
func (s *Sampled) Advance(until des.Time) (des.Time, Notice) {
	for {
		now := s.clock()
		if s.said < len(s.notices) {
			_, n := s.say()
			return now, n
		}
		if now >= s.until {
			s.turn(now)
			continue
		}
		limit := min(until, s.until)
		if s.state == skipping {
			s.leaveMinute()
			s.skips.over(limit.Sub(now), s.now)
		} else if at, n := s.EventPlane.Advance(limit.Add(-s.skips.sum)); n.Kind != None {
			return at.Add(s.skips.sum), n
		}
		if limit == until {
			return until, Notice{}
		}
	}
}

// turn goes on to the next state.
func (s *Sampled) turn(now des.Time) {
	switch s.state {
	case exactly:
		s.consider(now)
	case stretching:
		if s.standin.verdict(now, &s.outlook, s.pools.of(s.outlook.regime)) {
			s.skip(now)
		} else {
			s.exact(s.outlook.end)
		}
	case skipping:
		s.land()
		s.exact(now)
	}
}

// exact serves exactly until it looks again whether it is calm.
func (s *Sampled) exact(until des.Time) { s.state, s.until = exactly, until }

// consider begins a stretch if the rest of the minute looks calm.
func (s *Sampled) consider(now des.Time) {
	end := min(now-now%des.Time(des.Minute)+des.Time(des.Minute), s.end)
	if now >= s.end {
		s.exact(des.Never)
		return
	}
	o := look(s.EventPlane, &s.table, s.sampling.Requests, now, end)
	switch settled := s.disturbed.Add(o.settle); {
	case !o.calm:
		s.exact(end)
	case s.disturbed > 0 && now < settled:
		s.exact(min(settled, end))
	case float64(o.length) > mostOfRest*float64(end-now):
		s.exact(end)
	default:
		s.outlook = o
		if p := s.pools.known(o.regime); p != nil && p.rested < s.sampling.Known-1 {
			s.standin.againAs(p)
			s.skip(now)
			return
		}
		s.standin.mark(now)
		s.state, s.until = stretching, now.Add(o.length)
	}
}

// mostOfRest is the share of the rest of a minute beyond which a stretch saves too little.
const mostOfRest = 0.4

// skip moves on to the end of the minute. Health checks in progress are answered before,
// for nobody waits until then.
func (s *Sampled) skip(now des.Time) {
	s.state, s.until = skipping, s.outlook.end
	s.standin.begin(now)
	for slot := range s.slab {
		a := &s.slab[slot]
		if a.seq != 0 && a.flags&(probe|forgotten) == probe && s.inst[a.inst].mode.Kind == Serving {
			s.probeDone(a, int32(slot), true)
			a.flags |= forgotten
		}
	}
}

// land ends a skip: requests come again from here on.
func (s *Sampled) land() {
	s.catchUp()
	d := &s.standin
	if d.skipped > 0 {
		s.tally.rest(minuteOf(d.told-1), d.pool.finished)
	}
	switch {
	case d.again:
		s.tally.reused += d.skipped
		d.pool.rest(d.skipped, d.inside)
	case d.inside && d.skipped > 0:
		s.tally.stretch(&d.own, d.skipped+d.pool.owed)
		d.pool.owed = 0
	}
	s.standin.land()
}

// catchUp accounts for what was skipped until now.
func (s *Sampled) catchUp() {
	if s.state == skipping {
		s.tally.skipped += s.standin.account(s.clock())
	}
}

// disturb ends a stretch or a skip: something has happened to the traffic.
func (s *Sampled) disturb() {
	now := s.clock()
	if s.state == skipping {
		s.land()
	}
	s.disturbed = now
	s.exact(now)
}
