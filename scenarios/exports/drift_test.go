package exports

import (
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	asg "github.com/aws/aws-sdk-go-v2/service/autoscaling/types"
	cw "github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
	ec2 "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"asgsim/scenarios"
)

// inputs are AWS's types whose fields the inputs of the calls have, and what an input has
// beside them (AWS SDK for Go; CreateTargetGroup and SuspendProcesses, API of 2026-08).
func inputsOf() map[string]struct {
	like any
	also []string
} {
	type input = struct {
		like any
		also []string
	}
	return map[string]input{
		"ec2 create-launch-template":                    {struct{ LaunchTemplateData ec2.RequestLaunchTemplateData }{}, []string{"LaunchTemplateName"}},
		"elbv2 create-target-group":                     {elb.TargetGroup{}, []string{"Name"}},
		"elbv2 modify-target-group-attributes":          {struct{ Attributes []elb.TargetGroupAttribute }{}, []string{"TargetGroupArn"}},
		"autoscaling create-auto-scaling-group":         {asg.AutoScalingGroup{}, nil},
		"autoscaling suspend-processes":                 {struct{ ScalingProcesses []string }{}, []string{"AutoScalingGroupName"}},
		"autoscaling put-warm-pool":                     {asg.WarmPoolConfiguration{}, []string{"AutoScalingGroupName"}},
		"autoscaling put-lifecycle-hook":                {asg.LifecycleHook{}, nil},
		"autoscaling put-scaling-policy":                {asg.ScalingPolicy{}, nil},
		"cloudwatch put-metric-alarm":                   {cw.MetricAlarm{}, nil},
		"autoscaling put-scheduled-update-group-action": {asg.ScheduledUpdateGroupAction{}, nil},
	}
}

// Every name in the input of every call is one that AWS's API has.
func TestNamesOfTheAPI(t *testing.T) {
	line := regexp.MustCompile(`(?m)^(?:[A-Z_0-9]+=\$\()?aws ([a-z0-9]+ [a-z-]+) --cli-input-json '(.*?)'(?: --query|$)`)
	all := inputsOf()
	found := map[string]bool{}
	for _, text := range []string{Everything, MixedOnes, Attributes} {
		s, err := scenarios.Load(scenarios.Source{Name: "x.toml", Text: []byte(text)}, nil, scenarios.Options{Unadvised: true})
		if err != nil {
			t.Fatal(err)
		}
		res, err := Export(AWSCLI, "x", &s.Configs[0])
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range line.FindAllStringSubmatch(string(res.Text), -1) {
			var v map[string]any
			if err := json.Unmarshal([]byte(regexp.MustCompile(`'"\$\{?([A-Z_0-9]+)(?:##\*:\})?"'`).ReplaceAllString(strings.ReplaceAll(m[2], `'\''`, "'"), "$1")), &v); err != nil {
				t.Fatalf("%v: %s", err, m[2])
			}
			in, ok := all[m[1]]
			if !ok {
				t.Errorf("aws %s is no call of ours", m[1])
			}
			found[m[1]] = true
			for _, name := range in.also {
				delete(v, name)
			}
			known(t, m[1], reflect.TypeOf(in.like), v)
		}
	}
	if len(found) != len(all) {
		t.Errorf("calls %v of %d", found, len(all))
	}
}

// known holds the names of a value against the fields of one of AWS's types.
func known(t *testing.T, path string, of reflect.Type, v any) {
	t.Helper()
	for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
		of = of.Elem()
	}
	switch x := v.(type) {
	case []any:
		for _, item := range x {
			known(t, path, of, item)
		}
	case map[string]any:
		for name, item := range x {
			if of.Kind() != reflect.Struct {
				t.Errorf("%s is %s, not a table", path, of)
				return
			}
			f, ok := of.FieldByName(name)
			if !ok {
				t.Errorf("%s.%s is no name of AWS's", path, name)
				continue
			}
			known(t, path+"."+name, f.Type, item)
		}
	}
}

