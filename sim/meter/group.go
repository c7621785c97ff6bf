package meter

import (
	"math"
	"slices"

	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/ec2"
)

// groupMetric is a metric of AWS/AutoScaling now ("Amazon CloudWatch metrics for
// Amazon EC2 Auto Scaling", user guide, read 2023-04-27); NaN where there is none.
// Instances are counted; capacities are in units, in which an instance counts by the
// weight of its type.
func (m *Meter) groupMetric(what cloudwatch.Metric) float64 {
	g, pool := m.Group, m.Config.Group.WarmPool
	switch what {
	case cloudwatch.GroupMinSize:
		return float64(g.Min())
	case cloudwatch.GroupMaxSize:
		return float64(g.Max())
	case cloudwatch.GroupInServiceInstances:
		return m.instancesIn(asg.PhaseInService)
	case cloudwatch.GroupPendingInstances:
		return m.instancesIn(asg.PhasePending)
	case cloudwatch.GroupStandbyInstances:
		return m.instancesIn(asg.PhaseStandby)
	case cloudwatch.GroupTerminatingInstances:
		return m.instancesIn(asg.PhaseDraining, asg.PhaseTerminating)
	case cloudwatch.GroupTotalInstances:
		return m.instancesIn(asg.PhasePending, asg.PhaseInService, asg.PhaseStandby, asg.PhaseDraining, asg.PhaseTerminating)
	case cloudwatch.GroupInServiceCapacity:
		return m.units(asg.PhaseInService)
	case cloudwatch.GroupPendingCapacity:
		return m.units(asg.PhasePending)
	case cloudwatch.GroupStandbyCapacity:
		return m.units(asg.PhaseStandby)
	case cloudwatch.GroupTerminatingCapacity:
		return m.units(asg.PhaseDraining, asg.PhaseTerminating)
	case cloudwatch.GroupTotalCapacity:
		return m.units(asg.PhasePending, asg.PhaseInService, asg.PhaseStandby, asg.PhaseDraining, asg.PhaseTerminating)
	case cloudwatch.PredictiveScalingLoadForecast, cloudwatch.PredictiveScalingCapacityForecast:
		return m.Forecast(what)
	}
	if pool == nil {
		return math.NaN()
	}
	pending, warmed, terminating := m.units(asg.PhaseWarmedPending), m.units(asg.PhaseWarmed), m.units(asg.PhaseWarmedTerminating)
	switch what {
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
		return m.groupMetric(cloudwatch.GroupTotalCapacity) + pending + warmed + terminating
	}
}

// units is the capacity of the members in some phases.
func (m *Meter) units(phases ...asg.Phase) float64 {
	n := 0
	for _, x := range m.Group.Members {
		if slices.Contains(phases, x.Phase) {
			n += x.Units()
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
func (m *Meter) instancesIn(phases ...asg.Phase) float64 {
	n := 0
	for _, x := range m.Group.Members {
		if slices.Contains(phases, x.Phase) {
			n++
		}
	}
	return float64(n)
}
