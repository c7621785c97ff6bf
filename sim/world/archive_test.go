package world

import (
	"testing"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// Nothing is dropped: a run of 15 days has a datapoint every five minutes of all of
// them.
func TestLongRunsKeepTheirMetrics(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	cfg := still(1)
	cfg.Duration = 15 * des.Day
	cfg.Loads[0].Curve = jump{t0, 0.05, 0.05}
	cfg.Alarms = []cloudwatch.Definition{{Name: "a", Metric: cloudwatch.CPUUtilization, Period: des.Minute, Evaluate: 1, Datapoints: 1, Threshold: 1e9}}
	r := run(t, cfg)
	if len(r.Metrics) != 1 || r.Metrics[0].Period != 5*des.Minute || len(r.Metrics[0].Points) != 15*288 {
		t.Fatalf("%d metrics; %v, %d datapoints", len(r.Metrics), r.Metrics[0].Period, len(r.Metrics[0].Points))
	}
}
