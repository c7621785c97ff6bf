package imports

import "slices"

func groupProperties() []Property {
	const g = "auto_scaling_group."
	const m, d = "MixedInstancesPolicy.", "MixedInstancesPolicy.InstancesDistribution."
	const mixed = g + "mixed_instances_policy."
	const dist = mixed + "instances_distribution."
	const maintain = g + "instance_maintenance_policy."
	return slices.Concat([]Property{
		becomes("AutoScalingGroupName", g+"name", text),
		becomes("MinSize", g+"min_size", whole),
		becomes("MaxSize", g+"max_size", whole),
		becomes("DesiredCapacity", g+"desired_capacity", whole),
		read("AvailabilityZones", g+"availability_zones", ""),
		read("AvailabilityZoneIds", g+"availability_zones", "only their number: ids are not names"),
		read("VPCZoneIdentifier", g+"availability_zones", "only the number of subnets, where the zones are not named"),
		read("HealthCheckType", g+"health_check_type", "VPC Lattice checks are not modelled"),
		becomes("HealthCheckGracePeriod", g+"health_check_grace_period", seconds),
		becomes("DefaultInstanceWarmup", g+"default_instance_warmup", secondsOrUnset),
		becomes("DefaultCooldown", g+"default_cooldown", seconds),
		read("TerminationPolicies", g+"termination_policies", "without OldestLaunchConfiguration and Lambda functions"),
		becomes("NewInstancesProtectedFromScaleIn", g+"new_instances_protected_from_scale_in", truth),
		read("SuspendedProcesses", g+"suspended_processes", ""),
		becomes("MaxInstanceLifetime", g+"max_instance_lifetime", seconds),
		becomes("CapacityRebalance", g+"capacity_rebalance", truth),
		becomes("InstanceMaintenancePolicy.MinHealthyPercentage", maintain+"min_healthy_percentage", whole),
		becomes("InstanceMaintenancePolicy.MaxHealthyPercentage", maintain+"max_healthy_percentage", whole),
		becomes("AvailabilityZoneDistribution.CapacityDistributionStrategy", g+"availability_zone_distribution.capacity_distribution_strategy", text),
		read("LaunchTemplate", "instance", "its version says what is launched"),
		read("LaunchConfigurationName", "instance", "it says what is launched"),
		read("Instances", "instance.type", "where neither launch template nor overrides say it: the type that most of them have"),
		read("InstanceId", "instance.type", "the instance that the group was made from is not read"),
		read("TargetGroupARNs", "target_group", "the first; each other one is [other_target_group.N], with its health checks, deregistration delay and slow start"),
		read("LoadBalancerNames", "load_balancer", "a Classic Load Balancer is taken for an Application Load Balancer, and told before all else"),
		read("TrafficSources", "target_group", "as TargetGroupARNs and LoadBalancerNames; VPC Lattice is not modelled"),
		read("WarmPoolConfiguration", g+"warm_pool", "see WarmPoolConfiguration"),
		read("LifecycleHookSpecificationList", "hook.N", "see LifecycleHook"),
		read(m+"LaunchTemplate.LaunchTemplateSpecification", "instance", "its version says what is launched"),
		read(m+"LaunchTemplate.Overrides.InstanceType", mixed+"overrides", ""),
		read(m+"LaunchTemplate.Overrides.WeightedCapacity", mixed+"overrides", "weighted_capacity"),
		lost(m+"LaunchTemplate.Overrides.LaunchTemplateSpecification", "all types launch alike: the override's own launch template is not read"),
		becomes(d+"OnDemandBaseCapacity", dist+"on_demand_base_capacity", whole),
		becomes(d+"OnDemandPercentageAboveBaseCapacity", dist+"on_demand_percentage_above_base_capacity", whole),
		becomes(d+"OnDemandAllocationStrategy", dist+"on_demand_allocation_strategy", text),
		becomes(d+"SpotAllocationStrategy", dist+"spot_allocation_strategy", text),
		becomes(d+"SpotInstancePools", dist+"spot_instance_pools", whole),
		becomes(d+"SpotMaxPrice", dist+"spot_max_price", text),
		lost(d+"DistributionSegments", "capacity is not divided into segments: all of it follows on_demand_base_capacity and the percentage"),
		read("InstanceRefresh", "event.N.instance_refresh", "Terraform's block of that name: see InstanceRefresh"),
		lostUnless("default", "CapacityReservationSpecification.CapacityReservationPreference", "reserved capacity is not modelled: launches find capacity as everywhere"),
		lost("CapacityReservationSpecification.CapacityReservationTarget", "reserved capacity is not modelled: launches find capacity as everywhere"),
		lost("AvailabilityZoneImpairmentPolicy.ZonalShiftEnabled", "zonal shifts of the group are not modelled: those of the load balancer are event.N.zonal_shift, an impaired zone is a fault.N.zone_impairment"),
		lost("InstanceLifecyclePolicy.RetentionTriggers", "an instance whose termination hook is abandoned is terminated, not retained (and not billed on)"),
		read("DesiredCapacityType", g+"desired_capacity_type", "with instance_requirements; memory-mib is not modelled"),
		lost("PlacementGroup", "placement is not modelled: launches do not fail for want of room in the group's rack or partition"),
	},
		requirementProperties(m+"LaunchTemplate.Overrides"),
		idle(identity, "AutoScalingGroupARN", "ServiceLinkedRoleARN", "Tags", "Context", "Operator", "CreatedTime"),
		idle(status, "Status", "PredictedCapacity", "WarmPoolSize"),
		idle("the group's metrics are all there, whether AWS is told to collect them or not", "EnabledMetrics", "MetricsCollection"),
		idle("goes with ZonalShiftEnabled", "AvailabilityZoneImpairmentPolicy.ImpairedZoneHealthCheckBehavior"),
		idle("nobody deletes the group in a simulation", "DeletionProtection"),
		idle(software, m+"LaunchTemplate.Overrides.ImageId"),
		idle("notifications change nothing that is simulated", "NotificationConfigurations", "NotificationConfiguration"),
		idle("how the change is rolled out; an instance refresh is event.N.instance_refresh", "SkipZonalShiftValidation"),
	)
}

