package world

import (
	"asgsim/sim/asg"
	"asgsim/sim/billing"
	"asgsim/sim/des"
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
func (w *world) warmPool() *WarmPoolSummary {
	if w.cfg.Group.WarmPool == nil {
		return nil
	}
	s := &WarmPoolSummary{
		PoolState: w.cfg.Group.WarmPool.State.String(),
		Size:      w.overTime(func(c *CapacityChange) int { return c.States.Pool() }),
		Warmed:    w.overTime(func(c *CapacityChange) int { return c.States.Warmed() }),
		GiBMonths: w.stored(),
	}
	var warm, cold mean
	for i := range w.group.Activities {
		a := &w.group.Activities[i]
		if a.Start < des.Time(w.cfg.WarmUp) || a.Instance < 0 {
			continue
		}
		switch {
		case a.Pool == asg.FromPool:
			s.WarmStarts++
			w.readyAfter(a, &warm)
		case a.Pool == asg.BackToPool:
			s.Returned++
		case a.Launch && a.Pool == asg.NoPool:
			s.ColdStarts++
			w.readyAfter(a, &cold)
		}
	}
	if warm.n > 0 {
		v := warm.value()
		s.WarmReadyS = &v
	}
	if cold.n > 0 {
		v := cold.value()
		s.ColdReadyS = &v
	}
	for _, rec := range w.lives.records {
		w.inPool(rec, func(from, to des.Time) {
			for _, r := range rec.member.Instance.Runs() {
				if a, b := max(from, r.RunningAt), min(to, r.StoppedAt); a < b {
					s.InstanceHours += b.Sub(a).Hours()
				}
			}
		})
	}
	s.StorageUSD = billing.Total(w.cfg.Bill.Bill(billing.Usage{Pool: true, Stored: s.GiBMonths}), billing.Storage).Float()
	return s
}

// idlePool lists a warm pool that nothing was taken from.
func (w *world) idlePool() []Inactive {
	s := w.warmPool()
	switch {
	case s == nil || s.WarmStarts > 0:
		return nil
	case s.ColdStarts > 0:
		return []Inactive{{"warm pool", "every launch found it with nothing ready"}}
	}
	return []Inactive{{"warm pool", "nothing was launched into the group"}}
}

// readyAfter adds the time from a call to the instance's first good health check.
func (w *world) readyAfter(a *asg.Activity, m *mean) {
	for _, c := range w.lives.records[a.Instance].Changes {
		switch {
		case c.At < a.Start:
		case c.State == Warming || c.State == Ready:
			m.add(c.At.Sub(a.Start).Seconds())
			return
		case c.State == Draining || c.State == Terminating || c.State == Gone:
			return
		}
	}
}

// stored is how many GiB-months the volumes of the pool's members took in the
// window: their own size, and the memory of a hibernated one, whose volume must hold
// it ("Warm pools", user guide, prerequisites for hibernation, read 2023-04-27).
func (w *world) stored() float64 {
	p := w.cfg.Group.WarmPool
	if p == nil {
		return 0
	}
	total := 0.0
	for _, rec := range w.lives.records {
		size := w.cfg.Bill.Volume
		if p.State == asg.PoolHibernated {
			size += rec.member.Instance.Model.Type.MemoryGiB
		}
		w.inPool(rec, func(from, to des.Time) { total += size * to.Sub(from).Hours() / monthHours })
	}
	return total
}

// pooledHours is how long members were in the pool.
func (w *world) pooledHours() float64 {
	total := 0.0
	for _, rec := range w.lives.records {
		w.inPool(rec, func(from, to des.Time) { total += to.Sub(from).Hours() })
	}
	return total
}

// inPool calls visit with each stretch of the window that an instance was in the
// pool.
func (w *world) inPool(rec *life, visit func(from, to des.Time)) {
	for k, c := range rec.Changes {
		end := w.end
		if k+1 < len(rec.Changes) {
			end = rec.Changes[k+1].At
		}
		if from := max(c.At, des.Time(w.cfg.WarmUp)); c.State.Pooled() && from < end {
			visit(from, end)
		}
	}
}
