package serving

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"asgsim/sim/des"
	"asgsim/sim/rng"
	"asgsim/workload"
)

const ms = des.Millisecond

// dice draws from rapid, which likes small numbers and knows how to shrink, or from
// a stream, which likes nothing and reaches further.
type dice struct {
	*rapid.T
	s *rng.Stream
}

func (d dice) Int(low, high int, what string) int {
	if d.s != nil {
		return low + d.s.IntN(high-low+1)
	}
	return rapid.IntRange(low, high).Draw(d.T, what)
}

func (d dice) Bool(what string) bool { return d.Int(0, 1, what) == 1 }

func oneOf[E any](d dice, list []E, what string) E { return list[d.Int(0, len(list)-1, what)] }

func shuffled[E any](d dice, list []E) []E {
	list = slices.Clone(list)
	for k := len(list) - 1; k > 0; k-- {
		j := d.Int(0, k, "place")
		list[k], list[j] = list[j], list[k]
	}
	return list
}

// drawConfig draws loads and classes. Half of the configurations live on a lattice
// of milliseconds, so that many things happen at one instant.
func drawConfig(t dice, late bool) Config {
	lattice := t.Bool("lattice")
	span := func(low, high int, what string) des.Duration {
		return des.Duration(t.Int(low, high, what)) * ms
	}
	law := func(what string) workload.Dist {
		mean := float64(t.Int(0, 40, what)) / 1000
		if lattice || mean == 0 {
			return workload.Constant{Value: mean}
		}
		return []workload.Dist{workload.Exponential{M: mean}, workload.Uniform{Low: 0, High: 2 * mean}, workload.Lognormal{Mu: math.Log(mean), Sigma: 1}}[t.Int(0, 2, what+" law")]
	}
	cfg := Config{
		Seed: rapid.Uint64().Draw(t.T, "seed"), End: secs(130), Slow: span(0, 60, "slow"),
		IdleTimeout: span(0, 300, "idle"), ConnectTimeout: span(1, 200, "connect"),
	}
	if t.Bool("window") {
		cfg.WindowFrom = des.Time(des.Minute)
	}
	for k := range t.Int(1, 3, "classes") {
		c := Class{
			Name: fmt.Sprint(k), CPU: law("cpu"), Timeout: max(0, span(-60, 120, "timeout")),
			Abandoned: Abandoned(t.Int(0, 1, "abandoned")),
			Retry: Retry{Attempts: t.Int(0, 4, "attempts"), Backoff: span(0, 40, "backoff"),
				Cap: span(0, 60, "cap"), Jitter: Jitter(t.Int(0, 2, "jitter")),
				Budget: oneOf(t, []Budget{{}, {Share: 0.1, Burst: 1}, {Share: 0.37, Burst: 3}, {Share: 1, Burst: 10}}, "budget")},
		}
		if t.Bool("waits") {
			c.Wait = law("wait")
		}
		cfg.Classes = append(cfg.Classes, c)
	}
	for k := range oneOf(t, []int{0, 0, 1, 2}, "dependencies") {
		d := Dependency{Name: fmt.Sprint(k), Share: oneOf(t, []float64{1, 0.5}, "share"), Work: law("query"),
			Workers: t.Int(1, 4, "connections"), Queue: oneOf(t, []int{Unlimited, 0, 2, 10}, "waiting"), Timeout: oneOf(t, []des.Duration{0, 10 * ms, 100 * ms}, "patience")}
		if d.Work.Mean() == 0 {
			d.Work = workload.Constant{Value: 0.003}
		}
		cfg.Dependencies = append(cfg.Dependencies, d)
	}
	for k := range t.Int(1, 3, "loads") {
		l := workload.Load{Name: fmt.Sprint(k), Class: t.Int(0, len(cfg.Classes)-1, "class")}
		l.Curve = flat(t.Int(0, 200, "rate"))
		kinds := []workload.ArrivalKind{workload.Poisson, workload.Regular, workload.Bursty}
		if lattice {
			kinds = kinds[1:2]
			l.Curve = flat([]float64{0, 20, 50, 100, 200}[t.Int(0, 4, "rate")])
		}
		if late {
			l.Curve = from59(l.Curve.(flat))
		}
		l.Arrivals = workload.Arrivals{Kind: oneOf(t, kinds, "arrivals"), IDC: 4, Burst: des.Second}
		cfg.Loads = append(cfg.Loads, l)
	}
	return cfg
}

