package world

import (
	"math"
	"slices"

	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// groupMetric is a metric of AWS/AutoScaling now ("Amazon CloudWatch metrics for
// Amazon EC2 Auto Scaling", user guide, read 2023-04-27); NaN where there is none.
// Instances are counted; capacities are in units, in which an instance counts by the
// weight of its type.
func (w *world) groupMetric(m cloudwatch.Metric) float64 {
	g, pool := w.group, w.cfg.Group.WarmPool
	switch m {
	case cloudwatch.GroupMinSize:
		return float64(g.Min())
	case cloudwatch.GroupMaxSize:
		return float64(g.Max())
	case cloudwatch.GroupInServiceInstances:
		return w.instancesIn(asg.PhaseInService)
	case cloudwatch.GroupPendingInstances:
		return w.instancesIn(asg.PhasePending)
	case cloudwatch.GroupStandbyInstances:
		return w.instancesIn(asg.PhaseStandby)
	case cloudwatch.GroupTerminatingInstances:
		return w.instancesIn(asg.PhaseDraining, asg.PhaseTerminating)
	case cloudwatch.GroupTotalInstances:
		return w.instancesIn(asg.PhasePending, asg.PhaseInService, asg.PhaseStandby, asg.PhaseDraining, asg.PhaseTerminating)
	case cloudwatch.GroupInServiceCapacity:
		return w.units(asg.PhaseInService)
	case cloudwatch.GroupPendingCapacity:
		return w.units(asg.PhasePending)
	case cloudwatch.GroupStandbyCapacity:
		return w.units(asg.PhaseStandby)
	case cloudwatch.GroupTerminatingCapacity:
		return w.units(asg.PhaseDraining, asg.PhaseTerminating)
	case cloudwatch.GroupTotalCapacity:
		return w.units(asg.PhasePending, asg.PhaseInService, asg.PhaseStandby, asg.PhaseDraining, asg.PhaseTerminating)
	case cloudwatch.PredictiveScalingLoadForecast:
		return w.predictor.loadAt(w.kernel.Now())
	case cloudwatch.PredictiveScalingCapacityForecast:
		if _, n := w.predictor.at(w.kernel.Now()); n >= 0 {
			return float64(n)
		}
		return math.NaN()
	}
	if pool == nil {
		return math.NaN()
	}
	pending, warmed, terminating := w.units(asg.PhaseWarmedPending), w.units(asg.PhaseWarmed), w.units(asg.PhaseWarmedTerminating)
	switch m {
	case cloudwatch.WarmPoolMinSize:
		return float64(pool.Min)
	case cloudwatch.WarmPoolDesiredCapacity:
		return float64(g.Pool().Size)
	case cloudwatch.WarmPoolPendingCapacity:
		return pending
	case cloudwatch.WarmPoolTerminatingCapacity:
		return terminating
	case cloudwatch.WarmPoolWarmedCapacity:
		return warmed
	case cloudwatch.WarmPoolTotalCapacity:
		return pending + warmed + terminating
	case cloudwatch.GroupAndWarmPoolDesiredCapacity:
		return float64(g.Desired() + g.Pool().Size)
	default: // GroupAndWarmPoolTotalCapacity
		return w.groupMetric(cloudwatch.GroupTotalCapacity) + pending + warmed + terminating
	}
}

// units is the capacity of the members in some phases.
func (w *world) units(phases ...asg.Phase) float64 {
	n := 0
	for _, m := range w.group.Members {
		if slices.Contains(phases, m.Phase) {
			n += m.Units()
		}
	}
	return float64(n)
}

// unitsOf is the capacity of a set of instances.
func unitsOf(set map[*ec2.Instance]bool) int {
	n := 0
	for i := range set {
		n += i.Units()
	}
	return n
}

// instancesIn counts the members in some phases, whatever their weights.
func (w *world) instancesIn(phases ...asg.Phase) float64 {
	n := 0
	for _, m := range w.group.Members {
		if slices.Contains(phases, m.Phase) {
			n++
		}
	}
	return float64(n)
}

// loadAt is the load that is forecast for the hour that holds t, as the metric of
// the policy shown has it; NaN without a forecast.
func (p *predictor) loadAt(t des.Time) float64 {
	rate, _ := p.at(t)
	if len(p.policies) == 0 {
		return math.NaN()
	}
	return rate * p.shown().each
}

// finest is the shortest period in which instances publish metrics of their own.
const finest = 10 * des.Second

// refine begins to read the instances for metrics with periods below a minute.
func (m *meter) refine() {
	if m.fine != nil {
		return
	}
	m.fine = newGatherer(m.world, finest, 0, 0)
	m.fine.heard = func(s *sweep) {
		contributors := m.contributors(s.to)
		for _, sensor := range m.sensors {
			if sensor.series.Period >= basePeriod {
				continue
			}
			for _, u := range s.used {
				if contributors[u.instance] {
					sensor.samples = append(sensor.samples, 100*u.share)
				}
			}
			sensor.weight, sensor.capacity = len(contributors), unitsOf(contributors)
			if int64(s.to)%int64(sensor.series.Period) == 0 {
				sensor.publish(s.to)
			}
		}
	}
}
