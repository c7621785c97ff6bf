package scenarios

import (
	"asgsim/scenarios/form"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// stepScalingTable is [policy.N.step_scaling].
type stepScalingTable struct{}

func (stepScalingTable) kind() string { return "step_scaling" }

// stepWindows say whether only the newest datapoint counts.
func stepWindows() []option[bool] {
	return []option[bool]{{"evaluation_periods", false}, {"newest", true}}
}

// zeroPercents say whether a step of 0 percent moves.
func zeroPercents() []option[bool] {
	return []option[bool]{{"stays", false}, {"min_adjustment_magnitude", true}}
}

// exactCapacities say whether an ExactCapacity goes only the alarm's way.
func exactCapacities() []option[bool] { return []option[bool]{{"as_is", false}, {"one_way", true}} }

func (stepScalingTable) keys(p string) []Key {
	const api = "AWS PutScalingPolicy, API of 2026-08"
	return []Key{
		{Path: p + "alarm", Type: Text, Required: true, Doc: "Name of the [alarm.N] that triggers the policy. Two alarms know nothing of each other: where no number of instances lies between their thresholds (55 % of one and 27 % of two, with thresholds of 50 and 30 %), the group goes up and down for ever, as it does on AWS; Azure looks before it scales in, and the formulas of target tracking, of the HPA and of Google have a fixed point."},
		{Path: p + "adjustment_type", Type: Choice, Choices: optionNames(adjustments()), Default: `"ChangeInCapacity"`, Doc: "What scaling_adjustment means: instances more, a capacity, or percent more. AWS wants it given."},
		{Path: p + "min_adjustment_magnitude", Type: Count, Unit: "instances", Absent: "none", Min: "1", Max: "100000", Source: api, Doc: "Least change of a percentage."},
		{Path: p + "metric_aggregation_type", Type: Choice, Choices: optionNames(enum(scaling.Maximum)), Default: `"Average"`, Source: api, Doc: "How the datapoints that decided the alarm are summed up."},
		{Path: p + "metric_aggregation_window", Type: Choice, Choices: optionNames(stepWindows()), Default: `"evaluation_periods"`, Source: "undocumented by AWS, X-32; EC2 Auto Scaling guide, Step and simple scaling policies, read 2023-04-27: the most recent datapoints", Doc: "Which datapoints are summed up: those of the alarm's evaluation periods, or only the newest."},
		{Path: p + "zero_percent", Type: Choice, Choices: optionNames(zeroPercents()), Default: `"stays"`, Source: "undocumented by AWS, X-33; EC2 Auto Scaling guide, Step and simple scaling policies, read 2023-04-27: a step of 0 changes nothing; nothing is said of min_adjustment_magnitude beside it", Doc: "What a step of 0 percent does: nothing, or the least change, in the direction of the alarm."},
		{Path: p + "exact_capacity", Type: Choice, Choices: optionNames(exactCapacities()), Default: `"as_is"`, Source: "undocumented by AWS, X-34; EC2 Auto Scaling guide, Step and simple scaling policies, read 2023-04-27: the capacity becomes the value; nothing is said of the alarm's direction", Doc: "Whether an ExactCapacity may scale in on an alarm above its threshold, and out on one below: taken as it is, or only in the direction of the alarm."},
		{Path: p + "estimated_instance_warmup", Type: Duration, Absent: "default_instance_warmup, else default_cooldown", Min: `"0s"`, Max: `"86400s"`, Source: api, Doc: "Warm-up of this policy."},
		{Path: p + "step_adjustment", Type: Steps, Required: true, Source: api, Doc: "1 to 20 steps { metric_interval_lower_bound, metric_interval_upper_bound, scaling_adjustment }, bounds relative to the threshold, without gaps and overlaps; a bound left out is open."},
	}
}

func (stepScalingTable) read(d *decoder, p, name string, _ *record.Config) scaling.Policy {
	t := &scaling.StepScaling{Name: name, Warmup: scaling.Unset}
	var metric cloudwatch.Metric
	t.Alarm, metric = d.alarmRef(p + "alarm")
	t.Adjustment = d.adjustment(p)
	t.Aggregate, _ = choose(d, p+"metric_aggregation_type", enum(scaling.Maximum))
	t.Newest, _ = choose(d, p+"metric_aggregation_window", stepWindows())
	t.ZeroMoves, _ = choose(d, p+"zero_percent", zeroPercents())
	t.OneWay, _ = choose(d, p+"exact_capacity", exactCapacities())
	if t.ZeroMoves && t.Adjustment.MinMagnitude == 0 && d.OK(p+"zero_percent", p+"min_adjustment_magnitude") {
		d.Problem(p+"zero_percent", d.At(p+"zero_percent"), form.Wrong("give min_adjustment_magnitude, with PercentChangeInCapacity", "has no min_adjustment_magnitude to change by"))
	}
	if v, ok := d.dur(p + "estimated_instance_warmup"); ok {
		t.Warmup = v
	}
	t.Steps, _ = take(d, p+"step_adjustment", func(n *form.Node, _ *Key) ([]scaling.Step, *form.Mistake) { return steps(n, metric, t.Adjustment.Type) })
	return t
}
