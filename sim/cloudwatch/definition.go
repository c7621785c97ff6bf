package cloudwatch

import (
	"fmt"
	"strconv"
	"strings"

	"asgsim/sim/des"
)

// BasicPeriod is the period of EC2's metrics with basic monitoring ("Manage detailed
// monitoring for your EC2 instances", EC2 User Guide, read 2026-11).
const BasicPeriod = 5 * des.Minute

// FinePeriod reports whether a period is one below a minute that alarms may have
// ("Amazon CloudWatch concepts", CloudWatch User Guide, read 2023-05-18; alarms
// have no shorter ones).
func FinePeriod(d des.Duration) bool { return d == 10*des.Second || d == 30*des.Second }

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
