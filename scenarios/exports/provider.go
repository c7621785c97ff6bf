package exports

import (
	"strings"
	"unicode"
)

// dimensions are those of an alarm, which the provider has as one table of texts.
type dimensions []*object

// providerBody is a resource as Terraform's AWS provider has it, where that differs from
// AWS's API (Terraform AWS provider, 2026-08).
func providerBody(r *resource, all []*resource) *object {
	out := &object{}
	for i, name := range r.body.names {
		v := r.body.items[i]
		switch {
		case name == "LaunchTemplateData":
			data := v.(*object) //nolint:forcetypeassert // it is always one
			for j, n := range data.names {
				out.put(n, data.items[j])
			}
			continue
		case name == "TargetGroupAttributes":
			targetAttributes(out, v.(*object)) //nolint:forcetypeassert // they are always one
			continue
		case r.kind == targetGroup && isHealthCheck(name):
			continue // put together below
		case r.kind == alarm && name == "Dimensions":
			var list dimensions
			for _, d := range v.([]any) { //nolint:forcetypeassert // it is always one
				list = append(list, d.(*object)) //nolint:forcetypeassert // they are always one
			}
			v = list
		case r.kind == alarm && name == "Metrics":
			name, v = "MetricQuery", metricQueries(v.([]any)) //nolint:forcetypeassert // they are always a list
		case name == "StepAdjustments" && len(v.([]any)) == 0: //nolint:forcetypeassert // it is always one
			continue
		}
		out.put(name, v)
	}
	switch r.kind {
	case targetGroup:
		health := &object{}
		for _, n := range [...][2]string{{"interval", "HealthCheckIntervalSeconds"}, {"timeout", "HealthCheckTimeoutSeconds"}, {"healthy_threshold", "HealthyThresholdCount"}, {"unhealthy_threshold", "UnhealthyThresholdCount"}} {
			health.put(n[0], r.body.get(n[1]))
		}
		out.put("health_check", health)
	case group:
		for _, other := range all {
			if other.kind == warmPool {
				pool, _ := other.body.without("AutoScalingGroupName")
				out.put("warm_pool", pool)
			}
		}
	case schedule: // what is left out is 0 to the provider
		for _, n := range [...]string{"MinSize", "MaxSize", "DesiredCapacity"} {
			if out.get(n) == nil {
				out.put(n, int64(-1))
			}
		}
	}
	return out
}

// metricQueries are an alarm's queries as the provider has them: what is measured stands
// beside the metric, and dimensions are a table of texts.
func metricQueries(all []any) []any {
	var out []any
	for _, q := range all {
		q := q.(*object) //nolint:forcetypeassert // they are always objects
		one := (&object{}).put("Id", q.get("Id")).put("Expression", q.get("Expression")).put("ReturnData", q.get("ReturnData"))
		if stat, ok := q.get("MetricStat").(*object); ok {
			metric := stat.get("Metric").(*object) //nolint:forcetypeassert // it is always one
			m := (&object{}).put("MetricName", metric.get("MetricName")).put("Namespace", metric.get("Namespace")).put("Period", stat.get("Period")).put("Stat", stat.get("Stat"))
			if list, ok := metric.get("Dimensions").([]any); ok {
				var d dimensions
				for _, item := range list {
					d = append(d, item.(*object)) //nolint:forcetypeassert // they are always objects
				}
				m.put("Dimensions", d)
			}
			one.put("Metric", m)
		}
		out = append(out, one)
	}
	return out
}

func isHealthCheck(name string) bool {
	return strings.HasPrefix(name, "HealthCheck") || name == "HealthyThresholdCount" || name == "UnhealthyThresholdCount"
}

// targetAttributes puts a target group's attributes where the provider has them.
func targetAttributes(out, attributes *object) {
	const health = "target_group_health."
	all := &object{}
	for _, state := range [...]string{"dns_failover", "unhealthy_state_routing"} {
		one := &object{}
		for _, n := range [...]string{"count", "percentage"} {
			one.put("minimum_healthy_targets_"+n, attributes.get(health+state+".minimum_healthy_targets."+n))
		}
		all.put(state, one.filled())
	}
	for _, n := range [...][2]string{{"deregistration_delay", "deregistration_delay.timeout_seconds"}, {"slow_start", "slow_start.duration_seconds"},
		{"load_balancing_algorithm_type", "load_balancing.algorithm.type"}, {"load_balancing_anomaly_mitigation", "load_balancing.algorithm.anomaly_mitigation"},
		{"load_balancing_cross_zone_enabled", "load_balancing.cross_zone.enabled"}} {
		out.put(n[0], attributes.get(n[1]))
	}
	out.put("target_group_health", all.filled())
}

// attribute is the provider's name of a property: in snake case, but for these.
func attribute(k kind, path, name string) string {
	switch {
	case path == "" && (name == "AutoScalingGroupName" && k == group || name == "PolicyName" || name == "LaunchTemplateName" || name == "TargetGroupName" || name == "LifecycleHookName"):
		return "name"
	case name == "AutoScalingGroupName":
		return "autoscaling_group_name"
	case name == "LaunchTemplateId" && strings.HasSuffix(path, "launch_template"):
		return "id"
	case name == "TargetGroupARNs":
		return "target_group_arns"
	case name == "NewInstancesProtectedFromScaleIn":
		return "protect_from_scale_in"
	case name == "Overrides":
		return "override"
	case name == "StepAdjustments":
		return "step_adjustment"
	case name == "MetricSpecifications":
		return "metric_specification"
	case name == "Dimensions" && k == policy && !strings.Contains(path, "metric_stat"):
		return "metric_dimension"
	}
	return snake(name)
}

// oneWord are what the provider takes for a word where AWS's capitals make several.
var oneWord = strings.NewReplacer("VCpu", "Vcpu", "MiB", "Mib", "GiB", "Gib")

// snake writes HealthCheckType as health_check_type.
func snake(name string) string {
	name = oneWord.Replace(name)
	var b strings.Builder
	for i, c := range name {
		if unicode.IsUpper(c) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(c))
	}
	return b.String()
}

// textual reports whether the provider has a number or truth as text.
func textual(k kind, path string) bool {
	last := path[strings.LastIndexByte(path, '.')+1:]
	switch last {
	case "metric_interval_lower_bound", "metric_interval_upper_bound", "scheduling_buffer_time", "max_capacity_buffer", "weighted_capacity", "minimum_healthy_targets_percentage",
		"load_balancing_cross_zone_enabled":
		return true
	case "minimum_healthy_targets_count":
		return strings.Contains(path, "dns_failover")
	case "max_instance_lifetime":
		return false
	}
	return k == targetGroup && last == "deregistration_delay"
}
