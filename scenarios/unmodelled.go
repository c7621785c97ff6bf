package scenarios

import (
	"slices"
	"strings"

	"asgsim/scenarios/form"
)

// unmodelled are properties of AWS's resources, by their Terraform names, that mean
// nothing here, each with what to do about it. Sources: Terraform AWS provider,
// aws_autoscaling_group, aws_lb, aws_lb_target_group, aws_launch_template,
// aws_autoscaling_policy, aws_cloudwatch_metric_alarm, aws_autoscaling_schedule and
// aws_autoscaling_lifecycle_hook, 2026-08.
var unmodelled = func() map[string]string {
	out := map[string]string{}
	for table, names := range map[string]string{
		"auto_scaling_group": `name_prefix launch_configuration load_balancers target_group_arns traffic_source placement_group tag tags
			service_linked_role_arn metrics_granularity enabled_metrics wait_for_capacity_timeout min_elb_capacity wait_for_elb_capacity force_delete
			force_delete_warm_pool ignore_failed_scaling_activities context capacity_reservation_specification availability_zone_impairment_policy
			skip_zonal_shift_validation deletion_protection instance_lifecycle_policy`,
		"load_balancer": `name name_prefix internal subnets subnet_mapping security_groups access_logs connection_logs health_check_logs client_keep_alive
			enable_cross_zone_load_balancing enable_deletion_protection enable_http2 enable_waf_fail_open enable_xff_client_port enable_zonal_shift
			enable_tls_version_and_cipher_suite_headers desync_mitigation_mode drop_invalid_header_fields ip_address_type preserve_host_header
			xff_header_processing_mode customer_owned_ipv4_pool dns_record_client_routing_policy minimum_load_balancer_capacity ipam_pools tags
			enforce_security_group_inbound_rules_on_private_link_traffic`,
		"target_group": `name name_prefix connection_termination ip_address_type lambda_multi_value_headers_enabled port preserve_client_ip protocol
			protocol_version proxy_protocol_v2 tags target_failover target_health_state target_type vpc_id
			target_control_port`,
		"target_group.health_check": "enabled matcher path port protocol",
		"instance": `image_id ami name name_prefix description user_data key_name security_group_names vpc_security_group_ids iam_instance_profile
			ebs_optimized block_device_mappings cpu_options elastic_gpu_specifications enclave_options hibernation_options instance_initiated_shutdown_behavior
			instance_market_options instance_requirements kernel_id license_specification maintenance_options metadata_options network_interfaces
			network_performance_options placement private_dns_name_options ram_disk_id tag_specifications tags disable_api_stop
			disable_api_termination capacity_reservation_specification`,
		"policy.N.target_tracking":                                 "enabled",
		"policy.N.target_tracking.customized_metric_specification": "namespace unit metric_dimension dimensions metrics",
		"policy.N.step_scaling":                                    "enabled",
		"policy.N.simple_scaling":                                  "enabled",
		"alarm.N": `alarm_name namespace dimensions alarm_actions ok_actions insufficient_data_actions actions_enabled alarm_description unit
			evaluate_low_sample_count_percentiles metric_query threshold_metric_id tags`,
		"schedule.N": "scheduled_action_name autoscaling_group_name",
		"hook.N":     "notification_target_arn role_arn notification_metadata autoscaling_group_name",
	} {
		for _, name := range strings.Fields(names) {
			out[table+"."+name] = "leave it out"
		}
	}
	for key, remedy := range elsewhere {
		out[key] = remedy
	}
	return out
}()

// elsewhere are properties of AWS's that this format says in another place or in
// other words.
var elsewhere = map[string]string{
	"auto_scaling_group.launch_template":                       "[instance] is what it launches",
	"auto_scaling_group.vpc_zone_identifier":                   "write availability_zones, one for each subnet's zone",
	"auto_scaling_group.protect_from_scale_in":                 "it is written new_instances_protected_from_scale_in",
	"auto_scaling_group.initial_lifecycle_hook":                "it is written [hook.NAME]",
	"auto_scaling_group.instance_refresh":                      "it is written [event.NAME.instance_refresh]",
	"load_balancer.type":                                       "it is written load_balancer_type",
	"load_balancer.enable_cross_zone_load_balancing":           "it is written target_group.load_balancing_cross_zone_enabled",
	"instance.instance_type":                                   "it is written type",
	"instance.credit_specification.cpu_credits":                `it is written credit_specification = "unlimited"`,
	"instance.tenancy":                                         "it is written prices.tenancy",
	"instance.enable_monitoring":                               `it is written monitoring = "detailed"`,
	"policy.N.target_tracking.predefined_metric_specification": "write its predefined_metric_type here",
	"policy.N.target_tracking.resource_label":                  "it is written target_group, where the group has several target groups",
	"alarm.N.extended_statistic":                               `it is written statistic = "p99"`,
}

// notOurs refuses a property of AWS's by name, as what it is. It returns nil for
// what is not one.
func notOurs(pattern string, n *form.Node) *form.Mistake {
	remedy, ok := unmodelled[pattern]
	switch {
	case !ok:
		return nil
	case pattern == "load_balancer.type" && slices.Contains(plannedChoices("load_balancer.load_balancer_type"), form.Unquoted(n.Text())):
		return form.Wrong(remedy, "is %s, which is planned but not built in this version", n.Text())
	case elsewhere[pattern] != "":
		return form.Wrong(remedy, "is AWS's name for something that stands elsewhere")
	}
	return form.Wrong(remedy, "is AWS's, and changes nothing that is simulated here")
}
