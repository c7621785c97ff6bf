package scenarios

import (
	"asgsim/sim/cloudwatch"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// metricUse is a metric that something follows.
type metricUse struct {
	path   string // of the table or key that names it
	metric cloudwatch.Metric
}

// metricsUsed are those of the alarms, of metric math and of the policies.
func (d *decoder) metricsUsed(w *record.Config) []metricUse {
	var out []metricUse
	for _, name := range d.Entries("alarm") {
		if a, ok := d.alarms[name]; ok {
			out = append(out, metricUse{"alarm." + name + ".metric_name", a.Metric})
		}
	}
	for i := range w.Math {
		for _, in := range w.Math[i].Inputs {
			out = append(out, metricUse{"metric." + string(w.Math[i].Metric) + ".math.metrics", in.Metric})
		}
	}
	for _, p := range w.Policies {
		watched := scaling.Watches(p)
		for _, c := range watched.Metrics {
			out = append(out, metricUse{"policy." + p.About().Name, c.Metric})
		}
	}
	return out
}
