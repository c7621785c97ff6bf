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
	if ctl.cfg.Queue != nil {
		n = max(n, ctl.carries())
	}
	return min(max(n, ctl.predictor.floor(0)), most)
}

// carries is the smallest fleet, in units, that deletes more messages a second than are sent at
// the start: with fewer there is no steady state, whatever the policies hold.
func (ctl *Controller) carries() int {
	_, each := ctl.cfg.Processing()
	return (int(ctl.PerMinute()/60/each) + 1) * max(1, ctl.cfg.Template.Weight)
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
