package scenarios

import (
	"asgsim/scenarios/form"
	"asgsim/sim/asg"
)

// pool: a warm pool that is always empty, or that is no faster than a launch.
func (a *advisor) pool() {
	p := a.w.Group.WarmPool
	if p == nil {
		return
	}
	if p.Prepared != asg.Unlimited && p.Min == 0 && p.Prepared <= a.w.Group.Min {
		a.Warn(warmPoolTable+".max_group_prepared_capacity", "raise it, or give the pool a min_size",
			"is %d and the group never has fewer than %d instances: the pool is always empty", p.Prepared, a.w.Group.Min)
	}
	if a.w.Group.Max == a.w.Group.Min && p.Prepared == asg.Unlimited && p.Min == 0 {
		a.Warn(warmPoolTable, "raise max_size, or give the pool a min_size", "is always empty: min_size and max_size are both %d", a.w.Group.Max)
	}
	cold, warm := a.w.Template.Pending.Mean()+a.w.Template.Boot.Mean(), p.Start.Mean()+p.Boot.Mean()
	if p.State != asg.PoolRunning && warm >= cold {
		a.Warn(warmPoolTable+".boot", "a pool is for applications that are slow to initialise: see instance.boot",
			"means that a start from the pool takes %s s on average, a launch %s s: the pool gains nothing", form.FormatNumber(roundTo(warm, 1)), form.FormatNumber(roundTo(cold, 1)))
	}
}
