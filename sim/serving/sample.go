package serving

import (
	"asgsim/sim/rng"
)

// sample is what stretches showed: outcomes of requests, and latencies.
type sample struct {
	finished uint64 // requests served or failed
	served   uint64
	slow     uint64
	failed   [Reasons]uint64
	retried  [Reasons]uint64 // failed attempts that were tried again, by why
	// Latencies of those served on the first attempt, and of the others: as users felt
	// them, and from the last send.
	both, late, target *Histogram
}

func newSample() sample {
	return sample{both: new(Histogram), late: new(Histogram), target: new(Histogram)}
}

func (x *sample) reset() {
	x.both.Reset()
	x.late.Reset()
	x.target.Reset()
	*x = sample{both: x.both, late: x.late, target: x.target}
}

// mostPooled is how many stretches of a regime count: beyond, what is old fades.
const mostPooled = 40

// add adds a stretch; what is old fades where there is plenty.
func (x *sample) add(y *sample, r *rng.Stream) {
	if x.finished > mostPooled*y.finished {
		x.fade(r)
	}
	x.finished += y.finished
	x.served += y.served
	x.slow += y.slow
	for k := range x.failed {
		x.failed[k] += y.failed[k]
		x.retried[k] += y.retried[k]
	}
	x.both.Merge(y.both)
	x.late.Merge(y.late)
	x.target.Merge(y.target)
}

// fade halves everything, what is odd by chance: latencies remain as many as requests
// served, for either are drawn from the other.
func (x *sample) fade(r *rng.Stream) {
	coin := func() uint64 { return r.Uint64() & 1 }
	half := func(n *uint64) { *n = (*n + coin()) / 2 }
	x.both.halve(coin())
	late := coin()
	x.late.halve(late)
	x.target.halve(late)
	x.served = x.both.Count() + x.late.Count()
	half(&x.slow)
	x.slow = min(x.slow, x.served)
	x.finished = x.served
	for k := range x.failed {
		half(&x.failed[k])
		half(&x.retried[k])
		x.finished += x.failed[k]
	}
}
