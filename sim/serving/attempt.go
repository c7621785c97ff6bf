package serving

import "asgsim/sim/des"

// state is where an attempt is.
type state uint8

const (
	queued     state = iota // waits for a worker
	cpuQueued               // holds a worker, waits for a vCPU (FIFO)
	onCPU                   // has a vCPU, or shares them
	waiting                 // holds a worker, off the CPU
	connecting              // to an unreachable target
	travelling              // to an instance that it reaches late, with a leaf of its own
	unanswered              // nobody took it on, and no answer comes
	asking                  // holds a worker, waits for one of a dependency
	served                  // holds a worker, and one of a dependency
)

// Flags of an attempt.
const (
	abandoned = 1 << iota // the client has left, the server works on
	probe                 // a health check: no client
	forgotten             // a health check nobody waits for any more
	frozen                // in service on an instance that does not work: mark is what is left
	unarmed               // not in the ring of its timeout, see timeouts
)

// attempt is one send of a request, or a health check: 64 bytes of a slab whose
// slots are used over and over. seq tells whether a slot still holds the attempt
// somebody remembers, and orders attempts by send; it is never 0 while in use.
type attempt struct {
	first des.Time     // first send of the request
	sent  des.Time     // this send
	cpu   des.Duration // work on one vCPU at speed 1
	wait  des.Duration // then off the CPU; of a class that asks dependencies the complement
	req   uint64       // load and number of the request, for keyed draws
	// mark is when the stage ends; the virtual instant of its end where the CPU is
	// shared; what is left of it while frozen; when it began to wait for a worker.
	mark  int64
	inst  ID
	leaf  int32
	seq   uint32
	class uint8
	state state
	// flags holds the dependency that it asks in its upper bits.
	flags uint8
	n     uint8 // attempt number, from 1
}

// newAttempt takes a slot of the slab.
func (p *EventPlane) newAttempt() int32 {
	s := p.free
	if s < 0 {
		return p.growSlab()
	}
	p.free = p.slab[s].leaf
	return s
}

func (p *EventPlane) growSlab() int32 {
	if len(p.slab) == p.most {
		p.tell(Notice{Kind: Full})
	}
	p.slab = append(p.slab, attempt{})
	return int32(len(p.slab) - 1)
}

// release gives back the slot of an attempt; whoever remembers it will find it gone.
func (p *EventPlane) release(a *attempt, slot int32) {
	a.seq = 0
	a.leaf = p.free
	p.free = slot
}

// nextSeq numbers attempts and health checks by send.
func (p *EventPlane) nextSeq() uint32 {
	p.seq++
	if p.seq == 0 {
		p.seq = 1
	}
	return p.seq
}

// ref remembers an attempt: seq and slot in one word.
func ref(seq uint32, slot int32) uint64 { return uint64(seq)<<32 | uint64(uint32(slot)) }

// live reports whether the remembered attempt is still there.
func (p *EventPlane) live(r uint64) bool { return p.slab[uint32(r)].seq == uint32(r>>32) }

// fifo is a power-of-two ring of remembered attempts. Attempts that were dropped
// stay behind as dead references until they reach the head.
type fifo struct {
	buf        []uint64
	head, tail uint32
}

func (q *fifo) push(r uint64) {
	if int(q.tail-q.head) == len(q.buf) {
		q.resize()
	}
	q.buf[q.tail&uint32(len(q.buf)-1)] = r
	q.tail++
}

func (q *fifo) empty() bool { return q.head == q.tail }

func (q *fifo) front() uint64 { return q.buf[q.head&uint32(len(q.buf)-1)] }

func (q *fifo) resize() {
	buf := make([]uint64, max(8, 2*len(q.buf)))
	for i := range q.tail - q.head {
		buf[i] = q.buf[(q.head+i)&uint32(len(q.buf)-1)]
	}
	q.buf, q.head, q.tail = buf, 0, q.tail-q.head
}
