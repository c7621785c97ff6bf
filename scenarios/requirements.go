package scenarios

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim/asg"
	"asgsim/sim/ec2"
)

const (
	requirements = mixedTable + ".instance_requirements"
	capacityType = "auto_scaling_group.desired_capacity_type"
)

// requirementKeys documents [auto_scaling_group.mixed_instances_policy.instance_requirements].
func requirementKeys() []Key {
	const api = "AWS Auto Scaling InstanceRequirements, API of 2026-08"
	const r = requirements + "."
	return []Key{
		{Path: r + "vcpu_count.min", Type: Count, Unit: "vCPUs", Required: true, Min: "0", Max: "10000", Source: api, Doc: "An instance type has at least so many vCPUs."},
		{Path: r + "vcpu_count.max", Type: Count, Unit: "vCPUs", Absent: "no maximum", Min: "1", Max: "10000", Source: api, Doc: "An instance type has at most so many vCPUs."},
		{Path: r + "memory_mib.min", Type: Count, Unit: "MiB", Required: true, Min: "0", Max: "100000000", Source: api, Doc: "An instance type has at least so much memory."},
		{Path: r + "memory_mib.max", Type: Count, Unit: "MiB", Absent: "no maximum", Min: "1", Max: "100000000", Source: api, Doc: "An instance type has at most so much memory."},
		{Path: r + "memory_gib_per_vcpu.min", Type: Number, Unit: "GiB", Absent: "no minimum", Min: "0", Max: "1000", Source: api, Doc: "Memory for each vCPU, at least."},
		{Path: r + "memory_gib_per_vcpu.max", Type: Number, Unit: "GiB", Absent: "no maximum", Min: "0", Max: "1000", Source: api, Doc: "Memory for each vCPU, at most."},
		{Path: r + "cpu_manufacturers", Type: NameList, Absent: "any", Source: api, Doc: "Of intel, amd and amazon-web-services (Graviton): by the letters behind the generation of the type's name. All work at the same speed here: what another processor takes for a request is for instance.speed or an override to say."},
		{Path: r + "instance_generations", Type: NameList, Absent: "any", Source: api, Doc: "Of current and previous. Previous are, as the EC2 instance types guide sorts families, A1, C1, C3, C4, G2, G3, I2, M1, M2, M3, M4, P2, R3, R4, T1."},
		{Path: r + "burstable_performance", Type: Choice, Choices: optionNames(presences()), Default: `"excluded"`, Source: api, Doc: "Whether burstable types (T) are among them. Those that are earn and spend credits in the mode that AWS gives their family."},
		{Path: r + "bare_metal", Type: Choice, Choices: optionNames(presences()), Default: `"excluded"`, Source: api, Doc: "Whether types whose name ends in .metal are among them."},
		{Path: r + "allowed_instance_types", Type: NameList, Absent: "all", Source: api, Doc: "Types out of which the others choose, with * for any characters: [\"m7*\", \"c7g.*\"]. Not together with excluded_instance_types."},
		{Path: r + "excluded_instance_types", Type: NameList, Absent: "none", Source: api, Doc: "Types that are left out, with * for any characters."},
		{Path: r + "on_demand_max_price_percentage_over_lowest_price", Type: Count, Unit: "percent", Default: "20", Min: "0", Max: "999999", Source: api, Doc: "Price protection: a type may cost so much more, on demand, than the cheapest current C, M or R type that meets the requirements, and no more; of a vCPU with desired_capacity_type = \"vcpu\". 999999 turns it off."},
		{Path: r + "spot_max_price_percentage_over_lowest_price", Type: Count, Unit: "percent", Absent: "no limit", Min: "0", Max: "999999", Source: api + "; what AWS does where none is given is not published", Doc: "The same for Spot Instances, by Spot prices. Without one AWS applies a limit of its own that it does not publish: here none, for spot_allocation_strategy looks at prices."},
		{Path: r + "max_spot_price_as_percentage_of_optimal_on_demand_price", Type: Count, Unit: "percent", Absent: "no limit", Min: "1", Max: "999999", Source: api, Doc: "Price protection of Spot Instances by an on-demand price: a type's Spot price may be at most this share of that of the cheapest current C, M or R type that meets the requirements. Not together with spot_max_price_percentage_over_lowest_price."},
	}
}

