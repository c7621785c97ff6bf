package scenarios

import (
	"asgsim/sim/cloudwatch"
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// metricDelayTable is [fault.N.metric_delay].
type metricDelayTable struct{}

func (metricDelayTable) kind() string { return "metric_delay" }

func (metricDelayTable) keys(p string) []Key {
	return append(lastsKeys(p, "CloudWatch begins to be late"),
		durationKey(p, "For how long: the periods that end meanwhile are published late."),
		Key{Path: p + "delay", Type: Duration, Required: true, Above: `"0s"`, Max: `"1d"`, Doc: "How much later than usual they are published. Alarms and policies see old datapoints, or none in their evaluation range: treat_missing_data then decides."},
		namespaceKey(p))
}

func (metricDelayTable) read(d *decoder, p, name string, _ *record.Config) fault.Fault {
	f := fault.MetricDelay{Plan: d.stretch(p, name)}
	f.Delay, _ = d.dur(p + "delay")
	f.Namespace = d.namespace(p)
	return f
}

func namespaceKey(p string) Key {
	return Key{Path: p + "namespace", Type: Choice, Choices: cloudwatch.Namespaces(), Absent: "all", Doc: "Whose metrics: AWS/EC2 (CPU, network, credits), AWS/ApplicationELB (requests, latency, hosts) or AWS/AutoScaling (the group's)."}
}

// namespace reads whose metrics a fault concerns; empty: all.
func (d *decoder) namespace(p string) string {
	if k, ok := d.Choice(p + "namespace"); ok {
		return cloudwatch.Namespaces()[k]
	}
	return ""
}
