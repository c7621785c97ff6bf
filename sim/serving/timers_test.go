package serving

import (
	"testing"

	"asgsim/sim/des"
	"asgsim/workload"
)

// A ring that doubles keeps its timers and their order, wherever its head was.
func TestRingsDouble(t *testing.T) {
	for head := range uint32(9) {
		r := &timers{buf: make([]timer, 4), head: head, tail: head + 4}
		for k := range uint32(4) {
			r.buf[(head+k)&3] = timer{at: des.Time(10 + k), ref: uint64(k)}
		}
		r.resize()
		if len(r.buf) != 8 || r.tail-r.head != 4 {
			t.Fatalf("from %d: %d places, %d timers", head, len(r.buf), r.tail-r.head)
		}
		for k := range uint32(4) {
			if got := r.buf[(r.head+k)&7]; got != (timer{at: des.Time(10 + k), ref: uint64(k)}) {
				t.Errorf("from %d: timer %d is %+v", head, k, got)
			}
		}
	}
}

// 200 requests a second of 10 ms of work with a timeout of 10 s: hardly any gets a place
// among the timeouts. Every 5 s those there are do, 2 by Little's law, and after it an
// eighth of the slab, which holds a batch and a few dozen.
func TestHardlyAnybodyIsTimed(t *testing.T) {
	if testing.Short() {
		t.Skip("a quarter of a second or more")
	}
	end := secs(200)
	cfg := Config{Seed: 1, End: end, Loads: []workload.Load{{Name: "shop", Curve: flat(200)}},
		Classes: []Class{{CPU: workload.Exponential{M: 0.01}, Timeout: 10 * des.Second, Retry: Retry{Attempts: 1}}}}
	p := mustNew(t, cfg)
	p.Route(oneNode(RoundRobin, p.Add(Spec{VCPU: 4, Workers: Unlimited, Queue: Unlimited, Speed: 1, CPUShare: 1})))
	p.Advance(end)
	if n := p.rings[0].tail; n == 0 || n > 40*(batch/8+20) {
		t.Errorf("%d of 40,000 were timed, want at least one of 40 rounds and far from all", n)
	}
	// Where the slab is long and little comes, no round goes through it.
	for range 100_000 {
		p.growSlab()
	}
	r := &p.rings[0]
	r.round, r.direct = des.Never, 0
	for range 1000 {
		slot := p.newAttempt()
		p.slab[slot].seq = p.nextSeq()
		p.mayExpire(0, &p.slab[slot], slot)
	}
	if r.direct != 1000 || r.round != des.Never {
		t.Errorf("%d of 1,000 were timed at once beside 100,000 idle slots, and the next round is at %v; want all, and none", r.direct, r.round)
	}
}

// An instance that needs longer than the SLO allows is good enough at no rate, and that
// is found in few steps.
func TestNoRateIsGoodEnough(t *testing.T) {
	if testing.Short() {
		t.Skip("a second or more")
	}
	s := &Stationary{Instance: Spec{VCPU: 1, Speed: 1, CPUShare: 1, Workers: Unlimited, Queue: Unlimited}, Class: Class{CPU: workload.Constant{Value: 1}, Retry: Retry{Attempts: 1}}, SLO: des.Second / 2, IdleTimeout: des.Minute, Connect: 10 * des.Second}
	if got, err := s.Limit(1, 0.99, 0.5, false); err != nil || got != 0 {
		t.Errorf("%v, %v", got, err)
	}
}
