package serving

import (
	"asgsim/sim/des"
	"asgsim/workload"
)

// Dependency is a station that all instances share, a database for example: after its
// work on the CPU, and before its wait, a request may ask it, and holds its worker of the
// instance meanwhile. Those who ask are served first come first served; a request that
// asks several does so in their order. An attempt whose instance is cut, or whose server
// drops it, hangs up at once; one that the server works on for a client that has left
// goes on asking.
type Dependency struct {
	Name    string
	Share   float64       // of requests that ask it, above 0 and at most 1
	Work    workload.Dist // seconds that a request takes one of its workers
	Workers int           // requests it serves at once, its connection limit; at least 1
	Queue   int           // that wait for a worker, at most; Unlimited. Who comes then fails at once
	// Timeout is how long a request waits for a worker before it fails; 0: as long as it
	// takes. An instance that hangs gives up nothing.
	Timeout des.Duration
}

// MostDependencies is how many a plane can have: an attempt has three bits for it.
const MostDependencies = 8

// Capacity is the rate of requests, those that do not ask included, at which it has no
// worker to spare.
func (d *Dependency) Capacity() float64 { return float64(d.Workers) / (d.Share * d.Work.Mean()) }

// Carry is the rate of requests at which the first of several has no worker to spare.
func Carry(all []Dependency) (rate float64, first int) {
	first = -1
	for k := range all {
		if c := all[k].Capacity(); first < 0 || c < rate {
			rate, first = c, k
		}
	}
	return rate, first
}

// Asking is the mean time, in seconds, for which a request holds workers of
// dependencies where none of them makes it wait.
func Asking(all []Dependency) float64 {
	sum := 0.0
	for k := range all {
		sum += all[k].Share * all[k].Work.Mean()
	}
	return sum
}

// DependencyCounters are cumulative since 0. Asked is the sum of Answered, Refused,
// GaveUp, HungUp, Waiting and InUse.
type DependencyCounters struct {
	Asked    uint64 // attempts that asked it
	Answered uint64
	Refused  uint64 // its queue was full
	GaveUp   uint64 // after Timeout
	HungUp   uint64 // the instance was cut, or dropped the attempt
	Waiting  int    // for a worker, now
	InUse    int    // workers, now
	// WorkerNanos is the integral of workers in use, WaitingNanos of those who wait.
	WorkerNanos, WaitingNanos uint64
}
