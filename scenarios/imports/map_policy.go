package imports

import (
	"slices"
	"strings"

	"asgsim/report/clean"
)

// mapPolicies writes the policies of the group and the alarms that trigger them.
func (m *mapper) mapPolicies() {
	alarms := map[*Resource]string{}
	var inForce []string
	var resting []string
	for _, r := range m.found.mine(Policy, m.group) {
		for _, name := range m.policy(r, alarms) {
			if m.rests(r, name) {
				resting = append(resting, name)
				continue
			}
			inForce = append(inForce, name)
		}
	}
	if len(resting) > 0 {
		m.put("policies", nameList(inForce), nil, "those in force; not "+strings.Join(resting, ", "))
	}
	m.otherAlarms(alarms)
	m.twice(Policy)
}

// rests reports whether a policy is not in force: not enabled, or its alarm takes no
// action.
func (m *mapper) rests(r *Resource, name string) bool {
	if is, ok := r.Value.Get("Enabled").truth(); ok && !is {
		m.lose(r.Value.Get("Enabled").Place(), "the policy is not enabled: policy."+name+" is written and not in force")
		return true
	}
	quiet := false
	for _, a := range m.alarmsOf(r) {
		if is, ok := a.Value.Get("ActionsEnabled").truth(); ok && !is && kindOf(r.Value) != "TargetTrackingScaling" {
			m.lose(a.Value.Get("ActionsEnabled").Place(), "the alarm takes no action: policy."+name+" is written and not in force")
			quiet = true
		}
	}
	return quiet
}

// kindOf is the type of a policy: SimpleScaling where none is given.
func kindOf(v *Value) string {
	switch kind := v.text("PolicyType"); {
	case kind != "":
		return kind
	case v.Get("TargetTrackingConfiguration") != nil:
		return "TargetTrackingScaling"
	case len(v.list("StepAdjustments")) > 0:
		return "StepScaling"
	case v.Get("PredictiveScalingConfiguration") != nil:
		return "PredictiveScaling"
	}
	return "SimpleScaling"
}

// policy writes one policy, and returns its names in the scenario: one for each alarm.
func (m *mapper) policy(r *Resource, alarms map[*Resource]string) []string {
	v := r.Value
	defer m.tell(r)
	switch kind := kindOf(v); kind {
	case "TargetTrackingScaling":
		return filled(m.targetTracking(r))
	case "PredictiveScaling":
		return filled(m.predictive(r))
	case "StepScaling", "SimpleScaling":
		return m.alarmed(r, alarms, kind == "StepScaling")
	default:
		m.lose(v.Place(), "is a policy of the type "+clean.Quoted(kind)+", which is not modelled: the group does not scale by it")
	}
	return nil
}

// targetTracking writes [policy.N.target_tracking].
func (m *mapper) targetTracking(r *Resource) string {
	v := r.Value.Get("TargetTrackingConfiguration")
	if v == nil || v.Kind != Table {
		m.lose(r.Value.Place(), "is a target tracking policy without its configuration: it is left out")
		return ""
	}
	own := v.Get("CustomizedMetricSpecification")
	if own == nil && v.Get("PredefinedMetricSpecification", "PredefinedMetricType") == nil {
		m.lose(v.Place(), "names no metric: the policy is left out")
		return ""
	}
	var metric string
	var o observed
	if own != nil {
		var ok bool
		if metric, o, ok = m.watched(own, r.title(), "the policy is left out: the group does not scale by it"); !ok {
			return ""
		}
	}
	name := m.entryName("policy", r.title())
	path := "policy." + name + ".target_tracking"
	m.named(path, r)
	if own != nil {
		const s = ".customized_metric_specification."
		m.put(path+s+"metric_name", quoted(metric), named(o, own), "")
		m.ofMath(path+strings.TrimSuffix(s, "."), o)
		if stat := own.Get("Statistic"); stat != nil {
			m.convert(path+s+"statistic", stat, text)
		}
		if period := own.Get("Period"); period != nil {
			m.convert(path+s+"period", period, seconds)
		}
	}
	m.fill(r, "policy."+name)
	if own == nil {
		m.ofTargets(path, "RequestCountPerTarget", v.Get("PredefinedMetricSpecification", "ResourceLabel"))
	} else {
		m.groupDimension(path, metric, o.dimensions)
	}
	m.drop(path+".predefined_metric_type", own != nil)
	m.percent(path + ".target_value")
	m.warmup(r, path)
	return name
}

// drop comments an entry out.
func (m *mapper) drop(key string, when bool) {
	if e := m.find(key); e != nil && when {
		e.off = "stands beside another metric"
	}
}

// percent writes the target of CPU as a percentage.
func (m *mapper) percent(key string) {
	path := key[:strings.LastIndexByte(key, '.')]
	kind, e := m.find(path+".predefined_metric_type"), m.find(key)
	if e != nil && kind != nil && (kind.value == `"ASGAverageCPUUtilization"` || kind.value == `"ASGCPUUtilization"`) {
		e.value = quoted(e.value + "%")
	}
}

// predictive writes [policy.N.predictive_scaling].
func (m *mapper) predictive(r *Resource) string {
	v := r.Value.Get("PredictiveScalingConfiguration")
	specs := v.list("MetricSpecifications")
	if len(specs) == 0 {
		m.lose(r.Value.Place(), "is a predictive policy without metrics: it is left out")
		return ""
	}
	spec := specs[0]
	pair, from := "", spec.Get("PredefinedMetricPairSpecification", "PredefinedMetricType")
	if from != nil && from.Kind == Text {
		pair = clean.Short(from.Text, clean.Quote)
	} else {
		scaling, load := spec.Get("PredefinedScalingMetricSpecification", "PredefinedMetricType"), spec.Get("PredefinedLoadMetricSpecification", "PredefinedMetricType")
		if scaling != nil && load != nil && pairs()[scaling.Text] == pairs()[load.Text] {
			pair, from = pairs()[scaling.Text], scaling
		}
	}
	if pair == "" {
		m.lose(spec.Place(), "has no pair of metrics that the simulator produces: the policy is left out, and nothing is forecast by it")
		return ""
	}
	name := m.entryName("policy", r.title())
	path := "policy." + name + ".predictive_scaling"
	m.named(path, r)
	m.put(path+".predefined_metric_type", quoted(pair), from, "")
	if target := spec.Get("TargetValue"); target != nil {
		m.convert(path+".target_value", target, number)
	}
	m.fill(r, "policy."+name)
	if pair == "ALBRequestCount" {
		m.ofTargets(path, "RequestCountPerTarget", from.above.Get("ResourceLabel"))
	}
	m.percent(path + ".target_value")
	if e := m.find(path + ".max_capacity_breach_behavior"); e == nil || e.value != `"IncreaseMaxCapacity"` {
		m.table(path).entries = slices.DeleteFunc(m.table(path).entries, func(e *entry) bool { return e.key == "max_capacity_buffer" })
	}
	return name
}
