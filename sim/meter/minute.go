package meter

import (
	"math"

	"asgsim/sim/cloudwatch"
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
	queue        *messages // nil without one
	desired      int
	targets      func(group string) targetGroup
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
	if m.SQS() && x.queue != nil {
		v, reported := x.queue.show(m)
		return reading{samples: []float64{v}}, reported
	}
	m, of := m.Split()
	t := x.targets(of)
	switch m {
	case cloudwatch.CPUUtilization:
		return reading{samples: x.cpu}, x.ec2
	case cloudwatch.NetworkIn:
		return reading{samples: x.network[0]}, x.ec2
	case cloudwatch.NetworkOut:
		return reading{samples: x.network[1]}, x.ec2
	case cloudwatch.RequestCount:
		if of != "" { // in expectation: which request went by which target group is not kept
			return reading{samples: []float64{t.share * float64(routed)}, ones: true}, t.registered > 0
		}
		return count(routed, t.registered > 0)
	case cloudwatch.RequestCountPerTarget:
		// The sum divided by the healthy targets, by all that are registered where none
		// is; always reported: without any target nothing was sent to one.
		return reading{samples: []float64{t.share * float64(routed) / float64(max(t.divisor, 1))}, weight: t.divisor, capacity: t.counted}, true
	case cloudwatch.TargetResponseTime:
		return reading{latency: x.responseTime}, x.responseTime.Count() > 0
	case cloudwatch.HealthyHostCount:
		return reading{samples: []float64{float64(t.healthy)}}, t.registered > 0
	case cloudwatch.UnHealthyHostCount:
		return reading{samples: []float64{float64(t.bad)}}, t.registered > 0
	case cloudwatch.GroupDesiredCapacity:
		return one(float64(x.desired))
	case cloudwatch.CPUCreditUsage, cloudwatch.CPUCreditBalance, cloudwatch.CPUSurplusCreditBalance, cloudwatch.CPUSurplusCreditsCharged:
		values, ok := x.credits(m)
		return reading{samples: values}, ok
	}
	if r, ok := x.replays[m]; ok {
		return reading{samples: r.samples}, true
	}
	if n, by, ok := x.answered(m); ok {
		return count(n, by == targets && t.registered > 0 || n > 0)
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
