package scaling

import (
	"fmt"
	"math"

	"asgsim/sim/des"
)

// AzureMetric is a metric of a scale set, or of the application gateway before it.
type AzureMetric uint8

// The metrics.
const (
	PercentageCPU   AzureMetric = iota // percent, of a VM
	NetworkInTotal                     // bytes a VM received in a minute
	NetworkOutTotal                    // bytes a VM sent in a minute
	TotalRequests                      // of the application gateway, a minute
)

var azureMetrics = [...]string{"Percentage CPU", "Network In Total", "Network Out Total", "TotalRequests"}

// String returns Azure's name of the metric.
func (m AzureMetric) String() string { return azureMetrics[m] }

// AzureStatistic sums up values: of the VMs in a time grain, or of the grains in a
// time window.
type AzureStatistic uint8

// The statistics; the last two are of windows only.
const (
	AzureAverage AzureStatistic = iota
	AzureMinimum
	AzureMaximum
	AzureSum
	AzureCount
	AzureLast
)

// Of sums values up, oldest first; NaN without any.
func (t AzureStatistic) Of(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	sum, low, high := 0.0, math.Inf(1), math.Inf(-1)
	for _, v := range values {
		sum, low, high = sum+v, min(low, v), max(high, v)
	}
	switch t {
	case AzureMinimum:
		return low
	case AzureMaximum:
		return high
	case AzureSum:
		return sum
	case AzureCount:
		return float64(len(values))
	case AzureLast:
		return values[len(values)-1]
	default:
		return sum / float64(len(values))
	}
}

// AzureOperator compares a metric with its threshold.
type AzureOperator uint8

// The operators.
const (
	AzureGreaterThan AzureOperator = iota
	AzureGreaterThanOrEqual
	AzureLessThan
	AzureLessThanOrEqual
	AzureEquals
	AzureNotEquals
)

var azureOperators = [...]string{"over", "at or over", "under", "at or under", "equal to", "other than"}

// holds reports whether the comparison is true.
func (o AzureOperator) holds(v, threshold float64) bool {
	switch o {
	case AzureGreaterThan:
		return v > threshold
	case AzureGreaterThanOrEqual:
		return v >= threshold
	case AzureLessThan:
		return v < threshold
	case AzureLessThanOrEqual:
		return v <= threshold
	case AzureEquals:
		return v == threshold
	default:
		return v != threshold
	}
}

// AzureAction is how a rule changes the count of instances.
type AzureAction uint8

// The actions.
const (
	ChangeCount AzureAction = iota
	PercentChangeCount
	ExactCount
)

var azureActions = [...]string{"ChangeCount", "PercentChangeCount", "ExactCount"}

// String returns Azure's name of the action.
func (a AzureAction) String() string { return azureActions[a] }

// AzureRule is a scale rule of a profile.
type AzureRule struct {
	Name        string
	Metric      AzureMetric
	Statistic   AzureStatistic // over the VMs in a grain
	Aggregation AzureStatistic // over the grains in the window
	Grain       des.Duration   // whole minutes
	Window      des.Duration   // at least the grain
	Operator    AzureOperator
	Threshold   float64
	PerInstance bool // the value is divided by the count of instances
	Increase    bool // direction; else Decrease
	Action      AzureAction
	Value       int
	Cooldown    des.Duration // since the last scale action of the profile
	Delay       des.Duration // end of a minute to when its metrics are known
}

func (r *AzureRule) step() string {
	sign := ""
	if r.Action != ExactCount {
		if sign = "+"; !r.Increase {
			sign = "-"
		}
	}
	if r.Action == PercentChangeCount {
		return fmt.Sprintf("%s%d %%", sign, r.Value)
	}
	return fmt.Sprintf("%s%d", sign, r.Value)
}

// Target is the count that the rule makes of n. A percentage is rounded to the
// nearest, at least 1; Azure does not say.
func (r *AzureRule) Target(n int) int {
	k := r.Value
	switch r.Action {
	case ExactCount:
		return r.Value
	case PercentChangeCount:
		k = max(1, int(math.Round(float64(n)*float64(r.Value)/100)))
	}
	if !r.Increase {
		k = -k
	}
	return n + k
}

// estimate is what a rule's metric would be with another count, by proportion: the
// total stays the same. A metric of the whole set does not change.
func (r *AzureRule) estimate(value float64, from, to int) float64 {
	whole := !r.PerInstance && (r.Metric == TotalRequests || r.Statistic == AzureSum)
	if whole || r.Aggregation == AzureCount || to == 0 {
		return value
	}
	return value * float64(from) / float64(to)
}

// says tells what made a rule fire.
func (r *AzureRule) says(value float64) string {
	each := ""
	if r.PerInstance {
		each = " an instance"
	}
	return fmt.Sprintf("%s %s%s over %v is %s %s", r.Metric, number(value), each, r.Window, azureOperators[r.Operator], number(r.Threshold))
}

// value is that of the rule's metric on count instances: the statistic of each time
// grain of the window, summed up; NaN without any grain known.
func (r *AzureRule) value(window [][]Used, count int) float64 {
	var grains, samples []float64
	for k, minute := range window {
		requests := 0.0
		for _, u := range minute {
			switch r.Metric {
			case PercentageCPU:
				samples = append(samples, 100*u.CPU)
			case NetworkInTotal:
				samples = append(samples, u.In)
			case NetworkOutTotal:
				samples = append(samples, u.Out)
			default:
				requests += u.Requests
			}
		}
		if r.Metric == TotalRequests {
			samples = append(samples, requests)
		}
		if left := len(window) - 1 - k; left%int(r.Grain/des.Minute) == 0 {
			if v := r.Statistic.Of(samples); !math.IsNaN(v) {
				grains = append(grains, v)
			}
			samples = samples[:0]
		}
	}
	v := r.Aggregation.Of(grains)
	if r.PerInstance {
		v /= float64(max(1, count))
	}
	return v
}
