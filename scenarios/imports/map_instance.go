package imports

import (
	"strings"

	"asgsim/sim/ec2"
)

// mapInstance writes [instance], and what of Spot a launch template says.
func (m *mapper) mapInstance() {
	t := m.table("instance")
	kind, from, remark := m.typeOf()
	template := m.template()
	if template != nil {
		t.from = template.Value
	} else if m.group != nil {
		t.from = m.group.Value
	}
	if kind == "" {
		kind, remark = assumedType, "assumed"
		m.assume("instance.type", "the type is not in the files: "+assumedType+"; give describe-launch-template-versions too")
	}
	m.put("instance.type", quoted(kind), from, remark)
	for _, kv := range m.inPlace(kind) {
		remark := "assumed"
		if t, ok := ec2.Lookup(kind); ok && t.Name == kind {
			remark += ": the price in " + ec2.PricesRegion
		}
		m.put("instance."+kv[0], kv[1], nil, remark)
	}
	m.monitoring(template)
	if template == nil {
		m.missingTemplate()
		return
	}
	m.credits(template, kind)
	m.spot(template, kind)
	m.tell(template)
}

// monitoring writes whether EC2's metrics come every minute.
func (m *mapper) monitoring(template *Resource) {
	const key = "instance.monitoring"
	if template == nil {
		value, of := `"basic"`, "launch templates"
		if m.group != nil && m.group.Value.Get("LaunchConfigurationName") != nil {
			value, of = `"detailed"`, "launch configurations"
		}
		m.put(key, value, nil, "assumed")
		m.assume(key, "not in the files: "+strings.Trim(value, `"`)+", as AWS does unless told otherwise by "+of)
		return
	}
	at, preset := template.Value.Get("LaunchTemplateData", "Monitoring", "Enabled"), false
	if template.Sort == LaunchConfig {
		preset = true
		if at = template.Value.Get("InstanceMonitoring"); at != nil && at.Kind == Table {
			at = at.Get("Enabled")
		}
	}
	is, ok := at.truth()
	remark := ""
	if !ok {
		is, remark, at = preset, "not given: AWS's default", nil
	}
	value := map[bool]string{true: `"detailed"`, false: `"basic"`}[is]
	m.put(key, value, at, remark)
}

// credits writes what a burstable type does out of credits.
func (m *mapper) credits(template *Resource, kind string) {
	v := template.Value.Get("LaunchTemplateData", "CreditSpecification", "CpuCredits")
	if t, _ := ec2.Lookup(kind); v != nil && v.Kind == Text && t.Burstable {
		m.convert("instance.credit_specification", v, text)
	}
}

// spot makes a group of Spot Instances alone a mixed one of one type.
func (m *mapper) spot(template *Resource, kind string) {
	v, price := template.Value.Get("LaunchTemplateData", "InstanceMarketOptions", "MarketType"), template.Value.Get("LaunchTemplateData", "InstanceMarketOptions", "SpotOptions", "MaxPrice")
	if template.Sort == LaunchConfig {
		v = template.Value.Get("SpotPrice")
		price = v
	} else if v == nil || v.Text != "spot" {
		return
	}
	if v == nil || v.Kind != Text || m.has(mixedTable+".overrides") {
		return
	}
	row := m.override(kind)
	const dist = mixedTable + ".instances_distribution."
	m.put(mixedTable+".overrides", "["+row+"]", v, "Spot Instances alone")
	m.put(dist+"on_demand_percentage_above_base_capacity", "0", v, "")
	if price != nil {
		m.convert(dist+"spot_max_price", price, text)
	}
}
