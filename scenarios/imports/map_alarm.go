package imports

import (
	"fmt"
	"slices"
	"strings"

	"asgsim/report/clean"
	"asgsim/sim/cloudwatch"
)

// alarmsOf returns the alarms that trigger a policy: those it names, and those whose
// actions name it.
func (m *mapper) alarmsOf(policy *Resource) []*Resource {
	var out []*Resource
	for _, a := range m.found.of(Alarm) {
		if m.triggers(a, policy) {
			out = append(out, a)
		}
	}
	return out
}

func (m *mapper) triggers(a, policy *Resource) bool {
	for _, ref := range policy.Value.list("Alarms") {
		if a.named(ref.text("AlarmName")) || a.named(ref.text("AlarmARN")) {
			return true
		}
	}
	return slices.ContainsFunc(a.Value.list("AlarmActions"), func(v *Value) bool {
		return v.Kind == Text && policy.named(v.Text) && !m.elsewhereNamed(v.Text)
	})
}

// elsewhereNamed reports whether the ARN of a policy is that of another group.
func (m *mapper) elsewhereNamed(arn string) bool {
	const mark = "autoScalingGroupName/"
	_, rest, ok := strings.Cut(arn, mark)
	if !ok || m.group == nil {
		return false
	}
	name, _, _ := strings.Cut(rest, ":")
	return !m.group.named(name)
}

// alarmed writes a step or simple scaling policy once for each of its alarms.
func (m *mapper) alarmed(r *Resource, alarms map[*Resource]string, step bool) []string {
	all := m.alarmsOf(r)
	if len(all) == 0 {
		m.noAlarm(r)
		return nil
	}
	var names []string
	for _, a := range all {
		name, ok := alarms[a]
		if !ok {
			name = m.alarm(a, "the policy "+clean.Quoted(r.title())+" is left out: the group does not scale by it")
			alarms[a] = name
		}
		if name == "" {
			continue
		}
		if of := m.adjusting(r, name, step); of != "" {
			names = append(names, of)
		}
	}
	if len(names) > 1 {
		m.lose(r.Value.Place(), fmt.Sprintf("has %d alarms: it is written once for each, and each has a cooldown of its own", len(names)))
	}
	return names
}

// noAlarm tells of a policy that nothing triggers.
func (m *mapper) noAlarm(r *Resource) {
	refs := r.Value.list("Alarms")
	if len(refs) == 0 {
		m.lose(r.Value.Place(), "no alarm in the files triggers the policy "+clean.Quoted(r.title())+": it is left out; give aws cloudwatch describe-alarms too")
		return
	}
	var names []string
	for _, ref := range refs[:min(len(refs), 3)] {
		names = append(names, clean.Shell(clean.Short(ref.text("AlarmName"), 255)))
	}
	m.lose(refs[0].Place(), "the policy's alarm is not in the files, so the policy is left out: give aws cloudwatch describe-alarms --alarm-names "+strings.Join(names, " "))
}

// adjusting writes [policy.N.step_scaling] or [policy.N.simple_scaling].
func (m *mapper) adjusting(r *Resource, alarm string, step bool) string {
	v := r.Value
	name := m.entryName("policy", r.title())
	path := "policy." + name + ".simple_scaling"
	if step {
		path = "policy." + name + ".step_scaling"
	}
	m.named(path, r)
	m.put(path+".alarm", quoted(alarm), nil, "the alarm that triggers it")
	put := func(key, property string, as convert) {
		if at := v.Get(property); at != nil {
			m.convert(path+"."+key, at, as)
		}
	}
	put("adjustment_type", "AdjustmentType", text)
	put("min_adjustment_magnitude", "MinAdjustmentMagnitude", whole)
	put("min_adjustment_magnitude", "MinAdjustmentStep", whole)
	if e := m.find(path + ".min_adjustment_magnitude"); e != nil && e.value == "0" {
		e.off = "no least change"
	}
	if step {
		put("metric_aggregation_type", "MetricAggregationType", text)
		m.steps(path, v)
		m.warmup(r, path)
		return name
	}
	put("scaling_adjustment", "ScalingAdjustment", number)
	put("cooldown", "Cooldown", seconds)
	return name
}

