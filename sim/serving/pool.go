package serving

import (
	"maps"
	"slices"
)

// mostPools bounds how many regimes are remembered: the one that was not met for the
// longest time is forgotten.
const mostPools = 48

// wellKnown is how many stretches of a regime stand for a minute without one of its own.
const wellKnown = 20

// pools are the stretches of the regimes met so far.
type pools struct {
	by      map[uint64]*pool
	clock   uint64
	enough  int         // stretches of a regime that is known well
	evicted func(*pool) // told of one that owes a stretch
}

// pool is the stretches of a regime.
type pool struct {
	sample
	used      uint64
	stretches int
	flow      float64         // attempts in flight, mean of the last stretch
	parts     map[alike]stood // what each target of a kind takes

	rested int    // minutes since the last stretch that had none
	owed   uint64 // their requests in the window
}

// alike is what targets have in common that take the same part of the requests.
type alike struct {
	node   int
	kind   uint64
	weight float64
}

// stood is a target while time is skipped.
type stood struct {
	id      ID
	share   float64 // of the requests
	workers float64 // in use, on average
	worked  uint64  // requests whose CPU work it did
}

func newPools() pools { return pools{by: map[uint64]*pool{}, enough: wellKnown} }

// of returns the pool of a regime, which may be new.
func (p *pools) of(regime uint64) *pool {
	p.clock++
	x := p.by[regime]
	if x == nil {
		x = p.room()
		p.by[regime] = x
	}
	x.used = p.clock
	return x
}

// known returns the pool of a regime that is known well; nil of another.
func (p *pools) known(regime uint64) *pool {
	x := p.by[regime]
	if x == nil || x.stretches < p.enough {
		return nil
	}
	p.clock++
	x.used = p.clock
	return x
}

// room makes a new pool, of the one that was not used for longest if there are many.
func (p *pools) room() *pool {
	if len(p.by) < mostPools {
		return &pool{sample: newSample()}
	}
	var oldest uint64
	first := true
	for id, x := range p.by {
		if first || x.used < p.by[oldest].used {
			oldest, first = id, false
		}
	}
	x := p.by[oldest]
	delete(p.by, oldest)
	p.evicted(x)
	x.reset()
	*x = pool{sample: x.sample}
	return x
}

// settle tells of all pools that owe a stretch.
func (p *pools) settle() {
	for _, id := range slices.Sorted(maps.Keys(p.by)) {
		x := p.by[id]
		p.evicted(x)
		x.owed = 0
	}
}

// shown takes a stretch in, with what flew in it.
func (p *pool) shown(flow float64) {
	p.stretches++
	p.rested = 0
	p.flow = flow
}

// rest notes a minute that has no stretch of its own.
func (p *pool) rest(skipped uint64, inWindow bool) {
	p.rested++
	if inWindow {
		p.owed += skipped
	}
}
