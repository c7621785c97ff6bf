package queue

import (
	"container/heap"
	"slices"

	"asgsim/sim/des"
	"asgsim/sim/serving"
)

// Add implements [serving.Plane]. The workers must be bounded: all of them poll.
func (p *Plane) Add(s serving.Spec) serving.ID {
	if s.Workers < 1 {
		panic("queue: an instance without a number of workers")
	}
	i := &instance{id: serving.ID(len(p.inst)), spec: s, mode: s.Mode, speed: s.Speed, cpuShare: s.CPUShare, at: p.now, next: des.Never}
	p.inst = append(p.inst, i)
	heap.Push(&p.calendar, i)
	return i.id
}

// SetMode implements [serving.Plane]. Workers of an instance that fails fail a share P of
// their receives quickly, and leave the message to its visibility timeout; of the other
// parameters of [serving.Failing] a queue has none.
func (p *Plane) SetMode(id serving.ID, m serving.Mode) {
	i := p.inst[id]
	if i.mode == m {
		return
	}
	i.settle(p.now)
	i.mode = m
	p.replan(i)
	p.poll(i)
}

// SetSpeed implements [serving.Plane].
func (p *Plane) SetSpeed(id serving.ID, speed, cpuShare float64) {
	i := p.inst[id]
	if i.speed == speed && i.cpuShare == cpuShare {
		return
	}
	i.settle(p.now)
	i.speed, i.cpuShare = speed, cpuShare
	p.replan(i)
}

// Cut implements [serving.Plane]: the workers stop where they are. The queue hears nothing of
// it: their messages are visible again when their timeouts end.
func (p *Plane) Cut(id serving.ID, r serving.Reason) {
	i := p.inst[id]
	i.settle(p.now)
	for k := range i.jobs {
		j := &i.jobs[k]
		i.count.Lost += j.executed(0)
		i.count.Ended[r]++
		if m := p.store.held(&j.ticket); m != nil && !m.visible {
			m.fate = r
		}
		if i.polls {
			p.idle = append(p.idle, id)
		}
	}
	i.jobs = nil
	p.replan(i)
	p.resting(i)
}

// Remove implements [serving.Plane].
func (p *Plane) Remove(id serving.ID) {
	i := p.inst[id]
	i.watched, i.removed = false, true
	p.Cut(id, serving.CutOff)
	p.SetMode(id, serving.Mode{Kind: serving.Unreachable})
	p.poll(i)
}

// Route implements [serving.Plane]: who is listed polls, whatever its weight above 0.
func (p *Plane) Route(r serving.Routing) {
	listed := make([]bool, len(p.inst))
	for _, n := range r.Nodes {
		for _, t := range n.Targets {
			listed[t.ID] = listed[t.ID] || t.Weight > 0
		}
	}
	for k, i := range p.inst {
		if i.listed != listed[k] {
			i.listed = listed[k]
			p.poll(i)
		}
	}
}

// poll has the free workers of an instance begin to poll, or stop.
func (p *Plane) poll(i *instance) {
	polls := i.listed && !i.removed && !i.frozen()
	if polls == i.polls {
		return
	}
	i.polls = polls
	if !polls {
		p.idle = slices.DeleteFunc(p.idle, func(id serving.ID) bool { return id == i.id })
		return
	}
	for range i.spec.Workers - len(i.jobs) {
		p.idle = append(p.idle, i.id)
	}
}

// Watch implements [serving.Plane].
func (p *Plane) Watch(id serving.ID) {
	p.inst[id].watched = true
	p.resting(p.inst[id])
}

// Probe panics: nobody checks the health of who polls a queue.
func (p *Plane) Probe(serving.ID, float64) serving.Token {
	panic("queue: there is no health check of a worker")
}

// Forget panics like Probe.
func (p *Plane) Forget(serving.Token) { panic("queue: there is no health check of a worker") }

// SetDependency panics: [New] takes none.
func (p *Plane) SetDependency(int, float64) { panic("queue: there is no dependency") }

// ReadDependency panics: [New] takes none.
func (p *Plane) ReadDependency(int, *serving.DependencyCounters) {
	panic("queue: there is no dependency")
}
