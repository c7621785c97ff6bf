package imports

import "slices"

func targetGroupProperties() []Property {
	const p = "target_group.health_check."
	return slices.Concat([]Property{
		becomes("HealthCheckIntervalSeconds", p+"interval", seconds),
		becomes("HealthCheckTimeoutSeconds", p+"timeout", seconds),
		becomes("HealthyThresholdCount", p+"healthy_threshold", whole),
		becomes("UnhealthyThresholdCount", p+"unhealthy_threshold", whole),
		read("Protocol", "load_balancer.load_balancer_type", "TCP, TLS, UDP and GENEVE are of Network and Gateway Load Balancers: taken for an Application Load Balancer, and told before all else"),
		read("TargetGroupAttributes", "target_group", "see TargetGroupAttributes"),
		lostUnless("instance", "TargetType", "targets are the group's instances"),
		lostUnless("HTTP1", "ProtocolVersion", "requests are independent of each other: HTTP/2 and gRPC streams are not modelled"),
		lostUnless("true", "HealthCheckEnabled", "health checks are always made"),
		lost("TargetControlPort", "targets do not tell the balancer how many requests they can take"),
	},
		idle(identity, "TargetGroupArn", "TargetGroupName", "LoadBalancerArns", "VpcId", "IpAddressType", "Port", "Name", "Tags"),
		idle("a health check fails where the application or its host does: which path and code it asks for is of no matter", "HealthCheckPath", "HealthCheckPort", "HealthCheckProtocol", "Matcher"),
		idle("targets are registered by the group", "Targets"),
	)
}

func targetAttributes() []Property {
	const p = "target_group."
	const dns, routing = "target_group_health.dns_failover.minimum_healthy_targets.", "target_group_health.unhealthy_state_routing.minimum_healthy_targets."
	const h = p + "target_group_health."
	return slices.Concat([]Property{
		becomes("deregistration_delay.timeout_seconds", p+"deregistration_delay", seconds),
		becomes("slow_start.duration_seconds", p+"slow_start", seconds),
		becomes("load_balancing.algorithm.type", p+"load_balancing_algorithm_type", text),
		read("load_balancing.cross_zone.enabled", p+"load_balancing_cross_zone_enabled", "use_load_balancer_configuration is true, as of Application Load Balancers"),
		becomes(dns+"count", h+"dns_failover.minimum_healthy_targets_count", countOrOff),
		becomes(dns+"percentage", h+"dns_failover.minimum_healthy_targets_percentage", countOrOff),
		becomes(routing+"count", h+"unhealthy_state_routing.minimum_healthy_targets_count", countOrOff),
		becomes(routing+"percentage", h+"unhealthy_state_routing.minimum_healthy_targets_percentage", countOrOff),
		lost("stickiness.enabled", stuck),
		becomes("load_balancing.algorithm.anomaly_mitigation", p+"load_balancing_anomaly_mitigation", text),
		lost("deregistration_delay.connection_termination.enabled", "of Network Load Balancers: connections are not cut when the delay is over"),
		lostUnless("no_rebalance", "target_failover.on_deregistration", "of Gateway Load Balancers, which are not modelled"),
		lostUnless("no_rebalance", "target_failover.on_unhealthy", "of Gateway Load Balancers, which are not modelled"),
		lostUnless("true", "target_health_state.unhealthy.connection_termination.enabled", "of Network Load Balancers: connections to unhealthy targets are not kept"),
		lost("target_health_state.unhealthy.draining_interval_seconds", "of Network Load Balancers: unhealthy targets do not drain"),
	},
		idle("goes with stickiness.enabled", "stickiness.type", "stickiness.lb_cookie", "stickiness.app_cookie"),
		idle("changes neither capacity nor latency here", "lambda.multi_value_headers.enabled", "preserve_client_ip.enabled", "proxy_protocol_v2.enabled", "send_tcp_reset.on_deregistration.enabled", "send_tcp_reset.on_unhealthy.enabled"),
	)
}

func balancerProperties() []Property {
	return slices.Concat([]Property{
		read("Type", "load_balancer.load_balancer_type", "network and gateway are taken for application, and told"),
		read("LoadBalancerAttributes", "load_balancer", "see LoadBalancerAttributes"),
		lost("MinimumLoadBalancerCapacity", "reserved capacity units are not on the bill: write load_balancer.price with them"),
	},
		idle(identity, "LoadBalancerArn", "LoadBalancerName", "DNSName", "CanonicalHostedZoneId", "CreatedTime", "Name", "Tags", "VpcId"),
		idle(status, "State"),
		idle("the balancer has a node in every zone of the group", "AvailabilityZones", "Subnets", "SubnetMappings"),
		idle(security, "Scheme", "SecurityGroups", "IpAddressType", "CustomerOwnedIpv4Pool", "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic", "EnablePrefixForIpv6SourceNat", "IpamPools", "Ipv4IpamPoolId", "EnableCapacityReservationProvisionStabilize"),
	)
}

func balancerAttributes() []Property {
	return slices.Concat([]Property{
		becomes("idle_timeout.timeout_seconds", "load_balancer.idle_timeout", seconds),
		lostUnless("true", "load_balancing.cross_zone.enabled", "cross-zone balancing is the target group's: write target_group.load_balancing_cross_zone_enabled"),
		lost("zonal_shift.config.enabled", "whether it may be shifted; a shift itself is an event.N.zonal_shift"),
		lostUnless("any_availability_zone", "dns_record.client_routing_policy", "clients use the nodes of all zones alike"),
	},
		idle("the client's side: request.requests_per_connection and connection_duration are what the bill asks", "client_keep_alive.seconds"),
		idle("logs cost nothing here", "access_logs.s3", "connection_logs.s3", "health_check_logs.s3"),
		idle("changes neither capacity nor latency here", "routing.http", "routing.http2.enabled", "waf.fail_open.enabled", "deletion_protection.enabled", "ipv6.deny_all_igw_traffic", "secondary_ips.auto_assigned.per_subnet"),
	)
}
