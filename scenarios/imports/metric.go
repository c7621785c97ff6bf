package imports

import (
	"fmt"
	"slices"

	"asgsim/report/clean"
	"asgsim/sim/cloudwatch"
)

// producible reports whether the simulator has a metric; what is not is told with what
// follows from it.
func (m *mapper) producible(v *Value, so string) bool {
	if math := v.Get("Metrics"); !math.idle() {
		m.lose(math.Place(), "metric math is not modelled: "+so)
		return false
	}
	metric := v.Get("MetricName")
	if metric == nil || metric.Kind != Text {
		m.lose(v.Place(), "has no metric that is known: "+so)
		return false
	}
	if _, ok := cloudwatch.MetricOf(metric.Text); !ok {
		m.lose(metric.Place(), clean.Quoted(metric.Text)+" is a metric that the simulator does not produce: "+so)
		return false
	}
	space := v.text("Namespace")
	if space != "" && !slices.Contains([]string{"AWS/EC2", "AWS/ApplicationELB", "AWS/AutoScaling"}, space) {
		m.lose(metric.Place(), fmt.Sprintf("%s of the namespace %s is not a metric that the simulator produces: %s", clean.Quoted(metric.Text), clean.Quoted(space), so))
		return false
	}
	return true
}

// pairs are the pairs of metrics of predictive scaling, by each of their halves.
func pairs() map[string]string {
	return map[string]string{
		"ASGAverageCPUUtilization": "ASGCPUUtilization", "ASGTotalCPUUtilization": "ASGCPUUtilization",
		"ASGAverageNetworkIn": "ASGNetworkIn", "ASGTotalNetworkIn": "ASGNetworkIn",
		"ASGAverageNetworkOut": "ASGNetworkOut", "ASGTotalNetworkOut": "ASGNetworkOut",
		"ALBRequestCountPerTarget": "ALBRequestCount", "ALBTargetGroupRequestCount": "ALBRequestCount",
	}
}
