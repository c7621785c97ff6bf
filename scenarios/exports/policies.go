package exports

import "strings"

// policy is a scaling policy; what no AWS has is told. alarms collects by which policies
// each alarm is used.
func (r *resources) policy(name string, alarms map[string][]*resource) {
	p := "policy." + name + "."
	body := r.ofGroup().put("PolicyName", name)
	switch {
	case r.has(p + "target_tracking"):
		r.tracking(p+"target_tracking.", body)
	case r.has(p + "predictive_scaling"):
		r.predictive(p+"predictive_scaling.", body)
	case r.has(p + "step_scaling"):
		q := p + "step_scaling."
		body.put("PolicyType", "StepScaling").put("AdjustmentType", r.text(q+"adjustment_type")).put("MinAdjustmentMagnitude", positive(r.whole(q+"min_adjustment_magnitude")))
		body.put("MetricAggregationType", r.text(q+"metric_aggregation_type")).put("StepAdjustments", r.steps(q+"step_adjustment"))
		body.put("EstimatedInstanceWarmup", r.seconds(q+"estimated_instance_warmup"))
		r.alarmed(q+"alarm", r.add(policy, name, body), alarms)
		return
	case r.has(p + "simple_scaling"):
		q := p + "simple_scaling."
		body.put("PolicyType", "SimpleScaling").put("AdjustmentType", r.text(q+"adjustment_type")).put("MinAdjustmentMagnitude", positive(r.whole(q+"min_adjustment_magnitude")))
		body.put("ScalingAdjustment", r.whole(q+"scaling_adjustment")).put("Cooldown", r.seconds(q+"cooldown"))
		r.alarmed(q+"alarm", r.add(policy, name, body), alarms)
		return
	default:
		return // of another cloud, or a formula: told with what is left out
	}
	r.add(policy, name, body)
}

// alarmed notes by which policy an alarm is used.
func (r *resources) alarmed(key string, p *resource, alarms map[string][]*resource) {
	if name, ok := r.text(key).(string); ok {
		alarms[name] = append(alarms[name], p)
	}
}

// tracking is a target tracking policy.
func (r *resources) tracking(p string, body *object) {
	metric, _ := r.text(p + "predefined_metric_type").(string)
	c := &object{}
	if metric != "" {
		spec := (&object{}).put("PredefinedMetricType", metric)
		if metric == "ALBRequestCountPerTarget" {
			spec.put("ResourceLabel", r.label(p))
		}
		c.put("PredefinedMetricSpecification", spec)
	} else {
		const s = "customized_metric_specification."
		metric, _ = r.text(p + s + "metric_name").(string)
		period, statistic := r.seconds(p+s+"period"), r.text(p+s+"statistic")
		if queries := r.queries(metric, period, statistic); queries != nil {
			c.put("CustomizedMetricSpecification", (&object{}).put("Metrics", queries))
		} else {
			c.put("CustomizedMetricSpecification", r.metric(metric, r.watched(p)).put("Statistic", statistic).put("Period", period))
		}
	}
	c.put("TargetValue", r.target(p+"target_value")).put("DisableScaleIn", r.truth(p+"disable_scale_in"))
	body.put("PolicyType", "TargetTrackingScaling").put("TargetTrackingConfiguration", c).put("EstimatedInstanceWarmup", r.seconds(p+"estimated_instance_warmup"))
}

// predictive is a predictive scaling policy.
func (r *resources) predictive(p string, body *object) {
	metric, _ := r.text(p + "predefined_metric_type").(string)
	pair := (&object{}).put("PredefinedMetricType", metric)
	if metric == "ALBRequestCount" {
		pair.put("ResourceLabel", r.label(p))
	}
	spec := (&object{}).put("TargetValue", r.target(p+"target_value")).put("PredefinedMetricPairSpecification", pair)
	c := (&object{}).put("MetricSpecifications", []any{spec}).put("Mode", r.text(p+"mode")).put("SchedulingBufferTime", r.seconds(p+"scheduling_buffer_time"))
	c.put("MaxCapacityBreachBehavior", r.text(p+"max_capacity_breach_behavior"))
	if buffer := r.percent(p + "max_capacity_buffer"); c.get("MaxCapacityBreachBehavior") == "IncreaseMaxCapacity" {
		c.put("MaxCapacityBuffer", buffer)
	}
	body.put("PolicyType", "PredictiveScaling").put("PredictiveScalingConfiguration", c)
}

// steps are the step adjustments.
func (r *resources) steps(key string) any {
	n := r.node(key)
	if n == nil {
		return nil
	}
	var out []any
	for _, e := range n.List {
		step := &object{}
		for _, f := range [...][2]string{{"MetricIntervalLowerBound", "metric_interval_lower_bound"}, {"MetricIntervalUpperBound", "metric_interval_upper_bound"}, {"ScalingAdjustment", "scaling_adjustment"}} {
			if v := e.Table.Get(f[1]); v != nil {
				step.put(f[0], bound(v))
			}
		}
		out = append(out, step)
	}
	return out
}

// alarm is a CloudWatch alarm, which triggers policies.
func (r *resources) alarm(name string, policies []*resource) {
	p := "alarm." + name + "."
	metric, _ := r.text(p + "metric_name").(string)
	body := (&object{}).put("AlarmName", name)
	statistic, period := r.text(p+"statistic"), r.seconds(p+"period")
	if queries := r.queries(metric, period, statistic); queries != nil {
		body.put("Metrics", queries)
	} else {
		named := r.metric(metric, r.watched(p))
		for i, n := range named.names {
			body.put(n, named.items[i])
		}
		if s, ok := statistic.(string); ok && strings.HasPrefix(s, "p") {
			body.put("ExtendedStatistic", s)
		} else {
			body.put("Statistic", statistic)
		}
		body.put("Period", period)
	}
	body.put("EvaluationPeriods", r.whole(p+"evaluation_periods")).put("DatapointsToAlarm", r.whole(p+"datapoints_to_alarm"))
	body.put("ComparisonOperator", r.text(p+"comparison_operator")).put("Threshold", r.target(p+"threshold")).put("TreatMissingData", r.text(p+"treat_missing_data"))
	var actions []any
	for _, x := range policies {
		actions = append(actions, ref{x, "arn"})
	}
	r.add(alarm, name, body.put("AlarmActions", actions))
}
