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

// An instance that needs longer than the SLO allows is good enough at no rate, and that
// is found in few steps.
func TestNoRateIsGoodEnough(t *testing.T) {
	if testing.Short() {
		t.Skip("a second or more")
	}
	s := &Stationary{Instance: Spec{VCPU: 1, Speed: 1, CPUShare: 1, Workers: Unlimited, Queue: Unlimited}, Class: Class{CPU: workload.Constant{Value: 1}, Retry: Retry{Attempts: 1}}, SLO: des.Second / 2, IdleTimeout: des.Minute, Connect: 10 * des.Second}
	if got, err := s.Limit(1, 0.99, 0.5); err != nil || got != 0 {
		t.Errorf("%v, %v", got, err)
	}
}
