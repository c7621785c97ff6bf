package imports

import (
	"slices"

	"asgsim/sim/cloudwatch"
)

// produces reports whether the simulator publishes a metric, of that namespace.
func (m *mapper) produces(o observed) bool {
	_, produced := cloudwatch.MetricOf(o.metric.Text)
	return produced && (o.space == nil || o.space.Text == "" || slices.Contains([]string{"AWS/EC2", "AWS/ApplicationELB", "AWS/AutoScaling"}, o.space.Text))
}

// named is where the name of what is watched comes from: of metric math all of it.
func named(o observed, v *Value) *Value {
	if o.metric == nil {
		return v.Get("Metrics")
	}
	return o.metric
}
