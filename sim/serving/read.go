package serving

// Read implements Plane.
func (p *EventPlane) Read(c *Counters) {
	p.book()
	k := &p.client
	before, inside := &p.counts[0], &p.counts[1]
	*c = Counters{
		Window: *inside, All: *inside,
		AttemptsBy: k.by, Unconnected: k.unconnected, Denied: k.denied, AttemptsInFlight: k.inFlight,
		InFlightNanos: k.area + k.inFlight*uint64(p.now-k.changed),
		AttemptNanos:  k.lasted + k.inFlight*uint64(p.now),
	}
	all := &c.All
	all.Offered += before.Offered
	all.Served += before.Served
	all.Slow += before.Slow
	all.InFlight += before.InFlight
	all.Retries += before.Retries
	for r := range all.Failed {
		all.Failed[r] += before.Failed[r]
	}
	// Every request has a first attempt, and every attempt but those without a
	// target was routed.
	c.Attempts = all.Offered + all.Retries
	c.Routed = c.Attempts - k.by[NoTarget]
}

// ReadInstance implements Plane.
func (p *EventPlane) ReadInstance(id ID, c *InstanceCounters) {
	i := &p.inst[id]
	// As settle would count, without its cut: reading must change nothing.
	dt := uint64(p.now - i.last)
	busy, frozen, v := p.busy(i), i.frozenArea, i.v
	switch {
	case i.frozen:
		frozen += dt
	case i.shared && i.running > 0:
		v += progress(p.now.Sub(i.last), i.running, i.vcpu, i.rate)
	}
	// What the attempts on the CPU still have to do.
	var left uint64
	switch n := uint64(i.running); {
	case i.shared && (n > crowd || i.sumCPU > crowdWork):
		left = i.leftOfEach(v)
	case i.shared:
		// Below 0 by rounding where those next to leave have just been given enough.
		left = uint64(max(0, (int64(i.sumMark-n*uint64(v))+1<<(virtualBits-1))>>virtualBits))
	case i.stalled():
		left = i.sumMark
	default:
		left = scaled(i.sumMark-n*uint64(p.now), i.rate)
	}
	// At a rate above 1 a stage of whole nanoseconds may hold more work than was asked for.
	left = min(left, i.sumCPU)
	*c = InstanceCounters{
		Routed: i.routed, Ended: i.ended, InFlight: int(i.outstanding), Queued: int(i.queue - i.queueProbes), InUse: int(i.used),
		CPUNanos: i.cpuNanos(busy, frozen), WorkNanos: i.workNanos(busy), WorkerNanos: i.workerArea + uint64(i.used)*uint64(p.now),
		Completed: i.completed, Lost: i.lost, Running: i.sumCPU + i.workOff - left,
	}
}

// Beyond these the sum of virtual ends, in 2^-10 ns, may no longer fit: with nine
// hours of work each at most, the sum of work does up to a crowd of half a million.
const (
	crowd     = 500_000
	crowdWork = 1 << 52
)

// leftOfEach adds up what the attempts on a shared CPU still have to do, one by one.
func (i *instance) leftOfEach(v int64) uint64 {
	var left uint64
	for k := range i.heap {
		left += uint64(max(0, (i.heap[k].ends-v+1<<(virtualBits-1))>>virtualBits))
	}
	return left
}

// Cohorts implements Plane.
func (p *EventPlane) Cohorts() []Cohort {
	p.book()
	now := p.now.Add(p.skips.sum)
	p.cohort(now)
	return p.cohorts[:minuteOf(now)+1]
}

// TakePeriod implements Plane.
func (p *EventPlane) TakePeriod(into *Latencies) {
	if into.Served == nil {
		into.Served = new(Histogram)
	}
	if into.Target == nil {
		into.Target = new(Histogram)
	}
	into.Served.Reset()
	into.Target.Reset()
	early, inside := &p.latency[0], &p.latency[1]
	early.both.flush(into.Served, into.Target)
	early.served.flush(into.Served)
	early.target.flush(into.Target)
	inside.both.flush(into.Served, into.Target, p.total.Served, p.total.Target)
	inside.served.flush(into.Served, p.total.Served)
	inside.target.flush(into.Target, p.total.Target)
}

// Latencies implements Plane.
func (p *EventPlane) Latencies() *Latencies { return &p.total }
