package serving

import (
	"fmt"

	"asgsim/sim/des"
	"asgsim/sim/rng"
	"asgsim/workload"
)

// What an attempt does at the dependencies: it asks one after another and then has the
// wait of its own. A class that asks has the complement of the wait in attempt.wait, which
// is below 0, so that nothing else of the loop looks at dependencies.

// station is a dependency as the loop needs it.
type station struct {
	work    workload.Sampler
	share   float64
	purpose uint64
	workers int32
	bound   int32
	timeout des.Duration
	factor  float64 // work takes so many times as long
	line    fifo
	count   DependencyCounters // the areas modulo 2^64, as instance.workerArea
}

// The dependency that an attempt asks stands in the upper bits of its flags.
const stageShift = 5

func newStation(d *Dependency) (station, error) {
	switch {
	case d.Work == nil || !(d.Work.Mean() > 0):
		return station{}, fmt.Errorf("dependency %q has no work", d.Name)
	case !(d.Share > 0 && d.Share <= 1) || d.Workers < 1 || d.Timeout < 0:
		return station{}, fmt.Errorf("dependency %q: a share of %v, %d workers and a timeout of %v", d.Name, d.Share, d.Workers, d.Timeout)
	}
	return station{
		work: workload.NewSampler(d.Work), share: d.Share, purpose: rng.Purpose("dependency/" + d.Name),
		workers: bounded(d.Workers), bound: bounded(d.Queue), timeout: d.Timeout, factor: 1,
	}, nil
}

// depend gives the plane its dependencies.
func (p *EventPlane) depend(all []Dependency) error {
	if len(all) > MostDependencies {
		return fmt.Errorf("at most %d dependencies", MostDependencies)
	}
	for k := range all {
		s, err := newStation(&all[k])
		if err != nil {
			return err
		}
		p.stations = append(p.stations, s)
	}
	return nil
}

// asks reports whether a request asks the dependency, and for how much work: the same
// at each of its attempts and in every variant.
func (s *station) asks(seed, req uint64) (bool, des.Duration) {
	draw := rng.Key(seed, s.purpose, req)
	if s.share < 1 && draw.Float64() >= s.share {
		return false, 0
	}
	return true, nanos(s.work.Draw(&draw))
}

// takes is how long the work of who asks takes now.
func (s *station) takes(seed, req uint64) des.Duration {
	_, work := s.asks(seed, req)
	return slowed(work, s.factor)
}

// slowed multiplies a duration, exactly if the factor is 1.
func slowed(d des.Duration, factor float64) des.Duration {
	if factor == 1 {
		return d
	}
	return min(des.Duration(float64(d)*factor+0.5), 365*des.Day)
}

// ReadDependency implements Plane.
func (p *EventPlane) ReadDependency(k int, c *DependencyCounters) {
	*c = p.stations[k].count
	c.WorkerNanos += uint64(c.InUse) * uint64(p.now)
	c.WaitingNanos += uint64(c.Waiting) * uint64(p.now)
}

// SetDependency implements Plane.
func (p *EventPlane) SetDependency(k int, factor float64) {
	s := &p.stations[k]
	if !(factor > 0) {
		panic("serving: a dependency that takes no time")
	}
	old := s.factor
	s.factor = factor
	for slot := range p.slab {
		a := &p.slab[slot]
		if a.seq == 0 || a.state != served || int(a.flags>>stageShift) != k {
			continue
		}
		left := slowed(des.Time(a.mark).Sub(p.now), factor/old)
		a.mark = int64(p.now.Add(left))
		p.tree.set(a.leaf, p.key(des.Time(a.mark), a.leaf))
	}
}

// goesAsking is the end of the CPU work of an attempt that may ask.
func (p *EventPlane) goesAsking(i *instance, a *attempt, slot int32) {
	i.workOff += uint64(a.cpu)
	p.askFrom(i, a, slot, 0)
}

// askFrom lets an attempt ask the first of the dependencies from k on that it asks.
func (p *EventPlane) askFrom(i *instance, a *attempt, slot int32, k int) {
	for ; k < len(p.stations); k++ {
		s := &p.stations[k]
		asks, work := s.asks(p.seed, a.req)
		if !asks {
			continue
		}
		a.flags = a.flags&(1<<stageShift-1) | uint8(k)<<stageShift
		s.count.Asked++
		switch {
		case s.count.InUse < int(s.workers):
			a.leaf = p.anyLeaf()
			p.serves(s, a, slot, slowed(work, s.factor))
		case s.count.Waiting >= int(s.bound):
			s.count.Refused++
			p.deniedThere(i, a, slot)
		default:
			p.queuesThere(s, a, slot)
		}
		return
	}
	p.waitsItself(i, a, slot)
}

