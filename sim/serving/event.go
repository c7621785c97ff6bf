package serving

import (
	"cmp"
	"fmt"

	"asgsim/sim/des"
	"asgsim/sim/rng"
	"asgsim/workload"
)

// EventPlane is the exact event plane: every arrival, every end of a CPU stage
// and of a wait, every timeout and retry at its own nanosecond.
//
// Requests are not objects: an attempt is a slot of a slab, what is due next is a
// leaf of a winner tree (tree.go), and the next arrival of each load, the oldest
// timeout of each ring and the first retry stand outside the tree. In the steady
// state nothing is allocated.
type EventPlane struct {
	now   des.Time
	epoch des.Time // of the tree's keys
	rest  des.Time // the earliest end of a wait in a ring, expiry or retry
	skips skips    // what the plane's clock has not seen of the run's, see skip.go

	tree  tree
	inst  []instance
	slab  []attempt
	most  int // attempts in flight; see Full
	loads []source
	rings []timeouts
	waits []timers // off the CPU, see waits.go
	retry retries

	free int32 // the slot given back last, -1 for none; each names the one before as its leaf
	seq  uint32

	nextWait    des.Time
	nextWaits   int // whose head it is
	nextExpiry  des.Time
	nextRetry   des.Time
	nextArrival des.Time
	coming      *source // whose next arrival it is
	nextRing    int

	classes  []class
	stations []station // the dependencies
	routing  table

	windowFrom des.Time
	slow       des.Duration
	end        des.Time
	seed       uint64

	minute  minute
	counts  [2]Totals // by first send: before the window, inside it; see minute for the rest
	client  clientCounters
	cohorts []Cohort
	latency [2]recorders
	total   Latencies

	notices []Notice // from said on, still to be returned
	said    int
	// turned: what the loop goes by is no longer so: there is a notice, the keys have
	// another form, or another event has come before all others.
	turned  bool
	scratch []int32

	// Instances that go on alone, see alone.go.
	alone     bool // they do
	hasty     int  // batches in a row that expiries or retries cut short
	isolation isolation
	awaited   int // notices and late arrivals that may come at any instant
	gone      int // the instances before it have been removed
	dealt     []ID
	batch     int
	pending   []pending

	spare int32 // a leaf whose stage has just ended, to be given on; -1: none
}

// clientCounters are the parts of Counters that are not Totals.
type clientCounters struct {
	by          [Reasons]uint64
	unconnected uint64
	denied      uint64
	inFlight    uint64
	// changed is when inFlight last changed, area its integral up to then.
	changed des.Time
	area    uint64
	// lasted + inFlight x now is the sum of the durations of attempts, modulo 2^64: a
	// send subtracts the instant, an end adds it.
	lasted uint64
}

// source is a load as the loop needs it.
type source struct {
	next  des.Time // its next arrival, on the plane's clock
	src   workload.Source
	work  rng.Stream
	off   rng.Stream
	route rng.Stream
	class uint8
	// The next request.
	req  uint64 // load and number
	cpu  des.Duration
	wait des.Duration
	u    uint64 // decides its route

	// What a sampled plane asks.
	name  string
	load  *workload.Compiled
	idc   float64      // of bursty arrivals
	cycle des.Duration // of theirs
	// grain is 1 where the curve itself is made of counts, which differ by chance.
	grain float64
}

// class is a class of requests as the loop needs it.
type class struct {
	cpu, wait workload.Sampler
	// waitVaries: else each waits equally long, or not at all.
	waitVaries bool
	asks       des.Duration // -1 if it may ask dependencies: the complement of waits; else 0
	waits      int32        // ring of its waits off the CPU; -1: none
	timeout    des.Duration // of an attempt, its own or the balancer's; 0: none
	ring       int32        // of the attempt's timeout; -1: none
	connect    int32        // of its timeout on an unreachable target; -1: none
	drop       bool
	// A timeout of its attempts is the balancer's: of all, and while connecting.
	gateway, gatewayConnect bool
	attempts                uint8
	retry                   Retry
	purse                   purse
	// Of the laws of work, in seconds.
	meanCPU, scvCPU, meanWait float64
}

// maxWork bounds what one draw can ask for, nine hours; scenarios refuse laws
// that come near it.
const maxWork = 9 * des.Hour

var _ Plane = (*EventPlane)(nil)

