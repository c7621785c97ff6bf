package account

import (
	"asgsim/sim/asg"
	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// WarmPoolSummary is what a warm pool did in the window and cost.
type WarmPoolSummary struct {
	PoolState  string     `json:"pool_state"`
	Size       MinMeanMax `json:"size"`        // all members
	Warmed     MinMeanMax `json:"warmed"`      // those that scale-out can take
	WarmStarts int        `json:"warm_starts"` // launches into the group that the pool served
	ColdStarts int        `json:"cold_starts"` // those it could not
	Returned   int        `json:"returned"`    // by scale-in
	// From the call for an instance to its first good health check, on average; null
	// where none got there.
	WarmReadyS *float64 `json:"warm_ready_s"`
	ColdReadyS *float64 `json:"cold_ready_s"`
	// InstanceHours are those of the instance-hours on the bill that members ran in the
	// pool: to be prepared, or all the time in a running pool. Minimums are not in it.
	InstanceHours float64 `json:"instance_hours"`
	GiBMonths     float64 `json:"gib_months"` // on their volumes
	StorageUSD    float64 `json:"storage_usd"`
}

// warmPool sums up the pool; nil without one.
func (a *accounts) warmPool() *WarmPoolSummary {
	if a.Config.Group.WarmPool == nil {
		return nil
	}
	s := &WarmPoolSummary{
		PoolState: a.Config.Group.WarmPool.State.String(),
		Size:      a.overTime(func(c *record.CapacityChange) int { return c.States.Pool() }),
		Warmed:    a.overTime(func(c *record.CapacityChange) int { return c.States.Warmed() }),
		GiBMonths: a.stored(),
	}
	var warm, cold record.Mean
	for i := range a.Activities {
		x := &a.Activities[i]
		if x.Start < a.From() || x.Instance < 0 {
			continue
		}
		switch {
		case x.Pool == asg.FromPool:
			s.WarmStarts++
			a.readyAfter(x, &warm)
		case x.Pool == asg.BackToPool:
			s.Returned++
		case x.Launch && x.Pool == asg.NoPool:
			s.ColdStarts++
			a.readyAfter(x, &cold)
		}
	}
	if warm.N > 0 {
		v := warm.Value()
		s.WarmReadyS = &v
	}
	if cold.N > 0 {
		v := cold.Value()
		s.ColdReadyS = &v
	}
	for k := range a.Instances {
		n := &a.Instances[k]
		a.inPool(n, func(from, to des.Time) {
			for i := range n.Runs {
				if r := &n.Runs[i]; max(from, r.RunningAt) < min(to, r.StoppedAt) {
					s.InstanceHours += min(to, r.StoppedAt).Sub(max(from, r.RunningAt)).Hours()
				}
			}
		})
	}
	s.StorageUSD = billing.Total(a.Config.Bill.Bill(billing.Usage{Pool: true, Stored: s.GiBMonths}), billing.Storage).Float()
	return s
}

// readyAfter adds the time from a call to the instance's first good health check.
func (a *accounts) readyAfter(x *asg.Activity, m *record.Mean) {
	for _, c := range a.Instances[x.Instance].Changes {
		switch {
		case c.At < x.Start:
		case c.State == record.Warming || c.State == record.Ready:
			m.Add(c.At.Sub(x.Start).Seconds())
			return
		case c.State == record.Draining || c.State == record.Terminating || c.State == record.Gone:
			return
		}
	}
}

// stored is how many GiB-months the volumes of the pool's members took in the
// window: their own size, and the memory of a hibernated one, whose volume must hold
// it ("Warm pools", user guide, prerequisites for hibernation, read 2023-04-27).
func (a *accounts) stored() float64 {
	p := a.Config.Group.WarmPool
	if p == nil {
		return 0
	}
	total := 0.0
	for k := range a.Instances {
		n, size := &a.Instances[k], a.Config.Bill.Volume
		if p.State == asg.PoolHibernated {
			size += a.models[n.Terms].Type.MemoryGiB
		}
		a.inPool(n, func(from, to des.Time) { total += size * to.Sub(from).Hours() / monthHours })
	}
	return total
}

// pooledHours is how long members were in the pool.
func (a *accounts) pooledHours() float64 {
	total := 0.0
	for k := range a.Instances {
		a.inPool(&a.Instances[k], func(from, to des.Time) { total += to.Sub(from).Hours() })
	}
	return total
}

// inPool calls visit with each stretch of the window that an instance was in the
// pool.
func (a *accounts) inPool(n *record.Instance, visit func(from, to des.Time)) {
	for k, c := range n.Changes {
		end := a.end
		if k+1 < len(n.Changes) {
			end = n.Changes[k+1].At
		}
		if from := max(c.At, a.From()); c.State.Pooled() && from < end {
			visit(from, end)
		}
	}
}
