package scenarios

import "asgsim/sim/cloudwatch"

// comparisons are AWS's names, in the order of cloudwatch.Comparison.
var comparisons = [...]string{"GreaterThanThreshold", "LessThanThreshold", "GreaterThanOrEqualToThreshold", "LessThanOrEqualToThreshold"}

// alarmKeys documents [alarm.N], [policy.N.step_scaling] and
// [policy.N.simple_scaling].
func alarmKeys() []Key {
	const alarm = "AWS PutMetricAlarm, API of 2026-08"
	const api = "AWS PutScalingPolicy, API of 2026-08"
	const step, simple = "policy.N.step_scaling.", "policy.N.simple_scaling."
	adjustments := []string{"ChangeInCapacity", "ExactCapacity", "PercentChangeInCapacity"}
	return []Key{
		{Path: "alarm.N.metric_name", Type: Choice, Choices: cloudwatch.MetricNames(), Required: true, Source: alarm, Doc: "The metric the alarm watches, whether a policy follows it or not; its datapoints are in metrics.csv: of EC2 over the group (those of CPU credits need a burstable type), of the load balancer, of the group, of its warm pool or of its forecast."},
		{Path: "alarm.N.statistic", Type: Stat, Default: `"Average"`, Doc: "Average, Sum, Minimum, Maximum, SampleCount or a percentile such as p99."},
		{Path: "alarm.N.period", Type: Duration, Default: `"60s"`, Min: `"10s"`, Max: `"1d"`, Doc: "Length of a datapoint: whole minutes; 10s or 30s for CPUUtilization, then published by the instances themselves at high resolution and billed as a custom metric of each."},
		{Path: "alarm.N.evaluation_periods", Type: Count, Unit: "periods", Required: true, Min: "1", Max: "1440", Source: alarm, Doc: "Datapoints that are looked at; period times this is at most a day."},
		{Path: "alarm.N.datapoints_to_alarm", Type: Count, Unit: "periods", Absent: "evaluation_periods", Min: "1", Max: "1440", Source: alarm, Doc: "Of those, how many must breach."},
		{Path: "alarm.N.comparison_operator", Type: Choice, Choices: comparisons[:], Required: true, Source: alarm, Doc: "How a datapoint breaches the threshold."},
		{Path: "alarm.N.threshold", Type: Level, Required: true, Source: alarm, Doc: "In the metric's unit: \"70%\" or 70 for CPU, \"300ms\" or 0.3 for TargetResponseTime, a bare number otherwise."},
		{Path: "alarm.N.treat_missing_data", Type: Choice, Choices: []string{"missing", "ignore", "breaching", "notBreaching"}, Default: `"missing"`, Source: alarm, Doc: "What a missing datapoint counts as."},

		{Path: step + "alarm", Type: Text, Required: true, Doc: "Name of the [alarm.N] that triggers the policy. Two alarms know nothing of each other: where no number of instances lies between their thresholds (55 % of one and 27 % of two, with thresholds of 50 and 30 %), the group goes up and down for ever, as it does on AWS; Azure looks before it scales in, and the formulas of target tracking, of the HPA and of Google have a fixed point."},
		{Path: step + "adjustment_type", Type: Choice, Choices: adjustments, Default: `"ChangeInCapacity"`, Doc: "What scaling_adjustment means: instances more, a capacity, or percent more. AWS wants it given."},
		{Path: step + "min_adjustment_magnitude", Type: Count, Unit: "instances", Absent: "none", Min: "1", Max: "100000", Source: api, Doc: "Least change of a percentage."},
		{Path: step + "metric_aggregation_type", Type: Choice, Choices: []string{"Average", "Minimum", "Maximum"}, Default: `"Average"`, Source: api, Doc: "How the datapoints that decided the alarm are summed up."},
		{Path: step + "metric_aggregation_window", Type: Choice, Choices: []string{"evaluation_periods", "newest"}, Default: `"evaluation_periods"`, Source: "undocumented by AWS, X-32", Doc: "Which datapoints are summed up: those of the alarm's evaluation periods, or only the newest."},
		{Path: step + "zero_percent", Type: Choice, Choices: []string{"stays", "min_adjustment_magnitude"}, Default: `"stays"`, Source: "undocumented by AWS, X-33", Doc: "What a step of 0 percent does: nothing, or the least change, in the direction of the alarm."},
		{Path: step + "exact_capacity", Type: Choice, Choices: []string{"as_is", "one_way"}, Default: `"as_is"`, Source: "undocumented by AWS, X-34", Doc: "Whether an ExactCapacity may scale in on an alarm above its threshold, and out on one below: taken as it is, or only in the direction of the alarm."},
		{Path: step + "estimated_instance_warmup", Type: Duration, Absent: "default_instance_warmup, else default_cooldown", Min: `"0s"`, Max: `"86400s"`, Source: api, Doc: "Warm-up of this policy."},
		{Path: step + "step_adjustment", Type: Steps, Required: true, Source: api, Doc: "1 to 20 steps { metric_interval_lower_bound, metric_interval_upper_bound, scaling_adjustment }, bounds relative to the threshold, without gaps and overlaps; a bound left out is open."},

		{Path: simple + "alarm", Type: Text, Required: true, Doc: "Name of the [alarm.N] that triggers the policy. Of two alarms see step_scaling."},
		{Path: simple + "adjustment_type", Type: Choice, Choices: adjustments, Default: `"ChangeInCapacity"`, Doc: "What scaling_adjustment means: instances more, a capacity, or percent more. AWS wants it given."},
		{Path: simple + "scaling_adjustment", Type: Count, Required: true, Min: "-100000", Max: "100000", Source: api, Doc: "The change; negative to remove instances."},
		{Path: simple + "min_adjustment_magnitude", Type: Count, Unit: "instances", Absent: "none", Min: "1", Max: "100000", Source: api, Doc: "Least change of a percentage."},
		{Path: simple + "cooldown", Type: Duration, Absent: "default_cooldown", Min: `"0s"`, Max: `"86400s"`, Source: api, Doc: "Time after an activity in which alarms are not acted on."},
	}
}
