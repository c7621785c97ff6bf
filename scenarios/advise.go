package scenarios

import (
	"fmt"
	"math"

	"asgsim/scenarios/form"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
	"asgsim/sim/world"
)

// advise warns about a configuration without problems.
func (d *decoder) advise(w *record.Config) {
	a := &advisor{decoder: d, w: w, vcpu: float64(w.Template.Type.VCPU)}
	a.cpu = w.Classes[0].CPU.Mean() / w.Template.Speed
	var ok bool
	if a.tide, ok = d.tide(w); !ok {
		return // advice is not worth the time that this would take
	}
	a.grace()
	a.works()
	a.ceiling()
	a.monitoring()
	a.burstable()
	a.pool()
	a.warmup()
	a.draining()
	for _, goal := range scaling.Goals(w.Policies) {
		p := "policy." + goal.Policy + "." + goal.Kind
		if a.perSecond(p, &goal) {
			continue // the others would be about a target that was not meant
		}
		a.blind(p, &goal)
		a.neverIn(p, &goal)
		a.unsuitable(p, &goal)
	}
}

// tide looks at the loads, unless too much has been looked at already.
func (d *decoder) tide(w *record.Config) (tide, bool) {
	for _, k := range d.spent.tides {
		if k.of(w) {
			return k.tide, true
		}
	}
	if d.spent.looks += looks(w); d.spent.looks > maxStretches {
		return tide{}, false
	}
	d.spent.tides = append(d.spent.tides, tideOf{w.Loads, w.Duration, w.WarmUp, tideIn(w)})
	return d.spent.tides[len(d.spent.tides)-1].tide, true
}

// grace: balancer checks that find new instances unhealthy before they are up.
func (a *advisor) grace() {
	g, c := &a.w.Group, &a.w.Balancer.Check
	if !g.HealthCheckELB || g.AtBootDone {
		return
	}
	early, late := a.w.Template.Boot.Quantile(0.5), a.w.Template.Boot.Quantile(0.95)
	unhealthy := des.Duration(c.UnhealthyThreshold)*c.Interval + c.Timeout
	if g.Grace.Seconds() >= late || unhealthy.Seconds() >= late {
		return
	}
	a.Warn("auto_scaling_group.health_check_grace_period", fmt.Sprintf("set it to %s or more", minute(des.Seconds(late))),
		"is shorter than booting: ready at %s-%s, unhealthy at %s (%d probes every %s, timeout %s), grace %s: new instances die before they serve",
		des.Seconds(roundTo(early, 2)), des.Seconds(roundTo(late, 2)), unhealthy, c.UnhealthyThreshold, c.Interval, c.Timeout, g.Grace)
}

// spare is what a fleet carries beyond the peak for which nobody needs to ask how
// many instances are needed: both answers are sure within a tenth.
const spare = 1.1

// ceiling: a peak that the group's largest fleet cannot carry.
func (a *advisor) ceiling() {
	if a.w.Queue != nil {
		return // what a peak leaves behind is worked off after it
	}
	limited := a.limited()
	weight := max(1, a.w.Template.Weight)
	most := a.w.Group.Max / weight // instances of the first type
	when := a.cal.Local(a.peakAt).DayClock()
	need := a.peak * a.cpu
	have := float64(most) * a.vcpu
	if need > have {
		a.Warn("auto_scaling_group.max_size", fmt.Sprintf("%d instances would just hold", int(math.Ceil(need/a.vcpu))*weight),
			"cannot carry the peak: %s at %s x %s of CPU = %s vCPUs busy, %d x %d = %s there are",
			perSecond(a.peak), when, a.perRequest(), form.FormatNumber(roundTo(need, 3)), most, a.w.Template.Type.VCPU, form.FormatNumber(have))
		return
	}
	if limited || !a.maySimulate() || world.Holds(a.w, most, spare*a.peak) {
		return
	}
	if n, possible := world.NeededFor(a.w, a.peak); n > most {
		a.Warn("auto_scaling_group.max_size", "raise it, or expect breached minutes",
			"is less than the peak needs: about %d instances for the SLO at %s (%s), max_size %d would be %s busy", n, perSecond(a.peak), when, most, percent(need/have))
	} else if !possible {
		a.Warn("slo.latency", "allow more time or more bad requests", "cannot be met by any fleet: even alone, fewer than %s of the requests take %s or less", percent(a.w.SLO.Good), a.w.SLO.Latency)
	}
}

// maySimulate reports whether one more fleet may be simulated for advice: the same is
// simulated once.
func (a *advisor) maySimulate() bool {
	key := form.FormatNumber(a.peak)
	for _, v := range a.Values {
		switch form.Outermost(v.Key) {
		case "request", "instance", "slo", "target_group", "load_balancer":
			key += "\n" + v.Key + v.Text
		}
	}
	if !a.spent.simulated[key] && len(a.spent.simulated) >= a.spent.mostFleets {
		return false
	}
	a.spent.simulated[key] = true
	return true
}

// monitoring: five-minute metrics under one-minute alarms.
func (a *advisor) monitoring() {
	if a.w.Template.Detailed {
		return
	}
	for _, p := range scaling.Goals(a.w.Policies) {
		if m := p.Source.Metric; m.EC2() && p.Source.Period%des.Minute == 0 {
			name := m.String()
			if m == cloudwatch.CPUUtilization {
				name = "CPU"
			}
			a.Warn("instance.monitoring", `set monitoring = "detailed"`, "is basic: %s arrives every 5 minutes, while policy %s evaluates it every %s; expect late actions, each on one datapoint", name, p.Policy, p.Period)
			return
		}
	}
}