// byRequirements makes the types of a group out of its requirements, and sets what goes
// with them.
func (d *decoder) byRequirements(first *ec2.Model, p *asg.Mixed, inVCPUs bool) []ec2.Model {
	const strategy = distribution + "on_demand_allocation_strategy"
	if d.IsGiven(strategy) && p.OnDemand != asg.OnDemandLowestPrice {
		d.Problem(strategy, d.At(strategy), form.Wrong(`write "lowest-price", or leave it out`, "must be lowest-price where types are chosen by their attributes, as in AWS"))
	}
	p.OnDemand = asg.OnDemandLowestPrice
	q := d.requirement()
	if q.perUnit = inVCPUs; d.FailedBelow(requirements) || d.Failed(strategy) {
		return nil
	}
	wrong := func(b *form.Mistake) []ec2.Model {
		d.Problem(requirements, d.At(requirements), b)
		return nil
	}
	var market []offered
	for _, name := range d.list.names() {
		if t, ok := d.list.lookup(name); ok && t.Price > 0 {
			market = append(market, offered{t, d.list.spotTerms(name).Saving})
		}
	}
	chosen := q.choose(market, p.OnDemandPercent < 100)
	if len(chosen) == 0 {
		return wrong(form.Wrong("allow more", "are met by none of the %d instance types whose price is known, as of %s", len(market), d.list.date()))
	}
	var models []ec2.Model
	for _, t := range chosen {
		m, b := d.modelOf(first, t)
		if b != nil {
			return wrong(b)
		}
		if q.perUnit {
			m.Weight = t.VCPU
		}
		models = append(models, m)
	}
	d.understood = append(d.understood, met(models))
	return models
}

// met says which types the requirements are met by.
func met(models []ec2.Model) string {
	var list []string
	for _, m := range models[:min(len(models), 12)] {
		list = append(list, fmt.Sprintf("%s $%.4g/h", m.Type.Name, m.Price.Float()))
	}
	if more := len(models) - len(list); more > 0 {
		list = append(list, fmt.Sprintf("and %d more", more))
	}
	return fmt.Sprintf("instance_requirements are met by %d types: %s", len(models), strings.Join(list, ", "))
}

// requirement reads the table.
func (d *decoder) requirement() *requirement {
	const r = requirements + "."
	q := requirement{spotOver: noLimit, spotOfOnDemand: noLimit}
	count := func(path string) (float64, bool) {
		n, ok := d.Count(path)
		return float64(n), ok
	}
	q.vcpu = d.span(r+"vcpu_count", count)
	q.memory = d.span(r+"memory_mib", count)
	q.perVCPU = d.span(r+"memory_gib_per_vcpu", d.Number)
	q.makers = d.namesOf(r+"cpu_manufacturers", intel, amd, graviton)
	q.generations = d.namesOf(r+"instance_generations", current, previous)
	q.burstable, _ = choose(d, r+"burstable_performance", presences())
	q.metal, _ = choose(d, r+"bare_metal", presences())
	q.allowed, _ = d.Names(r + "allowed_instance_types")
	q.excluded, _ = d.Names(r + "excluded_instance_types")
	if len(q.allowed) > 0 && len(q.excluded) > 0 {
		d.Problem(r+"excluded_instance_types", d.At(r+"excluded_instance_types"), form.Wrong("leave one of them out", "does not go with allowed_instance_types, as in AWS"))
	}
	q.onDemandOver, _ = d.Count(r + "on_demand_max_price_percentage_over_lowest_price")
	if over, ok := d.Count(r + "spot_max_price_percentage_over_lowest_price"); ok {
		q.spotOver = over
	}
	if share, ok := d.Count(r + "max_spot_price_as_percentage_of_optimal_on_demand_price"); ok {
		if q.spotOfOnDemand = share; q.spotOver != noLimit {
			d.Problem(r+"max_spot_price_as_percentage_of_optimal_on_demand_price", d.At(r+"max_spot_price_as_percentage_of_optimal_on_demand_price"), form.Wrong("leave one of them out", "does not go with spot_max_price_percentage_over_lowest_price, as in AWS"))
		}
	}
	return &q
}

// span reads what lies between min and max.
func (d *decoder) span(path string, get func(string) (float64, bool)) span {
	s := span{0, math.Inf(1)}
	if least, ok := get(path + ".min"); ok {
		s.least = least
	}
	if most, ok := get(path + ".max"); ok {
		if s.most = most; most < s.least {
			d.Problem(path+".max", d.At(path+".max"), form.Wrong("", "is below min: %s < %s", form.FormatNumber(most), form.FormatNumber(s.least)))
		}
	}
	return s
}

// namesOf reads a list whose entries are among some names.
func (d *decoder) namesOf(path string, names ...string) []string {
	list, _ := d.Names(path)
	for _, got := range list {
		if !slices.Contains(names, got) {
			d.Problem(path, d.At(path), form.Wrong("they are "+strings.Join(names, ", "), "does not know %q", got))
		}
	}
	return list
}
