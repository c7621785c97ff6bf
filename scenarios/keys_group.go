package scenarios

import "asgsim/sim/serving"

// healthThresholds is the table of the thresholds of healthy targets.
const healthThresholds = "target_group.target_group_health."

// balancerKeys documents [load_balancer] and [target_group].
func balancerKeys() []Key {
	const guide = "AWS User Guide for Application Load Balancers, 2023-04-06"
	const api = "AWS ELBv2 API, 2026-08"
	return []Key{
		{Path: "load_balancer.load_balancer_type", Type: Choice, Choices: []string{"application", "none"}, Default: `"application"`, Source: api, Doc: "Type of the load balancer. none: clients spread their requests by themselves, and nothing is billed. network and gateway are planned."},
		{Path: "load_balancer.idle_timeout", Type: Duration, Default: `"60s"`, Min: `"1s"`, Max: `"4000s"`, Source: guide, Doc: "An attempt without an answer for this long gets a 504."},
		{Path: "load_balancer.rules", Type: Count, Default: "10", Min: "0", Max: "200", Doc: "Listener rules evaluated a request; the first 10 are free."},
		{Path: "load_balancer.price", Type: Price, Default: `"$0.0225/h"`, Source: "AWS price list, us-east-1, 2026", Doc: "Price of the load balancer itself."},
		{Path: "load_balancer.lcu_price", Type: Price, Default: `"$0.008/h"`, Source: "AWS price list, us-east-1, 2026", Doc: "Price of a load balancer capacity unit."},

		{Path: "target_group.load_balancing_algorithm_type", Type: Choice, Choices: optionNames(listed(serving.Algorithms())), Default: `"round_robin"`, Source: guide, Doc: "How the balancer picks a target."},
		{Path: "target_group.load_balancing_cross_zone_enabled", Type: Bool, Default: "true", Source: guide, Doc: "true: every node sends to targets of all zones. false: to those of its own zone."},
		{Path: "target_group.deregistration_delay", Type: Duration, Default: `"300s"`, Min: `"0s"`, Max: `"3600s"`, Source: api, Doc: "How long a target drains at most before it goes; shorter once nothing is in flight."},
		{Path: "target_group.deregistration_completes", Type: Choice, Choices: []string{"idle", "delay"}, Default: `"idle"`, Source: "ALB guide, Edit target group attributes, read 2026-11", Doc: "When a draining target is drained: as soon as nothing is in flight on it and no connection to it is active, as AWS documents, or only when deregistration_delay is over: the worst case, of connections that stay busy."},
		{Path: "target_group.slow_start", Type: Duration, Default: `"0s"`, Min: `"0s"`, Max: `"900s"`, Source: guide, Doc: "A target that becomes healthy gets a share that grows linearly over this time, 30s to 900s; 0s: its full share at once. With round_robin only."},
		{Path: "target_group.slow_start_floor", Type: Share, Absent: "1 by the number of healthy targets", Above: `"0%"`, Max: `"100%"`, Source: "undocumented by AWS, X-27", Doc: "Least part of a full share that a target in slow start gets."},
		{Path: healthThresholds + "dns_failover.minimum_healthy_targets_count", Type: CountOrOff, Default: "1", Min: "1", Max: "1000", Source: api, Doc: "With fewer healthy targets a zone is taken out of DNS, unless all would be; the guide has it off. Only without cross-zone balancing does a zone have targets of its own."},
		{Path: healthThresholds + "dns_failover.minimum_healthy_targets_percentage", Type: ShareOrOff, Default: `"off"`, Min: `"1%"`, Max: `"100%"`, Source: api, Doc: "The same as a share of the zone's registered targets; either is enough. Clients follow at once here, within a minute in AWS."},
		{Path: healthThresholds + "unhealthy_state_routing.minimum_healthy_targets_count", Type: CountOrOff, Default: "1", Min: "1", Max: "1000", Source: api, Doc: "With fewer healthy targets requests go to all of them, healthy or not."},
		{Path: healthThresholds + "unhealthy_state_routing.minimum_healthy_targets_percentage", Type: ShareOrOff, Default: `"off"`, Min: `"1%"`, Max: `"100%"`, Source: api, Doc: "The same as a share of the registered targets; either is enough."},
		{Path: "target_group.health_check.interval", Type: Duration, Default: `"30s"`, Min: `"5s"`, Max: `"300s"`, Source: guide, Doc: "Time between two probes of a target."},
		{Path: "target_group.health_check.timeout", Type: Duration, Default: `"5s"`, Terraform: `"6s"`, Min: `"2s"`, Max: `"120s"`, Source: guide, Doc: "A probe unanswered for this long has failed."},
		{Path: "target_group.health_check.healthy_threshold", Type: Count, Unit: "probes", Default: "5", Terraform: "3", Min: "2", Max: "10", Source: guide, Doc: "Good probes in a row that make an unhealthy target healthy; a new one needs a single one."},
		{Path: "target_group.health_check.unhealthy_threshold", Type: Count, Unit: "probes", Default: "2", Terraform: "3", Min: "2", Max: "10", Source: guide, Doc: "Failed probes in a row that make a target unhealthy."},
		{Path: "target_group.health_check.work", Type: Duration, Default: `"1ms"`, Min: `"0s"`, Max: `"10s"`, Doc: "CPU time a probe costs the target; it waits in the same queue as requests."},
	}
}