// steps writes step_adjustment.
func (m *mapper) steps(path string, v *Value) {
	at := v.Get("StepAdjustments")
	var rows []string
	for _, s := range v.list("StepAdjustments") {
		var parts []string
		for _, f := range [...][2]string{{"metric_interval_lower_bound", "MetricIntervalLowerBound"}, {"metric_interval_upper_bound", "MetricIntervalUpperBound"}, {"scaling_adjustment", "ScalingAdjustment"}} {
			bound := s.Get(f[1])
			if bound == nil || bound.Text == "" && bound.Kind == Text {
				continue
			}
			n, err := number(bound)
			if err != nil {
				m.lose(bound.Place(), err.Error()+": left open")
				continue
			}
			parts = append(parts, f[0]+" = "+n)
		}
		rows = append(rows, "  { "+strings.Join(parts, ", ")+" },")
	}
	if len(rows) > 0 {
		m.put(path+".step_adjustment", "[\n"+strings.Join(rows, "\n")+"\n]", at, "")
	}
}

// alarm writes [alarm.N] and returns its name; empty where the simulator cannot have it.
func (m *mapper) alarm(a *Resource, so string) string {
	v := a.Value
	defer m.tell(a)
	for _, other := range [...]string{"ThresholdMetricId", "EvaluationCriteria"} {
		if at := v.Get(other); !at.idle() {
			return ""
		}
	}
	metric, o, ok := m.watched(v, a.title(), so)
	if !ok {
		return ""
	}
	name := m.entryName("alarm", a.title())
	path := "alarm." + name
	m.named(path, a)
	m.put(path+".metric_name", quoted(metric), named(o, v), "")
	m.ofMath(path, o)
	m.fill(a, "alarm."+name)
	if e := m.find(path + ".threshold"); e != nil && metric == "CPUUtilization" {
		e.value = quoted(e.value + "%")
	}
	m.dimensions(o.dimensions)
	m.groupDimension(path, metric, o.dimensions)
	return name
}

// ofMath writes the statistic and the period of a metric that stands in metric math.
func (m *mapper) ofMath(path string, o observed) {
	if o.stat != nil {
		m.convert(path+".statistic", o.stat, text)
	}
	if o.period != nil {
		m.convert(path+".period", o.period, seconds)
	}
}

// groupDimension writes the target group of a metric, where there are several.
func (m *mapper) groupDimension(path, metric string, list []*Value) {
	for _, d := range list {
		if d.text("Name") != "TargetGroup" {
			continue
		}
		if cloudwatch.Metric(metric).ByGroup() {
			m.ofTargets(path, metric, d.Get("Value"))
		} else {
			m.ofAllTargets(metric, d)
		}
	}
}

// dimensions tells of an alarm that watches something else than the group.
func (m *mapper) dimensions(list []*Value) {
	for _, d := range list {
		name, value := d.text("Name"), d.text("Value")
		switch {
		case name == "AutoScalingGroupName" && value != "" && m.group != nil && !m.group.named(value):
			m.lose(d.Place(), "the alarm watches another group, "+clean.Quoted(value)+": here it watches this one")
		case name == "InstanceId" || name == "InstanceType" || name == "ImageId":
			m.lose(d.Place(), "the alarm watches "+name+" "+clean.Quoted(value)+" alone: here it watches the whole group")
		}
	}
}

// otherAlarms says which alarms of the files are not in the scenario.
func (m *mapper) otherAlarms(written map[*Resource]string) {
	n := 0
	for _, a := range m.found.of(Alarm) {
		if _, ok := written[a]; !ok {
			n++
		}
	}
	if n > 0 {
		m.idle = append(m.idle, Note{count(n, "other alarm"), "they trigger no step or simple scaling policy of the group; those of target tracking asgsim makes as AWS does"})
	}
}
