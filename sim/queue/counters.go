package queue

import "asgsim/sim/des"

// Counters are of the queue, cumulative since 0 but for the last.
type Counters struct {
	Sent, Received uint64
	Deleted        uint64 // messages: each once
	Wasted         uint64 // receives whose worker finished when its receipt handle was old
	WastedNanos    uint64 // CPU work of these, in vCPU-nanoseconds at speed 1
	// Ends of visibility timeouts: of a message that a worker was still at, of one whose
	// worker was cut off, of one whose worker failed.
	Outlasted, CutOff, Errors uint64
	Dead                      uint64 // moved to the dead-letter queue
	Expired                   uint64 // deleted by the end of the retention period
	Visible, NotVisible       int    // messages now
	// Oldest is the age of the oldest message now that has not been received three times;
	// below 0: there is none.
	Oldest des.Duration
}

// Redelivered is how many visibility timeouts ended.
func (c *Counters) Redelivered() uint64 { return c.Outlasted + c.CutOff + c.Errors }
