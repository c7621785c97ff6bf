package imports

import "slices"

// classicProperties are those of a Classic Load Balancer and its attributes, by the names
// of Elastic Load Balancing's API of 2012-06-01 (LoadBalancerDescription and
// LoadBalancerAttributes, read 2026-11); CloudFormation and Terraform have some otherwise.
func classicProperties() []Property {
	const p = "target_group.health_check."
	return slices.Concat([]Property{
		becomes("HealthCheck.Interval", p+"interval", seconds),
		becomes("HealthCheck.Timeout", p+"timeout", seconds),
		becomes("HealthCheck.HealthyThreshold", p+"healthy_threshold", whole),
		becomes("HealthCheck.UnhealthyThreshold", p+"unhealthy_threshold", whole),
		read("ConnectionDraining", "target_group.deregistration_delay", "its timeout, 0s where it is not enabled"),
		read("ConnectionDrainingPolicy", "target_group.deregistration_delay", "of CloudFormation: likewise"),
		read("ConnectionDrainingTimeout", "target_group.deregistration_delay", "of Terraform: likewise"),
		becomes("ConnectionSettings.IdleTimeout", "load_balancer.idle_timeout", seconds),
		becomes("IdleTimeout", "load_balancer.idle_timeout", seconds),
		read("CrossZoneLoadBalancing", "target_group.load_balancing_cross_zone_enabled", "whether it is enabled"),
		read("CrossZone", "target_group.load_balancing_cross_zone_enabled", "of CloudFormation: likewise"),
		lost("Policies", stuck),
		lost("AppCookieStickinessPolicy", stuck),
		lost("LBCookieStickinessPolicy", stuck),
	},
		idle("which port and path a health check asks is of no matter", "HealthCheck.Target"),
		idle("listeners change nothing that is simulated", "ListenerDescriptions", "Listeners", "Listener", "BackendServerDescriptions"),
		idle("targets are registered by the group", "Instances"),
		idle("logs cost nothing here", "AccessLog", "AccessLogs", "AccessLoggingPolicy"),
		idle("changes neither capacity nor latency here", "AdditionalAttributes", "DesyncMitigationMode"),
		idle("the balancer has a node in every zone of the group", "AvailabilityZones", "Subnets"),
		idle(security, "Scheme", "Internal", "SecurityGroups", "SourceSecurityGroup", "SourceSecurityGroupId"),
		idle(identity, "LoadBalancerName", "Name", "DNSName", "CanonicalHostedZoneName", "CanonicalHostedZoneNameID", "VPCId", "CreatedTime", "Tags"),
	)
}
