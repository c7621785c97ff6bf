package serving

// Totals counts requests (not attempts) by their outcome. A request is offered
// at its first send, and belongs to the window or not by its first send.
type Totals struct {
	Offered  uint64
	Served   uint64          // a good answer in time, on any attempt
	Slow     uint64          // served, but slower than Config.Slow
	Failed   [Reasons]uint64 // by the reason of the last attempt; Failed[OK] stays 0
	InFlight uint64          // neither served nor failed yet, back-off included
	Retries  uint64          // attempts after the first
}

// FailedAll sums the failures over all reasons.
func (t *Totals) FailedAll() uint64 {
	var n uint64
	for _, f := range t.Failed {
		n += f
	}
	return n
}

// Counters are cumulative since 0.
type Counters struct {
	All    Totals
	Window Totals // of requests first sent at or after Config.WindowFrom
	// AttemptsBy counts finished attempts by how they ended for the client.
	AttemptsBy [Reasons]uint64
	// Unconnected are those of them for which no connection to the target came about: it
	// refused, or the balancer gave up while it connected.
	Unconnected uint64
	Denied      uint64 // retries for which the budget had nothing left
	Attempts    uint64 // sent so far; CloudWatch's RequestCount counts those with a target
	Routed      uint64 // attempts for which a target was chosen
	// AttemptsInFlight are those the client still waits for.
	AttemptsInFlight uint64
	// The law of attempts: the integral of AttemptsInFlight over time in ns equals
	// the sum over attempts of their durations, clipped to now. Both are counted on
	// their own, modulo 2^64.
	InFlightNanos uint64
	AttemptNanos  uint64
}

// InstanceCounters are cumulative since the instance was added.
type InstanceCounters struct {
	Routed   uint64          // attempts sent to it
	Ended    [Reasons]uint64 // attempts ended for the client, by how
	InFlight int             // attempts on it that the server has not ended (queued ones included)
	Queued   int             // of those, waiting for a worker
	InUse    int             // workers in use, by health checks too
	// CPUNanos is CPU busy time in vCPU-nanoseconds as the guest shows it (busy
	// vCPUs x cpuShare); divided by vCPU x time it is CPUUtilization.
	CPUNanos uint64
	// WorkNanos is CPU work executed in vCPU-nanoseconds at speed 1: CPUNanos x speed
	// while serving.
	WorkNanos uint64
	// WorkerNanos is the integral of workers in use.
	WorkerNanos uint64
	// The ledger of work (vCPU-nanoseconds at speed 1): WorkNanos equals Completed +
	// Lost + Running to within a nanosecond an attempt.
	Completed uint64 // CPU work of attempts the server finished
	Lost      uint64 // executed part of those cut or dropped
	Running   uint64 // executed part of those still on it
}

// Cohort counts the requests first sent in one minute.
type Cohort struct {
	Offered, Served, Slow, Failed uint32
}
