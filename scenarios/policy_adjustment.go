package scenarios

import (
	"fmt"
	"math"
	"strings"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/scaling"
)

// What step and simple scaling have in common: an alarm, and an adjustment.

func adjustments() []option[scaling.AdjustmentType] { return enum(scaling.PercentChangeInCapacity) }

// alarmRef resolves the alarm of a policy.
func (d *decoder) alarmRef(path string) (scaling.AlarmRef, cloudwatch.Metric) {
	name, ok := d.text(path)
	if !ok {
		return scaling.AlarmRef{}, 0
	}
	a, ok := d.alarms[name]
	if !ok {
		all := d.entries("alarm")
		remedy := "write [alarm." + name + "]"
		if c := nearest(name, all); c != "" {
			remedy = fmt.Sprintf("did you mean %q?", c)
		}
		d.problem(path, d.at(path), wrong(remedy, "names the alarm %q, which is not defined", name))
		return scaling.AlarmRef{}, 0
	}
	return scaling.AlarmRef{Name: name, Above: a.Comparison.Above(), Threshold: a.Threshold, Unit: a.Metric.Unit()}, a.Metric
}

// adjustment reads how a policy changes the capacity.
func (d *decoder) adjustment(p string) scaling.Adjustment {
	var j scaling.Adjustment
	j.Type, _ = choose(d, p+"adjustment_type", adjustments())
	if v, ok := d.count(p + "min_adjustment_magnitude"); ok {
		j.MinMagnitude = v
		if d.ok(p+"adjustment_type") && j.Type != scaling.PercentChangeInCapacity {
			d.problem(p+"min_adjustment_magnitude", d.at(p+"min_adjustment_magnitude"), wrong("", "is only for PercentChangeInCapacity"))
		}
	}
	return j
}

// stepForm says how steps are written.
const stepForm = `write [{ metric_interval_lower_bound = 0, metric_interval_upper_bound = 15, scaling_adjustment = 2 }, { metric_interval_lower_bound = 15, scaling_adjustment = 4 }]`

// steps reads the steps of a policy.
func steps(n *node, m cloudwatch.Metric, kind scaling.AdjustmentType) ([]scaling.Step, *bad) {
	if !n.array {
		return nil, wrong(stepForm, "must be an array of steps, not %s", n.text())
	}
	fieldNames := []string{"metric_interval_lower_bound", "metric_interval_upper_bound", "scaling_adjustment"}
	var out []scaling.Step
	for i, e := range n.list {
		if e.table == nil {
			return nil, wrong(stepForm, "step %d is not a table: %s", i+1, e.text())
		}
		s := scaling.Step{Lower: math.Inf(-1), Upper: math.Inf(1)}
		for _, k := range e.table.keys {
			if !isOne(fieldNames, k) {
				remedy := "its keys are " + strings.Join(fieldNames, ", ")
				if c := nearest(k, fieldNames); c != "" {
					remedy = fmt.Sprintf("did you mean %q?", c)
				}
				return nil, wrong(remedy, "step %d does not know %q", i+1, k)
			}
		}
		for k, bound := range [...]*float64{&s.Lower, &s.Upper} {
			if b := e.table.get(fieldNames[k]); b != nil {
				v, problem := level(b, m)
				if problem != nil {
					return nil, wrong(problem.remedy, "step %d, %s: %s", i+1, fieldNames[k], problem.rule)
				}
				*bound = v
			}
		}
		a := e.table.get("scaling_adjustment")
		if a == nil {
			return nil, wrong(stepForm, "step %d lacks scaling_adjustment", i+1)
		}
		v, problem := whole(a)
		if problem != nil || v < -100_000 || v > 100_000 || kind == scaling.ExactCapacity && v < 0 {
			return nil, wrong("", "step %d: scaling_adjustment must be a whole number, -100000 to 100000 (0 or more as an exact capacity), not %s", i+1, a.text())
		}
		s.Adjustment = v
		out = append(out, s)
	}
	if err := scaling.CheckSteps(out); err != nil {
		return nil, wrong("bounds are relative to the alarm's threshold; steps must adjoin", "%v", err)
	}
	return out, nil
}
