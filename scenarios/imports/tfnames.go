package imports

import "strings"

// providerTypes are the types of Terraform's AWS provider that import uses.
func providerTypes() map[string]Sort {
	return map[string]Sort{
		"aws_autoscaling_group":          Group,
		"aws_autoscaling_policy":         Policy,
		"aws_autoscaling_schedule":       Schedule,
		"aws_autoscaling_lifecycle_hook": Hook,
		"aws_launch_template":            Template,
		"aws_launch_configuration":       LaunchConfig,
		"aws_lb_target_group":            TargetGroup,
		"aws_alb_target_group":           TargetGroup,
		"aws_lb":                         Balancer,
		"aws_elb":                        Classic,
		"aws_alb":                        Balancer,
		"aws_cloudwatch_metric_alarm":    Alarm,
	}
}

// providerNames are AWS's names of what the provider calls otherwise than its snake case
// of them: "TYPE.name" of one type, "name" of all (Terraform AWS provider, 2026-08).
func providerNames() map[string]string {
	return map[string]string{
		"aws_autoscaling_group.name":                                "AutoScalingGroupName",
		"aws_autoscaling_group.vpc_zone_identifier":                 "VPCZoneIdentifier",
		"aws_autoscaling_group.target_group_arns":                   "TargetGroupARNs",
		"aws_autoscaling_group.load_balancers":                      "LoadBalancerNames",
		"aws_autoscaling_group.launch_configuration":                "LaunchConfigurationName",
		"aws_autoscaling_group.protect_from_scale_in":               "NewInstancesProtectedFromScaleIn",
		"aws_autoscaling_group.service_linked_role_arn":             "ServiceLinkedRoleARN",
		"aws_autoscaling_group.warm_pool":                           "WarmPoolConfiguration",
		"aws_autoscaling_group.traffic_source":                      "TrafficSources",
		"aws_autoscaling_group.initial_lifecycle_hook":              "LifecycleHookSpecificationList",
		"aws_autoscaling_policy.name":                               "PolicyName",
		"aws_autoscaling_lifecycle_hook.name":                       "LifecycleHookName",
		"aws_launch_template.name":                                  "LaunchTemplateName",
		"aws_launch_template.description":                           "VersionDescription",
		"aws_launch_template.vpc_security_group_ids":                "SecurityGroupIds",
		"aws_launch_template.security_group_names":                  "SecurityGroups",
		"aws_launch_template.license_specification":                 "LicenseSpecifications",
		"aws_launch_configuration.name":                             "LaunchConfigurationName",
		"aws_launch_configuration.enable_monitoring":                "InstanceMonitoring",
		"aws_launch_configuration.associate_public_ip_address":      "AssociatePublicIpAddress",
		"aws_lb_target_group.name":                                  "TargetGroupName",
		"aws_lb_target_group.load_balancer_arns":                    "LoadBalancerArns",
		"aws_lb.load_balancer_type":                                 "Type",
		"launch_template_id":                                        "LaunchTemplateId",
		"aws_launch_configuration.ebs_block_device":                 "BlockDeviceMappings",
		"aws_launch_configuration.ephemeral_block_device":           "BlockDeviceMappings",
		"aws_launch_configuration.root_block_device":                "BlockDeviceMappings",
		"aws_launch_configuration.user_data_base64":                 "UserData",
		"aws_launch_configuration.vpc_classic_link_id":              "ClassicLinkVPCId",
		"aws_launch_configuration.vpc_classic_link_security_groups": "ClassicLinkVPCSecurityGroups",
		"aws_launch_template.elastic_inference_accelerator":         "ElasticInferenceAccelerators",
		"aws_lb.dns_name":                                           "DNSName",
		"aws_lb.internal":                                           "Scheme",
		"aws_lb.subnet_mapping":                                     "SubnetMappings",
		"autoscaling_group_name":                                    "AutoScalingGroupName",
		"override":                                                  "Overrides",
		"vcpu_count":                                                "VCpuCount",
		"memory_mib":                                                "MemoryMiB",
		"memory_gib_per_vcpu":                                       "MemoryGiBPerVCpu",
		"total_local_storage_gb":                                    "TotalLocalStorageGB",
		"accelerator_total_memory_mib":                              "AcceleratorTotalMemoryMiB",
		"step_adjustment":                                           "StepAdjustments",
		"metric_specification":                                      "MetricSpecifications",
		"metric_dimension":                                          "Dimensions",
		"metric_query":                                              "Metrics",
		"ok_actions":                                                "OKActions",
		"notification_target_arn":                                   "NotificationTargetARN",
		"role_arn":                                                  "RoleARN",
		"tag":                                                       "Tags",
		"tags_all":                                                  "Tags",
		"evaluate_low_sample_count_percentiles":                     "EvaluateLowSampleCountPercentile",
	}
}

// apiName is AWS's name of an attribute, of a resource or of a block in it; empty for one
// that is to be left out.
func apiName(kind, block, name string) string {
	switch {
	case block == "":
	case strings.HasPrefix(block, "launch_template") && (name == "id" || name == "name"):
		return map[string]string{"id": "LaunchTemplateId", "name": "LaunchTemplateName"}[name]
	case block == "initial_lifecycle_hook" && name == "name":
		return "LifecycleHookName"
	default:
		kind = "" // what a block holds has other names than the resource
	}
	kind = strings.Replace(kind, "aws_alb", "aws_lb", 1) // the older name of the same
	if n, ok := providerNames()[kind+"."+name]; ok {
		return n
	}
	if n, ok := providerNames()[name]; ok {
		return n
	}
	var b strings.Builder
	for part := range strings.SplitSeq(name, "_") {
		if part != "" {
			b.WriteString(strings.ToUpper(part[:1]) + part[1:])
		}
	}
	return b.String()
}

