package cloudwatch

import (
	"slices"
	"strings"
)

// Metric is a metric by its name: one that the simulator publishes, by AWS's, or one that
// is replayed (see [Recorded]), by the user's, which begins with no capital letter.
type Metric string

// The metrics that the simulator publishes: of EC2 over the group, of the load balancer,
// of the group.
const (
	CPUUtilization                    Metric = "CPUUtilization" // percent
	NetworkIn                         Metric = "NetworkIn"      // bytes an instance received in a minute
	NetworkOut                        Metric = "NetworkOut"     // bytes an instance sent in a minute
	RequestCount                      Metric = "RequestCount"
	RequestCountPerTarget             Metric = "RequestCountPerTarget"
	TargetResponseTime                Metric = "TargetResponseTime" // seconds
	HealthyHostCount                  Metric = "HealthyHostCount"
	UnHealthyHostCount                Metric = "UnHealthyHostCount"
	HTTPCodeTarget5XX                 Metric = "HTTPCode_Target_5XX_Count"
	HTTPCodeTarget2XX                 Metric = "HTTPCode_Target_2XX_Count"
	HTTPCodeELB4XX                    Metric = "HTTPCode_ELB_4XX_Count"
	HTTPCodeELB5XX                    Metric = "HTTPCode_ELB_5XX_Count"
	HTTPCodeELB502                    Metric = "HTTPCode_ELB_502_Count"
	HTTPCodeELB503                    Metric = "HTTPCode_ELB_503_Count"
	HTTPCodeELB504                    Metric = "HTTPCode_ELB_504_Count"
	TargetConnectionErrorCount        Metric = "TargetConnectionErrorCount"
	GroupInServiceInstances           Metric = "GroupInServiceInstances"
	GroupDesiredCapacity              Metric = "GroupDesiredCapacity"
	GroupPendingInstances             Metric = "GroupPendingInstances"
	GroupTerminatingInstances         Metric = "GroupTerminatingInstances"
	GroupTotalInstances               Metric = "GroupTotalInstances"
	GroupMinSize                      Metric = "GroupMinSize"
	GroupMaxSize                      Metric = "GroupMaxSize"
	GroupStandbyInstances             Metric = "GroupStandbyInstances"
	GroupInServiceCapacity            Metric = "GroupInServiceCapacity" // units, by the weights of the types
	GroupPendingCapacity              Metric = "GroupPendingCapacity"
	GroupStandbyCapacity              Metric = "GroupStandbyCapacity"
	GroupTerminatingCapacity          Metric = "GroupTerminatingCapacity"
	GroupTotalCapacity                Metric = "GroupTotalCapacity"
	WarmPoolMinSize                   Metric = "WarmPoolMinSize"
	WarmPoolDesiredCapacity           Metric = "WarmPoolDesiredCapacity"
	WarmPoolPendingCapacity           Metric = "WarmPoolPendingCapacity"
	WarmPoolTerminatingCapacity       Metric = "WarmPoolTerminatingCapacity"
	WarmPoolWarmedCapacity            Metric = "WarmPoolWarmedCapacity"
	WarmPoolTotalCapacity             Metric = "WarmPoolTotalCapacity"
	GroupAndWarmPoolDesiredCapacity   Metric = "GroupAndWarmPoolDesiredCapacity"
	GroupAndWarmPoolTotalCapacity     Metric = "GroupAndWarmPoolTotalCapacity"
	PredictiveScalingLoadForecast     Metric = "PredictiveScalingLoadForecast"     // requests a second, or percent of CPU summed up
	PredictiveScalingCapacityForecast Metric = "PredictiveScalingCapacityForecast" // instances
	CPUCreditUsage                    Metric = "CPUCreditUsage"                    // of a burstable instance, in five minutes
	CPUCreditBalance                  Metric = "CPUCreditBalance"
	CPUSurplusCreditBalance           Metric = "CPUSurplusCreditBalance"
	CPUSurplusCreditsCharged          Metric = "CPUSurplusCreditsCharged"
)

// The metrics of a queue ("Available CloudWatch metrics for Amazon SQS", Amazon SQS Developer
// Guide, read 2026-11).
const (
	MessagesVisible    Metric = "ApproximateNumberOfMessagesVisible"    // at the end of the minute
	MessagesNotVisible Metric = "ApproximateNumberOfMessagesNotVisible" // same
	OldestMessage      Metric = "ApproximateAgeOfOldestMessage"         // seconds
	MessagesSent       Metric = "NumberOfMessagesSent"                  // in the minute
	MessagesReceived   Metric = "NumberOfMessagesReceived"
	MessagesDeleted    Metric = "NumberOfMessagesDeleted" // deletes, those that came too late included
)

