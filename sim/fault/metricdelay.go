package fault

import (
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// MetricDelay is a stretch in which CloudWatch publishes datapoints late: alarms and
// policies act on old ones.
type MetricDelay struct {
	Plan
	Namespace string       // AWS/EC2 for example; empty: all
	Delay     des.Duration // beyond the usual one
}

// About says what it is and when it hits.
func (f MetricDelay) About() About { return About{Plan: f.Plan, Kind: "metric_delay"} }

func (f MetricDelay) trouble() cloudwatch.Trouble {
	return cloudwatch.Trouble{Name: f.Name, Namespace: f.Namespace, Delay: f.Delay}
}

// Begin has datapoints come late.
func (f MetricDelay) Begin(p *Parts) { p.Troubles.Add(f.trouble()) }

// End has them come in time again.
func (f MetricDelay) End(p *Parts) { p.Troubles.Remove(f.trouble()) }

// Told says what it did; it hits no instance.
func (f MetricDelay) Told(int) string { return f.Effect() }

// Effect says what it does.
func (f MetricDelay) Effect() string {
	return "CloudWatch publishes " + metricsOf(f.Namespace) + " " + span(f.Delay) + " late"
}

// metricsOf names the metrics of a namespace.
func metricsOf(namespace string) string {
	if namespace == "" {
		return "all metrics"
	}
	return "the metrics of " + namespace
}