// from59 is a constant rate from 59 s on, so that a script can cross a minute.
type from59 float64

func (f from59) Integral(from, to des.Time) float64 {
	return float64(f) * max(0, to.Sub(max(from, secs(59))).Seconds())
}
func (f from59) Stretch(t des.Time) (from, to des.Time) {
	if t < secs(59) {
		return -des.Never, secs(59)
	}
	return secs(59), des.Never
}
func (f from59) Flat() bool { return true }

// drawSpec draws an instance; among equals one that goes on alone if it may.
func drawSpec(t dice, equals bool) Spec {
	if equals && t.Int(0, 9, "odd") != 9 {
		return Spec{VCPU: t.Int(1, 3, "vcpu"), Workers: Unlimited, Queue: Unlimited, Speed: oneOf(t, []float64{1, 1, 0.7, 2}, "speed"), CPUShare: oneOf(t, []float64{1, 1, 0.2}, "share")}
	}
	speed := []float64{1, 1, 0.7, 2}
	admission := Admission{Order: Order(t.Int(0, 1, "order")), Full: Overflow(t.Int(0, 1, "full")), Longest: oneOf(t, []des.Duration{0, 0, 1, 20 * ms, 100 * ms}, "longest")}
	return Spec{
		VCPU: t.Int(1, 3, "vcpu"), Workers: oneOf(t, []int{Unlimited, 1, 2, 3, 5}, "workers"),
		Queue: oneOf(t, []int{Unlimited, 0, 1, 4, 20}, "queue"), Admission: admission, Discipline: Discipline(t.Int(0, 1, "discipline")),
		Speed: oneOf(t, speed, "speed"), CPUShare: oneOf(t, []float64{1, 1, 0.2}, "share"),
		Mode: drawMode(t),
	}
}

func drawMode(t dice) Mode {
	m := Mode{Kind: ModeKind(oneOf(t, []int{0, 0, 0, 1, 2, 3, 4}, "mode"))}
	switch m.Kind {
	case Failing:
		m.P, m.Probes = oneOf(t, []float64{0.5, 1, 0}, "errors"), oneOf(t, []float64{0, 0.5, 1}, "bad probes")
		m.Lost, m.ProbesLost = oneOf(t, []float64{0, 0.5, 1}, "lost"), oneOf(t, []float64{0, 0.5, 1}, "lost probes")
		m.Delay = oneOf(t, []des.Duration{0, 1, 5, 40, 100}, "delay") * ms
	case Hung:
		m.CPU = 0.25
	}
	return m
}

// script drives several planes with the same orders and compares what they say.
type script struct {
	t      dice
	planes []Plane
	tokens [][]Token
	alive  []ID
	equals bool // most instances are, and the routing looks at none
	n      int
	deps   int // dependencies
	now    des.Time
}

func (s *script) each(f func(Plane)) {
	for _, p := range s.planes {
		f(p)
	}
}

func (s *script) add() {
	spec := drawSpec(s.t, s.equals)
	var id ID
	s.each(func(p Plane) { id = p.Add(spec) })
	s.alive = append(s.alive, id)
	s.n++
}

func (s *script) one() ID { return oneOf(s.t, s.alive, "instance") }

func (s *script) route() {
	r := Routing{Algorithm: Algorithm(s.t.Int(0, len(Algorithms())-1, "algorithm"))}
	if s.equals && s.t.Int(0, 3, "looks") != 3 {
		r.Algorithm = oneOf(s.t, []Algorithm{RoundRobin, WeightedRandom}, "blind")
	}
	even := s.t.Bool("even")
	for range oneOf(s.t, []int{1, 1, 1, 2, 3, 0}, "nodes") {
		n := Node{Share: float64(s.t.Int(1, 3, "share"))}
		for _, id := range shuffled(s.t, s.alive)[:s.t.Int(0, len(s.alive), "listed")] {
			w := 1.0
			if !even {
				w = oneOf(s.t, []float64{1, 1, 0.5, 0, 0.3}, "weight")
			}
			n.Targets = append(n.Targets, Target{id, w})
		}
		r.Nodes = append(r.Nodes, n)
	}
	s.each(func(p Plane) { p.Route(r) })
}

