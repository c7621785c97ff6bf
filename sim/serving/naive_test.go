package serving

import (
	"cmp"
	"math"
	"slices"

	"asgsim/sim/des"
	"asgsim/sim/rng"
	"asgsim/workload"
)

// naive is a plane that looks at everything for every event: lists of objects,
// linear searches, remaining work counted down attempt by attempt, durations
// summed step by step. With the event plane it shares the draws (sources,
// samplers, keyed draws, back-off) and the integer arithmetic of progress.go,
// and imitates two things it need not: in which order leaves are handed out and which
// waits stand in rings, which breaks ties between completions of one instant, and the
// permutation that turns a tie-break draw into a target.
type naive struct {
	cfg     Config
	now     des.Time
	loads   []*naiveLoad
	inst    []*naiveInst
	clients []*naiveAttempt // attempts whose client waits, in order of send
	later   []*naiveAttempt // retries
	rings   []des.Duration
	route   Routing
	turn    []int
	due     [][]float64
	clock   []float64
	perm    [][]*naiveInst
	leaves  []int32
	leafTop int32
	waits   []des.Duration // lengths of the rings of waits
	waited  int32          // how many have waited in them
	seq     int
	retries int
	purse   []uint64 // of each class
	deps    []*naiveDep

	c        Counters
	served   [2][]des.Duration
	target   [2][]des.Duration
	total    Latencies
	cohorts  []Cohort
	notices  []Notice
	finished uint64
}

type naiveLoad struct {
	src              workload.Source
	work, off, route rng.Stream
	next             des.Time
	class            int
	req              uint64
}

type naiveAttempt struct {
	first, sent, at     des.Time // at: of a retry
	came                des.Time // it waits since then
	cpu, wait           des.Duration
	req                 uint64
	class, n, seq, ring int
	dep                 int
	inst                *naiveInst
	leaf                int32 // from inARing on: its place in the rings of waits
	deadline, finish    des.Time
	left                int64 // of the stage: work in ns, shared in 2^-10 ns
	gone, probe, forgot bool
	stopped             bool
	where               *[]*naiveAttempt
}

type naiveInst struct {
	spec                                        Spec
	id                                          ID
	mode                                        Mode
	speed, share, lag                           float64
	line, cpuLine, cpu, off, connecting         []*naiveAttempt
	travelling, unanswered, asking, served      []*naiveAttempt
	leaf                                        int32
	touched, next                               des.Time
	busy, frozenFor, cpuBase, workBase, workers uint64
	watched, removed                            bool
	probes                                      uint64
	count                                       InstanceCounters
}

var _ Plane = (*naive)(nil)

func newNaive(cfg Config) *naive {
	p := &naive{cfg: cfg, total: NewLatencies()}
	for i := range cfg.Loads {
		l := &cfg.Loads[i]
		n := &naiveLoad{src: workload.NewSource(cfg.Seed, l, workload.Compile(l.Curve, cfg.End)), class: l.Class, req: uint64(i) << 40,
			work: rng.New(cfg.Seed, "work/"+l.Name), off: rng.New(cfg.Seed, "wait/"+l.Name), route: rng.New(cfg.Seed, "route/"+l.Name)}
		n.next = n.src.Next()
		p.loads = append(p.loads, n)
	}
	for i := range cfg.Dependencies {
		p.deps = append(p.deps, &naiveDep{Dependency: cfg.Dependencies[i], factor: 1})
	}
	for i := range cfg.Classes {
		p.purse = append(p.purse, uint64(cfg.Classes[i].Retry.Budget.Burst)*token)
		if c, same := cfg.Classes[i].Wait.(workload.Constant); same && !slices.Contains(p.waits, nanos(c.Value)) {
			p.waits = append(p.waits, nanos(c.Value))
		}
		p.ring(p.timeout(i, false))
		p.ring(p.timeout(i, true))
	}
	return p
}

func (p *naive) timeout(class int, connect bool) des.Duration {
	least := des.Duration(0)
	for k, d := range []des.Duration{p.cfg.Classes[class].Timeout, p.cfg.IdleTimeout, p.cfg.ConnectTimeout} {
		if d > 0 && (k < 2 || connect) && (least == 0 || d < least) {
			least = d
		}
	}
	return least
}

func (p *naive) ring(d des.Duration) int {
	if d > 0 && !slices.Contains(p.rings, d) {
		p.rings = append(p.rings, d)
	}
	return slices.Index(p.rings, d)
}

func (i *naiveInst) frozen() bool {
	k := i.mode.Kind
	return k == Hung || k == Refusing || k == Unreachable
}
func (i *naiveInst) rate() float64 { return rateOf(i.speed, i.share) }
func (i *naiveInst) stalled() bool { return i.frozen() || i.rate() == 0 }
func (i *naiveInst) shared() bool  { return i.spec.Discipline == ProcessorSharing }
func (i *naiveInst) used() int {
	return len(i.cpuLine) + len(i.cpu) + len(i.off) + len(i.asking) + len(i.served)
}
func (i *naiveInst) all() []*naiveAttempt {
	list := slices.Concat(i.line, i.cpuLine, i.cpu, i.off, i.connecting, i.travelling, i.unanswered, i.asking, i.served)
	slices.SortFunc(list, func(a, b *naiveAttempt) int { return a.seq - b.seq })
	return list
}
func (i *naiveInst) outstanding() int {
	n := 0
	for _, a := range i.all() {
		if !a.probe {
			n++
		}
	}
	return n
}

