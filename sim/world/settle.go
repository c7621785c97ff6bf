package world

import (
	"math"

	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/meter"
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
	n, most := w.group.Min(), w.group.Max()
	if g.Cold {
		return n
	}
	if len(w.cfg.Policies) == 0 { // nothing but schedules and people change the group
		n = max(n, w.inherited)
	}
	for _, p := range w.cfg.Policies {
		n = max(n, min(p.Settled(w, n), most))
	}
	return min(max(n, w.predictor.floor(0)), most)
}

// One is the metric of one unit at the start.
func (w *world) One(m cloudwatch.Metric) (float64, bool) { return w.metricOfOne(m, 0) }

// PerMinute is how many requests a minute are expected at the start.
func (w *world) PerMinute() float64 { return w.perMinute(0) }

// Definition is the user's alarm of a name.
func (w *world) Definition(alarm string) (cloudwatch.Definition, bool) {
	for _, d := range w.cfg.Alarms {
		if d.Name == alarm {
			return d, true
		}
	}
	return cloudwatch.Definition{}, false
}

// Snapshot is the group without metrics.
func (w *world) Snapshot() scaling.Snapshot { return w.policies.bare() }

// Clock is the local time at the start.
func (w *world) Clock() scaling.Clock { return w.policies.Local(0) }

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

// fillHistory gives the alarms of a settled start the datapoints that a fleet of
// n would have shown: a long steady state at the load of the start. Metrics whose
// value cannot be foretold (response times, errors) begin without data.
func (p *policies) fillHistory(n int) {
	w := p.world
	if w.cfg.Group.Cold || n == 0 {
		return
	}
	const past = 4 * des.Hour
	for _, s := range w.meter.Sensors() {
		value := w.Shown(s.Metric, s.Series.Period, n)
		for t := des.Time(-past); t < 0; t = t.Add(s.Series.Period) {
			s.Series.PutFor(t, value, n, n)
		}
	}
}

// Shown is what a fleet of n is expected to show at the load of the start in a
// period; NaN where that cannot be foretold.
func (w *world) Shown(m cloudwatch.Metric, period des.Duration, n int) float64 {
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
	return size * meter.BasicPeriod.Seconds()
}
