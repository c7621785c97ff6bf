package imports

import "strings"

// observed is a metric that an alarm or a policy watches, as the files say it: by itself,
// or as metric math that can be followed.
type observed struct {
	metric, space *Value // MetricName, Namespace
	dimensions    []*Value
	stat, period  *Value // of metric math; nil: they stand where the others do
	perInstance   bool   // divided by the instances in service
}

// inService is the metric by which a backlog is divided (EC2 Auto Scaling guide, Scaling
// policy based on Amazon SQS, read 2026-11).
const inService = "GroupInServiceInstances"

// observes finds out which metric is watched; false where that cannot be followed.
func observes(v *Value) (o observed, ok bool) {
	if math := v.Get("Metrics"); !math.idle() {
		return ofMath(v.list("Metrics"))
	}
	metric := v.Get("MetricName")
	return observed{metric: metric, space: v.Get("Namespace"), dimensions: v.list("Dimensions")}, metric != nil && metric.Kind == Text
}

// ofMath follows metric math that is no more than a metric, or one metric by the instances
// in service.
func ofMath(queries []*Value) (o observed, ok bool) {
	of := map[string]observed{}
	expression := ""
	for _, q := range queries {
		if e := q.text("Expression"); e != "" {
			if expression != "" {
				return o, false
			}
			expression = strings.ReplaceAll(e, " ", "")
			continue
		}
		one, ok := query(q)
		if !ok {
			return o, false
		}
		of[q.text("Id")] = one
	}
	if expression == "" && len(queries) == 1 {
		return of[queries[0].text("Id")], true
	}
	above, below, divided := strings.Cut(expression, "/")
	o, ok = of[above]
	by, other := of[below]
	o.perInstance = true
	return o, divided && ok && other && len(queries) == 3 && by.metric.Text == inService
}

// query is a metric that metric math is over; false where its name is not known.
func query(q *Value) (observed, bool) {
	m, how := q.Get("MetricStat", "Metric"), q.Get("MetricStat")
	if m == nil {
		m, how = q.Get("Metric"), q.Get("Metric") // of the Terraform provider's metric_query
	}
	name := m.Get("MetricName")
	if name == nil || name.Kind != Text {
		return observed{}, false
	}
	return observed{metric: name, space: m.Get("Namespace"), dimensions: m.list("Dimensions"), stat: how.Get("Stat"), period: how.Get("Period")}, true
}
