package serving

import "asgsim/sim/des"

// Admission is whom an instance takes from those that wait for a worker, and whom it turns
// away with a 503. Health checks wait in the same queue and fare the same.
type Admission struct {
	Order   Order
	Full    Overflow
	Longest des.Duration // who has waited longer is turned away when the queue is looked at: for the next of it, or for room in it; 0: nobody is
}

// Order is in which order a queue is served.
type Order uint8

// The orders.
const (
	OldestFirst Order = iota
	// NewestFirst serves those whose clients have waited least and wait for sure (Maurer:
	// "Fail at Scale", ACM Queue 13(8), 2015, adaptive LIFO: with an empty queue the order
	// is all one).
	NewestFirst
)

var orderNames = [...]string{"fifo", "lifo"}

// String names it as the file format does.
func (o Order) String() string { return orderNames[o] }

// Overflow is what becomes of a request that finds the queue full.
type Overflow uint8

// What may become of it.
const (
	Reject     Overflow = iota // it is turned away
	DropOldest                 // it takes the place of the one that has waited longest
)

var overflowNames = [...]string{"reject", "drop_oldest"}

// String names it as the file format does.
func (f Overflow) String() string { return overflowNames[f] }
