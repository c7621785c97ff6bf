package elb

import (
	"slices"

	"asgsim/sim/des"
	"asgsim/sim/rng"
	"asgsim/sim/serving"
)

// Balancer follows its targets' health and keeps the plane's routing table.
type Balancer struct {
	kernel  *des.Kernel
	plane   serving.Plane
	cfg     *Config
	zones   int
	seed    uint64
	phase   uint64 // purpose of the probes' phase
	targets []*target
	probes  map[serving.Token]*probe
	observe func(serving.ID, Health)
	ramp    des.Event // next step of the slow starts
	away    int       // zone that traffic is shifted away from; noZone
	opens   []int     // by node: the index of the fail-open in progress, or -1

	// FailOpens are the stretches of failing open, by beginning.
	FailOpens []FailOpen
	// Anomalies are the stretches in which a target had less than its weight, by beginning.
	Anomalies []Anomaly

	// Answered counts health checks answered in time, Failed all others.
	Answered, Failed uint64
	// Missed, unless nil, hears of every failed health check before its target's
	// health is judged, and how many have failed in a row with it.
	Missed func(id serving.ID, inRow int)
}

type target struct {
	id     serving.ID
	zone   int
	judge  judge
	next   des.Event // next probe
	drain  des.Event // end of the deregistration delay
	done   func()    // once drained
	gone   bool
	routed bool            // it gets new requests
	since  des.Time        // registered
	slow   des.Time        // in slow start since; des.Never
	trust  float64         // part of its weight that anomaly mitigation leaves it
	past   past            // what it answered
	odd    int             // index of its anomaly, -1: none
	probes []serving.Token // outstanding
}

type probe struct {
	target  *target
	timeout des.Event
}

// New returns a balancer without targets for the given number of zones. observe
// is called after every change of a target's health.
func New(k *des.Kernel, p serving.Plane, cfg *Config, zones int, seed uint64, observe func(serving.ID, Health)) *Balancer {
	b := &Balancer{
		kernel: k, plane: p, cfg: cfg, zones: zones, seed: seed, phase: rng.Purpose("elb/probe"),
		probes: map[serving.Token]*probe{}, observe: observe, away: noZone,
	}
	if cfg.Mitigation.On {
		b.kernel.After(lookEvery, des.Finish, b.lookAtAnswers)
	}
	return b
}

// Register adds a target; probing starts at once, at a random phase of the
// interval. ordinal keys the draw.
func (b *Balancer) Register(id serving.ID, zone, ordinal int) {
	t := b.add(id, zone, ordinal)
	b.observe(id, t.judge.health)
	b.route() // matters when nobody is healthy
}

// Adopt adds a target that is healthy already, as those of the start are; Open, once
// after the last of them, sends requests to them.
func (b *Balancer) Adopt(id serving.ID, zone, ordinal int) {
	t := b.add(id, zone, ordinal)
	t.judge.health = Healthy
	b.observe(id, Healthy)
}

// Open makes the routing table: once for a fleet, not once for each of thousands.
func (b *Balancer) Open() { b.route() }

func (b *Balancer) add(id serving.ID, zone, ordinal int) *target {
	t := &target{id: id, zone: zone, since: b.kernel.Now(), slow: des.Never, trust: 1, odd: -1}
	b.targets = append(b.targets, t)
	s := rng.Key(b.seed, b.phase, uint64(ordinal))
	b.schedule(t, des.Duration(s.Float64()*float64(b.cfg.Check.Interval)))
	return t
}

// Deregister stops new requests to a target and calls done, in phase Finish,
// when nothing is in flight on it or the deregistration delay is over, whichever
// comes first; in the latter case what is left is cut off (502).
func (b *Balancer) Deregister(id serving.ID, done func()) {
	t := b.find(id)
	if t == nil || t.judge.health == Draining {
		panic("elb: deregistering a target that is not registered")
	}
	t.judge.health, t.done, t.slow = Draining, done, des.Never
	b.stopProbing(t)
	b.observe(id, Draining)
	b.route()
	t.drain = b.kernel.After(b.cfg.DeregistrationDelay, des.Finish, func() {
		b.plane.Cut(id, serving.CutOff)
		b.drained(t)
	})
	b.plane.Watch(id)
}

// Notice takes a notice of the plane. The caller delivers it in phase Finish.
func (b *Balancer) Notice(n serving.Notice) {
	switch n.Kind {
	case serving.Idle:
		if t := b.find(n.ID); t != nil && t.judge.health == Draining && !b.cfg.WaitOut {
			b.kernel.Cancel(t.drain)
			b.drained(t)
		}
	case serving.ProbeDone:
		p := b.probes[n.Token]
		if p == nil {
			return // its timeout came first, at this very instant
		}
		b.kernel.Cancel(p.timeout)
		b.answer(n.Token, p, n.OK)
	}
}

// Health returns the health of a target, and whether it is registered.
func (b *Balancer) Health(id serving.ID) (Health, bool) {
	if t := b.find(id); t != nil {
		return t.judge.health, true
	}
	return 0, false
}

// Count returns how many targets are in state h.
func (b *Balancer) Count(h Health) int {
	n := 0
	for _, t := range b.targets {
		if t.judge.health == h {
			n++
		}
	}
	return n
}

func (b *Balancer) find(id serving.ID) *target {
	for _, t := range b.targets {
		if t.id == id {
			return t
		}
	}
	return nil
}

func (b *Balancer) drained(t *target) {
	t.gone = true
	if t.odd >= 0 {
		b.Anomalies[t.odd].To = b.kernel.Now()
	}
	b.targets = slices.DeleteFunc(b.targets, func(o *target) bool { return o == t })
	t.done()
}

// schedule plans the next probe. A probe fires every interval, however long the
// one before takes.
func (b *Balancer) schedule(t *target, after des.Duration) {
	t.next = b.kernel.After(after, des.Health, func() {
		b.schedule(t, b.cfg.Check.Interval)
		b.probe(t)
	})
}

func (b *Balancer) probe(t *target) {
	token := b.plane.Probe(t.id, b.cfg.Check.Work)
	p := &probe{target: t}
	p.timeout = b.kernel.After(b.cfg.Check.Timeout, des.Finish, func() {
		b.plane.Forget(token)
		b.answer(token, p, false)
	})
	b.probes[token] = p
	t.probes = append(t.probes, token)
}

func (b *Balancer) answer(token serving.Token, p *probe, ok bool) {
	t := p.target
	delete(b.probes, token)
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
	t.judge.probed(ok, &b.cfg.Check)
	if t.judge.health != before {
		b.slowStart(t, before)
		b.observe(t.id, t.judge.health)
		b.route()
	}
}

func (b *Balancer) stopProbing(t *target) {
	b.kernel.Cancel(t.next)
	for _, token := range t.probes {
		b.kernel.Cancel(b.probes[token].timeout)
		b.plane.Forget(token)
		delete(b.probes, token)
	}
	t.probes = nil
}