// published lists the metrics in the order of the documentation.
var published = [...]Metric{
	CPUUtilization, NetworkIn, NetworkOut, RequestCount, RequestCountPerTarget, TargetResponseTime,
	HealthyHostCount, UnHealthyHostCount, HTTPCodeTarget2XX, HTTPCodeTarget5XX, HTTPCodeELB4XX, HTTPCodeELB5XX,
	HTTPCodeELB502, HTTPCodeELB503, HTTPCodeELB504, TargetConnectionErrorCount, GroupInServiceInstances,
	GroupDesiredCapacity, GroupPendingInstances, GroupTerminatingInstances, GroupTotalInstances, GroupMinSize,
	GroupMaxSize, GroupStandbyInstances, GroupInServiceCapacity, GroupPendingCapacity, GroupStandbyCapacity,
	GroupTerminatingCapacity, GroupTotalCapacity, WarmPoolMinSize, WarmPoolDesiredCapacity,
	WarmPoolPendingCapacity, WarmPoolTerminatingCapacity, WarmPoolWarmedCapacity, WarmPoolTotalCapacity,
	GroupAndWarmPoolDesiredCapacity, GroupAndWarmPoolTotalCapacity, PredictiveScalingLoadForecast,
	PredictiveScalingCapacityForecast, CPUCreditUsage, CPUCreditBalance, CPUSurplusCreditBalance,
	CPUSurplusCreditsCharged,
}

// queued lists the metrics of a queue, which are published where there is one.
var queued = [...]Metric{MessagesVisible, MessagesNotVisible, OldestMessage, MessagesSent, MessagesReceived, MessagesDeleted}

// String returns the metric's name.
func (m Metric) String() string { return string(m) }

// ofGroup stands between a metric and the target group that it is of.
const ofGroup = " of "

// In is the metric of one of several target groups; the empty name is the first's.
func (m Metric) In(group string) Metric {
	if group == "" {
		return m
	}
	return m + ofGroup + Metric(group)
}

// Split is the metric and the target group that it is of; empty: the first, or none.
func (m Metric) Split() (of Metric, group string) {
	name, group, _ := strings.Cut(string(m), ofGroup)
	return Metric(name), group
}

// ByGroup reports whether every target group has the metric of its own.
func (m Metric) ByGroup() bool {
	return m == RequestCount || m == RequestCountPerTarget || m == HealthyHostCount || m == UnHealthyHostCount
}

// MetricNames lists the names of the metrics that the simulator publishes, those of a queue
// last.
func MetricNames() []string {
	var out []string
	for _, m := range slices.Concat(published[:], queued[:]) {
		out = append(out, string(m))
	}
	return out
}

// MetricOf returns the metric with AWS's name that the simulator publishes, with a queue or
// without.
func MetricOf(name string) (Metric, bool) {
	m := Metric(name)
	return m, slices.Contains(published[:], m)
}

// Credits reports whether only burstable instances have the metric.
func (m Metric) Credits() bool {
	return m == CPUCreditUsage || m == CPUCreditBalance || m == CPUSurplusCreditBalance || m == CPUSurplusCreditsCharged
}

// Counts reports whether every request is a sample of 1, so that only the sum says how
// many there were ("CloudWatch metrics for your Application Load Balancer", read
// 2026-11: Minimum, Maximum and Average all return 1).
func (m Metric) Counts() bool {
	switch m, _ := m.Split(); m {
	case RequestCount, HTTPCodeTarget2XX, HTTPCodeTarget5XX, HTTPCodeELB4XX, HTTPCodeELB5XX, HTTPCodeELB502, HTTPCodeELB503, HTTPCodeELB504, TargetConnectionErrorCount:
		return true
	}
	return false
}

// Fine reports whether instances may publish the metric with periods below a
// minute, as the CloudWatch agent does. What AWS publishes has none.
func (m Metric) Fine() bool { return m == CPUUtilization }

// EC2 reports whether the metric is one that EC2 publishes of instances, every minute
// with detailed monitoring and every five without.
func (m Metric) EC2() bool { return m == CPUUtilization || m == NetworkIn || m == NetworkOut }

// SQS reports whether the metric is of a queue.
func (m Metric) SQS() bool { return slices.Contains(queued[:], m) }

// QueueMetrics are the metrics of a queue.
func QueueMetrics() []Metric { return slices.Clone(queued[:]) }

// Unit is how the metric is written in words.
func (m Metric) Unit() string {
	switch {
	case m == CPUUtilization:
		return "% CPU"
	case m == NetworkIn || m == NetworkOut:
		return "bytes"
	case m == TargetResponseTime || m == OldestMessage:
		return "s"
	case m.Credits():
		return "CPU credits"
	default:
		return m.String()
	}
}
