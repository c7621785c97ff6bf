package serving

import (
	"math"
	"slices"

	"asgsim/sim/des"
	"asgsim/sim/rng"
)

func (p *naive) Add(s Spec) ID {
	i := &naiveInst{spec: s, id: ID(len(p.inst)), speed: s.Speed, share: s.CPUShare, lag: 1, next: des.Never, touched: p.now}
	if i.shared() {
		i.leaf = p.takeLeaf()
	}
	p.inst = append(p.inst, i)
	p.SetMode(i.id, s.Mode)
	return i.id
}

func (p *naive) fold(i *naiveInst) {
	p.touch(i)
	i.cpuBase, i.workBase = p.cpuNanos(i), p.workNanos(i)
	i.busy, i.frozenFor = 0, 0
}

func (p *naive) cpuNanos(i *naiveInst) uint64 {
	hung := uint64(math.Round(float64(i.frozenFor) * float64(i.spec.VCPU) * i.mode.CPU))
	return i.cpuBase + scaled(i.busy, i.share) + hung
}

func (p *naive) workNanos(i *naiveInst) uint64 { return i.workBase + scaled(i.busy, i.rate()) }

func (p *naive) SetMode(id ID, m Mode) {
	i := p.inst[id]
	p.fold(i)
	before := i.frozen()
	i.mode = m
	if m.Kind != Hung {
		i.mode.CPU = 0
	}
	if before != i.frozen() {
		p.resume(i, i.rate())
	}
}

func (p *naive) SetSpeed(id ID, speed, share float64) {
	i := p.inst[id]
	if i.speed == speed && i.share == share {
		return
	}
	p.fold(i)
	old := i.rate()
	i.speed, i.share = speed, share
	if i.shared() || !i.frozen() {
		p.resume(i, old)
	}
}

func (p *naive) resume(i *naiveInst, old float64) {
	p.plan(i)
	restart := func(a *naiveAttempt, old, rate float64, stop bool) {
		if !a.stopped {
			a.left = int64(workIn(a.finish.Sub(p.now), old))
		}
		if stop && a.leaf >= inARing {
			a.leaf = -1 // it loses its place
		}
		if !stop && a.stopped && a.leaf < 0 {
			a.leaf = p.takeLeaf()
		}
		if a.stopped = stop; !stop {
			a.finish = p.now.Add(timeFor(des.Duration(a.left), rate))
		}
	}
	for _, a := range slices.SortedFunc(slices.Values(i.off), func(a, b *naiveAttempt) int { return a.seq - b.seq }) {
		restart(a, 1, 1, i.frozen())
	}
	for _, a := range i.cpu {
		if !i.shared() {
			restart(a, old, i.rate(), i.stalled())
		}
	}
}

func (p *naive) Cut(id ID, r Reason) {
	i := p.inst[id]
	p.touch(i)
	for _, a := range i.all() {
		i.count.Lost += uint64(p.executed(a))
		p.giveLeaf(a)
		p.hangUp(a)
		if a.probe {
			p.probed(a, false)
		} else if !a.gone {
			p.failed(a, r)
		}
		p.off(i, a)
	}
	p.nextAsked()
	p.plan(i)
}

func (p *naive) Remove(id ID) {
	i := p.inst[id]
	i.watched = false
	p.Cut(id, CutOff)
	p.SetMode(id, Mode{Kind: Unreachable})
	if i.shared() {
		p.leaves = append(p.leaves, i.leaf)
	}
	i.removed = true
}

func (p *naive) Watch(id ID) {
	i := p.inst[id]
	i.watched = true
	if i.outstanding() == 0 {
		i.watched = false
		p.notices = append(p.notices, Notice{Kind: Idle, ID: id})
	}
}

func (p *naive) probed(a *naiveAttempt, ok bool) {
	if !a.forgot {
		p.notices = append(p.notices, Notice{ProbeDone, a.inst.id, Token(a.seq), ok})
	}
}

