package fault

import (
	"asgsim/sim/cloudwatch"
)

// MetricGap is a stretch in which CloudWatch publishes no datapoint, and none of it later:
// alarms treat it as missing data.
type MetricGap struct {
	Plan
	Namespace string // AWS/EC2 for example; empty: all
}

// About says what it is and when it hits.
func (f MetricGap) About() About { return About{Plan: f.Plan, Kind: "metric_gap"} }

func (f MetricGap) trouble() cloudwatch.Trouble {
	return cloudwatch.Trouble{Name: f.Name, Namespace: f.Namespace, Gap: true}
}

// Begin has datapoints get lost.
func (f MetricGap) Begin(p *Parts) { p.Troubles.Add(f.trouble()) }

// End has them published again.
func (f MetricGap) End(p *Parts) { p.Troubles.Remove(f.trouble()) }

// Told says what it did; it hits no instance.
func (f MetricGap) Told(int) string { return f.Effect() }

// Effect says what it does.
func (f MetricGap) Effect() string {
	return "CloudWatch is silent: datapoints of " + metricsOf(f.Namespace) + " are missing"
}
