package scaling

import (
	"fmt"
	"math"

	"asgsim/sim/des"
)

// AzurePeriod is how often the autoscale engine runs here; Azure says every 30 to
// 60 seconds.
const AzurePeriod = des.Minute

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

// AzureMetricNames lists Azure's names of the metrics.
func AzureMetricNames() []string { return azureMetrics[:] }

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

// AzureAutoscale is an autoscale setting of an Azure virtual machine scale set
// with one profile, whose VMs are the group's instances ("Autoscale flapping" and
// "Understand autoscale settings", Azure Monitor documentation, read 2024-01 and
// 2026-11). The instance limits are the group's bounds.
type AzureAutoscale struct {
	Rules []AzureRule
}

// AzureMemory is what the engine remembers.
type AzureMemory struct {
	Acted bool
	Last  des.Time // of the last scale action
}

// PolicyName returns the names of the rules.
func (p *AzureAutoscale) PolicyName() string {
	text := p.Rules[0].Name
	for i := range p.Rules[1:] {
		text += ", " + p.Rules[i+1].Name
	}
	return text
}

// System returns whose autoscaler it is.
func (p *AzureAutoscale) System() string { return "Azure autoscale" }

// Goal returns the rules in short: "Percentage CPU +2 over 60, -1 under 30".
func (p *AzureAutoscale) Goal() string {
	text := ""
	for i := range p.Rules {
		r := &p.Rules[i]
		switch {
		case i == 0:
			text = r.Metric.String() + " "
		case r.Metric != p.Rules[i-1].Metric:
			text += ", " + r.Metric.String() + " "
		default:
			text += ", "
		}
		text += fmt.Sprintf("%s %s %s", r.step(), azureOperators[r.Operator], number(r.Threshold))
	}
	return text
}

func (r *AzureRule) words() string { return azureActions[r.Action] }

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

// Decide evaluates the rules; values are those of their metrics, NaN where there
// is none. Out if any rule says so, to the largest count. In only if all rules say
// so, to the largest count, and not where that would call for scaling out again:
// counts between are tried first (the flapping guard).
func (p *AzureAutoscale) Decide(now des.Time, s *Snapshot, values []float64, m *AzureMemory) (Decision, int) {
	best, out := -1, s.Desired
	firing, blocked := -1, NoBlock
	for i := range p.Rules {
		r := &p.Rules[i]
		if !r.Increase || math.IsNaN(values[i]) || !r.Operator.holds(values[i], r.Threshold) {
			continue
		}
		firing = i
		if m.Acted && now.Sub(m.Last) < r.Cooldown {
			blocked = BlockCooldown
		} else if n := r.Target(s.Desired); n > out {
			best, out = i, n
		}
	}
	switch {
	case best >= 0:
		return p.act(now, s, best, values[best], out, m), best
	case blocked != NoBlock:
		r := &p.Rules[firing]
		return stay(blocked, "%s, but the last scale action was %v ago and the cooldown is %v", r.says(values[firing]), now.Sub(m.Last), r.Cooldown), firing
	case firing >= 0:
		return Decision{Side: Hold, Why: p.Rules[firing].says(values[firing]) + ": no change"}, firing
	}
	return p.in(now, s, values, m)
}

// in judges the rules that scale in.
func (p *AzureAutoscale) in(now des.Time, s *Snapshot, values []float64, m *AzureMemory) (Decision, int) {
	best, want := -1, 0
	for i := range p.Rules {
		r := &p.Rules[i]
		switch {
		case r.Increase:
			continue
		case math.IsNaN(values[i]):
			return Decision{Side: Hold, Block: BlockData, Why: fmt.Sprintf("rule %s has no datapoint of %s", r.Name, r.Metric)}, i
		case !r.Operator.holds(values[i], r.Threshold):
			return Decision{Side: Hold, Why: fmt.Sprintf("%s is %s, rule %s is not met", r.Metric, number(values[i]), r.Name)}, i
		case m.Acted && now.Sub(m.Last) < r.Cooldown:
			return stay(BlockCooldown, "%s, but the last scale action was %v ago and the cooldown is %v", r.says(values[i]), now.Sub(m.Last), r.Cooldown), i
		}
		if n := r.Target(s.Desired); best < 0 || n > want {
			best, want = i, n
		}
	}
	if best < 0 {
		return Decision{Side: Hold, Why: "no rule is met"}, 0
	}
	r := &p.Rules[best]
	for n := max(want, s.Min); n < s.Desired; n++ {
		if p.flaps(s.Desired, n, values) < 0 {
			d := p.act(now, s, best, values[best], n, m)
			if n > max(want, s.Min) {
				d.Why += fmt.Sprintf("; to %d it would scale out again", n-1)
			}
			return d, best
		}
	}
	if s.Desired <= s.Min {
		return stay(BlockMin, "%s, but desired is min_size %d", r.says(values[best]), s.Min), best
	}
	if want >= s.Desired {
		return Decision{Side: Hold, Why: r.says(values[best]) + ": no change"}, best
	}
	k := p.flaps(s.Desired, s.Desired-1, values)
	again := &p.Rules[k]
	return stay(BlockFlapping, "%s, but on %d %s would be %s, and rule %s would scale out again", r.says(values[best]), s.Desired-1,
		again.Metric, number(again.estimate(values[k], s.Desired, s.Desired-1)), again.Name), best
}

// flaps is the rule that would scale out with n instead of from instances; -1: none.
func (p *AzureAutoscale) flaps(from, n int, values []float64) int {
	for i := range p.Rules {
		r := &p.Rules[i]
		if r.Increase && !math.IsNaN(values[i]) && r.Operator.holds(r.estimate(values[i], from, n), r.Threshold) {
			return i
		}
	}
	return -1
}

// act makes a count a decision, within the limits.
func (p *AzureAutoscale) act(now des.Time, s *Snapshot, rule int, value float64, want int, m *AzureMemory) Decision {
	r := &p.Rules[rule]
	within, block := Clamp(want, s.Min, s.Max)
	why := fmt.Sprintf("%s: %s of %s makes %d", r.says(value), r.words(), r.step(), want)
	if block != NoBlock {
		why += fmt.Sprintf(", %v %d", block, within)
	}
	d := change(within, s.Desired, block, why)
	if d.Side == Out || d.Side == In {
		m.Acted, m.Last = true, now
	}
	return d
}

// says tells what made a rule fire.
func (r *AzureRule) says(value float64) string {
	each := ""
	if r.PerInstance {
		each = " an instance"
	}
	return fmt.Sprintf("%s %s%s over %v is %s %s", r.Metric, number(value), each, r.Window, azureOperators[r.Operator], number(r.Threshold))
}
