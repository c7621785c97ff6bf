package world

import (
	"math"

	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/scaling"
)

// settledSize is the number of instances the run begins with: what the user said,
// else the steady state of the policies for the load at the start, the smallest
// fleet that holds every target, within the bounds.
func (w *world) settledSize() int {
	g := &w.cfg.Group
	if g.Desired != asg.Settled {
		return g.Desired
	}
	n := g.Min
	if g.Cold {
		return n
	}
	for i := range w.cfg.Tracking {
		t := &w.cfg.Tracking[i]
		need := w.metricOfOne(t.Metric, 0) / t.Target
		n = max(n, int(math.Min(math.Ceil(need-1e-9), float64(g.Max))))
	}
	for i := range w.cfg.Steps {
		n = max(n, w.quietSize(&w.cfg.Steps[i].Alarm))
	}
	for i := range w.cfg.Simple {
		n = max(n, w.quietSize(&w.cfg.Simple[i].Alarm))
	}
	return min(max(n, w.predictor.floor(0)), g.Max)
}

// quietSize is the smallest fleet at which an alarm that asks for more stays
// quiet; 0 where its metric cannot be foretold.
func (w *world) quietSize(a *scaling.AlarmRef) int {
	for i := range w.cfg.Alarms {
		d := &w.cfg.Alarms[i]
		if d.Name != a.Name || !a.Above || a.Threshold <= 0 {
			continue
		}
		switch d.Metric {
		case cloudwatch.CPUUtilization:
			return int(math.Ceil(w.metricOfOne(scaling.ASGAverageCPUUtilization, 0)/a.Threshold - 1e-9))
		case cloudwatch.RequestCountPerTarget:
			return int(math.Ceil(w.metricOfOne(scaling.ALBRequestCountPerTarget, 0)*d.Period.Seconds()/60/a.Threshold - 1e-9))
		}
	}
	return 0
}

// metricOfOne is the expected value of a metric at t if one instance (as fast as
// need be) carried the load: divided by n it is the metric of n.
func (w *world) metricOfOne(m scaling.Metric, t des.Time) float64 {
	total := 0.0
	for i, load := range w.loads {
		rate := load.Rate(t)
		if m == scaling.ALBRequestCountPerTarget {
			total += rate * 60
			continue
		}
		class := &w.cfg.Classes[w.cfg.Loads[i].Class]
		total += 100 * rate * class.CPU.Mean() / (w.cfg.Template.Speed * float64(w.cfg.Template.Type.VCPU))
	}
	return total
}

// fillHistory gives the alarms of a settled start the datapoints that a fleet of
// n would have shown: a long steady state at the load of the start. Metrics whose
// value cannot be foretold (response times, errors) begin without data.
func (p *policies) fillHistory(n int) {
	w := p.world
	if w.cfg.Group.Cold || n == 0 {
		return
	}
	const past = 4 * des.Hour
	for _, s := range w.meter.sensors {
		value := math.NaN()
		switch s.metric {
		case cloudwatch.CPUUtilization:
			value = math.Min(100, w.metricOfOne(scaling.ASGAverageCPUUtilization, 0)/float64(n))
		case cloudwatch.RequestCountPerTarget:
			value = w.metricOfOne(scaling.ALBRequestCountPerTarget, 0) * s.series.Period.Seconds() / 60 / float64(n)
		case cloudwatch.RequestCount:
			value = w.metricOfOne(scaling.ALBRequestCountPerTarget, 0) * s.series.Period.Seconds() / 60
		case cloudwatch.HealthyHostCount, cloudwatch.GroupInServiceInstances, cloudwatch.GroupDesiredCapacity, cloudwatch.GroupTotalInstances:
			value = float64(n)
		}
		for t := des.Time(-past); t < 0; t = t.Add(s.series.Period) {
			s.series.Put(t, value, n)
		}
	}
}