func (s *script) probe() {
	id, work := s.one(), float64(s.t.Int(0, 5, "work"))/1000
	for k, p := range s.planes {
		s.tokens[k] = append(s.tokens[k], p.Probe(id, work))
	}
}

func (s *script) order() {
	switch s.t.Int(0, 13, "order") {
	case 13:
		if s.deps > 0 {
			k, factor := s.t.Int(0, s.deps-1, "dependency"), oneOf(s.t, []float64{1, 0.3, 4}, "factor")
			s.each(func(p Plane) { p.SetDependency(k, factor) })
		}
	case 0:
		id, m := s.one(), drawMode(s.t)
		if s.equals && s.t.Bool("serves") {
			m = Mode{}
		}
		s.each(func(p Plane) { p.SetMode(id, m) })
	case 1:
		id, speed, share := s.one(), oneOf(s.t, []float64{1, 0.5, 3, 0}, "speed"), oneOf(s.t, []float64{1, 0.3}, "share")
		s.each(func(p Plane) { p.SetSpeed(id, speed, share) })
	case 2:
		id, r := s.one(), oneOf(s.t, []Reason{CutOff, Refused}, "reason")
		s.each(func(p Plane) { p.Cut(id, r) })
	case 3:
		if len(s.alive) > 1 {
			id := s.one()
			s.each(func(p Plane) { p.Remove(id) })
			s.alive = slices.DeleteFunc(s.alive, func(b ID) bool { return b == id })
		}
	case 4:
		s.add()
	case 5, 6:
		s.route()
	case 7:
		id := s.one()
		s.each(func(p Plane) { p.Watch(id) })
	case 8, 9, 10:
		s.probe()
	case 11:
		if n := len(s.tokens[0]); n > 0 {
			k := s.t.Int(0, n-1, "token")
			for j, p := range s.planes {
				p.Forget(s.tokens[j][k])
			}
		}
	case 12:
		var want Latencies
		s.planes[0].TakePeriod(&want)
		for _, p := range s.planes[1:] {
			var got Latencies
			p.TakePeriod(&got)
			same(s.t, "period served", got.Served, want.Served)
			same(s.t, "period target", got.Target, want.Target)
			same(s.t, "total served", p.Latencies().Served, s.planes[0].Latencies().Served)
			same(s.t, "total target", p.Latencies().Target, s.planes[0].Latencies().Target)
		}
	}
}

func same(t dice, what string, got, want *Histogram) {
	if got.count != want.count || got.sum != want.sum || got.min != want.min || got.max != want.max || got.count > 0 && !slices.Equal(got.counts, want.counts) {
		t.Fatalf("%s: %d of mean %v (%v to %v), naive %d of mean %v (%v to %v)", what, got.count, got.Mean(), got.min, got.max, want.count, want.Mean(), want.min, want.max)
	}
}

// advance moves all planes on by d, notice by notice, and compares everything.
// idle also stops the second plane on the way for nothing.
func (s *script) advance(d des.Duration, idle func(p Plane, from, to des.Time)) {
	until := s.now.Add(d)
	for {
		at, n := s.planes[0].Advance(until)
		for k := 1; k < len(s.planes); k++ {
			if n.Kind == None && idle != nil {
				idle(s.planes[k], s.now, until)
			}
			at2, n2 := s.planes[k].Advance(until)
			if n2.Kind == ProbeDone && n.Kind == ProbeDone {
				n2.Token = s.tokens[0][slices.Index(s.tokens[k], n2.Token)]
			}
			if at != at2 || n != n2 {
				s.t.Fatalf("until %v: %v %+v, naive %v %+v", until, at2, n2, at, n)
			}
		}
		s.now = at
		s.compare()
		if n.Kind == None {
			return
		}
	}
}

