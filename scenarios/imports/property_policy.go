package imports

import "slices"

func policyProperties() []Property {
	const tt, pred = "TargetTrackingConfiguration.", "PredictiveScalingConfiguration."
	const p, q, s, o = "policy.N.target_tracking.", "policy.N.predictive_scaling.", "policy.N.step_scaling.", "policy.N.simple_scaling."
	const math = "metric math of predictive scaling is not modelled: the policy is left out"
	return slices.Concat([]Property{
		read("PolicyName", "policy.N", "its name"),
		read("PolicyType", "policy.N.target_tracking, step_scaling, simple_scaling, predictive_scaling", ""),
		read("Enabled", "policies", "one that is not enabled is written, and not in force"),
		read("Alarms", "policy.N.step_scaling.alarm", "and of simple scaling; those of target tracking are made by asgsim as by AWS"),
		read("AdjustmentType", s+"adjustment_type", "and of simple scaling"),
		read("ScalingAdjustment", o+"scaling_adjustment", ""),
		read("Cooldown", o+"cooldown", "of simple scaling alone"),
		read("MinAdjustmentMagnitude", s+"min_adjustment_magnitude", "and of simple scaling"),
		read("MinAdjustmentStep", s+"min_adjustment_magnitude", "the older name of MinAdjustmentMagnitude"),
		read("MetricAggregationType", s+"metric_aggregation_type", ""),
		read("StepAdjustments", s+"step_adjustment", ""),
		read("EstimatedInstanceWarmup", p+"estimated_instance_warmup", "and of step scaling"),
		becomes(tt+"PredefinedMetricSpecification.PredefinedMetricType", p+"predefined_metric_type", text),
		becomes(tt+"TargetValue", p+"target_value", number),
		becomes(tt+"DisableScaleIn", p+"disable_scale_in", truth),
		read(tt+"CustomizedMetricSpecification.MetricName", p+"customized_metric_specification.metric_name", "a metric of EC2, the load balancer or the group that asgsim produces, or one of which --metrics has a recording: [metric.N]; else the policy is left out"),
		read(tt+"CustomizedMetricSpecification.Namespace", p+"customized_metric_specification.metric_name", "AWS/EC2, AWS/ApplicationELB and AWS/AutoScaling; any of a recorded metric"),
		read(tt+"CustomizedMetricSpecification.Statistic", p+"customized_metric_specification.statistic", ""),
		read(tt+"CustomizedMetricSpecification.Period", p+"customized_metric_specification.period", ""),
		read(tt+"CustomizedMetricSpecification.Metrics", p+"customized_metric_specification.metric_name", "one metric alone, or metric math: metric.N.math; with functions that it does not have the policy is left out"),
		becomes(pred+"Mode", q+"mode", text),
		becomes(pred+"SchedulingBufferTime", q+"scheduling_buffer_time", seconds),
		becomes(pred+"MaxCapacityBreachBehavior", q+"max_capacity_breach_behavior", text),
		becomes(pred+"MaxCapacityBuffer", q+"max_capacity_buffer", whole),
		read(pred+"MetricSpecifications.TargetValue", q+"target_value", ""),
		read(pred+"MetricSpecifications.PredefinedMetricPairSpecification", q+"predefined_metric_type", ""),
		read(pred+"MetricSpecifications.PredefinedScalingMetricSpecification", q+"predefined_metric_type", "where load and scaling metric are of one pair; else the policy is left out"),
		read(pred+"MetricSpecifications.PredefinedLoadMetricSpecification", q+"predefined_metric_type", "where load and scaling metric are of one pair; else the policy is left out"),
		lost(pred+"MetricSpecifications.CustomizedScalingMetricSpecification", math),
		lost(pred+"MetricSpecifications.CustomizedLoadMetricSpecification", math),
		lost(pred+"MetricSpecifications.CustomizedCapacityMetricSpecification", math),
	},
		idle(identity, "AutoScalingGroupName", "PolicyARN"),
		[]Property{read(tt+"PredefinedMetricSpecification.ResourceLabel", "policy.N.target_tracking.target_group", "where the group has several target groups")},
		idle("there is one group; which of several target groups is target_group", tt+"CustomizedMetricSpecification.Dimensions"),
		idle("metrics have one unit", tt+"CustomizedMetricSpecification.Unit"),
	)
}

