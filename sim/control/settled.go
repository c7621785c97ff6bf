package control

import (
	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/scaling"
)

// Settled is the number of instances the run begins with: what the user said,
// else the steady state of the policies for the load at the start, the smallest
// fleet that holds every target, within the bounds that scheduled actions before the
// start left. Without any policy it is the size that these left.
func (ctl *Controller) Settled() int {
	g := &ctl.cfg.Group
	if g.Desired != asg.Settled {
		return g.Desired
	}
	n, most := ctl.group.Min(), ctl.group.Max()
	if g.Cold {
		return n
	}
	if len(ctl.cfg.Policies) == 0 { // nothing but schedules and people change the group
		n = max(n, ctl.inherited)
	}
	for _, p := range ctl.cfg.Policies {
		n = max(n, min(p.Settled(ctl, n), most))
	}
	return min(max(n, ctl.predictor.floor(0)), most)
}

// Warmup is what an instance takes to count as ready: the group's default
// instance warm-up, else the longest of the policies that hold a target.
func (ctl *Controller) Warmup() des.Duration {
	if ctl.cfg.Group.Warmup >= 0 {
		return ctl.cfg.Group.Warmup
	}
	s := ctl.policies.bare()
	var longest des.Duration
	for _, goal := range scaling.Goals(ctl.cfg.Policies) {
		longest = max(longest, scaling.EffectiveWarmup(goal.Warmup, &s))
	}
	return longest
}
