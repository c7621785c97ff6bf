package cloudwatch

import (
	"fmt"
	"strconv"
	"strings"

	"asgsim/sim/des"
)

// Metric is a metric that the simulator publishes, by AWS's name.
type Metric uint8

// The metrics: of EC2 over the group, of the load balancer, of the group.
const (
	CPUUtilization Metric = iota // percent
	NetworkIn                    // bytes an instance received in a minute
	NetworkOut                   // bytes an instance sent in a minute
	RequestCount
	RequestCountPerTarget
	TargetResponseTime // seconds
	HealthyHostCount
	UnHealthyHostCount
	HTTPCodeTarget5XX
	HTTPCodeELB5XX
	GroupInServiceInstances
	GroupDesiredCapacity
	GroupPendingInstances
	GroupTerminatingInstances
	GroupTotalInstances
	GroupMinSize
	GroupMaxSize
	GroupStandbyInstances
	GroupInServiceCapacity // units, by the weights of the types
	GroupPendingCapacity
	GroupStandbyCapacity
	GroupTerminatingCapacity
	GroupTotalCapacity
	WarmPoolMinSize
	WarmPoolDesiredCapacity
	WarmPoolPendingCapacity
	WarmPoolTerminatingCapacity
	WarmPoolWarmedCapacity
	WarmPoolTotalCapacity
	GroupAndWarmPoolDesiredCapacity
	GroupAndWarmPoolTotalCapacity
	PredictiveScalingLoadForecast     // requests a second, or percent of CPU summed up
	PredictiveScalingCapacityForecast // instances
	CPUCreditUsage                    // of a burstable instance, in five minutes
	CPUCreditBalance
	CPUSurplusCreditBalance
	CPUSurplusCreditsCharged
	metrics
)

var metricNames = [metrics]string{
	"CPUUtilization", "NetworkIn", "NetworkOut", "RequestCount", "RequestCountPerTarget", "TargetResponseTime", "HealthyHostCount", "UnHealthyHostCount",
	"HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count", "GroupInServiceInstances", "GroupDesiredCapacity", "GroupPendingInstances",
	"GroupTerminatingInstances", "GroupTotalInstances", "GroupMinSize", "GroupMaxSize", "GroupStandbyInstances", "GroupInServiceCapacity", "GroupPendingCapacity",
	"GroupStandbyCapacity", "GroupTerminatingCapacity", "GroupTotalCapacity", "WarmPoolMinSize", "WarmPoolDesiredCapacity", "WarmPoolPendingCapacity",
	"WarmPoolTerminatingCapacity", "WarmPoolWarmedCapacity", "WarmPoolTotalCapacity", "GroupAndWarmPoolDesiredCapacity", "GroupAndWarmPoolTotalCapacity",
	"PredictiveScalingLoadForecast", "PredictiveScalingCapacityForecast", "CPUCreditUsage", "CPUCreditBalance", "CPUSurplusCreditBalance", "CPUSurplusCreditsCharged",
}

// String returns AWS's name of the metric.
func (m Metric) String() string { return metricNames[m] }

// MetricNames lists the metrics' names.
func MetricNames() []string { return append([]string(nil), metricNames[:]...) }

// MetricOf returns the metric with AWS's name.
func MetricOf(name string) (Metric, bool) {
	for i, n := range metricNames {
		if n == name {
			return Metric(i), true
		}
	}
	return 0, false
}

// Credits reports whether only burstable instances have the metric.
func (m Metric) Credits() bool { return m >= CPUCreditUsage }

// Counts reports whether every request is a sample of 1, so that only the sum says how
// many there were ("CloudWatch metrics for your Application Load Balancer", read
// 2026-11: Minimum, Maximum and Average all return 1).
func (m Metric) Counts() bool {
	return m == RequestCount || m == HTTPCodeTarget5XX || m == HTTPCodeELB5XX
}

// Fine reports whether instances may publish the metric with periods below a
// minute, as the CloudWatch agent does. What AWS publishes has none.
func (m Metric) Fine() bool { return m == CPUUtilization }

// BasicPeriod is the period of EC2's metrics with basic monitoring ("Manage detailed
// monitoring for your EC2 instances", EC2 User Guide, read 2026-11).
const BasicPeriod = 5 * des.Minute

// EC2 reports whether the metric is one that EC2 publishes of instances, every minute
// with detailed monitoring and every five without.
func (m Metric) EC2() bool { return m == CPUUtilization || m == NetworkIn || m == NetworkOut }

// FinePeriod reports whether a period is one below a minute that alarms may have
// ("Amazon CloudWatch concepts", CloudWatch User Guide, read 2023-05-18; alarms
// have no shorter ones).
func FinePeriod(d des.Duration) bool { return d == 10*des.Second || d == 30*des.Second }

// Unit is how the metric is written in words.
func (m Metric) Unit() string {
	switch m {
	case CPUUtilization:
		return "% CPU"
	case NetworkIn, NetworkOut:
		return "bytes"
	case TargetResponseTime:
		return "s"
	case CPUCreditUsage, CPUCreditBalance, CPUSurplusCreditBalance, CPUSurplusCreditsCharged:
		return "CPU credits"
	default:
		return m.String()
	}
}

// Statistic is how the samples of a period become a datapoint.
type Statistic struct {
	Kind StatisticKind
	P    float64 // of a percentile, 0 to 1
}

// StatisticKind is a statistic without its parameter.
type StatisticKind uint8

// The statistics.
const (
	Average StatisticKind = iota
	Sum
	Minimum
	Maximum
	SampleCount
	Percentile
)

var statisticNames = [...]string{"Average", "Sum", "Minimum", "Maximum", "SampleCount"}

// StatisticOf parses "Average", "Sum", "Minimum", "Maximum", "SampleCount" or a
// percentile such as "p99" or "p99.9".
func StatisticOf(name string) (Statistic, error) {
	for i, n := range statisticNames {
		if n == name {
			return Statistic{Kind: StatisticKind(i)}, nil
		}
	}
	if digits, ok := strings.CutPrefix(name, "p"); ok {
		if p, err := strconv.ParseFloat(digits, 64); err == nil && p > 0 && p < 100 {
			return Statistic{Percentile, p / 100}, nil
		}
	}
	return Statistic{}, fmt.Errorf("no statistic %q: must be Average, Sum, Minimum, Maximum, SampleCount or a percentile such as p99", name)
}

// String returns the statistic as AWS writes it.
func (s Statistic) String() string {
	if s.Kind == Percentile {
		return "p" + strconv.FormatFloat(100*s.P, 'f', -1, 64)
	}
	return statisticNames[s.Kind]
}

// Definition is an alarm that the user defines.
type Definition struct {
	Name       string
	Metric     Metric
	Statistic  Statistic
	Period     des.Duration // whole minutes, or a FinePeriod
	Evaluate   int          // evaluation periods, N
	Datapoints int          // datapoints to alarm, M
	Comparison Comparison
	Threshold  float64
	Missing    Missing
}