func alarmProperties() []Property {
	const p = "alarm.N."
	return slices.Concat([]Property{
		read("AlarmName", "alarm.N", "its name"),
		read("MetricName", p+"metric_name", "a metric of EC2, the load balancer or the group that asgsim produces, or one of which --metrics has a recording: [metric.N]; else the alarm is left out, and its policies"),
		read("Namespace", p+"metric_name", "AWS/EC2, AWS/ApplicationELB and AWS/AutoScaling; any of a recorded metric"),
		read("Dimensions", p+"metric_name", "there is one group; TargetGroup is alarm.N.target_group where the group has several; told where they name another group"),
		becomes("Statistic", p+"statistic", text),
		becomes("ExtendedStatistic", p+"statistic", text),
		becomes("Period", p+"period", seconds),
		becomes("EvaluationPeriods", p+"evaluation_periods", whole),
		becomes("DatapointsToAlarm", p+"datapoints_to_alarm", whole),
		becomes("ComparisonOperator", p+"comparison_operator", text),
		becomes("Threshold", p+"threshold", number),
		becomes("TreatMissingData", p+"treat_missing_data", text),
		read("ActionsEnabled", "policies", "policies of an alarm whose actions are not enabled are written, and not in force"),
		read("AlarmActions", "policy.N.step_scaling.alarm", "those that are policies of the group"),
		read("OKActions", "policy.N.step_scaling.alarm", "not read: told where they are policies"),
		read("Metrics", p+"metric_name", "one metric alone, or metric math: metric.N.math; with functions that it does not have the alarm is left out, and its policies"),
		lost("ThresholdMetricId", "anomaly detection is not modelled: the alarm is left out, and its policies"),
		lost("EvaluationCriteria", "PromQL and other criteria are not modelled: the alarm is left out, and its policies"),
		lost("EvaluationWindow", "evaluation windows are not modelled: datapoints are those of the last evaluation_periods"),
		lost("EvaluationInterval", "alarms are evaluated every minute, or every ten seconds where the period is shorter"),
		lost("WarmUpConfiguration", "alarms have no warm-up of their own"),
		lost("EvaluateLowSampleCountPercentile", "percentiles are evaluated however few samples there are"),
	},
		idle(identity, "AlarmArn", "AlarmDescription", "ActionConfiguration", "Tags"),
		idle(status, "StateValue", "StateReason", "StateReasonData", "StateUpdatedTimestamp", "StateTransitionedTimestamp", "EvaluationState", "AlarmConfigurationUpdatedTimestamp"),
		idle("no policy can be triggered by a lack of data", "InsufficientDataActions"),
		idle("metrics have one unit", "Unit"),
	)
}

func refreshProperties() []Property {
	const p = "event.N.instance_refresh."
	const f = "Preferences."
	return slices.Concat([]Property{
		becomes(f+"MinHealthyPercentage", p+"min_healthy_percentage", whole),
		becomes(f+"MaxHealthyPercentage", p+"max_healthy_percentage", whole),
		becomes(f+"InstanceWarmup", p+"instance_warmup", seconds),
		read(f+"CheckpointPercentages", p+"checkpoint_percentages", ""),
		becomes(f+"CheckpointDelay", p+"checkpoint_delay", seconds),
		becomes(f+"BakeTime", p+"bake_time", seconds),
		becomes(f+"AutoRollback", p+"auto_rollback", truth),
		becomes(f+"SkipMatching", p+"skip_matching", truth),
		becomes(f+"ScaleInProtectedInstances", p+"scale_in_protected_instances", text),
		becomes(f+"StandbyInstances", p+"standby_instances", text),
		lost(f+"AlarmSpecification", "the refresh fails by no alarm: write alarm_specification with those of [alarm.N] that are meant"),
		lostUnless("Rolling", "Strategy", "instances are launched anew, not given a new root volume"),
	},
		idle(identity, "AutoScalingGroupName", "InstanceRefreshId"),
		idle("what makes Terraform begin one", "Triggers"),
		idle("a refresh that is over; the last one's preferences are written for an event that is commented out", "Status", "StatusReason", "StartTime", "EndTime", "PercentageComplete", "InstancesToUpdate", "ProgressDetails", "RollbackDetails"),
		idle("what it brought; write event.N.instance_refresh.version for what that changes", "DesiredConfiguration"),
	)
}
