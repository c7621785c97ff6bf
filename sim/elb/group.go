package elb

import (
	"slices"

	"asgsim/sim/des"
	"asgsim/sim/rng"
	"asgsim/sim/serving"
)

// group is a target group at work: its targets, their health by its own checks, its slow
// starts. An instance is a target of every group.
type group struct {
	front   *Balancer
	cfg     *Config
	name    string  // empty: [target_group]
	share   float64 // of the requests that the balancer sends to it, 0 to 1
	sent    float64 // of those by the routing table: share, but for what is not worth a new one
	phase   uint64  // purpose of the probes' phase
	targets []*target
	probes  map[serving.Token]*probe
	ramp    des.Event // next step of the slow starts
	opens   []int     // by node: the index of the fail-open in progress, or -1
}

type target struct {
	id     serving.ID
	zone   int
	judge  judge
	next   des.Event // next probe
	routed bool      // it gets new requests
	since  des.Time  // registered
	slow   des.Time  // in slow start since; des.Never
	trust  float64   // part of its weight that anomaly mitigation leaves it
	past   past      // what it answered
	odd    int       // index of its anomaly, -1: none
	probes []serving.Token
}

type probe struct {
	group   *group
	target  *target
	timeout des.Event
}

func (g *group) add(id serving.ID, zone, ordinal int) *target {
	t := &target{id: id, zone: zone, since: g.front.kernel.Now(), slow: des.Never, trust: 1, odd: -1}
	g.targets = append(g.targets, t)
	if g.cfg.Polled {
		t.judge.health = Healthy
		return t
	}
	s := rng.Key(g.front.seed, g.phase, uint64(ordinal))
	g.schedule(t, des.Duration(s.Float64()*float64(g.cfg.Check.Interval)))
	return t
}

func (g *group) find(id serving.ID) *target {
	for _, t := range g.targets {
		if t.id == id {
			return t
		}
	}
	return nil
}

func (g *group) count(h Health) int {
	n := 0
	for _, t := range g.targets {
		if t.judge.health == h {
			n++
		}
	}
	return n
}

// leave takes a target out of the routing; it stays until it is drained.
func (g *group) leave(t *target) {
	t.judge.health, t.slow = Draining, des.Never
	g.stopProbing(t)
}

func (g *group) remove(id serving.ID) {
	g.targets = slices.DeleteFunc(g.targets, func(t *target) bool { return t.id == id })
}

// schedule plans the next probe. A probe fires every interval, however long the
// one before takes.
func (g *group) schedule(t *target, after des.Duration) {
	t.next = g.front.kernel.After(after, des.Health, func() {
		g.schedule(t, g.cfg.Check.Interval)
		g.probe(t)
	})
}

func (g *group) probe(t *target) {
	b := g.front
	token := b.plane.Probe(t.id, g.cfg.Check.Work)
	p := &probe{group: g, target: t}
	p.timeout = b.kernel.After(g.cfg.Check.Timeout, des.Finish, func() {
		b.plane.Forget(token)
		g.answer(token, p, false)
	})
	g.probes[token] = p
	t.probes = append(t.probes, token)
}

func (g *group) answer(token serving.Token, p *probe, ok bool) {
	b, t := g.front, p.target
	delete(g.probes, token)
	t.probes = slices.DeleteFunc(t.probes, func(o serving.Token) bool { return o == token })
	if ok {
		b.Answered++
	} else {
		b.Failed++
		if b.Missed != nil {
			b.Missed(t.id, t.judge.bad+1)
		}
	}
	before := t.judge.health
	t.judge.probed(ok, &g.cfg.Check)
	if t.judge.health != before {
		g.slowStart(t, before)
		b.tell(t.id)
		b.route()
	}
}

func (g *group) stopProbing(t *target) {
	g.front.kernel.Cancel(t.next)
	for _, token := range t.probes {
		g.front.kernel.Cancel(g.probes[token].timeout)
		g.front.plane.Forget(token)
		delete(g.probes, token)
	}
	t.probes = nil
}
