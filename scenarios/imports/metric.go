package imports

import (
	"fmt"

	"asgsim/report/clean"
	"asgsim/sim/cloudwatch"
)

// watched returns the name by which the scenario knows the metric that an alarm or a policy
// watches; a recorded one gets its table. What the simulator has not is told, with what
// follows from it.
func (m *mapper) watched(v *Value, title, so string) (name string, o observed, ok bool) {
	if o, ok = observes(v); !ok {
		if math := v.Get("Metrics"); !math.idle() {
			name, o := m.math(v, title, so)
			return name, o, name != ""
		} else {
			m.lose(v.Place(), "has no metric that is known: "+so)
		}
		return "", o, false
	}
	if m.produces(o) {
		if o.perInstance {
			name, o := m.math(v, title, so)
			return name, o, name != ""
		}
		return o.metric.Text, o, true
	}
	if name := m.replayed(o, v.text("Statistic")); name != "" {
		return name, o, true
	}
	const remedy = "; --metrics FILE with a recording of it has it replayed"
	if _, produced := cloudwatch.MetricOf(o.metric.Text); produced {
		m.lose(o.metric.Place(), fmt.Sprintf("%s of the namespace %s is not a metric that the simulator produces: %s", clean.Quoted(o.metric.Text), clean.Quoted(o.space.Text), so)+remedy)
	} else {
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