// tick moves the clock and everything that is a duration.
func (p *naive) tick(t des.Time) {
	dt := uint64(t - p.now)
	p.c.InFlightNanos += dt * uint64(len(p.clients))
	for _, i := range p.inst {
		i.workers += dt * uint64(i.used())
		if i.frozen() {
			i.frozenFor += dt
		} else {
			i.busy += dt * uint64(min(len(i.cpu), i.spec.VCPU))
		}
	}
	for _, d := range p.deps {
		d.count.WorkerNanos += dt * uint64(len(d.inUse))
		d.count.WaitingNanos += dt * uint64(len(d.line))
	}
	p.now = t
}

// touch counts down the work of those who share the CPU, here and now.
func (p *naive) touch(i *naiveInst) {
	if i.shared() && !i.frozen() && len(i.cpu) > 0 {
		d := progress(p.now.Sub(i.touched), int32(len(i.cpu)), int32(i.spec.VCPU), i.rate())
		for _, a := range i.cpu {
			a.left -= d
		}
	}
	i.touched = p.now
}

func (p *naive) plan(i *naiveInst) {
	i.next = des.Never
	if !i.shared() || len(i.cpu) == 0 || i.stalled() {
		return
	}
	least := slices.MinFunc(i.cpu, byLeft).left
	i.next = p.now.Add(timeShared(least, int32(len(i.cpu)), int32(i.spec.VCPU), i.rate()))
}

func byLeft(a, b *naiveAttempt) int { return cmp.Or(cmp.Compare(a.left, b.left), a.seq-b.seq) }

func (p *naive) takeLeaf() int32 {
	if n := len(p.leaves); n > 0 {
		l := p.leaves[n-1]
		p.leaves = p.leaves[:n-1]
		return l
	}
	p.leafTop++
	return p.leafTop - 1
}

// Waits in rings end after what has a leaf, ring by ring, in the order in which they began.
const inARing = 1 << 20

func (p *naive) takePlace(a *naiveAttempt) {
	ring := slices.Index(p.waits, a.wait)
	if ring < 0 {
		a.leaf = p.takeLeaf()
		return
	}
	p.waited++
	a.leaf = int32(ring+1)*inARing + p.waited
}

func (p *naive) giveLeaf(a *naiveAttempt) {
	if a.leaf < 0 || a.leaf >= inARing {
		return
	}
	if a.where != nil && (a.where == &a.inst.off || a.where == &a.inst.travelling || a.at != 0 && a.asks() || a.where == &a.inst.cpu && !a.inst.shared()) {
		p.leaves = append(p.leaves, a.leaf)
	}
}

func (a *naiveAttempt) moveTo(where *[]*naiveAttempt) {
	if a.where != nil {
		*a.where = slices.DeleteFunc(*a.where, func(b *naiveAttempt) bool { return a == b })
	}
	if a.where = where; where != nil {
		*where = append(*where, a)
	}
}

func (p *naive) Advance(until des.Time) (des.Time, Notice) {
	for len(p.notices) == 0 {
		// 0 completion, 1 expiry, 2 retry, 3 arrival.
		when := [4]des.Time{des.Never, des.Never, des.Never, des.Never}
		leaf, done, whose := int32(math.MaxInt32), (*naiveAttempt)(nil), (*naiveInst)(nil)
		consider := func(t des.Time, l int32, a *naiveAttempt, i *naiveInst) {
			if t < when[0] || t == when[0] && l < leaf {
				when[0], leaf, done, whose = t, l, a, i
			}
		}
		for _, i := range p.inst {
			if i.removed {
				continue
			}
			if i.shared() && i.next < des.Never {
				consider(i.next, i.leaf, nil, i)
			}
			for _, a := range slices.Concat(i.cpu, i.off, i.travelling, i.asking, i.served) {
				if a.asks() && !a.stopped || a.where == &i.travelling || !a.stopped && (a.where == &i.off || !i.shared()) {
					consider(a.finish, a.leaf, a, i)
				}
			}
		}
		var late *naiveAttempt
		for _, a := range p.clients {
			if a.ring >= 0 && (late == nil || cmp.Or(cmp.Compare(a.deadline, late.deadline), a.ring-late.ring, a.seq-late.seq) < 0) {
				late, when[1] = a, a.deadline
			}
		}
		var again *naiveAttempt
		for _, a := range p.later {
			if again == nil || cmp.Or(cmp.Compare(a.at, again.at), a.seq-again.seq) < 0 {
				again, when[2] = a, a.at
			}
		}
		var next *naiveLoad
		for _, l := range p.loads {
			if l.next < when[3] {
				next, when[3] = l, l.next
			}
		}
		least := min(when[0], when[1], when[2], when[3])
		if least > until || least == until && when[0] != least && when[1] != least {
			p.tick(until)
			return until, Notice{}
		}
		p.tick(least)
		switch least {
		case when[0]:
			if done != nil && done.where == &whose.travelling {
				p.arrived(whose, done)
				continue
			}
			if done != nil && done.asks() {
				p.askedEnds(whose, done)
				continue
			}
			p.complete(whose, done)
		case when[1]:
			p.expire(late)
		case when[2]:
			p.later = slices.DeleteFunc(p.later, func(b *naiveAttempt) bool { return b == again })
			p.totals(again.first, func(t *Totals) { t.Retries++ })
			u := rng.Key(p.cfg.Seed, routePurpose, again.req, uint64(again.n))
			p.send(again, u.Uint64())
		default:
			p.arrive(next)
		}
	}
	n := p.notices[0]
	p.notices = p.notices[1:]
	return p.now, n
}

func (p *naive) totals(first des.Time, f func(*Totals)) {
	f(&p.c.All)
	if first >= p.cfg.WindowFrom {
		f(&p.c.Window)
	}
}

func (p *naive) row(first des.Time) *Cohort {
	m := int(first / des.Time(des.Minute))
	for len(p.cohorts) <= m {
		p.cohorts = append(p.cohorts, Cohort{})
	}
	return &p.cohorts[m]
}
