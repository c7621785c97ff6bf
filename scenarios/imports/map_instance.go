package imports

import (
	"cmp"
	"fmt"
	"strings"

	"asgsim/report/clean"
	"asgsim/scenarios/prices"
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
		if _, told := m.found.types[kind]; told && kv[0] != "price" {
			remark = "describe-instance-types"
		}
		m.put("instance."+kv[0], kv[1], nil, remark)
	}
	m.monitoring(template)
	if template == nil {
		m.missingTemplate()
		return
	}
	m.tenancy(template, kind)
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

// tenancy writes whose machine the instances share, where its prices are known.
func (m *mapper) tenancy(template *Resource, kind string) {
	v := template.Value.Get("LaunchTemplateData", "Placement", "Tenancy")
	if template.Sort == LaunchConfig {
		v = template.Value.Get("PlacementTenancy")
	}
	switch v.text() {
	case "", "default":
		return
	case "dedicated":
	default:
		m.lose(v.Place(), "the tenancy "+clean.Quoted(v.text())+" is not modelled: instances cost what shared ones do, where Dedicated Hosts are billed by the host")
		return
	}
	if c := m.dedicated(kind); c != nil {
		m.put("prices.tenancy", `"dedicated"`, v, "")
		if m.region == "" || m.region == ec2.PricesRegion { // else the zones say so
			m.put("prices.region", quoted(c.Region), v, "whose prices were imported")
		}
		return
	}
	m.lose(v.Place(), "dedicated tenancy costs more than what is written, the price of shared instances: write instance.price; or read AWS's list with asgsim prices import, and import again")
}

// dedicated are the imported prices that have a type on dedicated tenancy; nil where there
// are none.
func (m *mapper) dedicated(kind string) *prices.Catalogue {
	if m.found.prices == nil {
		return nil
	}
	c := m.found.prices(cmp.Or(m.region, ec2.PricesRegion))
	if c == nil {
		return nil
	}
	t, _ := c.Type(kind)
	if terms, ok := t.Under("linux", "dedicated"); !ok || terms.OnDemand <= 0 {
		return nil
	}
	return c
}

// credits writes what a burstable type does out of credits, or says that it is of none.
func (m *mapper) credits(template *Resource, kind string) {
	v := template.Value.Get("LaunchTemplateData", "CreditSpecification", "CpuCredits")
	if v == nil || v.Kind != Text || v.Text == "" {
		return
	}
	if t, _ := ec2.Lookup(kind); t.Burstable {
		m.convert("instance.credit_specification", v, text)
		return
	}
	m.lose(v.Place(), fmt.Sprintf("is of burstable types: %s has no CPU credits, and what others there are in the group have AWS's default for theirs", kind))
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