func (s *script) compare() {
	var want, got Counters
	s.planes[0].Read(&want)
	laws(s.t, &want)
	for _, p := range s.planes[1:] {
		p.Read(&got)
		if got != want {
			s.t.Fatalf("at %v: %s", s.now, cmp.Diff(want, got))
		}
		if a, b := p.Cohorts(), s.planes[0].Cohorts(); !slices.Equal(a, b) {
			s.t.Fatalf("at %v: cohorts %v, naive %v", s.now, a, b)
		}
		for k := range s.deps {
			var want, got DependencyCounters
			s.planes[0].ReadDependency(k, &want)
			p.ReadDependency(k, &got)
			if want != got || got.Asked != got.Answered+got.Refused+got.GaveUp+got.HungUp+uint64(got.Waiting+got.InUse) {
				s.t.Fatalf("at %v: dependency %d: %s", s.now, k, cmp.Diff(want, got))
			}
		}
		for id := range s.n {
			var want, got InstanceCounters
			s.planes[0].ReadInstance(ID(id), &want)
			p.ReadInstance(ID(id), &got)
			lawOfWork(s.t, id, &got)
			// The event plane rounds the sum, the naive plane the terms.
			if d := int64(want.Running - got.Running); d > int64(want.InFlight+9) || -d > int64(want.InFlight+9) {
				s.t.Fatalf("at %v: instance %d: %v running, naive %v %+v %+v", s.now, id, got.Running, want.Running, got, want)
			}
			want.Running, got.Running = 0, 0
			if want != got {
				s.t.Fatalf("at %v: instance %d: %s", s.now, id, cmp.Diff(want, got))
			}
		}
	}
}

// laws are those of conservation, in integers.
func laws(t dice, c *Counters) {
	for _, n := range []*Totals{&c.All, &c.Window} {
		if n.Offered != n.Served+n.FailedAll()+n.InFlight {
			t.Fatalf("offered is not served, failed and in flight: %+v", *n)
		}
	}
	var ended uint64
	for _, n := range c.AttemptsBy {
		ended += n
	}
	if c.Attempts != ended+c.AttemptsInFlight || c.Attempts != c.All.Offered+c.All.Retries || c.InFlightNanos != c.AttemptNanos || c.Routed+c.AttemptsBy[NoTarget] != c.Attempts {
		t.Fatalf("attempts do not add up: %+v", *c)
	}
}

// lawOfWork: work executed is that of what was completed, lost and is running. Per
// attempt at most half a nanosecond is lost to the rounding of its end, per change
// of the number on a shared CPU 2^-11 ns for each on it, and per order another.
func lawOfWork(t dice, id int, c *InstanceCounters) {
	d := int64(c.WorkNanos - c.Completed - c.Lost - c.Running)
	if bound := int64(2*c.Routed + 1000); d > bound || -d > bound {
		t.Fatalf("instance %d: %d ns of work are missing: %+v", id, d, *c)
	}
}

// The event plane agrees with the naive plane to the nanosecond and to every
// count, whatever it is told to do. A third plane does the same with idle stops
// and a restless epoch.
func TestEventPlaneIsTheNaivePlane(t *testing.T) {
	t.Parallel()
	rounds := 10 // of rapid's 100 checks
	if testing.Short() {
		rounds = 3
	}
	for range rounds {
		checkEqual(t)
	}
}

func checkEqual(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		t := dice{T: r}
		if rapid.Bool().Draw(r, "wild") {
			s := rng.New(rapid.Uint64().Draw(r, "dice"), "dice")
			t.s = &s
		}
		late := t.Bool("late")
		cfg := drawConfig(t, late)
		event, err := New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		restless, _ := New(cfg)
		restless.batch = t.Int(1, 8, "batch")
		s := &script{t: t, equals: t.Bool("equals"), planes: []Plane{newNaive(cfg), event, restless}, tokens: make([][]Token, 3), deps: len(cfg.Dependencies)}
		for range t.Int(1, 4, "instances") {
			s.add()
		}
		s.route()
		if late {
			s.jump(59 * des.Second)
		}
		step := 0
		idle := func(p Plane, from, to des.Time) {
			if p != Plane(restless) {
				return
			}
			step++
			restless.rebase()
			if mid := from + (to-from)/2; mid > restless.now {
				restless.Advance(mid)
			}
		}
		for range t.Int(1, 40, "orders") {
			s.advance(des.Duration(t.Int(0, 60, "ms"))*ms, idle)
			s.order()
		}
		s.advance(300*ms, idle)
	})
}

// jump moves the planes far without comparing on the way.
func (s *script) jump(d des.Duration) {
	s.now = s.now.Add(d)
	s.each(func(p Plane) {
		for {
			if _, n := p.Advance(s.now); n.Kind == None {
				return
			}
		}
	})
}
