package scenarios

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/scaling"
)

// What step and simple scaling have in common: an alarm, and an adjustment.

func adjustments() []option[scaling.AdjustmentType] { return enum(scaling.PercentChangeInCapacity) }

// alarmRef resolves the alarm of a policy.
func (d *decoder) alarmRef(path string) (scaling.AlarmRef, cloudwatch.Metric) {
	name, ok := d.Text(path)
	if !ok {
		return scaling.AlarmRef{}, ""
	}
	a, ok := d.alarms[name]
	if !ok {
		all := d.Entries("alarm")
		remedy := "write [alarm." + name + "]"
		if c := form.Nearest(name, all); c != "" {
			remedy = fmt.Sprintf("did you mean %q?", c)
		}
		d.Problem(path, d.At(path), form.Wrong(remedy, "names the alarm %q, which is not defined", name))
		return scaling.AlarmRef{}, ""
	}
	return scaling.AlarmRef{Name: name, Above: a.Comparison.Above(), Threshold: a.Threshold, Unit: a.Metric.Unit()}, a.Metric
}

// adjustment reads how a policy changes the capacity.
func (d *decoder) adjustment(p string) scaling.Adjustment {
	var j scaling.Adjustment
	j.Type, _ = choose(d, p+"adjustment_type", adjustments())
	if v, ok := d.Count(p + "min_adjustment_magnitude"); ok {
		j.MinMagnitude = v
		if d.OK(p+"adjustment_type") && j.Type != scaling.PercentChangeInCapacity {
			d.Problem(p+"min_adjustment_magnitude", d.At(p+"min_adjustment_magnitude"), form.Wrong("", "is only for PercentChangeInCapacity"))
		}
	}
	return j
}

// stepForm says how steps are written.
const stepForm = `write [{ metric_interval_lower_bound = 0, metric_interval_upper_bound = 15, scaling_adjustment = 2 }, { metric_interval_lower_bound = 15, scaling_adjustment = 4 }]`

// steps reads the steps of a policy.
func steps(n *form.Node, m cloudwatch.Metric, kind scaling.AdjustmentType) ([]scaling.Step, *form.Mistake) {
	if !n.Array {
		return nil, form.Wrong(stepForm, "must be an array of steps, not %s", n.Text())
	}
	fieldNames := []string{"metric_interval_lower_bound", "metric_interval_upper_bound", "scaling_adjustment"}
	var out []scaling.Step
	for i, e := range n.List {
		if e.Table == nil {
			return nil, form.Wrong(stepForm, "step %d is not a table: %s", i+1, e.Text())
		}
		s := scaling.Step{Lower: math.Inf(-1), Upper: math.Inf(1)}
		for _, k := range e.Table.Keys {
			if !slices.Contains(fieldNames, k) {
				remedy := "its keys are " + strings.Join(fieldNames, ", ")
				if c := form.Nearest(k, fieldNames); c != "" {
					remedy = fmt.Sprintf("did you mean %q?", c)
				}
				return nil, form.Wrong(remedy, "step %d does not know %q", i+1, k)
			}
		}
		for k, bound := range [...]*float64{&s.Lower, &s.Upper} {
			if b := e.Table.Get(fieldNames[k]); b != nil {
				v, problem := level(b, m)
				if problem != nil {
					return nil, form.Wrong(problem.Remedy, "step %d, %s: %s", i+1, fieldNames[k], problem.Rule)
				}
				*bound = v
			}
		}
		a := e.Table.Get("scaling_adjustment")
		if a == nil {
			return nil, form.Wrong(stepForm, "step %d lacks scaling_adjustment", i+1)
		}
		v, problem := form.Whole(a)
		if problem != nil || v < -100_000 || v > 100_000 || kind == scaling.ExactCapacity && v < 0 {
			return nil, form.Wrong("", "step %d: scaling_adjustment must be a whole number, -100000 to 100000 (0 or more as an exact capacity), not %s", i+1, a.Text())
		}
		s.Adjustment = v
		out = append(out, s)
	}
	if err := scaling.CheckSteps(out); err != nil {
		return nil, form.Wrong("bounds are relative to the alarm's threshold; steps must adjoin", "%v", err)
	}
	return out, nil
}
