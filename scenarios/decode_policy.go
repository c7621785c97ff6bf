package scenarios

import (
	"fmt"
	"math"
	"strings"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// policyKinds are the kinds of policies.
var policyKinds = [...]string{"target_tracking", "step_scaling", "simple_scaling", "predictive_scaling", "kubernetes_hpa", "gcp_autoscaler", "azure_autoscale", "expression"}

// policies reads the picked policies and the alarms they name.
func (d *decoder) policies(w *record.Config, names []string) {
	alarms := map[string]cloudwatch.Definition{}
	for _, name := range d.entries("alarm") {
		alarms[name] = d.alarm(name)
	}
	d.alarms = alarms
	azure := &scaling.AzureAutoscale{}
	for _, name := range names {
		p := "policy." + name
		switch d.kind(p, policyKinds[:]) {
		case "target_tracking":
			w.Tracking = append(w.Tracking, d.tracking(name))
		case "step_scaling":
			t := d.stepScaling(name, alarms)
			w.Steps = append(w.Steps, t)
		case "simple_scaling":
			t := d.simpleScaling(name, alarms)
			w.Simple = append(w.Simple, t)
		case "predictive_scaling":
			d.predictive(name, w)
		case "kubernetes_hpa":
			d.alone(name, names, d.hpa(name), w)
		case "gcp_autoscaler":
			d.alone(name, names, d.gcp(name), w)
		case "expression":
			w.Expressions = append(w.Expressions, d.expression(name))
		case "azure_autoscale":
			azure.Rules = append(azure.Rules, d.azure(name))
		}
	}
	if n := len(azure.Rules); n > 0 {
		d.alone(azure.Rules[0].Name, names[n-1:], azure, w)
	}
	for _, name := range d.entries("alarm") {
		w.Alarms = append(w.Alarms, alarms[name]) // also those that no policy follows: their metrics are shown
	}
}

// alone sets the autoscaler of another system, which nothing else may stand beside.
func (d *decoder) alone(name string, names []string, a scaling.Autoscaler, w *record.Config) {
	w.Autoscaler = a
	p := "policy." + name
	if len(names) > 1 {
		d.problem(p, d.at(p), wrong("put the others into a variant, and choose with policies = [...]", "belongs to %s, which drives a group alone", a.System()))
	}
	if m := w.Template.Mixed; len(m) > 0 && m[0].Weight > 0 {
		d.problem(p, d.at(p), wrong("leave weighted_capacity out", "belongs to %s, which counts instances: weights mean nothing to it", a.System()))
	}
}

// alarm reads one [alarm.N].
func (d *decoder) alarm(name string) cloudwatch.Definition {
	p := "alarm." + name + "."
	a := cloudwatch.Definition{Name: name}
	metric, ok := d.choice(p + "metric_name")
	a.Metric = cloudwatch.Metric(metric)
	a.Statistic = d.statistic(p + "statistic")
	if ok {
		d.burstableMetric(p+"metric_name", a.Metric)
		if kind := a.Statistic.Kind; a.Metric.Counts() && kind != cloudwatch.Sum && kind != cloudwatch.SampleCount {
			d.warn(p+"statistic", `write statistic = "Sum"`, "is %v: every request is a sample of 1, so %s is 1 whenever there is one", a.Statistic, a.Metric)
		}
	}
	a.Period, _ = d.dur(p + "period")
	d.metricPeriod(p+"period", a.Period)
	a.Evaluate, _ = d.count(p + "evaluation_periods")
	a.Datapoints = a.Evaluate
	if m, given := d.count(p + "datapoints_to_alarm"); given {
		a.Datapoints = m
		if d.ok(p+"evaluation_periods") && m > a.Evaluate {
			d.problem(p+"datapoints_to_alarm", d.at(p+"datapoints_to_alarm"), wrong("", "must be at most evaluation_periods: %d > %d", m, a.Evaluate))
		}
	}
	if ok {
		d.fine(p+"period", a.Metric, a.Period)
	}
	if d.ok(p+"period", p+"evaluation_periods") && des.Duration(a.Evaluate)*a.Period > des.Day {
		d.problem(p+"evaluation_periods", d.at(p+"evaluation_periods"), wrong("", "look back more than a day: %d x %s", a.Evaluate, a.Period))
	}
	comparison, _ := d.choice(p + "comparison_operator")
	a.Comparison = cloudwatch.Comparison(comparison)
	if ok {
		a.Threshold, _ = take(d, p+"threshold", func(n *node, _ *Key) (float64, *bad) { return level(n, a.Metric) })
	} else {
		d.key(p + "threshold")
	}
	missing, _ := d.choice(p + "treat_missing_data")
	a.Missing = cloudwatch.Missing(missing)
	return a
}

// burstableMetric refuses metrics of CPU credits where no type has them.
func (d *decoder) burstableMetric(path string, m cloudwatch.Metric) {
	if !m.Credits() || d.failed["instance.type"] || d.isGiven("auto_scaling_group.mixed_instances_policy") {
		return
	}
	name, _ := d.find("instance.type").text2()
	if kind, ok := ec2.Lookup(name); ok && kind.Burst.PerHour == 0 {
		d.problem(path, d.at(path), wrong("watch CPUUtilization, or take a burstable type such as t3.medium", "is of burstable instances: a %s has no CPU credits, and no %s", name, m))
	}
}

// level reads a value of a metric: a bare number in its unit, "70%" for CPU,
// "300ms" for response times.
func level(n *node, m cloudwatch.Metric) (float64, *bad) {
	text, isText := n.text2()
	if !isText {
		return number64(n)
	}
	switch m {
	case cloudwatch.CPUUtilization:
		v, b := share(text)
		return v * 100, b
	case cloudwatch.TargetResponseTime:
		v, b := duration(text)
		return v.Seconds(), b
	}
	return 0, wrong("write a bare number", "must be a number of %s, not %s", m.Unit(), n.text())
}

// alarmRef resolves the alarm of a policy.
func (d *decoder) alarmRef(path string, alarms map[string]cloudwatch.Definition) (scaling.AlarmRef, cloudwatch.Metric) {
	name, ok := d.text(path)
	if !ok {
		return scaling.AlarmRef{}, 0
	}
	a, ok := alarms[name]
	if !ok {
		all := d.entries("alarm")
		remedy := "write [alarm." + name + "]"
		if c := nearest(name, all); c != "" {
			remedy = fmt.Sprintf("did you mean %q?", c)
		}
		d.problem(path, d.at(path), wrong(remedy, "names the alarm %q, which is not defined", name))
		return scaling.AlarmRef{}, 0
	}
	above := a.Comparison == cloudwatch.GreaterThan || a.Comparison == cloudwatch.GreaterOrEqual
	return scaling.AlarmRef{Name: name, Above: above, Threshold: a.Threshold, Unit: a.Metric.Unit()}, a.Metric
}

// adjustment reads how a policy changes the capacity.
func (d *decoder) adjustment(p string) scaling.Adjustment {
	kind, _ := d.choice(p + "adjustment_type")
	j := scaling.Adjustment{Type: scaling.AdjustmentType(kind)}
	if v, ok := d.count(p + "min_adjustment_magnitude"); ok {
		j.MinMagnitude = v
		if d.ok(p+"adjustment_type") && j.Type != scaling.PercentChangeInCapacity {
			d.problem(p+"min_adjustment_magnitude", d.at(p+"min_adjustment_magnitude"), wrong("", "is only for PercentChangeInCapacity"))
		}
	}
	return j
}

func (d *decoder) stepScaling(name string, alarms map[string]cloudwatch.Definition) scaling.StepScaling {
	p := "policy." + name + ".step_scaling."
	t := scaling.StepScaling{Name: name, Warmup: scaling.Unset}
	var metric cloudwatch.Metric
	t.Alarm, metric = d.alarmRef(p+"alarm", alarms)
	t.Adjustment = d.adjustment(p)
	aggregate, _ := d.choice(p + "metric_aggregation_type")
	t.Aggregate = scaling.Aggregation(aggregate)
	window, _ := d.choice(p + "metric_aggregation_window")
	t.Newest = window == 1
	zero, _ := d.choice(p + "zero_percent")
	exact, _ := d.choice(p + "exact_capacity")
	t.ZeroMoves, t.OneWay = zero == 1, exact == 1
	if t.ZeroMoves && t.Adjustment.MinMagnitude == 0 && d.ok(p+"zero_percent", p+"min_adjustment_magnitude") {
		d.problem(p+"zero_percent", d.at(p+"zero_percent"), wrong("give min_adjustment_magnitude, with PercentChangeInCapacity", "has no min_adjustment_magnitude to change by"))
	}
	if v, ok := d.dur(p + "estimated_instance_warmup"); ok {
		t.Warmup = v
	}
	t.Steps, _ = take(d, p+"step_adjustment", func(n *node, _ *Key) ([]scaling.Step, *bad) { return steps(n, metric, t.Adjustment.Type) })
	return t
}

func (d *decoder) simpleScaling(name string, alarms map[string]cloudwatch.Definition) scaling.SimpleScaling {
	p := "policy." + name + ".simple_scaling."
	t := scaling.SimpleScaling{Name: name, Cooldown: scaling.Unset}
	t.Alarm, _ = d.alarmRef(p+"alarm", alarms)
	t.Adjustment = d.adjustment(p)
	t.Amount, _ = d.count(p + "scaling_adjustment")
	if d.ok(p+"scaling_adjustment", p+"adjustment_type") && t.Adjustment.Type == scaling.ExactCapacity && t.Amount < 0 {
		d.problem(p+"scaling_adjustment", d.at(p+"scaling_adjustment"), wrong("", "must not be negative as an exact capacity: %d", t.Amount))
	}
	if v, ok := d.dur(p + "cooldown"); ok {
		t.Cooldown = v
	}
	return t
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
