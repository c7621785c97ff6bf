package record

import (
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// Published is a metric as CloudWatch had it in a run.
type Published struct {
	Metric    cloudwatch.Metric
	Statistic cloudwatch.Statistic
	Period    des.Duration
	Points    []cloudwatch.Point // of the run, ascending; those of a settled start's past are left out
}
