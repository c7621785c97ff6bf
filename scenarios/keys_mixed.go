package scenarios

import "asgsim/sim/asg"

// mixedKeys documents [auto_scaling_group.mixed_instances_policy], [spot] and
// [quota].
func mixedKeys() []Key {
	const api = "AWS InstancesDistribution, API of 2026-08"
	const g = "auto_scaling_group."
	const m, d = g + "mixed_instances_policy.", g + "mixed_instances_policy.instances_distribution."
	return []Key{
		{Path: g + "capacity_rebalance", Type: Bool, Default: "false", Source: "AWS CreateAutoScalingGroup, API of 2026-08", Doc: "true: a Spot Instance that EC2 recommends to rebalance is replaced before it is interrupted, as long as some pool is at least as safe; else when its two-minute notice comes. false: the interruption is seen as a failed health check."},
		{Path: m + "overrides", Type: Overrides, Absent: "one type, instance.type, on demand", Source: "AWS LaunchTemplateOverrides, API of 2026-08", Doc: "The instance types, in order of priority: [{ instance_type = \"c7g.large\", weighted_capacity = 1 }, ...], 40 at most. weighted_capacity (1 to 999, all or none) is how many units of min_size, max_size and desired_capacity an instance counts for. Also speed, workers and price of the type (default: those of [instance]; the list price), spot_saving (share of the on-demand price) and interruption (share of its Spot Instances that EC2 reclaims in a month), both by default those seen of its family."},
		{Path: m + "default_tie", Type: Choice, Choices: []string{"strategy", "oldest"}, Default: `"strategy"`, Source: "undocumented by AWS, X-21", Doc: "Which instance the Default termination policy takes, of the fullest zone and of the purchase option over its share: the one that the allocation strategy would choose last; or, of those with an outdated launch template if there are any, the oldest."},
		{Path: d + "on_demand_base_capacity", Type: Count, Unit: "units of capacity", Default: "0", Min: "0", Max: "100000", Source: api, Doc: "Capacity that is on demand before any of it is Spot."},
		{Path: d + "on_demand_percentage_above_base_capacity", Type: Count, Unit: "percent", Default: "100", Min: "0", Max: "100", Source: api, Doc: "Percentage of the capacity above the base that is on demand; a fraction is rounded in favour of on demand."},
		{Path: d + "on_demand_allocation_strategy", Type: Choice, Choices: optionNames(enum(asg.OnDemandLowestPrice)), Default: `"prioritized"`, Source: api, Doc: "How the type of an On-Demand Instance is chosen: in the order of the overrides, or by the price of a unit."},
		{Path: d + "spot_allocation_strategy", Type: Choice, Choices: optionNames(enum(asg.PriceCapacityOptimized)), Default: `"lowest-price"`, Console: `"price-capacity-optimized"`, Source: api, Doc: "How the pool, a type in a zone, of a Spot Instance is chosen. What AWS knows of a pool's capacity is hidden; here it is the score of [spot]. capacity-optimized-prioritized keeps the order of the overrides among pools of about the same score; price-capacity-optimized takes the lowest price by score."},
		{Path: d + "spot_instance_pools", Type: Count, Unit: "pools", Default: "2", Min: "0", Max: "20", Source: api, Doc: "lowest-price only: over how many of the cheapest pools of a zone Spot Instances are spread. 0, which Terraform writes beside other strategies, is 2."},
		{Path: d + "spot_max_price", Type: Price, Absent: "the price on demand", Min: `"$0.001/h"`, Source: api, Doc: "\"0.05\", dollars an hour as AWS writes it, or \"$0.05/h\"; \"\" takes it away. What is paid for a unit of Spot capacity at most. Pools above it launch nothing, and an instance whose price rises above it is interrupted."},

		{Path: "spot.capacity_period", Type: Duration, Default: `"6h"`, Min: `"1m"`, Max: `"30d"`, Source: "undocumented by AWS, X-22", Doc: "How long the capacity score of a Spot pool holds, a number between 0 and 1, before it is drawn anew. Instances of a pool are reclaimed in proportion to 1 - score."},
		{Path: "spot.unavailable", Type: Share, Default: `"2%"`, Min: `"0%"`, Max: `"100%"`, Source: "undocumented by AWS, X-22", Doc: "Share of time in which a pool has no capacity to launch: its score is below this."},
		{Path: "spot.reclaimed", Type: Share, Default: `"50%"`, Above: `"0%"`, Max: `"100%"`, Source: "undocumented by AWS, X-22", Doc: "Share of a pool's instances that EC2 takes at once when it reclaims. The rate of reclaims follows, so that each instance's risk stays what interruption says."},
		{Path: "spot.recommendation_lead", Type: Random, Default: `{ exponential = "10m" }`, Source: "undocumented by AWS, X-24", Doc: "Time from the rebalance recommendation to the two-minute notice."},
		{Path: "spot.recommendation_coincides", Type: Share, Default: `"20%"`, Min: `"0%"`, Max: `"100%"`, Source: "undocumented by AWS, X-24", Doc: "Share of the reclaims in which the recommendation comes with the notice."},
		{Path: "spot.price_swing", Type: Share, Default: `"0%"`, Min: `"0%"`, Max: `"100%"`, Doc: "How far Spot prices wander about their mean, over days: standard deviation. They never exceed the price on demand. 0%: constant."},
		{Path: "spot.price_file", Type: Text, Absent: "the mean, and price_swing", Doc: "CSV file of recorded prices, relative to the scenario: columns Timestamp (RFC 3339, or seconds since the start), InstanceType, SpotPrice, and AvailabilityZone where they differ, as describe-spot-price-history has them."},

		{Path: "quota.on_demand_vcpus", Type: Count, Unit: "vCPUs", Absent: "no quota", Min: "1", Max: "10000000", Source: "AWS Service Quotas, EC2", Doc: "vCPUs of On-Demand Instances that the account may run. Launches beyond it fail, and are tried again."},
		{Path: "quota.spot_vcpus", Type: Count, Unit: "vCPUs", Absent: "no quota", Min: "1", Max: "10000000", Source: "AWS Service Quotas, EC2", Doc: "vCPUs of Spot Instances that the account may run."},
	}
}
