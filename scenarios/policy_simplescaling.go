package scenarios

import (
	"asgsim/scenarios/form"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// simpleScalingTable is [policy.N.simple_scaling].
type simpleScalingTable struct{}

func (simpleScalingTable) kind() string { return "simple_scaling" }

func (simpleScalingTable) keys(p string) []Key {
	const api = "AWS PutScalingPolicy, API of 2026-08"
	return []Key{
		{Path: p + "alarm", Type: Text, Required: true, Doc: "Name of the [alarm.N] that triggers the policy. Of two alarms see step_scaling."},
		{Path: p + "adjustment_type", Type: Choice, Choices: optionNames(adjustments()), Default: `"ChangeInCapacity"`, Doc: "What scaling_adjustment means: instances more, a capacity, or percent more. AWS wants it given."},
		{Path: p + "scaling_adjustment", Type: Count, Required: true, Min: "-100000", Max: "100000", Source: api, Doc: "The change; negative to remove instances."},
		{Path: p + "min_adjustment_magnitude", Type: Count, Unit: "instances", Absent: "none", Min: "1", Max: "100000", Source: api, Doc: "Least change of a percentage."},
		{Path: p + "cooldown", Type: Duration, Absent: "default_cooldown", Min: `"0s"`, Max: `"86400s"`, Source: api, Doc: "Time after an activity in which alarms are not acted on."},
	}
}

func (simpleScalingTable) read(d *decoder, p, name string, _ *record.Config) scaling.Policy {
	t := &scaling.SimpleScaling{Name: name, Cooldown: scaling.Unset}
	t.Alarm, _ = d.alarmRef(p + "alarm")
	t.Adjustment = d.adjustment(p)
	t.Amount, _ = d.Count(p + "scaling_adjustment")
	if d.OK(p+"scaling_adjustment", p+"adjustment_type") && t.Adjustment.Type == scaling.ExactCapacity && t.Amount < 0 {
		d.Problem(p+"scaling_adjustment", d.At(p+"scaling_adjustment"), form.Wrong("", "must not be negative as an exact capacity: %d", t.Amount))
	}
	if v, ok := d.dur(p + "cooldown"); ok {
		t.Cooldown = v
	}
	return t
}