// New returns a plane at instant 0 with no instance, or what is wrong with cfg.
func New(cfg Config) (*EventPlane, error) {
	p := &EventPlane{
		most: cmp.Or(cfg.MostInFlight, 1<<24),
		end:  cfg.End, windowFrom: cfg.WindowFrom, slow: cfg.Slow, seed: cfg.Seed,
		batch: batch, tree: newTree(), total: NewLatencies(),
		latency:  [2]recorders{newRecorders(), newRecorders()},
		nextWait: des.Never, nextExpiry: des.Never, nextRetry: des.Never, nextArrival: des.Never, spare: -1, free: -1,
	}
	p.minute.leave()
	if cfg.WindowFrom%des.Time(des.Minute) != 0 {
		return nil, fmt.Errorf("the window must begin at a whole minute, not %v", cfg.WindowFrom)
	}
	if len(cfg.Classes) > 255 || len(cfg.Loads) >= 1<<24 {
		return nil, fmt.Errorf("at most 255 classes of requests")
	}
	if err := p.depend(cfg.Dependencies); err != nil {
		return nil, err
	}
	for i := range cfg.Classes {
		c, err := p.newClass(&cfg, &cfg.Classes[i])
		if err != nil {
			return nil, err
		}
		p.classes = append(p.classes, c)
	}
	for i := range cfg.Loads {
		l := &cfg.Loads[i]
		if err := l.Check(); err != nil {
			return nil, err
		}
		if l.Class < 0 || l.Class >= len(cfg.Classes) {
			return nil, fmt.Errorf("load %q has no class of requests", l.Name)
		}
		curve := workload.Compile(l.Curve, cfg.End)
		s := source{
			name: l.Name, load: curve, idc: l.Arrivals.IDC, cycle: l.Arrivals.Burst, grain: grain(l),
			src:   workload.NewSource(cfg.Seed, l, curve),
			work:  rng.New(cfg.Seed, "work/"+l.Name),
			off:   rng.New(cfg.Seed, "wait/"+l.Name),
			route: rng.New(cfg.Seed, "route/"+l.Name),
			class: uint8(l.Class), req: uint64(i)<<40 - 1,
		}
		c := &p.classes[s.class]
		if wait, same := c.wait.Constant(); same {
			s.wait = nanos(wait) ^ c.asks
		}
		s.draw(c, 0)
		p.loads = append(p.loads, s)
	}
	p.cohorts = make([]Cohort, 0, cfg.End/des.Time(des.Minute)+2)
	p.findArrival()
	p.refresh()
	return p, nil
}

func (p *EventPlane) newClass(cfg *Config, c *Class) (class, error) {
	out := class{
		cpu: workload.NewSampler(c.CPU), wait: workload.NewSampler(c.Wait),
		drop: c.Abandoned == Drop, attempts: uint8(c.Retry.Attempts), retry: c.Retry, purse: newPurse(c.Retry.Budget),
	}
	switch {
	case c.CPU == nil:
		return out, fmt.Errorf("class %q has no CPU work", c.Name)
	case c.Retry.Attempts < 0 || c.Retry.Attempts > 255:
		return out, fmt.Errorf("class %q: 1 to 255 attempts, not %d", c.Name, c.Retry.Attempts)
	case !(c.Retry.Budget.Share >= 0 && c.Retry.Budget.Share <= 1) || c.Retry.Budget.Burst < 0 || c.Retry.Budget.Share > 0 && c.Retry.Budget.Burst == 0:
		return out, fmt.Errorf("class %q: a budget of 0 to 1 retries a request, and at least one in all", c.Name)
	case c.Retry.Attempts > 1 && c.Retry.Backoff < 0:
		return out, fmt.Errorf("class %q: the back-off must not be negative", c.Name)
	}
	wait, same := out.wait.Constant()
	out.waitVaries, out.waits = !same, -1
	switch {
	case len(p.stations) > 0:
		out.asks = -1
	case same:
		out.waits = p.ringOfWaits(nanos(wait))
	}
	out.meanCPU, out.scvCPU = c.CPU.Mean(), c.CPU.SCV()
	if c.Wait != nil {
		out.meanWait = c.Wait.Mean()
	}
	timeout := shorter(c.Timeout, cfg.IdleTimeout)
	out.timeout, out.ring = timeout, p.ringOf(timeout)
	out.connect = p.ringOf(shorter(timeout, cfg.ConnectTimeout))
	// Of two timeouts at one instant the balancer's answer is the first.
	out.gateway = cfg.IdleTimeout > 0 && timeout == cfg.IdleTimeout
	out.gatewayConnect = cfg.ConnectTimeout > 0 && shorter(timeout, cfg.ConnectTimeout) == cfg.ConnectTimeout
	return out, nil
}

// shorter returns the shorter of two timeouts, of which 0 is none.
func shorter(a, b des.Duration) des.Duration {
	if a <= 0 || b > 0 && b < a {
		return b
	}
	return a
}

// findArrival finds the load whose next arrival is the earliest, the first of them
// on a tie.
func (p *EventPlane) findArrival() {
	p.nextArrival = des.Never
	for i := range p.loads {
		if l := &p.loads[i]; l.next < p.nextArrival {
			p.nextArrival, p.coming = l.next, l
		}
	}
}

// refresh computes what comes first of the events outside the tree, arrivals aside.
func (p *EventPlane) refresh() { p.rest = min(p.nextWait, p.nextExpiry, p.nextRetry) }

// tell keeps a notice and stops the loop.
func (p *EventPlane) tell(n Notice) {
	p.notices = append(p.notices, n)
	p.turned = true
}

// grain is what chance does to a curve: 1 where it is made of counts, 0 elsewhere.
func grain(l *workload.Load) float64 {
	if l.Curve.Flat() {
		return 1
	}
	return 0
}