func warmPoolProperties() []Property {
	const p = "auto_scaling_group.warm_pool."
	return slices.Concat([]Property{
		becomes("PoolState", p+"pool_state", text),
		becomes("MinSize", p+"min_size", whole),
		becomes("MaxGroupPreparedCapacity", p+"max_group_prepared_capacity", wholeOrUnset),
		becomes("InstanceReusePolicy.ReuseOnScaleIn", p+"instance_reuse_policy.reuse_on_scale_in", truth),
	}, idle(identity, "AutoScalingGroupName"), idle(status, "Status"))
}

func hookProperties() []Property {
	const p = "hook.N."
	return slices.Concat([]Property{
		read("LifecycleHookName", "hook.N", "its name"),
		becomes("LifecycleTransition", p+"lifecycle_transition", transition),
		becomes("HeartbeatTimeout", p+"heartbeat_timeout", seconds),
		becomes("DefaultResult", p+"default_result", text),
	},
		idle(identity, "AutoScalingGroupName"),
		idle("48 hours or 100 times the heartbeat timeout, as in the simulation", "GlobalTimeout"),
		idle("who answers is hook.N.duration and success: how long it takes, and how often it answers", "NotificationTargetARN", "NotificationMetadata", "RoleARN"),
	)
}

func scheduleProperties() []Property {
	const p = "schedule.N."
	return slices.Concat([]Property{
		read("ScheduledActionName", "schedule.N", "its name"),
		becomes("Recurrence", p+"recurrence", text),
		becomes("TimeZone", p+"time_zone", text),
		read("StartTime", p+"start_time", "of a recurring action AWS shows the next time: left out, so that it recurs in the whole run"),
		read("EndTime", p+"end_time", "left out of a recurring action likewise"),
		becomes("MinSize", p+"min_size", wholeOrUnset),
		becomes("MaxSize", p+"max_size", wholeOrUnset),
		becomes("DesiredCapacity", p+"desired_capacity", wholeOrUnset),
	}, idle(identity, "AutoScalingGroupName", "ScheduledActionARN"), idle("the older name of StartTime", "Time"))
}
