package exports

import (
	"fmt"
	"slices"
)

// queries are the metric data queries of a metric by metric math, which one that is
// divided by the instances in service is too; nil of another metric. Every metric in it
// has the period of the alarm or the policy, and one that is divided its statistic.
func (r *resources) queries(metric string, period, statistic any) []any {
	p := "metric." + metric + "."
	expression, _ := r.text(p + "math.expression").(string)
	var ids []string
	var out []any
	query := func(id string, of *object, stat any) {
		if stat == nil {
			stat = "Average"
		}
		ids = append(ids, id)
		measured := (&object{}).put("Metric", of).put("Period", period).put("Stat", stat)
		out = append(out, (&object{}).put("Id", id).put("MetricStat", measured).put("ReturnData", false))
	}
	switch n := r.node(p + "math.metrics"); {
	case expression != "" && n != nil && n.Table != nil:
		for _, id := range n.Table.Keys {
			in := map[string]string{}
			for _, key := range n.Table.Get(id).Table.Keys {
				in[key], _ = n.Table.Get(id).Table.Get(key).Str()
			}
			var stat any
			if in["statistic"] != "" {
				stat = in["statistic"]
			}
			query(id, r.metric(in["metric_name"], in["target_group"]), stat)
		}
	case r.truth(p+"trace.per_instance") == true:
		query("m1", r.metric(metric, ""), statistic)
		query("m2", r.metric("GroupInServiceInstances", ""), nil)
		expression = "m1 / m2"
	default:
		return nil
	}
	id := "e1"
	for n := 2; slices.Contains(ids, id); n++ {
		id = fmt.Sprintf("e%d", n)
	}
	return append(out, (&object{}).put("Id", id).put("Expression", expression).put("ReturnData", true))
}