// repeated are blocks of which there may be several; a list of any other block is it.
func repeated(name string) bool {
	switch name {
	case "override", "step_adjustment", "metric_specification", "metric_dimension", "dimensions", "metric_query", "metrics", "metric_data_queries", "traffic_source",
		"initial_lifecycle_hook", "tag", "block_device_mappings", "network_interfaces", "tag_specifications", "license_specification", "ebs_block_device":
		return true
	}
	return false
}

// zeroIsUnset are attributes for which the provider shows 0 where nothing is set.
func zeroIsUnset(name string) bool {
	switch name {
	case "default_instance_warmup", "cooldown", "estimated_instance_warmup", "min_adjustment_magnitude", "max_instance_lifetime", "datapoints_to_alarm",
		"spot_instance_pools":
		return true
	}
	return false
}

// terraformsOwn are attributes that say how Terraform goes about its work.
func terraformsOwn(name string) bool {
	switch name {
	case "name_prefix", "force_delete", "force_delete_warm_pool", "wait_for_capacity_timeout", "wait_for_elb_capacity", "min_elb_capacity",
		"ignore_failed_scaling_activities", "metrics_granularity", "predicted_capacity", "warm_pool_size", "triggers", "timeouts", "tags", "tags_all", "tag", "region",
		"arn", "arn_suffix", "id", "owner_id", "latest_version", "default_version", "update_default_version", "zone_id", "load_balancer_arns":
		return true
	}
	return false
}

// attributeNames are the names that target groups' and load balancers' attributes have in
// AWS, by the provider's.
func attributeNames() map[string]string {
	const health = "target_group_health."
	return map[string]string{
		"deregistration_delay":                                                "deregistration_delay.timeout_seconds",
		"slow_start":                                                          "slow_start.duration_seconds",
		"load_balancing_algorithm_type":                                       "load_balancing.algorithm.type",
		"load_balancing_anomaly_mitigation":                                   "load_balancing.algorithm.anomaly_mitigation",
		"load_balancing_cross_zone_enabled":                                   "load_balancing.cross_zone.enabled",
		"connection_termination":                                              "deregistration_delay.connection_termination.enabled",
		"preserve_client_ip":                                                  "preserve_client_ip.enabled",
		"proxy_protocol_v2":                                                   "proxy_protocol_v2.enabled",
		"lambda_multi_value_headers_enabled":                                  "lambda.multi_value_headers.enabled",
		"stickiness.enabled":                                                  "stickiness.enabled",
		"stickiness.type":                                                     "stickiness.type",
		"stickiness.cookie_duration":                                          "stickiness.lb_cookie.duration_seconds",
		"stickiness.cookie_name":                                              "stickiness.app_cookie.cookie_name",
		"target_failover.on_deregistration":                                   "target_failover.on_deregistration",
		"target_failover.on_unhealthy":                                        "target_failover.on_unhealthy",
		health + "dns_failover.minimum_healthy_targets_count":                 health + "dns_failover.minimum_healthy_targets.count",
		health + "dns_failover.minimum_healthy_targets_percentage":            health + "dns_failover.minimum_healthy_targets.percentage",
		health + "unhealthy_state_routing.minimum_healthy_targets_count":      health + "unhealthy_state_routing.minimum_healthy_targets.count",
		health + "unhealthy_state_routing.minimum_healthy_targets_percentage": health + "unhealthy_state_routing.minimum_healthy_targets.percentage",
		"target_health_state.enable_unhealthy_connection_termination":         "target_health_state.unhealthy.connection_termination.enabled",
		"target_health_state.unhealthy_draining_interval":                     "target_health_state.unhealthy.draining_interval_seconds",

		"idle_timeout":                                "idle_timeout.timeout_seconds",
		"client_keep_alive":                           "client_keep_alive.seconds",
		"enable_cross_zone_load_balancing":            "load_balancing.cross_zone.enabled",
		"enable_zonal_shift":                          "zonal_shift.config.enabled",
		"dns_record_client_routing_policy":            "dns_record.client_routing_policy",
		"enable_deletion_protection":                  "deletion_protection.enabled",
		"enable_http2":                                "routing.http2.enabled",
		"enable_waf_fail_open":                        "waf.fail_open.enabled",
		"enable_xff_client_port":                      "routing.http.xff_client_port.enabled",
		"desync_mitigation_mode":                      "routing.http.desync_mitigation_mode",
		"drop_invalid_header_fields":                  "routing.http.drop_invalid_header_fields.enabled",
		"preserve_host_header":                        "routing.http.preserve_host_header.enabled",
		"xff_header_processing_mode":                  "routing.http.xff_header_processing.mode",
		"secondary_ips_auto_assigned_per_subnet":      "secondary_ips.auto_assigned.per_subnet",
		"access_logs":                                 "access_logs.s3",
		"connection_logs":                             "connection_logs.s3",
		"health_check_logs":                           "health_check_logs.s3",
		"enable_tls_version_and_cipher_suite_headers": "routing.http.x_amzn_tls_version_and_cipher_suite.enabled",
	}
}
