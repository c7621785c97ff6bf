package queue

import (
	"asgsim/sim/des"
	"asgsim/sim/serving"
)

// message is one in the queue. The slot of one that is gone is given on.
type message struct {
	seq       uint64 // of its send, from 1; 0: gone
	sent      des.Time
	cpu, wait des.Duration
	req       uint64 // load and number, for draws
	receives  int32
	visible   bool
	fate      serving.Reason // what became of its last receive: TimedOut while a worker is at it
}

// ticket names a message as it was received so often; it is void when that is no longer so.
type ticket struct {
	at       des.Time // when something is due
	order    uint64
	seq      uint64
	slot     int32
	receives int32
}

// fifo is a line of tickets.
type fifo struct {
	list []ticket
	head int
}

func (f *fifo) len() int       { return len(f.list) - f.head }
func (f *fifo) first() *ticket { return &f.list[f.head] }
func (f *fifo) push(t ticket)  { f.list = append(f.list, t) }
func (f *fifo) pop() ticket {
	t := f.list[f.head]
	if f.head++; f.head > 1024 && 2*f.head > len(f.list) {
		f.list = append(f.list[:0], f.list[f.head:]...)
		f.head = 0
	}
	return t
}

// ordered is a heap of tickets by their order.
type ordered []ticket

func (h ordered) Len() int           { return len(h) }
func (h ordered) Less(i, j int) bool { return h[i].order < h[j].order }
func (h ordered) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *ordered) Push(x any)        { *h = append(*h, x.(ticket)) }
func (h *ordered) Pop() any {
	old := *h
	t := old[len(old)-1]
	*h = old[:len(old)-1]
	return t
}
