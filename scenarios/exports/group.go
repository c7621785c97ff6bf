package exports

import (
	"strconv"
	"strings"

	"asgsim/scenarios/form"
)

// scaled is the group itself.
func (r *resources) scaled() {
	const p = groupTable + "."
	body := (&object{}).put("AutoScalingGroupName", r.groupName())
	r.group = r.add(group, r.groupName(), body)
	body.put("MinSize", r.whole(p+"min_size")).put("MaxSize", r.whole(p+"max_size"))
	if desired := r.whole(p + "desired_capacity"); desired != nil {
		body.put("DesiredCapacity", desired)
	}
	spec := (&object{}).put("LaunchTemplateId", ref{r.template, "id"}).put("Version", ref{r.template, "version"})
	if r.c.World.Group.Mixed == nil {
		body.put("LaunchTemplate", spec)
	} else {
		body.put("MixedInstancesPolicy", r.mixed(spec))
	}
	if unit := r.text(p + "desired_capacity_type"); unit == "vcpu" {
		body.put("DesiredCapacityType", unit)
	}
	body.put("AvailabilityZones", r.zones())
	if r.targets != nil {
		arns := []any{ref{r.targets, "arn"}}
		for _, name := range r.entries(otherTable) {
			arns = append(arns, ref{r.others[name], "arn"})
		}
		body.put("TargetGroupARNs", arns)
	}
	body.put("HealthCheckType", r.text(p+"health_check_type")).put("HealthCheckGracePeriod", r.seconds(p+"health_check_grace_period"))
	body.put("DefaultCooldown", r.seconds(p+"default_cooldown")).put("DefaultInstanceWarmup", r.seconds(p+"default_instance_warmup"))
	body.put("TerminationPolicies", r.texts(p+"termination_policies"))
	body.put("NewInstancesProtectedFromScaleIn", r.truth(p+"new_instances_protected_from_scale_in"))
	body.put("MaxInstanceLifetime", positive(r.seconds(p+"max_instance_lifetime")))
	body.put("CapacityRebalance", r.truth(p+"capacity_rebalance"))
	const m = p + "instance_maintenance_policy."
	body.put("InstanceMaintenancePolicy", (&object{}).put("MinHealthyPercentage", r.percent(m+"min_healthy_percentage")).put("MaxHealthyPercentage", r.percent(m+"max_healthy_percentage")).filled())
	const z = p + "availability_zone_distribution."
	body.put("AvailabilityZoneDistribution", (&object{}).put("CapacityDistributionStrategy", r.text(z+"capacity_distribution_strategy")).filled())
	body.put("SuspendedProcesses", r.texts(p+"suspended_processes"))
}

// positive leaves out what is not above 0, which says that there is none.
func positive(v any) any {
	if n, ok := v.(int64); ok && n <= 0 {
		return nil
	}
	return v
}

// zones are the group's, by AWS's names.
func (r *resources) zones() any {
	list, _ := r.texts(groupTable + ".availability_zones").([]any)
	for i, z := range list {
		if s, ok := z.(string); ok && len(s) == 1 {
			list[i] = r.region + s
		}
	}
	return list
}

// mixed is the mixed instances policy.
func (r *resources) mixed(spec *object) *object {
	const d = mixedTable + ".instances_distribution."
	var overrides []any
	if n := r.node(mixedTable + ".overrides"); n != nil {
		for _, e := range n.List {
			overrides = append(overrides, override(e))
			for _, k := range e.Table.Keys {
				if k != "instance_type" && k != "weighted_capacity" {
					r.partly[mixedTable+".overrides"] = append(r.partly[mixedTable+".overrides"], k)
				}
			}
		}
	}
	strategy := r.text(d + "on_demand_allocation_strategy")
	if q := r.requirements(); q != nil {
		overrides = []any{(&object{}).put("InstanceRequirements", q)}
		strategy = "lowest-price"
	}
	distribution := (&object{}).put("OnDemandAllocationStrategy", strategy).
		put("OnDemandBaseCapacity", r.whole(d+"on_demand_base_capacity")).
		put("OnDemandPercentageAboveBaseCapacity", r.percent(d+"on_demand_percentage_above_base_capacity")).
		put("SpotAllocationStrategy", r.text(d+"spot_allocation_strategy"))
	if pools := r.whole(d + "spot_instance_pools"); r.text(d+"spot_allocation_strategy") == "lowest-price" {
		distribution.put("SpotInstancePools", pools) // AWS refuses it beside other strategies
	}
	if n := r.node(d + "spot_max_price"); n != nil {
		distribution.put("SpotMaxPrice", price(n))
	}
	launch := (&object{}).put("LaunchTemplateSpecification", spec).put("Overrides", overrides)
	return (&object{}).put("LaunchTemplate", launch).put("InstancesDistribution", distribution)
}

// override is one type, with its weight.
func override(e *form.Node) *object {
	o := &object{}
	if s, ok := e.Table.Get("instance_type").Str(); ok {
		o.put("InstanceType", s)
	}
	if n := e.Table.Get("weighted_capacity"); n != nil {
		if w, b := form.Whole(n); b == nil {
			o.put("WeightedCapacity", strconv.Itoa(w))
		}
	}
	return o
}

// price is dollars an hour in text, as AWS has it.
func price(n *form.Node) any {
	s, ok := n.Str()
	if !ok {
		return form.Unquoted(n.Text())
	}
	if s = strings.TrimSuffix(strings.TrimPrefix(s, "$"), "/h"); s == "" {
		return nil
	}
	return s
}

// pool is the warm pool.
func (r *resources) pool() {
	const p = poolTable + "."
	body := r.ofGroup().put("PoolState", r.text(p+"pool_state")).put("MinSize", r.whole(p+"min_size")).put("MaxGroupPreparedCapacity", r.whole(p+"max_group_prepared_capacity"))
	body.put("InstanceReusePolicy", (&object{}).put("ReuseOnScaleIn", r.truth(p+"instance_reuse_policy.reuse_on_scale_in")).filled())
	r.add(warmPool, r.groupName(), body)
}

// hook is a lifecycle hook.
func (r *resources) hook(name string) {
	p := "hook." + name + "."
	when := map[any]string{"launching": "EC2_INSTANCE_LAUNCHING", "terminating": "EC2_INSTANCE_TERMINATING"}[r.text(p+"lifecycle_transition")]
	body := r.ofGroup().put("LifecycleHookName", name).put("LifecycleTransition", "autoscaling:"+when)
	r.add(hook, name, body.put("HeartbeatTimeout", r.seconds(p+"heartbeat_timeout")).put("DefaultResult", r.text(p+"default_result")))
}

// schedule is a scheduled action.
func (r *resources) schedule(name string) {
	p := "schedule." + name + "."
	zone, _ := r.text(p + "time_zone").(string)
	body := r.ofGroup().put("ScheduledActionName", name).put("Recurrence", r.text(p+"recurrence"))
	if body.get("Recurrence") != nil {
		body.put("TimeZone", r.text(p+"time_zone"))
	}
	body.put("StartTime", r.moment(p+"start_time", zone)).put("EndTime", r.moment(p+"end_time", zone))
	for _, f := range [...][2]string{{"MinSize", "min_size"}, {"MaxSize", "max_size"}, {"DesiredCapacity", "desired_capacity"}} {
		if n, ok := r.whole(p + f[1]).(int64); ok && n >= 0 {
			body.put(f[0], n)
		}
	}
	r.add(schedule, name, body)
}
