package exports

import (
	"cmp"
	"strings"

	"asgsim/sim/cloudwatch"
)

// metric names a metric of the group's or of its load balancer's: of a target group where
// it has one of its own.
func (r *resources) metric(name, of string) *object {
	dimension := func(name string, value any) any { return (&object{}).put("Name", name).put("Value", value) }
	if r.has("metric." + name) {
		return r.recorded("metric."+name+".", name)
	}
	space, dimensions := "AWS/EC2", []any{dimension("AutoScalingGroupName", ref{r.group, "name"})}
	switch {
	case cloudwatch.Metric(name).SQS():
		space, dimensions = "AWS/SQS", []any{dimension("QueueName", queueInput)}
	case strings.HasPrefix(name, "Group") || strings.HasPrefix(name, "WarmPool") || strings.HasPrefix(name, "PredictiveScaling"):
		space = "AWS/AutoScaling"
	case strings.HasPrefix(name, "Request") || strings.HasPrefix(name, "HTTPCode") || strings.HasPrefix(name, "Target") || strings.HasSuffix(name, "HostCount"):
		space, dimensions = "AWS/ApplicationELB", []any{dimension("LoadBalancer", balancerInput)}
		// RequestCount alone is that of all target groups together, as what none has of its
		// own.
		if all := of == "" && len(r.others) > 0 && (name == cloudwatch.RequestCount.String() || !cloudwatch.Metric(name).ByGroup()); r.targets != nil && !all {
			dimensions = append(dimensions, dimension("TargetGroup", ref{r.groupOf(of), "suffix"}))
		}
	}
	return (&object{}).put("MetricName", name).put("Namespace", space).put("Dimensions", dimensions)
}

// watched is the target group whose metric a table watches, by its name.
func (r *resources) watched(table string) string {
	name, _ := r.text(table + "target_group").(string)
	return name
}

// groupOf is the target group of a name, the first of another.
func (r *resources) groupOf(name string) *resource {
	if other := r.others[name]; other != nil {
		return other
	}
	return r.targets
}

// label is the resource label of the requests that a table follows.
func (r *resources) label(table string) any {
	return path{balancerInput, ref{r.groupOf(r.watched(table)), "suffix"}}
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
