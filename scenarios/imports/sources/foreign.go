package sources

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// foreign tells of a module whose sources are not in the folder. One that takes the sizes
// of a group is read as terraform-aws-modules/autoscaling would be, whose arguments have
// the provider's names (v9, 2026-08); of any other nothing is known.
func (p *Plan) foreign(address, source, place string, s shown, first bool) {
	_, low := s.values["min_size"]
	_, high := s.values["max_size"]
	why := "the sources of the module are not in the folder"
	if strings.HasPrefix(source, ".") {
		why += " (asgsim import DIR//SUB reads SUB of DIR, with modules anywhere in DIR)"
	}
	switch {
	case !first:
	case low && high:
		p.Open = append(p.Open, Question{place + " " + address, why + ": its arguments are read as those of terraform-aws-modules/autoscaling", address})
	default:
		p.ask(address, place, why+": what it makes is not known; terraform show -json of a plan knows")
	}
	if !low || !high {
		return
	}
	mixed(s)
	template := pick(s, "instance_type", "image_id", "user_data", "ebs_optimized", "block_device_mappings", "capacity_reservation_specification", "cpu_options", "credit_specification",
		"enclave_options", "hibernation_options", "instance_market_options", "license_specifications", "maintenance_options", "metadata_options", "network_interfaces", "placement",
		"tag_specifications", "key_name", "security_groups", "instance_requirements")
	template.values["monitoring"] = map[string]any{"enabled": true}
	if is, ok := s.values["enable_monitoring"].(bool); ok {
		template.values["monitoring"] = map[string]any{"enabled": is}
	}
	group := pick(s, "name", "min_size", "max_size", "desired_capacity", "desired_capacity_type", "default_cooldown", "default_instance_warmup", "health_check_type", "health_check_grace_period",
		"vpc_zone_identifier", "availability_zones", "termination_policies", "suspended_processes", "max_instance_lifetime", "capacity_rebalance", "protect_from_scale_in",
		"instance_maintenance_policy", "instance_refresh", "mixed_instances_policy", "warm_pool", "placement_group", "enabled_metrics", "availability_zone_distribution", "context")
	group.values["launch_template"] = map[string]any{"id": address + ".aws_launch_template.this", "version": "$Latest"}
	hooks := s.values["initial_lifecycle_hooks"]
	if hooks != nil {
		group.values["initial_lifecycle_hook"] = hooks
	}
	var targets []any
	for _, key := range slices.Sorted(maps.Keys(object(s.values["traffic_source_attachments"]))) {
		if id, ok := object(object(s.values["traffic_source_attachments"])[key])["traffic_source_identifier"].(string); ok {
			targets = append(targets, id)
		}
	}
	if len(targets) > 0 {
		group.values["target_group_arns"] = targets
	} else if len(object(s.values["traffic_source_attachments"])) > 0 {
		group.unknown["target_group_arns"] = true
	}
	p.add(address+".aws_autoscaling_group.this", "aws_autoscaling_group", "this", place, group)
	p.add(address+".aws_launch_template.this", "aws_launch_template", "this", place, template)
	for kind, name := range map[string]string{"aws_autoscaling_policy": "scaling_policies", "aws_autoscaling_schedule": "schedules"} {
		p.keyed(address, kind, name, place, s)
	}
}

// mixed leaves out a mixed instances policy that the module does not use, and puts the
// types of its older versions where the provider has them.
func mixed(s shown) {
	policy := object(s.values["mixed_instances_policy"])
	if is, ok := s.values["use_mixed_instances_policy"].(bool); !ok || !is {
		delete(s.values, "mixed_instances_policy")
		delete(s.unknown, "mixed_instances_policy")
	} else if policy["override"] != nil && policy["launch_template"] == nil {
		policy = maps.Clone(policy)
		policy["launch_template"] = map[string]any{"override": policy["override"]}
		delete(policy, "override")
		s.values["mixed_instances_policy"] = policy
	}
}

// keyed adds the resources that a module makes of a map, one for each key.
func (p *Plan) keyed(address, kind, argument, place string, s shown) {
	all, hidden := object(s.values[argument]), object(s.unknown[argument])
	for _, key := range slices.Sorted(maps.Keys(all)) {
		one := shown{values: object(all[key]), unknown: object(hidden[key])}
		values := maps.Clone(one.values)
		if values == nil {
			continue
		}
		values["autoscaling_group_name"] = address + ".aws_autoscaling_group.this"
		name := "name"
		if kind == "aws_autoscaling_schedule" {
			name = "scheduled_action_name"
		}
		if values[name] == nil {
			values[name] = key
		}
		one.values = values
		p.add(fmt.Sprintf("%s.%s.this[%q]", address, kind, key), kind, "this", place, one)
	}
}

// pick takes some arguments.
func pick(s shown, names ...string) shown {
	out := shown{values: map[string]any{}, unknown: map[string]any{}}
	for _, n := range names {
		if v, ok := s.values[n]; ok {
			out.values[n] = v
		}
		if u, ok := s.unknown[n]; ok {
			out.unknown[n] = u
		}
	}
	return out
}

// object is a value as a table; none if it is something else.
func object(v any) map[string]any {
	out, _ := v.(map[string]any)
	return out
}
