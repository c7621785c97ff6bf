package exports

import (
	"cmp"
	"strings"
)

// metric names a metric of the group's or of its load balancer's, which a table watches.
func (r *resources) metric(name, table string) *object {
	dimension := func(name string, value any) any { return (&object{}).put("Name", name).put("Value", value) }
	if r.has("metric." + name) {
		return r.recorded("metric."+name+".", name)
	}
	space, dimensions := "AWS/EC2", []any{dimension("AutoScalingGroupName", ref{r.group, "name"})}
	switch {
	case strings.HasPrefix(name, "Group") || strings.HasPrefix(name, "WarmPool") || strings.HasPrefix(name, "PredictiveScaling"):
		space = "AWS/AutoScaling"
	case strings.HasPrefix(name, "Request") || strings.HasPrefix(name, "HTTPCode") || strings.HasPrefix(name, "Target") || strings.HasSuffix(name, "HostCount"):
		space, dimensions = "AWS/ApplicationELB", []any{dimension("LoadBalancer", balancerInput)}
		if r.targets != nil {
			dimensions = append(dimensions, dimension("TargetGroup", r.targetsOf(table)))
		}
	}
	return (&object{}).put("MetricName", name).put("Namespace", space).put("Dimensions", dimensions)
}

// targetsOf is the target group whose metric a table watches, as a dimension has it.
func (r *resources) targetsOf(table string) any {
	if name, ok := r.text(table + "target_group").(string); ok && r.others[name] != nil {
		return ref{r.others[name], "suffix"}
	}
	return ref{r.targets, "suffix"}
}

// label is the resource label of the requests that a table follows.
func (r *resources) label(table string) any {
	return path{balancerInput, r.targetsOf(table)}
}

// recorded names a metric of which the scenario has a recording, as CloudWatch does.
func (r *resources) recorded(p, name string) *object {
	called, _ := r.text(p + "metric_name").(string)
	var space any = spaceInput
	if given := r.text(p + "namespace"); given != nil {
		space = given
	}
	out := (&object{}).put("MetricName", cmp.Or(called, name)).put("Namespace", space)
	var list []any
	if n := r.node(p + "dimensions"); n != nil {
		for _, k := range n.Table.Keys {
			value, _ := n.Table.Get(k).Str()
			list = append(list, (&object{}).put("Name", k).put("Value", value))
		}
		out.put("Dimensions", list)
	}
	return out
}

// divided reports whether a metric is by metric math, or divided by the instances in
// service, which is metric math too, and tells so of the table that watches it.
func (r *resources) divided(table, metric string) bool {
	table = strings.TrimSuffix(table, ".")
	switch expression, _ := r.text("metric." + metric + ".math.expression").(string); {
	case metric == "":
		return false
	case expression != "":
		r.notes = append(r.notes, Note{table, "its metric is by metric math, and not written: write Metrics with the expression " + expression + " over what [metric." + metric + ".math] names"})
	case r.truth("metric."+metric+".trace.per_instance") == true:
		r.notes = append(r.notes, Note{table, "its metric is divided by the instances in service, which is metric math: write Metrics with the expression m1 / m2 over " + metric + " and GroupInServiceInstances"})
	default:
		return false
	}
	for _, key := range r.below(table) {
		r.used[key] = true
	}
	return true
}
