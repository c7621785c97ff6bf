package imports

import (
	"fmt"
	"slices"

	"asgsim/report/clean"
	"asgsim/sim/cloudwatch"
)

// watched returns the name by which the scenario knows the metric that an alarm or a policy
// watches; a recorded one gets its table. What the simulator has not is told, with what
// follows from it.
func (m *mapper) watched(v *Value, so string) (name string, o observed, ok bool) {
	if o, ok = observes(v); !ok {
		if math := v.Get("Metrics"); !math.idle() {
			m.lose(math.Place(), "metric math is not modelled: "+so)
		} else {
			m.lose(v.Place(), "has no metric that is known: "+so)
		}
		return "", o, false
	}
	space := ""
	if o.space != nil {
		space = o.space.Text
	}
	_, produced := cloudwatch.MetricOf(o.metric.Text)
	if produced && !o.perInstance && (space == "" || slices.Contains([]string{"AWS/EC2", "AWS/ApplicationELB", "AWS/AutoScaling"}, space)) {
		return o.metric.Text, o, true
	}
	if name := m.replayed(o, v.text("Statistic")); name != "" {
		return name, o, true
	}
	const remedy = "; --metrics FILE with a recording of it has it replayed"
	switch {
	case produced && o.perInstance:
		m.lose(o.metric.Place(), clean.Quoted(o.metric.Text)+" by the instances in service is metric math, which is modelled of recorded metrics alone: "+so+remedy)
	case produced:
		m.lose(o.metric.Place(), fmt.Sprintf("%s of the namespace %s is not a metric that the simulator produces: %s", clean.Quoted(o.metric.Text), clean.Quoted(space), so)+remedy)
	default:
		m.lose(o.metric.Place(), clean.Quoted(o.metric.Text)+" is a metric that the simulator does not produce: "+so+remedy)
	}
	return "", o, false
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
