package scaling

import (
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// Metric is a metric of target tracking: a predefined one, or one the user names.
type Metric uint8

// The metrics (API: PredefinedMetricSpecification, CustomizedMetricSpecification).
const (
	ASGAverageCPUUtilization Metric = iota // percent
	ALBRequestCountPerTarget               // requests a minute and target
	ASGAverageNetworkIn                    // bytes an instance received, in a period of its monitoring
	ASGAverageNetworkOut                   // bytes an instance sent, in a period of its monitoring
	Customized                             // TargetTracking.Custom
)

var metricNames = [...]string{"ASGAverageCPUUtilization", "ALBRequestCountPerTarget", "ASGAverageNetworkIn", "ASGAverageNetworkOut", "customized"}

// String returns AWS's name of the metric.
func (m Metric) String() string { return metricNames[m] }

// Custom is a metric of CloudWatch with its statistic.
type Custom struct {
	Metric    cloudwatch.Metric
	Statistic cloudwatch.Statistic
	Period    des.Duration // of a datapoint; 0: a minute
}

// Source is the metric of CloudWatch that the policy's alarms watch.
func (p *TargetTracking) Source() Custom {
	average := cloudwatch.Statistic{Kind: cloudwatch.Average}
	switch p.Metric {
	case ALBRequestCountPerTarget:
		return Custom{Metric: cloudwatch.RequestCountPerTarget.In(p.Group), Statistic: cloudwatch.Statistic{Kind: cloudwatch.Sum}}
	case ASGAverageNetworkIn:
		return Custom{Metric: cloudwatch.NetworkIn, Statistic: average}
	case ASGAverageNetworkOut:
		return Custom{Metric: cloudwatch.NetworkOut, Statistic: average}
	case Customized:
		return p.Custom
	default:
		return Custom{Metric: cloudwatch.CPUUtilization, Statistic: average}
	}
}

// Unit is how values of a policy's metric are written: divided by Scale, between
// Before and After, and said to be of Of.
type Unit struct {
	Scale             float64
	Before, After, Of string
}

// Unit returns the words around a value of the metric; bytes in the size of the
// target.
func (p *TargetTracking) Unit() Unit {
	switch p.Metric {
	case ASGAverageCPUUtilization:
		return Unit{Scale: 1, Before: "CPU ", After: " %"}
	case ALBRequestCountPerTarget:
		u := Unit{Scale: 1, Of: " requests a minute and target"}
		if p.Group != "" {
			u.Of += " of " + p.Group
		}
		return u
	case ASGAverageNetworkIn:
		u := p.bytes()
		u.Of = " received by an instance"
		return u
	case ASGAverageNetworkOut:
		u := p.bytes()
		u.Of = " sent by an instance"
		return u
	}
	u := Unit{Scale: 1}
	switch p.Custom.Metric {
	case cloudwatch.CPUUtilization:
		u.After = " %"
	case cloudwatch.NetworkIn, cloudwatch.NetworkOut:
		u = p.bytes()
	case cloudwatch.TargetResponseTime:
		u.After = " s"
	}
	u.Before = p.Custom.Metric.String() + " " + p.Custom.Statistic.String() + " "
	return u
}

func (p *TargetTracking) bytes() Unit {
	switch {
	case p.Target >= 1e9:
		return Unit{Scale: 1e9, After: " GB"}
	case p.Target >= 1e6:
		return Unit{Scale: 1e6, After: " MB"}
	case p.Target >= 1e3:
		return Unit{Scale: 1e3, After: " kB"}
	}
	return Unit{Scale: 1, After: " bytes"}
}

func (p *TargetTracking) show(v float64) string {
	u := p.Unit()
	return u.Before + number(v/u.Scale) + u.After + u.Of
}
