package queue

import (
	"cmp"
	"container/heap"
	"fmt"
	"slices"

	"asgsim/sim/des"
	"asgsim/sim/rng"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// Plane is the queue and its workers.
type Plane struct {
	seed uint64
	most uint64 // messages
	now  des.Time

	classes []class
	loads   []source

	store store
	books books

	inst     []*instance
	calendar byNext
	idle     []serving.ID // one a waiting worker

	notices []serving.Notice
	full    bool
}

type class struct{ cpu, wait workload.Sampler }

// source is a load.
type source struct {
	src       workload.Source
	work, off rng.Stream
	class     int
	next      des.Time
	req       uint64
}

var _ serving.Plane = (*Plane)(nil)

// New returns a plane at instant 0 with no instance, or what is wrong with the configuration.
func New(plane serving.Config, cfg Config) (*Plane, error) {
	if err := cfg.check(&plane); err != nil {
		return nil, err
	}
	p := &Plane{seed: plane.Seed, most: uint64(cmp.Or(plane.MostInFlight, 1<<24)), store: store{cfg: cfg},
		books: books{windowFrom: plane.WindowFrom, slow: plane.Slow, period: serving.NewLatencies(), total: serving.NewLatencies()}}
	for i := range plane.Classes {
		c := &plane.Classes[i]
		p.classes = append(p.classes, class{workload.NewSampler(c.CPU), workload.NewSampler(c.Wait)})
	}
	for i := range plane.Loads {
		l := &plane.Loads[i]
		if err := l.Check(); err != nil {
			return nil, err
		}
		if l.Class < 0 || l.Class >= len(plane.Classes) {
			return nil, fmt.Errorf("queue: load %q has no class", l.Name)
		}
		s := source{
			src:   workload.NewSource(plane.Seed, l, workload.Compile(l.Curve, plane.End)),
			work:  rng.New(plane.Seed, "work/"+l.Name),
			off:   rng.New(plane.Seed, "wait/"+l.Name),
			class: l.Class, req: uint64(i) << 40,
		}
		s.next = s.src.Next()
		p.loads = append(p.loads, s)
	}
	return p, nil
}

// longest bounds what one draw asks for, as in package serving.
const longest = 9 * des.Hour

func nanos(seconds float64) des.Duration { return min(des.Duration(seconds*1e9+0.5), longest) }

// Advance implements [serving.Plane].
func (p *Plane) Advance(until des.Time) (des.Time, serving.Notice) {
	p.handOut()
	for len(p.notices) == 0 {
		done, hidden, kept, arrival := des.Never, p.store.dueHidden(), p.store.dueKept(), des.Never
		if len(p.calendar) > 0 {
			done = p.calendar[0].next
		}
		var coming *source
		for k := range p.loads {
			if s := &p.loads[k]; s.next < arrival {
				coming, arrival = s, s.next
			}
		}
		at := min(done, hidden, kept, arrival)
		if at > until || at == until && at != done && at != hidden && at != kept {
			p.pass(until)
			return until, serving.Notice{}
		}
		p.pass(at)
		switch at {
		case done:
			p.complete(p.calendar[0])
		case hidden:
			if m := p.store.reappear(); m != nil {
				p.books.again(p.now, m, m.fate)
			}
		case kept:
			if m, slot := p.store.expire(); m != nil {
				p.books.failed(p.now, m, serving.Expired)
				p.store.gone(slot)
			}
		default:
			p.arrive(coming)
		}
		p.handOut()
	}
	n := p.notices[0]
	p.notices = p.notices[1:]
	return p.now, n
}

// pass moves the clock.
func (p *Plane) pass(to des.Time) {
	p.books.pass(to.Sub(p.now))
	p.now = to
}

func (p *Plane) arrive(s *source) {
	c := &p.classes[s.class]
	p.store.send(p.now, message{cpu: nanos(c.cpu.Draw(&s.work)), wait: nanos(c.wait.Draw(&s.off)), req: s.req})
	p.books.sent(p.now)
	s.req++
	s.next = s.src.Next()
	if p.books.totals[0].InFlight >= p.most && !p.full {
		p.full = true
		p.notices = append(p.notices, serving.Notice{Kind: serving.Full})
	}
}

// handOut gives visible messages to waiting workers. A message that was received as often as
// it may be is moved to the dead-letter queue instead.
func (p *Plane) handOut() {
	c := &p.store.count
	for len(p.idle) > 0 && c.Visible > 0 && c.NotVisible < MostInFlight {
		m, slot := p.store.next()
		if most := p.store.cfg.MaxReceives; most > 0 && int(m.receives) >= most {
			c.Dead++
			p.books.failed(p.now, m, serving.DeadLetter)
			p.store.gone(slot)
			continue
		}
		p.receive(m, slot)
	}
}

// failsAfter is how long a worker that fails is at a message before it asks for the next: by
// rule of thumb what a receive and an exception take. Quick as it is, it draws messages.
const failsAfter = 100 * des.Millisecond

// receive gives a message to one of the waiting workers, drawn.
func (p *Plane) receive(m *message, slot int32) {
	draw := rng.Key(p.seed, rng.Purpose("queue/receive"), m.req, uint64(m.receives))
	k := draw.IntN(len(p.idle))
	i := p.inst[p.idle[k]]
	last := len(p.idle) - 1
	p.idle[k] = p.idle[last]
	p.idle = p.idle[:last]

	i.count.Routed++
	t := p.store.receive(p.now, m, slot)
	j := job{ticket: t, cpu: m.cpu, wait: m.wait, received: p.now, left: float64(m.cpu)}
	if i.mode.Kind == serving.Failing && draw.Float64() < i.mode.P {
		j.cpu, j.left, j.wait, j.fails = 0, 0, failsAfter, true
	}
	i.settle(p.now)
	i.jobs = append(i.jobs, j)
	p.replan(i)
}

func (p *Plane) replan(i *instance) {
	i.plan()
	heap.Fix(&p.calendar, i.place)
}

// complete ends the stages of an instance that end now.
func (p *Plane) complete(i *instance) {
	i.settle(p.now)
	for k := i.over(); k >= 0; k = i.over() {
		j := &i.jobs[k]
		if !j.waiting {
			j.waiting, j.left = true, float64(j.wait)
			i.number()
		}
		if j.left > 0.5 {
			continue
		}
		finished := *j
		i.jobs = slices.Delete(i.jobs, k, k+1)
		i.number()
		p.finish(i, &finished)
	}
	p.replan(i)
	p.resting(i)
}

// finish has a worker delete its message and ask for the next.
func (p *Plane) finish(i *instance, j *job) {
	i.count.Completed += uint64(j.cpu)
	if i.polls {
		p.idle = append(p.idle, i.id)
	}
	m := p.store.held(&j.ticket)
	if j.fails {
		i.count.Ended[serving.Error]++
		if m != nil {
			m.fate = serving.Error
		}
		return
	}
	if m == nil {
		i.count.Ended[serving.TimedOut]++
		p.store.count.Wasted++
		p.store.count.WastedNanos += uint64(j.cpu)
		return
	}
	i.count.Ended[serving.OK]++
	p.store.count.Deleted++
	p.books.served(p.now, m, j.received)
	p.store.gone(j.slot)
}

// resting answers who watches an instance that has nothing to do.
func (p *Plane) resting(i *instance) {
	if i.watched && len(i.jobs) == 0 {
		i.watched = false
		p.notices = append(p.notices, serving.Notice{Kind: serving.Idle, ID: i.id})
	}
}