func (p *naive) Probe(id ID, work float64) Token {
	i := p.inst[id]
	p.seq++
	i.probes++
	a := &naiveAttempt{sent: p.now, first: p.now, cpu: nanos(work), seq: p.seq, probe: true, inst: i, ring: -1}
	draw, loss := rng.Key(p.cfg.Seed, probePurpose, uint64(id), i.probes), rng.Key(p.cfg.Seed, probeLossPurpose, uint64(id), i.probes)
	switch {
	case i.mode.Kind == Unreachable:
		a.moveTo(&i.connecting)
	case i.mode.Kind == Refusing, i.mode.Kind == Failing && draw.Float64() < i.mode.Probes:
		p.probed(a, false)
	case i.mode.Kind == Failing && loss.Float64() < i.mode.ProbesLost:
		a.moveTo(&i.unanswered)
	case i.mode.Kind == Failing && i.mode.Delay > 0:
		p.travel(i, a)
	case !p.accept(i, a):
		p.probed(a, false)
	}
	return Token(p.seq)
}

func (p *naive) Forget(t Token) {
	p.notices = slices.DeleteFunc(p.notices, func(n Notice) bool { return n.Kind == ProbeDone && n.Token == t })
	for _, i := range p.inst {
		for _, a := range i.all() {
			if a.seq == int(t) && a.probe {
				a.forgot = true
				if a.where == &i.connecting || a.where == &i.unanswered {
					a.moveTo(nil)
				}
			}
		}
	}
}

func (p *naive) Route(r Routing) {
	old := p.route
	if old.Algorithm == RoundRobin {
		for k, n := range old.Nodes {
			for j, t := range n.Targets {
				if p.due[k] != nil {
					p.inst[t.ID].lag = (p.due[k][j] - p.clock[k]) * t.Weight
				} else {
					size := len(n.Targets)
					p.inst[t.ID].lag = float64((j-p.turn[k]%size+size)%size+1) / float64(size)
				}
			}
		}
	}
	r.Nodes = slices.Clone(r.Nodes)
	size := len(r.Nodes)
	p.route, p.turn, p.clock, p.due, p.perm = r, make([]int, size), make([]float64, size), make([][]float64, size), make([][]*naiveInst, size)
	for k := range r.Nodes {
		n := &r.Nodes[k]
		n.Targets = slices.DeleteFunc(slices.Clone(n.Targets), func(t Target) bool { return t.Weight == 0 })
		for j, t := range n.Targets {
			if uneven(n) {
				p.due[k] = append(p.due[k], p.inst[t.ID].lag/t.Weight)
			} else if p.inst[t.ID].lag < p.inst[n.Targets[p.turn[k]].ID].lag {
				p.turn[k] = j
			}
			p.perm[k] = append(p.perm[k], p.inst[t.ID])
		}
		slices.SortStableFunc(p.perm[k], func(a, b *naiveInst) int { return a.outstanding() - b.outstanding() })
	}
}

func uneven(n *Node) bool {
	return slices.ContainsFunc(n.Targets, func(t Target) bool { return t.Weight != n.Targets[0].Weight })
}

// spread reports whether targets must be compared one by one: an instance stands
// twice, or weights differ.
func (p *naive) spread(k int) bool {
	count := map[ID]int{}
	twice := false
	for _, n := range p.route.Nodes {
		for _, t := range n.Targets {
			count[t.ID]++
			twice = twice || count[t.ID] > 1
		}
	}
	return twice || uneven(&p.route.Nodes[k])
}

// reorder keeps the permutations sorted while an instance's outstanding changes by
// one: it trades places with the last of its equals on the way up, with the first
// on the way down.
func (p *naive) reorder(i *naiveInst, change func(), by int) {
	n := i.outstanding()
	change()
	for _, perm := range p.perm {
		at := slices.Index(perm, i)
		if at < 0 {
			continue
		}
		level := func(j *naiveInst) int {
			if j == i {
				return n
			}
			return j.outstanding()
		}
		other := at
		for j := range perm {
			if level(perm[j]) == n && (by > 0 && j > other || by < 0 && j < other) {
				other = j
			}
		}
		perm[at], perm[other] = perm[other], perm[at]
	}
}