// groupKeys documents [auto_scaling_group].
func groupKeys() []Key {
	const api = "AWS CreateAutoScalingGroup, API of 2026-08"
	return []Key{
		{Path: "auto_scaling_group.name", Type: Text, Absent: "the scenario's name", Doc: "Name of the group in activities."},
		{Path: "auto_scaling_group.min_size", Type: Count, Unit: "instances", Required: true, Min: "0", Max: "100000", Source: api, Doc: "Least number of instances; of units where a mixed instances policy has weights, as max_size and desired_capacity are."},
		{Path: "auto_scaling_group.max_size", Type: Count, Unit: "instances", Required: true, Min: "0", Max: "100000", Source: api, Doc: "Greatest number of instances."},
		{Path: "auto_scaling_group.desired_capacity", Type: Count, Unit: "instances", Absent: "what the policies settle at for the load at start (min_size in AWS)", Min: "0", Max: "100000", Source: api, Doc: "Instances at the start."},
		{Path: "auto_scaling_group.availability_zones", Type: NameList, Default: `["a", "b", "c"]`, Doc: "Zones over which instances are spread: short names, or those of AWS. In another region than us-east-1, whose prices are known, instance.price must be given."},
		{Path: "auto_scaling_group.health_check_type", Type: Choice, Choices: []string{"EC2", "ELB"}, Default: `"EC2"`, Source: api, Doc: "EC2: only dead instances are replaced. ELB: also those that fail the target group's health checks."},
		{Path: "auto_scaling_group.health_check_grace_period", Type: Duration, Default: `"0s"`, Terraform: `"300s"`, Console: `"300s"`, Min: `"0s"`, Max: `"7200s"`, Source: api, Doc: "Failed balancer checks are ignored for this long after an instance is in service."},
		{Path: "auto_scaling_group.default_instance_warmup", Type: Duration, Absent: "unset: policies fall back on default_cooldown", Min: `"0s"`, Max: `"3600s"`, Source: api, Doc: "A new instance's metrics are left out, and scale-in waits, for this long."},
		{Path: "auto_scaling_group.default_cooldown", Type: Duration, Default: `"300s"`, Min: `"0s"`, Max: `"86400s"`, Source: api, Doc: "Used where no warm-up is given."},
		{Path: "auto_scaling_group.termination_policies", Type: NameList, Default: `["Default"]`, Source: api, Doc: "Which instance of the fullest zone goes first, each policy choosing among those the one before left: OldestInstance, NewestInstance, ClosestToNextInstanceHour, OldestLaunchTemplate, AllocationStrategy, Default (last). In a mixed group the purchase option over its share goes first."},
		{Path: "auto_scaling_group.reconcile_delay", Type: Random, Default: `{ triangular = ["5s", "10s", "30s"] }`, Source: "undocumented by AWS, X-12", Doc: "Change of the desired capacity to the action it starts."},
		{Path: "auto_scaling_group.health_check_phase", Type: Duration, Absent: "drawn by the seed, the same for the whole run", Min: `"0s"`, Max: `"1h"`, Source: "undocumented by AWS", Doc: "When the first health check of the group falls after the first period."},
		{Path: "auto_scaling_group.replacement_delay", Type: Random, Default: `"31s"`, Source: "undocumented by AWS: it creates the terminating activity first; 31 s were seen", Doc: "Time from the beginning of an unhealthy instance's termination to the launch of another."},
		{Path: "auto_scaling_group.health_check_period", Type: Duration, Default: `"60s"`, Min: `"1s"`, Max: `"1h"`, Source: "undocumented by AWS, X-13", Doc: "Period of the group's own health check."},
		{Path: "auto_scaling_group.impaired_wait", Type: Duration, Default: `"300s"`, Min: `"0s"`, Max: `"1d"`, Source: "undocumented by AWS, X-14", Doc: "Impaired EC2 status check to unhealthy."},
		{Path: "auto_scaling_group.shutting_down", Type: Random, Default: `{ uniform = ["20s", "65s"] }`, Source: "undocumented by AWS", Doc: "Terminate call to terminated."},
		{Path: "auto_scaling_group.in_service_at", Type: Choice, Choices: []string{"running", "boot_done"}, Default: `"running"`, Source: "undocumented by AWS, X-4", Doc: "When an instance is in service: at EC2 state running, or when the application is up."},
		{Path: "auto_scaling_group.boot_timeout", Type: Duration, Default: `"1h"`, Min: `"1m"`, Max: `"48h"`, Source: "undocumented by AWS; the default heartbeat timeout of the hook one would use", Doc: "Where the group waits for the application (in_service_at = \"boot_done\", a warm pool), a launch that is not up by then has failed."},
		{Path: "auto_scaling_group.all_unhealthy_batch", Type: Count, Unit: "instances", Default: "1", Min: "1", Max: "1000", Source: "undocumented by AWS, X-20", Doc: "Replacements at a time while the balancer finds every instance unhealthy."},
	}
}
