package record

import "asgsim/sim/serving"

// DependencyUse is what a dependency did in a row.
type DependencyUse struct {
	Asked   uint64  // attempts that asked it
	Failed  uint64  // of those, turned away or kept waiting for too long
	Busy    float64 // share of its workers' time in use
	Waiting float64 // attempts that wait for a worker, mean
}

// DependencyUseOf is what two readings of a dependency, seconds apart, tell.
func DependencyUseOf(d *serving.Dependency, before, now *serving.DependencyCounters, seconds float64) DependencyUse {
	u := DependencyUse{Asked: now.Asked - before.Asked, Failed: now.Refused + now.GaveUp - before.Refused - before.GaveUp}
	if seconds > 0 {
		u.Busy = float64(now.WorkerNanos-before.WorkerNanos) / 1e9 / seconds / float64(d.Workers)
		u.Waiting = float64(now.WaitingNanos-before.WaitingNanos) / 1e9 / seconds
	}
	return u
}