func (p *naive) pick(u uint64) *naiveInst {
	x := float64(u>>11) * 0x1p-53
	if len(p.route.Nodes) == 0 {
		return nil
	}
	k := 0
	if len(p.route.Nodes) > 1 {
		t := table{}
		total, sum := 0.0, 0.0
		for _, n := range p.route.Nodes {
			total += n.Share
		}
		for _, n := range p.route.Nodes {
			sum += n.Share
			t.shares = append(t.shares, sum/total)
		}
		k, x = t.node(x)
	}
	n := &p.route.Nodes[k]
	if len(n.Targets) == 0 {
		return nil
	}
	switch {
	case p.route.Algorithm == RoundRobin && !uneven(n):
		p.turn[k]++
		return p.inst[n.Targets[(p.turn[k]-1)%len(n.Targets)].ID]
	case p.route.Algorithm == RoundRobin:
		j := slices.Index(p.due[k], slices.Min(p.due[k]))
		p.clock[k] = p.due[k][j]
		p.due[k][j] += 1 / n.Targets[j].Weight
		return p.inst[n.Targets[j].ID]
	case p.route.Algorithm == WeightedRandom && !uneven(n):
		return p.inst[n.Targets[int(x*float64(len(n.Targets)))].ID]
	case p.route.Algorithm == WeightedRandom:
		sum := 0.0
		for _, t := range n.Targets {
			sum += t.Weight
		}
		x, sum = x*sum, 0
		for _, t := range n.Targets {
			if sum += t.Weight; x < sum {
				return p.inst[t.ID]
			}
		}
		return p.inst[n.Targets[len(n.Targets)-1].ID]
	}
	if p.route.Algorithm == PowerOfTwoChoices {
		first, second := pairOf(x, len(n.Targets))
		a, b := n.Targets[first], n.Targets[second]
		if uneven(n) && float64(p.inst[b.ID].outstanding())/b.Weight < float64(p.inst[a.ID].outstanding())/a.Weight || !uneven(n) && p.inst[b.ID].outstanding() < p.inst[a.ID].outstanding() {
			return p.inst[b.ID]
		}
		return p.inst[a.ID]
	}
	per := func(t Target) float64 { return float64(p.inst[t.ID].outstanding()) / t.Weight }
	least := math.Inf(1)
	for _, t := range n.Targets {
		least = min(least, per(t))
	}
	var ties []*naiveInst
	for _, t := range n.Targets {
		if per(t) == least {
			ties = append(ties, p.inst[t.ID])
		}
	}
	if p.spread(k) {
		return ties[int(x*float64(len(ties)))]
	}
	i := p.perm[k][int(x*float64(len(ties)))]
	if !slices.Contains(ties, i) {
		panic("not a least outstanding target")
	}
	return i
}

func (p *naive) Read(c *Counters) {
	*c = p.c
	c.AttemptsInFlight = uint64(len(p.clients))
	c.AttemptNanos = p.finished
	for _, a := range p.clients {
		c.AttemptNanos += uint64(p.now - a.sent)
	}
}

func (p *naive) ReadInstance(id ID, c *InstanceCounters) {
	i := p.inst[id]
	*c = i.count
	c.CPUNanos, c.WorkNanos, c.WorkerNanos = p.cpuNanos(i), p.workNanos(i), i.workers
	c.InFlight, c.InUse = i.outstanding(), i.used()
	for _, a := range i.line {
		if !a.probe {
			c.Queued++
		}
	}
	var ahead int64
	if i.shared() && !i.frozen() && len(i.cpu) > 0 {
		ahead = progress(p.now.Sub(i.touched), int32(len(i.cpu)), int32(i.spec.VCPU), i.rate())
	}
	for _, a := range i.all() {
		b := *a
		if i.shared() {
			b.left -= ahead
		}
		c.Running += uint64(p.executed(&b))
	}
}

func (p *naive) Cohorts() []Cohort { p.row(p.now); return p.cohorts[:p.now/des.Time(des.Minute)+1] }

func (p *naive) TakePeriod(into *Latencies) {
	*into = NewLatencies()
	for w := range 2 {
		for _, d := range p.served[w] {
			into.Served.Record(d)
			if w == 1 {
				p.total.Served.Record(d)
			}
		}
		for _, d := range p.target[w] {
			into.Target.Record(d)
			if w == 1 {
				p.total.Target.Record(d)
			}
		}
	}
	p.served, p.target = [2][]des.Duration{}, [2][]des.Duration{}
}

func (p *naive) Latencies() *Latencies { return &p.total }
