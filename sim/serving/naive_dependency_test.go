package serving

import (
	"slices"

	"asgsim/sim/des"
	"asgsim/sim/rng"
	"asgsim/workload"
)

// naiveDep is a dependency as the naive plane has it: two lists.
type naiveDep struct {
	Dependency
	factor      float64
	line, inUse []*naiveAttempt
	count       DependencyCounters
}

// asks reports whether an attempt is at a dependency.
func (a *naiveAttempt) asks() bool {
	return a.where != nil && (a.where == &a.inst.asking || a.where == &a.inst.served)
}

func (p *naive) work(d *naiveDep, a *naiveAttempt) (bool, des.Duration) {
	s := rng.Key(p.cfg.Seed, rng.Purpose("dependency/"+d.Name), a.req)
	if d.Share < 1 && s.Float64() >= d.Share {
		return false, 0
	}
	law := workload.NewSampler(d.Work)
	return true, slowed(nanos(law.Draw(&s)), d.factor)
}

// ask lets an attempt ask from dependency k on. at tells, of who asks, whether it has a
// leaf.
func (p *naive) ask(i *naiveInst, a *naiveAttempt, k int) {
	for ; k < len(p.deps); k++ {
		d := p.deps[k]
		asks, _ := p.work(d, a)
		if !asks {
			continue
		}
		a.dep, a.stopped = k, false
		d.count.Asked++
		switch {
		case len(d.inUse) < d.Workers:
			a.at = 0
			p.servedThere(d, a)
		case d.Queue >= 0 && len(d.line) >= d.Queue:
			d.count.Refused++
			p.denied(i, a)
		default:
			d.line = append(d.line, a)
			a.moveTo(&i.asking)
			a.at, a.stopped = 0, true
			if d.Timeout > 0 {
				a.leaf, a.at, a.stopped, a.finish = p.takeLeaf(), 1, false, p.now.Add(d.Timeout)
			}
		}
		return
	}
	switch a.stopped = i.frozen(); {
	case a.wait > 0 || a.stopped:
		a.moveTo(&i.off)
		a.leaf, a.left, a.finish = p.takeLeaf(), int64(a.wait), p.now.Add(a.wait)
	default:
		p.answered(i, a)
	}
}

func (p *naive) servedThere(d *naiveDep, a *naiveAttempt) {
	if a.at == 0 {
		a.leaf = p.takeLeaf()
	}
	_, takes := p.work(d, a)
	d.inUse = append(d.inUse, a)
	a.moveTo(&a.inst.served)
	a.at, a.stopped, a.finish = 1, false, p.now.Add(takes)
}

func (p *naive) denied(i *naiveInst, a *naiveAttempt) {
	i.count.Completed += uint64(a.cpu)
	if !a.gone {
		p.failed(a, DependencyFailed)
	}
	p.off(i, a)
	p.admit(i)
}

// askedEnds is the end of a dependency's work, or of the patience of who waits for it.
func (p *naive) askedEnds(i *naiveInst, a *naiveAttempt) {
	d := p.deps[a.dep]
	if a.where == &i.asking && i.frozen() {
		a.stopped = true
		return
	}
	p.giveLeaf(a)
	n := len(i.cpu)
	if a.where == &i.served {
		d.count.Answered++
		d.inUse = without(d.inUse, a)
		p.ask(i, a, a.dep+1)
		p.nextOf(d)
	} else {
		d.count.GaveUp++
		d.line = without(d.line, a)
		p.denied(i, a)
	}
	p.nextOnCPU(i)
	if len(i.cpu) != n {
		p.plan(i)
	}
}

func without(list []*naiveAttempt, a *naiveAttempt) []*naiveAttempt {
	return slices.DeleteFunc(list, func(b *naiveAttempt) bool { return a == b })
}

// hangUp takes an attempt off its dependency, whose next is served by nextAsked.
func (p *naive) hangUp(a *naiveAttempt) {
	if !a.asks() {
		return
	}
	d := p.deps[a.dep]
	d.count.HungUp++
	d.line, d.inUse = without(d.line, a), without(d.inUse, a)
}

func (p *naive) nextAsked() {
	for _, d := range p.deps {
		p.nextOf(d)
	}
}

func (p *naive) nextOf(d *naiveDep) {
	for len(d.line) > 0 && len(d.inUse) < d.Workers {
		a := d.line[0]
		d.line = d.line[1:]
		p.servedThere(d, a)
	}
}

func (p *naive) ReadDependency(k int, c *DependencyCounters) {
	d := p.deps[k]
	*c = d.count
	c.Waiting, c.InUse = len(d.line), len(d.inUse)
}

func (p *naive) SetDependency(k int, factor float64) {
	d := p.deps[k]
	for _, a := range d.inUse {
		a.finish = p.now.Add(slowed(a.finish.Sub(p.now), factor/d.factor))
	}
	d.factor = factor
}