// Every attribute and block of Terraform is one of the AWS provider's (its documentation,
// 2026-08), nested ones by their path.
func TestNamesOfTheProvider(t *testing.T) {
	allowed := map[string][]string{
		"aws_launch_template": strings.Fields("name image_id instance_type monitoring monitoring.enabled credit_specification credit_specification.cpu_credits"),
		"aws_lb_target_group": strings.Fields(`name port protocol vpc_id deregistration_delay slow_start load_balancing_algorithm_type load_balancing_anomaly_mitigation load_balancing_cross_zone_enabled
			health_check health_check.interval health_check.timeout health_check.healthy_threshold health_check.unhealthy_threshold
			target_group_health target_group_health.dns_failover target_group_health.dns_failover.minimum_healthy_targets_count target_group_health.dns_failover.minimum_healthy_targets_percentage
			target_group_health.unhealthy_state_routing target_group_health.unhealthy_state_routing.minimum_healthy_targets_count target_group_health.unhealthy_state_routing.minimum_healthy_targets_percentage`),
		"aws_autoscaling_group": strings.Fields(`name min_size max_size desired_capacity launch_template launch_template.id launch_template.version availability_zones target_group_arns health_check_type
			health_check_grace_period default_cooldown default_instance_warmup termination_policies protect_from_scale_in max_instance_lifetime capacity_rebalance suspended_processes
			instance_maintenance_policy instance_maintenance_policy.min_healthy_percentage instance_maintenance_policy.max_healthy_percentage
			availability_zone_distribution availability_zone_distribution.capacity_distribution_strategy
			warm_pool warm_pool.pool_state warm_pool.min_size warm_pool.max_group_prepared_capacity warm_pool.instance_reuse_policy warm_pool.instance_reuse_policy.reuse_on_scale_in
			mixed_instances_policy mixed_instances_policy.launch_template mixed_instances_policy.launch_template.launch_template_specification
			mixed_instances_policy.launch_template.launch_template_specification.launch_template_id mixed_instances_policy.launch_template.launch_template_specification.version
			mixed_instances_policy.launch_template.override mixed_instances_policy.launch_template.override.instance_type mixed_instances_policy.launch_template.override.weighted_capacity
			mixed_instances_policy.instances_distribution mixed_instances_policy.instances_distribution.on_demand_allocation_strategy mixed_instances_policy.instances_distribution.on_demand_base_capacity
			mixed_instances_policy.instances_distribution.on_demand_percentage_above_base_capacity mixed_instances_policy.instances_distribution.spot_allocation_strategy
			mixed_instances_policy.instances_distribution.spot_instance_pools mixed_instances_policy.instances_distribution.spot_max_price`),
		"aws_autoscaling_lifecycle_hook": strings.Fields("name autoscaling_group_name lifecycle_transition heartbeat_timeout default_result"),
		"aws_autoscaling_policy": strings.Fields(`name autoscaling_group_name policy_type adjustment_type min_adjustment_magnitude metric_aggregation_type scaling_adjustment cooldown estimated_instance_warmup
			step_adjustment step_adjustment.metric_interval_lower_bound step_adjustment.metric_interval_upper_bound step_adjustment.scaling_adjustment
			target_tracking_configuration target_tracking_configuration.target_value target_tracking_configuration.disable_scale_in target_tracking_configuration.predefined_metric_specification
			target_tracking_configuration.predefined_metric_specification.predefined_metric_type target_tracking_configuration.predefined_metric_specification.resource_label
			target_tracking_configuration.customized_metric_specification target_tracking_configuration.customized_metric_specification.metric_name
			target_tracking_configuration.customized_metric_specification.namespace target_tracking_configuration.customized_metric_specification.statistic
			target_tracking_configuration.customized_metric_specification.period target_tracking_configuration.customized_metric_specification.metric_dimension
			target_tracking_configuration.customized_metric_specification.metric_dimension.name target_tracking_configuration.customized_metric_specification.metric_dimension.value
			predictive_scaling_configuration predictive_scaling_configuration.mode predictive_scaling_configuration.scheduling_buffer_time predictive_scaling_configuration.max_capacity_breach_behavior
			predictive_scaling_configuration.max_capacity_buffer predictive_scaling_configuration.metric_specification predictive_scaling_configuration.metric_specification.target_value
			predictive_scaling_configuration.metric_specification.predefined_metric_pair_specification
			predictive_scaling_configuration.metric_specification.predefined_metric_pair_specification.predefined_metric_type`),
		"aws_cloudwatch_metric_alarm": strings.Fields(`alarm_name metric_name namespace dimensions statistic extended_statistic period evaluation_periods datapoints_to_alarm comparison_operator threshold treat_missing_data alarm_actions`),
		"aws_autoscaling_schedule":    strings.Fields("scheduled_action_name autoscaling_group_name recurrence time_zone start_time end_time min_size max_size desired_capacity"),
	}
	const requirements = "mixed_instances_policy.launch_template.override.instance_requirements"
	group := append(allowed["aws_autoscaling_group"], "desired_capacity_type", requirements)
	for name := range strings.FieldsSeq(`vcpu_count vcpu_count.min vcpu_count.max memory_mib memory_mib.min memory_mib.max memory_gib_per_vcpu memory_gib_per_vcpu.min memory_gib_per_vcpu.max
		cpu_manufacturers instance_generations burstable_performance bare_metal allowed_instance_types excluded_instance_types on_demand_max_price_percentage_over_lowest_price
		spot_max_price_percentage_over_lowest_price max_spot_price_as_percentage_of_optimal_on_demand_price`) {
		group = append(group, requirements+"."+name)
	}
	allowed["aws_autoscaling_group"] = group
	for _, text := range []string{Everything, MixedOnes, Attributes} {
		s, err := scenarios.Load(scenarios.Source{Name: "x.toml", Text: []byte(text)}, nil, scenarios.Options{Unadvised: true})
		if err != nil {
			t.Fatal(err)
		}
		res, err := Export(Terraform, "x", &s.Configs[0])
		if err != nil {
			t.Fatal(err)
		}
		for kind, paths := range written(t, res.Text) {
			for _, p := range paths {
				if !slices.Contains(allowed[kind], p) {
					t.Errorf("%s has no %s", kind, p)
				}
			}
		}
	}
}
