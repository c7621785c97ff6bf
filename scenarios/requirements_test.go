package scenarios

import (
	"strings"
	"testing"

	"asgsim/sim/asg"
)

// The types of two vCPUs and 4 to 8 GiB are those of the price list of 2026-07-20 (us-east-1,
// on demand, an hour): c6g $0.068, c7g $0.0725, c6a $0.0765, c5a $0.077, m6g $0.077, c8g
// $0.07976, m7g $0.0816, ... AWS protects from what costs over 20 % more than the cheapest
// current C, M or R type (OnDemandMaxPricePercentageOverLowestPrice, EC2 Auto Scaling API,
// read 2026-11): over $0.0816.
func TestTypesAreChosenByTheirAttributes(t *testing.T) {
	const table = "[auto_scaling_group.mixed_instances_policy.instance_requirements]\n"
	const two = table + "vcpu_count = { min = 2, max = 2 }\nmemory_mib = { min = 4096, max = 8192 }\n"
	cases := []struct{ name, text, want string }{
		{"within a fifth of the cheapest", two, "c6g.large c7g.large c6a.large c5a.large m6g.large c8g.large m7g.large"},
		{"AMD alone: the cheapest is another", two + `cpu_manufacturers = ["amd"]`, "c6a.large c5a.large m5a.large m6a.large"},
		{"half as much again", two + "allowed_instance_types = [\"c?g.large\", \"m6i.*\"]\non_demand_max_price_percentage_over_lowest_price = 50", "c6g.large c7g.large c8g.large m6i.large"},
		{"excluded by pattern", two + `excluded_instance_types = ["c*"]` + "\non_demand_max_price_percentage_over_lowest_price = 6", "m6g.large m7g.large"},
		{"memory for each vCPU", table + "vcpu_count = { min = 2, max = 2 }\nmemory_mib = { min = 0 }\nmemory_gib_per_vcpu = { min = 8 }\non_demand_max_price_percentage_over_lowest_price = 10", "r6g.large r7g.large"},
		{"previous generations", table + "vcpu_count = { min = 2, max = 2 }\nmemory_mib = { min = 0 }\ninstance_generations = [\"previous\"]", "c4.large m4.large"},
		{"burstable alone", table + "vcpu_count = { min = 2, max = 2 }\nmemory_mib = { min = 4096, max = 4096 }\nburstable_performance = \"required\"\ncpu_manufacturers = [\"amazon-web-services\", \"amd\"]", "t4g.medium t3a.medium"},
	}
	for _, c := range cases {
		s := load(t, base+c.text+"\n")
		w := &s.Configs[0].World
		var got []string
		for _, m := range w.Template.Mixed {
			got = append(got, m.Type.Name)
			if m.Weight != 0 {
				t.Errorf("%s: %s counts for %d", c.name, m.Type.Name, m.Weight)
			}
		}
		if strings.Join(got, " ") != c.want || w.Group.Mixed.OnDemand != asg.OnDemandLowestPrice {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
	}
}

// With Spot Instances a type is in if either of its prices is: m7i.large costs $0.1008 on
// demand, over a fifth more than c6g.large.
func TestTypesThatAreCheapAsSpot(t *testing.T) {
	const text = "[auto_scaling_group.mixed_instances_policy.instances_distribution]\non_demand_percentage_above_base_capacity = 50\n" +
		"[auto_scaling_group.mixed_instances_policy.instance_requirements]\nvcpu_count = { min = 2, max = 2 }\nmemory_mib = { min = 4096, max = 8192 }\nallowed_instance_types = [\"c6g.large\", \"m7i.large\"]\n"
	if m := load(t, base+text).Configs[0].World.Template.Mixed; len(m) != 2 {
		t.Errorf("%d types, want both", len(m))
	}
	if m := load(t, base+text+"spot_max_price_percentage_over_lowest_price = 0\n").Configs[0].World.Template.Mixed; len(m) != 1 {
		t.Errorf("%d types, want the cheapest of both prices alone", len(m))
	}
	// Of the $0.068 that c6g.large costs on demand a hundredth is less than any Spot price,
	// twice as much is more than m7i.large costs at all.
	for share, want := range map[string]int{"1": 1, "200": 2} {
		if m := load(t, base+text+"max_spot_price_as_percentage_of_optimal_on_demand_price = "+share+"\n").Configs[0].World.Template.Mixed; len(m) != want {
			t.Errorf("at most %s %% of the on-demand price: %d types, want %d", share, len(m), want)
		}
	}
	if got := loadError(t, base+text+"spot_max_price_percentage_over_lowest_price = 10\nmax_spot_price_as_percentage_of_optimal_on_demand_price = 50\n"); !strings.Contains(got, "does not go with spot_max_price_percentage_over_lowest_price") {
		t.Error(got)
	}
}

// Counted in vCPUs an instance of four counts for four, and prices are those of a vCPU.
func TestCapacityInVCPUs(t *testing.T) {
	const text = "[auto_scaling_group.mixed_instances_policy.instance_requirements]\nvcpu_count = { min = 2, max = 4 }\nmemory_mib = { min = 0 }\nallowed_instance_types = [\"c6g.*\"]\n"
	m := load(t, base+text, "auto_scaling_group.desired_capacity_type=vcpu").Configs[0].World.Template.Mixed
	if len(m) != 2 || m[0].Weight != m[0].Type.VCPU || m[1].Weight != m[1].Type.VCPU || m[0].Type.VCPU+m[1].Type.VCPU != 6 {
		t.Errorf("%+v", m)
	}
}

func TestRequirementsThatAreRefused(t *testing.T) {
	const table = "[auto_scaling_group.mixed_instances_policy.instance_requirements]\n"
	const anything = table + "vcpu_count = { min = 2 }\nmemory_mib = { min = 0 }\n"
	const mixed = "[auto_scaling_group.mixed_instances_policy]\noverrides = [{ instance_type = \"c7g.large\" }]\n"
	for _, c := range []struct{ group, text, want string }{
		{"", table + "vcpu_count = { min = 2 }\n", "memory_mib.min"},
		{"", table + "vcpu_count = { min = 4, max = 2 }\nmemory_mib = { min = 0 }\n", "is below min: 2 < 4"},
		{"", table + "vcpu_count = { min = 9000 }\nmemory_mib = { min = 0 }\n", "are met by none of the"},
		{"", anything + "cpu_manufacturers = [\"arm\"]\n", `does not know "arm"`},
		{"", anything + "allowed_instance_types = [\"c*\"]\nexcluded_instance_types = [\"m*\"]\n", "does not go with allowed_instance_types"},
		{"desired_capacity_type = \"vcpu\"\n", "", "counts vCPUs only with"},
		{"desired_capacity_type = \"memory-mib\"\n", anything, "memory-mib"},
		{"", mixed + anything, "leave one of them out"},
		{"", anything + "[auto_scaling_group.mixed_instances_policy.instances_distribution]\non_demand_allocation_strategy = \"prioritized\"\n", "must be lowest-price"},
	} {
		got := loadError(t, strings.Replace(base, "max_size = 4\n", "max_size = 4\n"+c.group, 1)+c.text)
		if !strings.Contains(got, c.want) {
			t.Errorf("%s%s: got %v, want %q", c.group, c.text, got, c.want)
		}
	}
}
