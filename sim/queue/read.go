package queue

import (
	"asgsim/sim/des"
	"asgsim/sim/serving"
)

// ReadQueue fills the counters; whoever reads subtracts.
func (p *Plane) ReadQueue(c *Counters) {
	*c = p.store.count
	c.Oldest = -1
	if m := p.store.eldest(); m != nil {
		c.Oldest = p.now.Sub(m.sent)
	}
}

// Read implements [serving.Plane].
func (p *Plane) Read(c *serving.Counters) {
	all := &p.books.totals[0]
	*c = serving.Counters{
		All: *all, Window: p.books.totals[1], AttemptsBy: p.books.by, Attempts: all.Offered + all.Retries, Routed: p.store.count.Received,
		AttemptsInFlight: all.InFlight, InFlightNanos: p.books.area, AttemptNanos: p.books.lasted + all.InFlight*uint64(p.now),
	}
}

// ReadInstance implements [serving.Plane].
func (p *Plane) ReadInstance(id serving.ID, c *serving.InstanceCounters) {
	i := p.inst[id]
	used := i.used
	i.work(p.now.Sub(i.at), &used)
	*c = i.count
	c.InFlight, c.InUse = len(i.jobs), len(i.jobs)
	c.CPUNanos, c.WorkNanos, c.WorkerNanos = used.cpu.whole, used.work.whole, used.workers
	for k := range i.jobs {
		c.Running += i.jobs[k].executed(i.rate(k) * float64(p.now.Sub(i.at)))
	}
}

// Cohorts implements [serving.Plane].
func (p *Plane) Cohorts() []serving.Cohort {
	p.books.cohort(p.now)
	return p.books.cohorts[:p.now/des.Time(des.Minute)+1]
}

// TakePeriod implements [serving.Plane]. Target are the times from receive to delete.
func (p *Plane) TakePeriod(into *serving.Latencies) {
	if into.Served == nil {
		*into = serving.NewLatencies()
	}
	into.Served.Reset()
	into.Target.Reset()
	into.Served.Merge(p.books.period.Served)
	into.Target.Merge(p.books.period.Target)
	p.books.period.Served.Reset()
	p.books.period.Target.Reset()
}

// Latencies implements [serving.Plane].
func (p *Plane) Latencies() *serving.Latencies { return &p.books.total }
