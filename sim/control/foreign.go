package control

import (
	"math"

	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// foreign drives the group as another system does, on its own tick. Suspended
// processes do not stop it: it sets the desired capacity from outside.
type foreign struct {
	*policyRun
	ctl *Controller
}

func newForeign(ctl *Controller) *foreign {
	r := ctl.policies.foreign
	if r == nil {
		return nil
	}
	a := &foreign{r, ctl}
	if r.Settled != nil && !ctl.cfg.Group.Cold {
		r.memory = r.Settled(ctl.Settled())
	}
	ctl.kernel.At(des.Time(r.Every), des.Decide, a.tick)
	return a
}

// tick asks the autoscaler and does what it says.
func (a *foreign) tick() {
	ctl := a.ctl
	now := ctl.kernel.Now()
	ctl.kernel.At(now.Add(a.Every), des.Decide, a.tick)
	s := ctl.policies.bare()
	d := a.decide(now, &s)
	if d.Rule == "" {
		d.Rule = a.about.Name
	}
	result := s.Desired
	if d.Side == scaling.Out || d.Side == scaling.In {
		result, _ = scaling.Clamp(d.Want, s.Min, s.Max)
	}
	a.note(now, &s, &d, result)
	if result == s.Desired {
		return
	}
	a.count(d.Side)
	a.last = now
	ctl.group.SetDesired(result, "the "+a.about.System+" "+d.Rule+" ("+d.Why+")")
}

// note keeps an evaluation: every change, and where all are kept, the others.
func (a *foreign) note(now des.Time, s *scaling.Snapshot, d *scaling.Decision, result int) {
	switch d.Block {
	case scaling.BlockStabilization, scaling.BlockControl, scaling.BlockFlapping:
		if now >= a.ctl.from() {
			a.ctl.policies.blocked[blockKey{d.Rule, d.Block}] += a.Every
		}
	}
	if result == s.Desired && !a.ctl.cfg.Explain {
		return
	}
	row := record.Decision{At: now, Source: record.FromAutoscaler, Policy: d.Rule, Metric: math.NaN(), Alarm: a.Look, Want: -1, Desired: s.Desired, Result: result,
		Why: d.Why, Block: d.Block, Won: result != s.Desired, Until: des.Never}
	if d.HasMetric {
		row.Metric = d.Metric
	}
	if result != s.Desired {
		row.Want = d.Want
	}
	a.ctl.policies.decisions = append(a.ctl.policies.decisions, row)
}

// idle names the autoscaler if it never changed anything.
func (a *foreign) idle() []record.Inactive {
	if a == nil || a.outs+a.ins > 0 {
		return nil
	}
	return []record.Inactive{{Rule: "policy " + a.about.Name, Why: a.Idle}}
}

// names are those of the policies that the autoscaler carries out.
func (a *foreign) names() []string {
	switch {
	case a == nil:
		return nil
	case len(a.Rules) > 0:
		return a.Rules
	}
	return []string{a.about.Name}
}