// serves gives an attempt, which has a leaf, a worker of a dependency.
func (p *EventPlane) serves(s *station, a *attempt, slot int32, takes des.Duration) {
	s.count.InUse++
	s.count.WorkerNanos -= uint64(p.now)
	a.state = served
	p.dueAt(a, slot, p.now.Add(takes))
}

// queuesThere lets an attempt wait for a worker of a dependency.
func (p *EventPlane) queuesThere(s *station, a *attempt, slot int32) {
	p.wait(&s.line, slot, asking)
	s.count.Waiting++
	s.count.WaitingNanos -= uint64(p.now)
	a.leaf = -1
	if s.timeout > 0 {
		a.leaf = p.anyLeaf()
		p.dueAt(a, slot, p.now.Add(s.timeout))
	}
}

// anyLeaf hands out the spare leaf, or another.
func (p *EventPlane) anyLeaf() int32 {
	leaf := p.spare
	p.spare = -1
	if leaf < 0 {
		leaf = p.takeLeaf()
	}
	return leaf
}

// dueAt has the leaf of an attempt come due.
func (p *EventPlane) dueAt(a *attempt, slot int32, at des.Time) {
	a.mark = int64(at)
	p.tree.what[a.leaf] = slot
	p.tree.set(a.leaf, p.key(at, a.leaf))
}

// waitsItself is the wait of its own of an attempt that has all answers. A hung instance
// does not hear of them.
func (p *EventPlane) waitsItself(i *instance, a *attempt, slot int32) {
	own := ^a.wait
	if own == 0 && !i.frozen {
		i.workOff -= uint64(a.cpu)
		p.answers(i, a, slot)
		return
	}
	a.state = waiting
	a.leaf = p.anyLeaf()
	p.dueAt(a, slot, p.now.Add(own))
	if i.frozen {
		a.flags |= frozen
		a.mark = int64(own)
		p.tree.set(a.leaf, idle)
	}
}

// endsElsewhere is the end of a stage off the instance: of a journey, of a dependency's
// work, or of the patience of who waits for it.
func (p *EventPlane) endsElsewhere(i *instance, a *attempt, leaf, slot int32) {
	if a.state == travelling {
		p.arrives(i, a, slot)
		return
	}
	k := int(a.flags >> stageShift)
	s := &p.stations[k]
	if a.state == asking && i.frozen {
		p.tree.set(leaf, idle) // nobody is there to give up
		return
	}
	p.spare = leaf
	before := i.running
	if a.state == served {
		s.count.Answered++
		p.freesWorker(s)
		p.askFrom(i, a, slot, k+1)
		p.servesNext(s)
	} else {
		s.count.GaveUp++
		p.leavesLine(s)
		p.deniedThere(i, a, slot)
	}
	if i.shared && i.running != before {
		p.schedule(i)
	}
	p.giveSpare(leaf)
}

func (p *EventPlane) freesWorker(s *station) {
	s.count.InUse--
	s.count.WorkerNanos += uint64(p.now)
}

func (p *EventPlane) leavesLine(s *station) {
	s.count.Waiting--
	s.count.WaitingNanos += uint64(p.now)
}

// servesNext gives free workers of a dependency to those who wait for one.
func (p *EventPlane) servesNext(s *station) {
	for s.count.Waiting > 0 && s.count.InUse < int(s.workers) {
		slot := p.call(&s.line)
		a := &p.slab[slot]
		p.leavesLine(s)
		if a.leaf < 0 { // else it goes on with that of its patience
			a.leaf = p.anyLeaf()
		}
		p.serves(s, a, slot, s.takes(p.seed, a.req))
	}
}

// deniedThere ends an attempt that a dependency turned away, or kept waiting for too long:
// the instance answers with an error.
func (p *EventPlane) deniedThere(i *instance, a *attempt, slot int32) {
	i.workOff -= uint64(a.cpu)
	i.completed += uint64(a.cpu)
	i.used--
	i.workerArea += uint64(p.now)
	if a.flags&abandoned == 0 {
		p.clientFailed(a, DependencyFailed)
	}
	p.letGo(i)
	p.release(a, slot)
	if i.queue > 0 {
		p.admit(i)
	}
}

// hangsUp takes an attempt off the dependency that it asks; the caller has the next served.
func (p *EventPlane) hangsUp(a *attempt) {
	s := &p.stations[a.flags>>stageShift]
	s.count.HungUp++
	if a.state == served {
		p.freesWorker(s)
	} else {
		p.leavesLine(s)
	}
	if a.leaf >= 0 {
		p.vacate(a)
	}
}

// servesAll has everybody served for whom a worker of a dependency is free.
func (p *EventPlane) servesAll() {
	for k := range p.stations {
		p.servesNext(&p.stations[k])
	}
}

// asksNow reports whether an attempt is at a dependency.
func (a *attempt) asksNow() bool { return a.state == asking || a.state == served }
