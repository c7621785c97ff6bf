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
// fleet that holds every target, within the bounds that scheduled actions before the
// start left. Without any policy it is the size that these left.
func (w *world) settledSize() int {
	g := &w.cfg.Group
	if g.Desired != asg.Settled {
		return g.Desired
	}
	n, most := w.group.Min, w.group.Max
	if g.Cold {
		return n
	}
	if w.unruled() {
		n = max(n, w.inherited)
	}
	for i := range w.cfg.Tracking {
		if need, ok := w.holding(&w.cfg.Tracking[i], 0); ok {
			n = max(n, min(need, most))
		}
	}
	n = max(n, min(w.settledBy(w.cfg.Autoscaler), most))
	for i := range w.cfg.Expressions {
		n = max(n, w.settledAt(&w.cfg.Expressions[i], n))
	}
	for i := range w.cfg.Steps {
		n = max(n, w.quietSize(&w.cfg.Steps[i].Alarm))
	}
	for i := range w.cfg.Simple {
		n = max(n, w.quietSize(&w.cfg.Simple[i].Alarm))
	}
	return min(max(n, w.predictor.floor(0)), most)
}

// unruled reports whether nothing but schedules and people change the group.
func (w *world) unruled() bool {
	c := w.cfg
	return len(c.Tracking)+len(c.Steps)+len(c.Simple)+len(c.Expressions)+len(c.Predict) == 0 && c.Autoscaler == nil
}

// quietSize is the smallest fleet at which an alarm that asks for more stays
// quiet; 0 where its metric cannot be foretold.
func (w *world) quietSize(a *scaling.AlarmRef) int {
	for i := range w.cfg.Alarms {
		d := &w.cfg.Alarms[i]
		if d.Name != a.Name || !a.Above || a.Threshold <= 0 {
			continue
		}
		one, ok := w.metricOfOne(d.Metric, 0)
		if !ok {
			continue
		}
		if d.Metric == cloudwatch.RequestCountPerTarget {
			one *= d.Period.Seconds() / 60
		}
		return int(math.Min(math.Ceil(one/a.Threshold-1e-9), math.MaxInt32))
	}
	return 0
}

// metricOfOne is the expected value of a metric at t if one unit (as fast as
// need be) carried the load: divided by n it is the metric of n, averaged over
// instances or a minute's. False where it cannot be foretold, or does not fall in
// that proportion.
func (w *world) metricOfOne(m cloudwatch.Metric, t des.Time) (float64, bool) {
	total := 0.0
	each := 60 / w.cfg.UnitInstances() // a minute's requests
	for i, load := range w.loads {
		switch m {
		case cloudwatch.RequestCountPerTarget:
		case cloudwatch.CPUUtilization:
			class := &w.cfg.Classes[w.cfg.Loads[i].Class]
			each = 100 * class.CPU.Mean() / w.cfg.UnitWork()
		case cloudwatch.NetworkIn:
			each = w.datapointBytes(w.cfg.Bill.RequestBytes) / w.cfg.UnitInstances()
		case cloudwatch.NetworkOut:
			each = w.datapointBytes(w.cfg.Bill.ResponseBytes) / w.cfg.UnitInstances()
		default:
			return 0, false
		}
		total += load.Rate(t) * each
	}
	return total, true
}

// perMinute is how many requests a minute are expected at t.
func (w *world) perMinute(t des.Time) float64 {
	v, _ := w.metricOfOne(cloudwatch.RequestCountPerTarget, t)
	return v * w.cfg.UnitInstances()
}

// holding is the smallest fleet that holds the target of a policy at the load of
// t, within a bound; false where that cannot be foretold.
func (w *world) holding(p *scaling.TargetTracking, t des.Time) (int, bool) {
	source := p.Source()
	switch kind := source.Statistic.Kind; {
	case kind == cloudwatch.Average:
	case kind == cloudwatch.Sum && source.Metric == cloudwatch.RequestCountPerTarget:
	default:
		return 0, false
	}
	one, ok := w.metricOfOne(source.Metric, t)
	return int(math.Min(math.Ceil(one/p.Target-1e-9), math.MaxInt32)), ok
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
		value := w.foretell(s.metric, s.series.Period, n)
		for t := des.Time(-past); t < 0; t = t.Add(s.series.Period) {
			s.series.PutFor(t, value, n, n)
		}
	}
}

// foretell is what a fleet of n is expected to show at the load of the start in a
// period; NaN where that cannot be foretold.
func (w *world) foretell(m cloudwatch.Metric, period des.Duration, n int) float64 {
	switch m {
	case cloudwatch.CPUUtilization, cloudwatch.NetworkIn, cloudwatch.NetworkOut:
		value, _ := w.metricOfOne(m, 0)
		value /= float64(n)
		if m == cloudwatch.CPUUtilization {
			value = math.Min(100, value)
		}
		return value
	case cloudwatch.RequestCountPerTarget:
		value, _ := w.metricOfOne(m, 0)
		return value * period.Seconds() / 60 / float64(n)
	case cloudwatch.RequestCount:
		return w.perMinute(0) * period.Seconds() / 60
	case cloudwatch.HealthyHostCount, cloudwatch.GroupInServiceInstances, cloudwatch.GroupTotalInstances:
		return float64(n) * w.cfg.UnitInstances()
	case cloudwatch.GroupDesiredCapacity:
		return float64(n)
	}
	return math.NaN()
}

// datapointBytes is what one request a second of a size adds to a datapoint of the
// network: of a minute with detailed monitoring, else of five.
func (w *world) datapointBytes(size float64) float64 {
	if w.cfg.Template.Detailed {
		return size * basePeriod.Seconds()
	}
	return size * basicPeriod.Seconds()
}
