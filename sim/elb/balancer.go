package elb

import (
	"asgsim/sim/des"
	"asgsim/sim/rng"
	"asgsim/sim/serving"
)

// Balancer follows its targets' health, by one or several target groups, and keeps the
// plane's routing table. Every instance is registered with all of the groups.
type Balancer struct {
	kernel  *des.Kernel
	plane   serving.Plane
	cfg     *Config
	zones   int
	seed    uint64
	groups  []*group // the first is [target_group]
	drains  map[serving.ID]*drain
	observe func(serving.ID, Health)
	away    int // zone that traffic is shifted away from; noZone

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

// drain is an instance on its way out of all groups.
type drain struct {
	end  des.Event // of the deregistration delay
	done func()    // once drained
}

// New returns a balancer without targets for the given number of zones. observe
// is called after every change of a target's health.
func New(k *des.Kernel, p serving.Plane, cfg *Config, zones int, seed uint64, observe func(serving.ID, Health)) *Balancer {
	b := &Balancer{kernel: k, plane: p, cfg: cfg, zones: zones, seed: seed, drains: map[serving.ID]*drain{}, observe: observe, away: noZone}
	b.open(cfg, "", cfg.ShareOf(""))
	for i := range cfg.Others {
		o := &cfg.Others[i]
		b.open(cfg.of(o), o.Name, o.Share)
	}
	if cfg.Mitigation.On {
		b.kernel.After(lookEvery, des.Finish, b.lookAtAnswers)
	}
	return b
}

// open adds a target group.
func (b *Balancer) open(cfg *Config, name string, share float64) *group {
	purpose := "elb/probe"
	if name != "" {
		purpose += "/" + name
	}
	g := &group{front: b, cfg: cfg, name: name, share: share, sent: share, phase: rng.Purpose(purpose), probes: map[serving.Token]*probe{}}
	b.groups = append(b.groups, g)
	return g
}

// Register adds an instance to every group; probing starts at once, at a random phase of
// the interval. ordinal keys the draw.
func (b *Balancer) Register(id serving.ID, zone, ordinal int) {
	for _, g := range b.groups {
		g.add(id, zone, ordinal)
	}
	b.tell(id)
	b.route() // matters when nobody is healthy
}

// Adopt adds an instance that is healthy already, as those of the start are; Open, once
// after the last of them, sends requests to them.
func (b *Balancer) Adopt(id serving.ID, zone, ordinal int) {
	for _, g := range b.groups {
		g.add(id, zone, ordinal).judge.health = Healthy
	}
	b.tell(id)
}

// Open makes the routing table: once for a fleet, not once for each of thousands.
func (b *Balancer) Open() { b.route() }

// Deregister stops new requests to an instance and calls done, in phase Finish,
// when nothing is in flight on it or the longest of its groups' deregistration delays is
// over, whichever comes first; in the latter case what is left is cut off (502).
func (b *Balancer) Deregister(id serving.ID, done func()) {
	if b.groups[0].find(id) == nil || b.drains[id] != nil {
		panic("elb: deregistering a target that is not registered")
	}
	delay := des.Duration(0)
	for _, g := range b.groups {
		g.leave(g.find(id))
		delay = max(delay, g.cfg.DeregistrationDelay)
	}
	d := &drain{done: done}
	b.drains[id] = d
	if b.cfg.Polled {
		b.observe(id, Draining)
		b.route()
		b.kernel.After(0, des.Finish, func() { b.drained(id) })
		return
	}
	b.observe(id, Draining)
	b.route()
	d.end = b.kernel.After(delay, des.Finish, func() {
		b.plane.Cut(id, serving.CutOff)
		b.drained(id)
	})
	b.plane.Watch(id)
}

// Notice takes a notice of the plane. The caller delivers it in phase Finish.
func (b *Balancer) Notice(n serving.Notice) {
	switch n.Kind {
	case serving.Idle:
		if d := b.drains[n.ID]; d != nil && !b.cfg.WaitOut {
			b.kernel.Cancel(d.end)
			b.drained(n.ID)
		}
	case serving.ProbeDone:
		for _, g := range b.groups {
			if p := g.probes[n.Token]; p != nil { // else its timeout came first, at this very instant
				b.kernel.Cancel(p.timeout)
				g.answer(n.Token, p, n.OK)
				return
			}
		}
	}
}

func (b *Balancer) drained(id serving.ID) {
	d := b.drains[id]
	delete(b.drains, id)
	if t := b.groups[0].find(id); t.odd >= 0 {
		b.Anomalies[t.odd].To = b.kernel.Now()
	}
	for _, g := range b.groups {
		g.remove(id)
	}
	d.done()
}

// tell has an instance's health observed.
func (b *Balancer) tell(id serving.ID) {
	h, _ := b.Health(id)
	b.observe(id, h)
}

// Health returns the health of an instance, and whether it is registered: all of its
// target groups must find it healthy, and one suffices to find it unhealthy ("Use Elastic
// Load Balancing to distribute incoming application traffic in your Auto Scaling group",
// EC2 Auto Scaling User Guide, read 2026-11).
func (b *Balancer) Health(id serving.ID) (Health, bool) {
	out := Healthy
	for _, g := range b.groups {
		t := g.find(id)
		switch {
		case t == nil:
			return 0, false
		case t.judge.health == Draining:
			return Draining, true
		case t.judge.health == Unhealthy:
			out = Unhealthy
		case t.judge.health == Initial && out == Healthy:
			out = Initial
		}
	}
	return out, true
}

// Group is what a target group shows of itself.
type Group struct {
	Share                       float64 // of the requests
	Healthy, Unhealthy, Initial int     // its targets
}

// GroupOf is the target group of a name; the empty one is [target_group], as [First] is.
func (b *Balancer) GroupOf(name string) Group {
	g := b.named(name)
	return Group{g.share, g.count(Healthy), g.count(Unhealthy), g.count(Initial)}
}

// HealthIn returns the health of an instance in the target group of a name, and whether
// it is registered.
func (b *Balancer) HealthIn(name string, id serving.ID) (Health, bool) {
	if t := b.named(name).find(id); t != nil {
		return t.judge.health, true
	}
	return 0, false
}

func (b *Balancer) named(name string) *group {
	for _, g := range b.groups {
		if g.name == name || name == First && g.name == "" {
			return g
		}
	}
	panic("elb: no target group " + name)
}
