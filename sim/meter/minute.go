package meter

import (
	"math"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/elb"
	"asgsim/sim/record"
	"asgsim/sim/serving"
)

// minute is what the meter read in the minute that ends now, for the sensors.
type minute struct {
	cpu          []float64 // percent, one a contributing instance
	network      [2][]float64
	ec2          bool // whether EC2 reports now: always, or every five minutes
	now, before  serving.Counters
	responseTime *serving.Histogram
	group        func(cloudwatch.Metric) float64                     // of the group, its pool and its forecast; NaN: none
	credits      func(cloudwatch.Metric) (values []float64, ok bool) // of burstable instances
	replays      replays
	desired      int
	healthy, bad int
	registered   int // targets that are not draining
	divisor      int // of RequestCountPerTarget
	counted      int // capacity of the targets that it counts
	fleet        int // capacity of the instances in the group's EC2 metrics
}

// of returns what a metric showed in the minute, and whether it was reported. The
// criteria of the load balancer's are those of "CloudWatch metrics for your Application
// Load Balancer" (read 2026-11): RequestCountPerTarget always; RequestCount, the host
// counts and the targets' codes while targets are registered; the balancer's own codes
// and TargetResponseTime when there is a value. EC2 reports while an instance runs: one
// that is stopped has no CPU utilization. AWS/AutoScaling reports every minute, the
// warm pool's while there is one.
func (x *minute) of(m cloudwatch.Metric) (reading, bool) {
	r, ok := x.show(m)
	if r.capacity == 0 {
		r.capacity = x.fleet
	}
	return r, ok
}

func (x *minute) show(m cloudwatch.Metric) (reading, bool) {
	one := func(v float64) (reading, bool) { return reading{samples: []float64{v}}, true }
	// Each request is a sample of 1: their sum is the count, their mean is 1 (same page).
	count := func(n uint64, reported bool) (reading, bool) {
		return reading{samples: []float64{float64(n)}, ones: true}, reported
	}
	routed := x.now.Routed - x.before.Routed
	switch m {
	case cloudwatch.CPUUtilization:
		return reading{samples: x.cpu}, x.ec2
	case cloudwatch.NetworkIn:
		return reading{samples: x.network[0]}, x.ec2
	case cloudwatch.NetworkOut:
		return reading{samples: x.network[1]}, x.ec2
	case cloudwatch.RequestCount:
		return count(routed, x.registered > 0)
	case cloudwatch.RequestCountPerTarget:
		// The sum divided by the healthy targets, by all that are registered where none
		// is; always reported: without any target nothing was sent to one.
		return reading{samples: []float64{float64(routed) / float64(max(x.divisor, 1))}, weight: x.divisor, capacity: x.counted}, true
	case cloudwatch.TargetResponseTime:
		return reading{latency: x.responseTime}, x.responseTime.Count() > 0
	case cloudwatch.HealthyHostCount:
		return reading{samples: []float64{float64(x.healthy)}}, x.registered > 0
	case cloudwatch.UnHealthyHostCount:
		return reading{samples: []float64{float64(x.bad)}}, x.registered > 0
	case cloudwatch.GroupDesiredCapacity:
		return one(float64(x.desired))
	case cloudwatch.CPUCreditUsage, cloudwatch.CPUCreditBalance, cloudwatch.CPUSurplusCreditBalance, cloudwatch.CPUSurplusCreditsCharged:
		values, ok := x.credits(m)
		return reading{samples: values}, ok
	}
	if r, ok := x.replays[m]; ok {
		return reading{samples: r.samples}, true
	}
	if n, of, ok := x.answered(m); ok {
		return count(n, of == targets && x.registered > 0 || n > 0)
	}
	v := x.group(m)
	return reading{samples: []float64{v}}, !math.IsNaN(v)
}

// answerer is who gave the answers that a metric counts.
type answerer uint8

const (
	balancer answerer = iota
	targets
)

// answered counts the attempts of the minute that ended with an answer, where the metric is
// one of those.
func (x *minute) answered(m cloudwatch.Metric) (uint64, answerer, bool) {
	var ended [serving.Reasons]uint64
	for r := range ended {
		ended[r] = x.now.AttemptsBy[r] - x.before.AttemptsBy[r]
	}
	h := record.HTTPOf(&ended, x.now.Unconnected-x.before.Unconnected)
	switch m {
	case cloudwatch.HTTPCodeTarget2XX:
		return h.Target2XX, targets, true
	case cloudwatch.HTTPCodeTarget5XX:
		return h.Target5XX, targets, true
	case cloudwatch.HTTPCodeELB4XX:
		return h.ELB4XX, balancer, true
	case cloudwatch.HTTPCodeELB5XX:
		return h.ELB5XX, balancer, true
	case cloudwatch.HTTPCodeELB502:
		return h.ELB502, balancer, true
	case cloudwatch.HTTPCodeELB503:
		return h.ELB503, balancer, true
	case cloudwatch.HTTPCodeELB504:
		return h.ELB504, balancer, true
	case cloudwatch.TargetConnectionErrorCount:
		return h.Unconnected, balancer, true
	}
	return 0, balancer, false
}

// balancerCounts fills in the targets' health, and what RequestCountPerTarget divides
// by.
func (m *Meter) balancerCounts(x *minute) {
	x.healthy, x.bad = m.Balancer.Count(elb.Healthy), m.Balancer.Count(elb.Unhealthy)
	all := m.Config.Watch.AllTargets || x.healthy == 0
	x.registered = x.healthy + x.bad + m.Balancer.Count(elb.Initial)
	if x.divisor = x.healthy; all {
		x.divisor = x.registered
	}
	if x.counted = x.divisor; m.Group.Overshoot() == 0 {
		return
	}
	x.counted = 0
	for _, member := range m.Group.Active() {
		h, ok := m.Balancer.Health(member.Instance.Plane)
		if ok && (h == elb.Healthy || all && h != elb.Draining) {
			x.counted += member.Units()
		}
	}
}
