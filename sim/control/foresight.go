package control

import (
	"math"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/scaling"
)

// One is the metric of one unit at the start.
func (ctl *Controller) One(m cloudwatch.Metric) (float64, bool) { return ctl.MetricOfOne(m, 0) }

// PerMinute is how many requests a minute are expected at the start.
func (ctl *Controller) PerMinute() float64 { return ctl.perMinute(0, "") }

// Definition is the user's alarm of a name.
func (ctl *Controller) Definition(alarm string) (cloudwatch.Definition, bool) {
	for _, d := range ctl.cfg.Alarms {
		if d.Name == alarm {
			return d, true
		}
	}
	return cloudwatch.Definition{}, false
}

// Snapshot is the group without metrics.
func (ctl *Controller) Snapshot() scaling.Snapshot { return ctl.policies.bare() }

// Clock is the local time at the start.
func (ctl *Controller) Clock() scaling.Clock { return ctl.policies.Local(0) }

// MetricOfOne is the expected value of a metric at t if one unit (as fast as
// need be) carried the load: divided by n it is the metric of n, averaged over
// instances or a minute's. False where it cannot be foretold, or does not fall in
// that proportion.
func (ctl *Controller) MetricOfOne(m cloudwatch.Metric, t des.Time) (float64, bool) {
	if r := ctl.recorded(m); r != nil {
		v, ok := r.At(t)
		return v / ctl.cfg.UnitInstances(), ok && r.PerInstance
	}
	m, group := m.Split()
	total := 0.0
	for i, load := range ctl.loads {
		var each float64
		switch m {
		case cloudwatch.RequestCountPerTarget:
			each = 60 * ctl.cfg.LoadShare(i, group) / ctl.cfg.UnitInstances() // a minute's requests
		case cloudwatch.CPUUtilization:
			class := &ctl.cfg.Classes[ctl.cfg.Loads[i].Class]
			each = 100 * class.CPU.Mean() / ctl.cfg.UnitWork()
		case cloudwatch.NetworkIn:
			each = ctl.datapointBytes(ctl.cfg.Bill.RequestBytes) / ctl.cfg.UnitInstances()
		case cloudwatch.NetworkOut:
			each = ctl.datapointBytes(ctl.cfg.Bill.ResponseBytes) / ctl.cfg.UnitInstances()
		default:
			return 0, false
		}
		total += load.Rate(t) * each
	}
	return total, true
}

// perMinute is how many requests a minute are expected at t of a target group; of all
// where it has no name.
func (ctl *Controller) perMinute(t des.Time, group string) float64 {
	total := 0.0
	for i, load := range ctl.loads {
		share := 1.0
		if group != "" {
			share = ctl.cfg.LoadShare(i, group)
		}
		total += load.Rate(t) * 60 * share
	}
	return total
}

// Shown is what a fleet of n is expected to show at the load of the start in a
// period; NaN where that cannot be foretold.
func (ctl *Controller) Shown(m cloudwatch.Metric, period des.Duration, n int) float64 {
	if r := ctl.recorded(m); r != nil {
		v, ok := r.At(0)
		switch {
		case !ok:
			return math.NaN()
		case r.PerInstance:
			return v / (float64(n) * ctl.cfg.UnitInstances())
		}
		return v
	}
	if by := ctl.cfg.MathOf(m); by != nil {
		return ctl.derived(by, period, n)
	}
	switch of, group := m.Split(); of {
	case cloudwatch.CPUUtilization, cloudwatch.NetworkIn, cloudwatch.NetworkOut:
		value, _ := ctl.MetricOfOne(m, 0)
		value /= float64(n)
		if m == cloudwatch.CPUUtilization {
			value = math.Min(100, value)
		}
		return value
	case cloudwatch.RequestCountPerTarget:
		value, _ := ctl.MetricOfOne(m, 0)
		return value * period.Seconds() / 60 / float64(n)
	case cloudwatch.RequestCount:
		return ctl.perMinute(0, group) * period.Seconds() / 60
	case cloudwatch.HealthyHostCount, cloudwatch.GroupInServiceInstances, cloudwatch.GroupTotalInstances:
		return float64(n) * ctl.cfg.UnitInstances()
	case cloudwatch.GroupDesiredCapacity:
		return float64(n)
	}
	return math.NaN()
}

// derived is what metric math comes to of what its inputs are expected to show.
func (ctl *Controller) derived(by *cloudwatch.Math, period des.Duration, n int) float64 {
	f, err := by.Compile()
	if err != nil {
		return math.NaN() // package scenarios has checked it
	}
	values := map[string]float64{}
	for _, in := range by.Inputs {
		values[in.ID] = ctl.Shown(in.Metric, period, n)
	}
	return f.Value(values, period)
}

// recorded is the recording of a metric; nil where it is not replayed.
func (ctl *Controller) recorded(m cloudwatch.Metric) *cloudwatch.Recorded {
	for i := range ctl.cfg.Recorded {
		if ctl.cfg.Recorded[i].Metric == m {
			return &ctl.cfg.Recorded[i]
		}
	}
	return nil
}

// datapointBytes is what one request a second of a size adds to a datapoint of the
// network: of a minute with detailed monitoring, else of five.
func (ctl *Controller) datapointBytes(size float64) float64 {
	if ctl.cfg.Template.Detailed {
		return size * des.Minute.Seconds()
	}
	return size * cloudwatch.BasicPeriod.Seconds()
}