// warmup: no default instance warm-up under policies.
func (a *advisor) warmup() {
	if a.w.Group.Warmup != scaling.Unset {
		return
	}
	for _, p := range scaling.Goals(a.w.Policies) {
		if p.Warmup == scaling.Unset {
			a.Warn("auto_scaling_group.default_instance_warmup", "AWS advises to set it, even to 0s",
				"is not set: policy %s falls back on default_cooldown, so its actions are %s apart", p.Policy, a.w.Group.Cooldown)
			return
		}
	}
}

// perSecond: a request count that was meant per second.
func (a *advisor) perSecond(path string, p *scaling.Goal) bool {
	n := a.Find(path + ".target_value")
	if p.Metric != scaling.ALBRequestCountPerTarget || n == nil {
		return false
	}
	if _, isText := n.Str(); isText {
		return false
	}
	asMinute, asSecond := p.Target/60*a.cpu/a.vcpu, p.Target*a.cpu/a.vcpu
	if asMinute >= 0.05 || asSecond > 1 {
		return false
	}
	a.Warn(path+".target_value", fmt.Sprintf("did you mean \"%s/s\"?", n.Text()), "is per minute, as in AWS: %s means %s per instance, %s CPU", n.Text(), perSecond(p.Target/60), percent(asMinute))
	return true
}

// blind: CPU that cannot reach its target because workers run out first.
func (a *advisor) blind(path string, p *scaling.Goal) {
	c := Config{World: *a.w}
	_, rate, cpu := c.Ceilings()
	if math.IsInf(rate, 1) || p.Metric != scaling.ASGAverageCPUUtilization || cpu*100 >= p.Target {
		return
	}
	remedy := fmt.Sprintf("track ALBRequestCountPerTarget at \"%s\", or add workers", perSecond(math.Floor(0.8*rate)))
	if a.w.Queue != nil {
		remedy = "track the backlog of an instance (asgsim help queues), or add workers"
	}
	a.Warn(path+".target_value", remedy,
		"cannot be reached: CPU stays under %s %%, because the %d workers of an instance run out at %s (%s)",
		form.FormatNumber(p.Target), a.w.Template.Workers, percent(cpu), perSecond(rate))
}

// neverIn: a scale-in alarm that can never fire.
func (a *advisor) neverIn(path string, p *scaling.Goal) {
	g := &a.w.Group
	if p.OutOnly || g.Min == g.Max || g.Max == 0 {
		return
	}
	each := a.trough / float64(g.Max)
	var metric float64
	unit := p.Unit
	switch p.Metric {
	case scaling.ASGAverageCPUUtilization:
		metric, unit.After = each*a.cpu/a.vcpu*100, " %"
	case scaling.ALBRequestCountPerTarget:
		if a.w.Directed() {
			return // its part of the requests at the trough is another
		}
		_, group := p.Source.Metric.Split()
		metric, unit.After = each*60*a.w.Balancer.ShareOf(group), "/min"
	case scaling.ASGAverageNetworkIn, scaling.ASGAverageNetworkOut:
		size, period := a.w.Bill.RequestBytes, 60.0
		if p.Metric == scaling.ASGAverageNetworkOut {
			size = a.w.Bill.ResponseBytes
		}
		if !a.w.Template.Detailed {
			period = 300
		}
		metric = each * size * period
	default:
		return
	}
	if low := p.Low.At; metric >= low {
		a.Warn(path+".target_value", "raise max_size or the target", "never scales in: at the quietest, %s at %s, even %d instances show %s%s, and the alarm wants less than %s%s",
			perSecond(a.trough), a.cal.Local(a.troughAt).DayClock(), g.Max, form.FormatNumber(roundTo(metric/unit.Scale, 3)), unit.After, form.FormatNumber(roundTo(low/unit.Scale, 3)), unit.After)
	}
}

// unsuitable: a metric that does not fall in proportion as instances are added
// ("Target tracking scaling policies", section on choosing metrics, EC2 Auto
// Scaling User Guide, read 2023-04-27).
func (a *advisor) unsuitable(path string, p *scaling.Goal) {
	path += ".customized_metric_specification.metric_name"
	const remedy = "RequestCountPerTarget, CPUUtilization or the network's metrics would do"
	if a.w.Replays(p.Source.Metric) {
		a.replayed(path, p)
		return
	}
	if a.w.MathOf(p.Source.Metric) != nil {
		return // how it falls, only the expression knows
	}
	switch m, _ := p.Source.Metric.Split(); m {
	case cloudwatch.CPUUtilization, cloudwatch.NetworkIn, cloudwatch.NetworkOut, cloudwatch.RequestCountPerTarget:
	case cloudwatch.RequestCount:
		a.Warn(path, remedy, "is unsuitable, as AWS says: RequestCount follows the load and is the same with however many instances, so policy %s goes to max_size or min_size", p.Policy)
	case cloudwatch.TargetResponseTime:
		a.Warn(path, remedy, "is unsuitable, as AWS says: latency does not fall in proportion as instances are added, so the arithmetic of policy %s misses", p.Policy)
	default:
		a.Warn(path, remedy, "is unsuitable: %s does not fall in proportion as instances are added, which the arithmetic of policy %s takes for granted", m, p.Policy)
	}
}

// replayed: a recording under an arithmetic that takes it to fall as instances are added.
func (a *advisor) replayed(path string, p *scaling.Goal) {
	for _, r := range a.w.Recorded {
		if r.Metric == p.Source.Metric && !r.PerInstance {
			a.Warn(path, "track a [metric.N] with per_instance = true: the backlog of an instance",
				"is a recording, which does not fall as instances are added: policy %s goes on to max_size while it is above the target, and to min_size while it is below", p.Policy)
		}
	}
}
