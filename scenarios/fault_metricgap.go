package scenarios

import (
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// metricGapTable is [fault.N.metric_gap].
type metricGapTable struct{}

func (metricGapTable) kind() string { return "metric_gap" }

func (metricGapTable) keys(p string) []Key {
	return append(lastsKeys(p, "CloudWatch falls silent"),
		durationKey(p, "For how long: datapoints of the periods that end meanwhile are never published. Alarms treat them as missing data."),
		namespaceKey(p))
}

func (metricGapTable) read(d *decoder, p, name string, _ *record.Config) fault.Fault {
	return fault.MetricGap{Plan: d.stretch(p, name), Namespace: d.namespace(p)}
}
