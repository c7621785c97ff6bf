package imports

import (
	"errors"
	"strings"
)

// requirements writes what the types are chosen by, and reports whether anything was.
func (m *mapper) requirements(g *Value) bool {
	at := m.required(g)
	if at == nil || at.Kind != Table {
		return false
	}
	if unit := g.Get("DesiredCapacityType"); unit != nil {
		switch unit.Text {
		case "vcpu":
			m.put(groupTable+".desired_capacity_type", `"vcpu"`, unit, "")
		case "memory-mib":
			m.lose(unit.Place(), "capacity is not counted in memory: the types are not chosen by their attributes")
			return false
		}
	}
	const k = requirementsTable + "."
	for _, name := range []struct {
		aws, key string
		as       convert
	}{{"VCpuCount", "vcpu_count", whole}, {"MemoryMiB", "memory_mib", whole}, {"MemoryGiBPerVCpu", "memory_gib_per_vcpu", number}} {
		if v := at.Get(name.aws, "Min"); v != nil {
			m.convert(k+name.key+".min", v, name.as)
		}
		if v := at.Get(name.aws, "Max"); v != nil && v.Text != "0" { // which Terraform shows where none is
			m.convert(k+name.key+".max", v, name.as)
		}
	}
	for _, least := range []string{k + "vcpu_count.min", k + "memory_mib.min"} {
		if m.find(least) == nil {
			m.put(least, "0", at, "no minimum is known")
		}
	}
	for _, name := range []struct{ aws, key string }{{"CpuManufacturers", "cpu_manufacturers"}, {"InstanceGenerations", "instance_generations"}, {"AllowedInstanceTypes", "allowed_instance_types"}, {"ExcludedInstanceTypes", "excluded_instance_types"}} {
		if v := at.Get(name.aws); v != nil && !v.empty() {
			m.convert(k+name.key, v, texts)
		}
	}
	for _, name := range []struct{ aws, key string }{{"BurstablePerformance", "burstable_performance"}, {"BareMetal", "bare_metal"}} {
		if v := at.Get(name.aws); v != nil {
			m.convert(k+name.key, v, text)
		}
	}
	for _, name := range []struct{ aws, key string }{{"OnDemandMaxPricePercentageOverLowestPrice", "on_demand"}, {"SpotMaxPricePercentageOverLowestPrice", "spot"}} {
		if v := at.Get(name.aws); v != nil {
			m.convert(k+name.key+"_max_price_percentage_over_lowest_price", v, whole)
		}
	}
	if v := at.Get("MaxSpotPriceAsPercentageOfOptimalOnDemandPrice"); v != nil && v.Text != "0" {
		m.convert(k+"max_spot_price_as_percentage_of_optimal_on_demand_price", v, whole)
	}
	m.onlyLowestPrice()
	return true
}

// required finds the requirements of a group: of its first override that has any, or of
// the launch template.
func (m *mapper) required(g *Value) *Value {
	var first *Value
	for _, o := range g.list("MixedInstancesPolicy", "LaunchTemplate", "Overrides") {
		switch v := o.Get("InstanceRequirements"); {
		case v == nil:
		case first == nil:
			first = v
		default:
			m.lose(v.Place(), "only the first of several requirements are read")
		}
	}
	if first != nil {
		return first
	}
	if t := m.template(); t != nil && t.Sort == Template {
		return t.Value.Get("LaunchTemplateData", "InstanceRequirements")
	}
	return nil
}

// onlyLowestPrice leaves out another strategy, which AWS does not take beside requirements.
func (m *mapper) onlyLowestPrice() {
	if e := m.find(mixedTable + ".instances_distribution.on_demand_allocation_strategy"); e != nil && e.value != `"lowest-price"` {
		e.off = "lowest-price, for types are chosen by their attributes"
	}
}

// texts converts a list of texts.
func texts(v *Value) (string, error) {
	items := v.Items
	if v.Kind != List {
		items = []*Value{v}
	}
	var out []string
	for _, item := range items {
		if item.Kind != Text || item.Text == "" {
			return "", errors.New("is not a list of texts")
		}
		out = append(out, quoted(item.Text))
	}
	return "[" + strings.Join(out, ", ") + "]", nil
}
