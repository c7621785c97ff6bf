package scaling

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// AzurePeriod is how often the autoscale engine runs here; Azure says every 30 to
// 60 seconds.
const AzurePeriod = des.Minute

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

// About says what it is; its name are those of the rules.
func (p *AzureAutoscale) About() About {
	const system = "Azure autoscale"
	return About{Name: strings.Join(p.names(), ", "), Kind: "azure_autoscale", System: system, Says: system + ", " + p.goal()}
}

func (p *AzureAutoscale) names() []string {
	var out []string
	for i := range p.Rules {
		out = append(out, p.Rules[i].Name)
	}
	return out
}

// Attach reads the VMs every minute.
func (p *AzureAutoscale) Attach(h Host) Attached {
	var longest, delay des.Duration
	for i := range p.Rules {
		longest, delay = max(longest, p.Rules[i].Window), max(delay, p.Rules[i].Delay)
	}
	readings := h.Gather(des.Minute, delay, longest)
	return Attached{
		Every: AzurePeriod, Look: "autoscale", Idle: idleArithmetic, Rules: p.names(),
		See: func(now des.Time, s *Snapshot) {
			values := make([]float64, len(p.Rules))
			for i := range p.Rules {
				values[i] = p.Rules[i].value(readings.Window(now, p.Rules[i].Window), s.Desired)
			}
			s.Seen = values
		},
	}
}

// Settled is the fleet at which no rule that it can foretell scales out.
func (p *AzureAutoscale) Settled(f Foresight, n int) int {
	one, _ := f.One(cloudwatch.CPUUtilization)
	for i := range p.Rules {
		r := &p.Rules[i]
		above := r.Operator == AzureGreaterThan || r.Operator == AzureGreaterThanOrEqual
		switch {
		case !r.Increase || !above || r.Threshold <= 0:
		case r.Metric == PercentageCPU && r.Statistic == AzureAverage:
			n = max(n, whole(one/r.Threshold))
		case r.Metric == TotalRequests && r.PerInstance:
			n = max(n, whole(f.PerMinute()/r.Threshold))
		}
	}
	return n
}

// Doubts are about the delay of its metrics.
func (p *AzureAutoscale) Doubts() []Doubt {
	return delays(func(factor float64) Policy {
		c := AzureAutoscale{Rules: slices.Clone(p.Rules)}
		for i := range c.Rules {
			c.Rules[i].Delay = times(c.Rules[i].Delay, factor)
		}
		return &c
	})
}

// goal returns the rules in short: "Percentage CPU +2 over 60, -1 under 30".
func (p *AzureAutoscale) goal() string {
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

// Decide evaluates the rules; values are those of their metrics, NaN where there
// is none. Out if any rule says so, to the largest count. In only if all rules say
// so, to the largest count, and not where that would call for scaling out again:
// counts between are tried first (the flapping guard).
func (p *AzureAutoscale) Decide(now des.Time, s *Snapshot, past Memory) (Decision, Memory) {
	m, _ := past.(AzureMemory)
	values := s.Seen.([]float64)
	d, rule := p.decide(now, s, values, &m)
	d.Rule, d.Metric, d.HasMetric = p.Rules[rule].Name, values[rule], !math.IsNaN(values[rule])
	return d, m
}

func (p *AzureAutoscale) decide(now des.Time, s *Snapshot, values []float64, m *AzureMemory) (Decision, int) {
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
	why := fmt.Sprintf("%s: %s of %s makes %d", r.says(value), r.Action, r.step(), want)
	if block != NoBlock {
		why += fmt.Sprintf(", %v %d", block, within)
	}
	d := change(within, s.Desired, block, why)
	if d.Side == Out || d.Side == In {
		m.Acted, m.Last = true, now
	}
	return d
}
