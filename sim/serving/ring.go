package serving

import "asgsim/sim/des"

// timers is a ring of attempts that are due in order of time: the timeouts of one value, or
// the waits of one length.
type timers struct {
	after      des.Duration
	buf        []timer
	head, tail uint32
}

// timer remembers when an attempt is due.
type timer struct {
	at  des.Time
	ref uint64
}

func newTimers(after des.Duration) timers { return timers{after: after, buf: make([]timer, 64)} }

// push puts an attempt at the end of the ring, which must have room.
func (r *timers) push(at des.Time, ref uint64) {
	r.buf[r.tail&uint32(len(r.buf)-1)] = timer{at, ref}
	r.tail++
}

// pop takes the head.
func (r *timers) pop() timer {
	t := r.buf[r.head&uint32(len(r.buf)-1)]
	r.head++
	return t
}

// first returns when the head is due.
func (r *timers) first() des.Time {
	if r.head == r.tail {
		return des.Never
	}
	return r.buf[r.head&uint32(len(r.buf)-1)].at
}

func (r *timers) resize() {
	buf := make([]timer, 2*len(r.buf))
	for i := range r.tail - r.head {
		buf[i] = r.buf[(r.head+i)&uint32(len(r.buf)-1)]
	}
	r.buf, r.head, r.tail = buf, 0, r.tail-r.head
}
