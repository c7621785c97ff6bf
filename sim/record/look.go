package record

import (
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// Look is what one alarm of a policy saw when the policy was evaluated.
type Look struct {
	Alarm      string
	Metric     string // with its statistic: "CPUUtilization Average"
	High       bool   // the policy scales out on it
	State      cloudwatch.State
	Since      des.Time // of the last change of state
	Comparison cloudwatch.Comparison
	Threshold  float64
	Period     des.Duration
	Evaluate   int         // datapoints that are looked at
	Datapoints int         // of those, how many must breach
	Range      int         // periods in which datapoints are looked for
	Points     []Datapoint // known ones, oldest first, at most Evaluate
	Newest     des.Time    // end of the newest datapoint known, be it in the range or older; des.Never: none
	At         des.Time    // of the look
}

// Datapoint is a period's value as an alarm sees it.
type Datapoint struct {
	At    des.Time // start of its period
	Value float64
}

// Breaches reports whether the alarm counts a value against its threshold.
func (l *Look) Breaches(v float64) bool {
	switch l.Comparison {
	case cloudwatch.GreaterThan:
		return v > l.Threshold
	case cloudwatch.GreaterOrEqual:
		return v >= l.Threshold
	case cloudwatch.LessThan:
		return v < l.Threshold
	default:
		return v <= l.Threshold
	}
}
