package control

import (
	"cmp"
	"fmt"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/scaling"
)

// The policies' host: what they may ask of the run.

// Group is the name of the group.
func (p *policies) Group() string { return p.ctl.cfg.Group.Name }

// Series are the datapoints of a metric.
func (p *policies) Series(c scaling.Custom) *cloudwatch.Series {
	return p.ctl.host.Series(scaling.Custom{Metric: c.Metric, Statistic: c.Statistic, Period: cmp.Or(c.Period, des.Minute)})
}

// Make adds an alarm.
func (p *policies) Make(w *cloudwatch.Watch) *cloudwatch.Watch {
	w.Range = p.ctl.cfg.Watch.Range
	return p.add(w)
}

// define adds an alarm of the user's.
func (p *policies) define(d *cloudwatch.Definition) {
	p.Make(&cloudwatch.Watch{
		Name: d.Name, Series: p.Series(scaling.Custom{Metric: d.Metric, Statistic: d.Statistic, Period: d.Period}), Period: d.Period,
		Evaluate: d.Evaluate, Datapoints: d.Datapoints, Comparison: d.Comparison, Threshold: d.Threshold, Missing: d.Missing,
	})
}

// Alarm is the user's alarm called name, which scenarios has made sure of.
func (p *policies) Alarm(name string) *cloudwatch.Watch {
	for _, w := range p.watches {
		if w.Name == name {
			return w
		}
	}
	panic(fmt.Sprintf("control: no alarm %s", name))
}

// Gather begins to read the instances.
func (p *policies) Gather(every, delay, keep des.Duration) scaling.Readings {
	return p.ctl.host.Gather(every, delay, keep)
}

// Local is the local time.
func (p *policies) Local(now des.Time) scaling.Clock {
	local := p.ctl.cfg.Calendar.Local(now)
	return scaling.Clock{Hour: local.Second / 3600, Minute: local.Second / 60 % 60, Weekday: local.Weekday}
}

// Forecast forecasts the load for a policy.
func (p *policies) Forecast(policy *scaling.Predictive) { p.forecasts = append(p.forecasts, policy) }

// Cool begins a simple scaling activity and its cooldown.
func (p *policies) Cool(d des.Duration) { p.ctl.group.BeginSimple(d) }
