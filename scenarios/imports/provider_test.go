package imports_test

import (
	"fmt"
	"strings"
	"testing"

	"asgsim/scenarios/imports"
)

// The attributes of the resources of Terraform's AWS provider that import reads (its
// documentation, 2026-08) are all known by AWS's names: none is told as unknown.
func TestEveryAttributeOfTheProvider(t *testing.T) {
	if testing.Short() {
		t.Skip("a quarter of a second or more")
	}
	for kind, list := range map[string]string{
		"aws_autoscaling_group": `arn availability_zones capacity_rebalance context default_cooldown
			default_instance_warmup deletion_protection desired_capacity desired_capacity_type enabled_metrics force_delete force_delete_warm_pool health_check_grace_period
			health_check_type id ignore_failed_scaling_activities launch_configuration load_balancers max_instance_lifetime max_size metrics_granularity min_elb_capacity min_size
			name name_prefix placement_group predicted_capacity protect_from_scale_in region service_linked_role_arn suspended_processes tag tags target_group_arns
			termination_policies timeouts vpc_zone_identifier wait_for_capacity_timeout wait_for_elb_capacity warm_pool_size skip_zonal_shift_validation`,
		"aws_autoscaling_policy":         `adjustment_type arn autoscaling_group_name cooldown enabled estimated_instance_warmup id metric_aggregation_type min_adjustment_magnitude name policy_type region scaling_adjustment`,
		"aws_autoscaling_schedule":       `arn autoscaling_group_name desired_capacity end_time id max_size min_size recurrence region scheduled_action_name start_time time_zone`,
		"aws_autoscaling_lifecycle_hook": `autoscaling_group_name default_result heartbeat_timeout id lifecycle_transition name notification_metadata notification_target_arn region role_arn`,
		"aws_launch_template": `arn block_device_mappings cpu_options credit_specification default_version description disable_api_stop disable_api_termination
			ebs_optimized elastic_gpu_specifications elastic_inference_accelerator enclave_options hibernation_options iam_instance_profile id image_id instance_initiated_shutdown_behavior
			instance_market_options instance_requirements instance_type kernel_id key_name latest_version license_specification maintenance_options metadata_options monitoring name name_prefix
			network_interfaces network_performance_options placement private_dns_name_options ram_disk_id region security_group_names tag_specifications tags tags_all update_default_version user_data vpc_security_group_ids`,
		"aws_launch_configuration": `arn associate_public_ip_address ebs_block_device ebs_optimized enable_monitoring ephemeral_block_device iam_instance_profile id image_id instance_type key_name
			metadata_options name name_prefix placement_tenancy region root_block_device security_groups spot_price user_data user_data_base64 vpc_classic_link_id vpc_classic_link_security_groups`,
		"aws_lb_target_group": `arn arn_suffix connection_termination deregistration_delay id ip_address_type lambda_multi_value_headers_enabled load_balancer_arns load_balancing_algorithm_type
			load_balancing_anomaly_mitigation load_balancing_cross_zone_enabled name name_prefix port preserve_client_ip protocol protocol_version proxy_protocol_v2 region slow_start tags tags_all
			target_control_port target_type vpc_id`,
		"aws_lb": `access_logs arn arn_suffix client_keep_alive connection_logs customer_owned_ipv4_pool desync_mitigation_mode dns_name dns_record_client_routing_policy drop_invalid_header_fields
			enable_cross_zone_load_balancing enable_deletion_protection enable_http2 enable_tls_version_and_cipher_suite_headers enable_waf_fail_open enable_xff_client_port enable_zonal_shift
			enforce_security_group_inbound_rules_on_private_link_traffic health_check_logs id idle_timeout internal ip_address_type ipam_pools load_balancer_type minimum_load_balancer_capacity
			name name_prefix preserve_host_header region secondary_ips_auto_assigned_per_subnet security_groups subnet_mapping subnets tags tags_all vpc_id xff_header_processing_mode zone_id`,
		"aws_cloudwatch_metric_alarm": `actions_enabled alarm_actions alarm_description alarm_name arn comparison_operator datapoints_to_alarm dimensions evaluate_low_sample_count_percentiles
			evaluation_periods extended_statistic id insufficient_data_actions metric_name namespace ok_actions period region statistic tags tags_all threshold threshold_metric_id treat_missing_data unit`,
	} {
		var resources, names []string
		for name := range strings.FieldsSeq(list) {
			if name == "name" || name == "autoscaling_group_name" || name == "alarm_actions" {
				continue
			}
			names = append(names, name)
			resources = append(resources, fmt.Sprintf(`{"address": "%s.a", "mode": "managed", "type": "%s", "name": "a", "values": {"name": "a", "autoscaling_group_name": "a", "alarm_actions": ["a"], "policy_type": "SimpleScaling", "metric_name": "CPUUtilization", "%s": "7"}}`, kind, kind, name))
		}
		group := `{"address": "aws_autoscaling_group.g", "mode": "managed", "type": "aws_autoscaling_group", "name": "g", "values": {"name": "a", "target_group_arns": ["a"], "launch_template": [{"name": "a"}], "launch_configuration": "a"}},`
		policy := `{"address": "aws_autoscaling_policy.a", "mode": "managed", "type": "aws_autoscaling_policy", "name": "a", "values": {"name": "a", "autoscaling_group_name": "a"}},`
		if kind == "aws_autoscaling_group" {
			group = ""
		}
		for i, r := range resources {
			text := `{"format_version": "1.0", "terraform_version": "1.9.8", "values": {"root_module": {"resources": [` + group + policy + r + `]}}}`
			res, err := imports.Import([]imports.File{{Name: "s.json", Text: []byte(text)}}, imports.Options{}, check("duration=1m"))
			if err != nil {
				t.Fatalf("%v\n%s", err, r)
			}
			for _, n := range res.NotInIt {
				if strings.Contains(n.Effect, "this version does not know") && strings.HasSuffix(n.What, kind+".a."+names[i]) {
					t.Errorf("%s: %s", n.What, n.Effect)
				}
			}
		}
	}
}
