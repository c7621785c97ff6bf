package imports

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"asgsim/report/clean"
	"asgsim/sim/ec2"
)

// overrides writes the types of a mixed instances policy.
func (m *mapper) overrides(g *Value) {
	list := g.Get("MixedInstancesPolicy", "LaunchTemplate", "Overrides")
	if g.Get("MixedInstancesPolicy") == nil {
		return
	}
	var rows, weighed []string
	seen := map[string]bool{}
	for _, o := range g.list("MixedInstancesPolicy", "LaunchTemplate", "Overrides") {
		kind := o.Get("InstanceType")
		if kind == nil || kind.Kind != Text {
			if kind != nil {
				m.lose(kind.Place(), "is not known: "+kind.Text)
			}
			continue
		}
		name, _ := m.known(kind)
		if seen[name] {
			m.lose(kind.Place(), fmt.Sprintf("%s is there already as %s", clean.Quoted(kind.Text), name))
			continue
		}
		seen[name] = true
		row := "instance_type = " + quoted(name)
		if w := o.Get("WeightedCapacity"); w != nil {
			if n, err := whole(w); err == nil {
				row += ", weighted_capacity = " + n
				weighed = append(weighed, name)
			}
		}
		if m.elsewhere() {
			row += ", price = " + quoted(listPrice(name))
		}
		rows = append(rows, "{ "+row+" }")
	}
	if len(rows) > maxOverrides {
		m.lose(list.Place(), fmt.Sprintf("holds %d types, of which the first %d are written", len(rows), maxOverrides))
		rows = rows[:maxOverrides]
	}
	if len(rows) == 0 {
		m.singleType(g)
		return
	}
	if 0 < len(weighed) && len(weighed) < len(rows) {
		m.lose(list.Place(), "only some types have a weighted_capacity: the others count for 1 in AWS too, and are written so")
		for i := range rows {
			if !strings.Contains(rows[i], "weighted_capacity") {
				rows[i] = strings.TrimSuffix(rows[i], " }") + ", weighted_capacity = 1 }"
			}
		}
	}
	m.put(mixedTable+".overrides", "[\n  "+strings.Join(rows, ",\n  ")+",\n]", list, "")
}

// maxOverrides is how many types a scenario may hold.
const maxOverrides = 40

// singleType makes a mixed instances policy without types one of those that run now, or
// of the launch template's.
func (m *mapper) singleType(g *Value) {
	var rows []string
	var from *Value
	seen := map[string]bool{}
	for _, v := range g.list("Instances") {
		name := v.text("InstanceType")
		if _, ok := ec2.Lookup(name); ok && !seen[name] && len(rows) < maxOverrides {
			seen[name], from = true, g.Get("Instances")
			rows = append(rows, m.override(name))
		}
	}
	const key = mixedTable + ".overrides"
	if len(rows) > 0 {
		m.put(key, "["+strings.Join(rows, ", ")+"]", from, "those that run now")
		m.assume(key, "no type is named there: the group has those that run now")
		return
	}
	kind, from, remark := m.typeOf()
	if kind == "" {
		kind, remark = assumedType, "assumed"
	}
	m.put(key, "["+m.override(kind)+"]", from, remark)
	m.assume(key, "no type is named there: the group has the one of instance.type alone")
}

// override is one type of a mixed instances policy.
func (m *mapper) override(kind string) string {
	row := "{ instance_type = " + quoted(kind)
	if m.elsewhere() {
		row += ", price = " + quoted(listPrice(kind))
	}
	return row + " }"
}

// elsewhere reports whether the group is where prices are not known.
func (m *mapper) elsewhere() bool { return m.region != "" && m.region != ec2.PricesRegion }

// listPrice is a type's price on demand in the price list's region.
func listPrice(name string) string {
	t, _ := ec2.Lookup(name)
	return fmt.Sprintf("$%.4f/h", t.Price.Float())
}

// known returns a type that the price list has: the one that is meant, or one like it,
// which is told.
func (m *mapper) known(v *Value) (name string, same bool) {
	if _, ok := ec2.Lookup(v.Text); ok {
		return v.Text, true
	}
	like := similar(v.Text)
	m.lose(v.Place(), fmt.Sprintf("%s is not in the price list of %s: %s is written instead; set its price, and speed or another type if you know better", clean.Quoted(v.Text), ec2.PricesDate, like))
	return like, false
}

// similar returns the type of the price list that is most like an unknown one: of the
// same size, of the same kind, on the same processors, of a generation near to it.
func similar(name string) string {
	family, size, _ := strings.Cut(name, ".")
	best, most := assumedType, math.MinInt
	for _, t := range ec2.Types() {
		f, s, _ := strings.Cut(t.Name, ".")
		score := 0
		for _, same := range []struct {
			is    bool
			worth int
		}{{s == size, 100}, {f[0] == (family + " ")[0], 50}, {arm(f) == arm(family), 30}} {
			if same.is {
				score += same.worth
			}
		}
		if score -= 2 * max(generation(f)-generation(family), generation(family)-generation(f)); score > most {
			best, most = t.Name, score
		}
	}
	return best
}

// arm reports whether a family has Graviton processors: c7g, m6gd.
func arm(family string) bool {
	return strings.ContainsRune(strings.TrimLeft(family, "abcdefghijklmnopqrstuvwxyz"), 'g')
}

// generation is the number in a family's name.
func generation(family string) int {
	if i := strings.IndexAny(family, "123456789"); i >= 0 {
		return int(family[i] - '0')
	}
	return 0
}

const assumedType = "m7i.large"

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
	if m.elsewhere() {
		m.put("instance.price", quoted(listPrice(kind)), nil, "assumed: the price in "+ec2.PricesRegion)
		m.assume("prices", fmt.Sprintf("the group is in %s, where prices are not known: those of %s are written, which are most often lower", m.region, ec2.PricesRegion))
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

// typeOf finds the instance type: that of the launch template, of the first override, or
// of most instances that run.
func (m *mapper) typeOf() (kind string, from *Value, remark string) {
	if t := m.template(); t != nil {
		v := t.Value.Get("InstanceType")
		if t.Sort == Template {
			v = t.Value.Get("LaunchTemplateData", "InstanceType")
		}
		if v != nil && v.Kind == Text {
			name, same := m.known(v)
			return name, v, unless(same, "for "+v.Text)
		}
		if v != nil {
			m.lose(v.Place(), "is not known: "+v.Text)
		}
	}
	if m.group == nil {
		return "", nil, ""
	}
	for _, o := range m.group.Value.list("MixedInstancesPolicy", "LaunchTemplate", "Overrides") {
		if v := o.Get("InstanceType"); v != nil && v.Kind == Text {
			name := v.Text
			if _, ok := ec2.Lookup(name); !ok {
				name = similar(name)
			}
			return name, v, ""
		}
	}
	count := map[string]int{}
	best := -1
	instances := m.group.Value.list("Instances")
	for i, v := range instances {
		name := v.text("InstanceType")
		if count[name]++; name != "" && (best < 0 || count[name] > count[instances[best].text("InstanceType")]) {
			best = i
		}
	}
	if best < 0 {
		return "", nil, ""
	}
	v := instances[best].Get("InstanceType")
	name, same := m.known(v)
	return name, v, unless(same, "for "+v.Text)
}

func unless(same bool, remark string) string {
	if same {
		return ""
	}
	return clean.Line(remark)
}

// template returns the version of the launch template, or the launch configuration, from
// which the group launches; nil if it is not in the files.
func (m *mapper) template() *Resource {
	if m.group == nil {
		if all := slices.Concat(m.found.of(Template), m.found.of(LaunchConfig)); len(all) == 1 {
			return all[0]
		}
		return nil
	}
	g := m.group.Value
	if name := g.text("LaunchConfigurationName"); name != "" {
		for _, r := range m.found.of(LaunchConfig) {
			if r.named(name) {
				return r
			}
		}
	}
	spec := g.Get("LaunchTemplate")
	if mixed := g.Get("MixedInstancesPolicy", "LaunchTemplate", "LaunchTemplateSpecification"); mixed != nil {
		spec = mixed
	}
	var last *Resource
	version := spec.text("Version")
	for _, r := range m.found.of(Template) {
		if !r.named(spec.text("LaunchTemplateName")) && !r.named(spec.text("LaunchTemplateId")) {
			continue
		}
		is, ok := r.Value.Get("DefaultVersion").truth()
		switch number := r.Value.text("VersionNumber"); {
		case number == "" || number == version:
			return r
		case (version == "$Default" || version == "") && ok && is:
			return r
		case version == "$Latest" && (last == nil || newer(r, last)):
			last = r
		}
	}
	return last
}

// newer reports whether a version of a template has a greater number than another.
func newer(r, than *Resource) bool {
	a, _ := r.Value.Get("VersionNumber").number()
	b, _ := than.Value.Get("VersionNumber").number()
	return a > b
}

// missingTemplate tells of a launch template that is not in the files.
func (m *mapper) missingTemplate() {
	if m.group == nil {
		return
	}
	g := m.group.Value
	for _, spec := range []*Value{g.Get("LaunchTemplate"), g.Get("MixedInstancesPolicy", "LaunchTemplate", "LaunchTemplateSpecification")} {
		if spec != nil && spec.Kind == Table {
			name := spec.text("LaunchTemplateName")
			if name == "" {
				name = spec.text("LaunchTemplateId")
			}
			m.lose(spec.Place(), fmt.Sprintf("version %s of %s is not in the files: its monitoring, Spot and CPU credits are not known; give aws ec2 describe-launch-template-versions too", clean.Quoted(spec.text("Version")), clean.Quoted(name)))
			return
		}
	}
	if v := g.Get("LaunchConfigurationName"); v != nil && v.Kind == Text {
		m.lose(v.Place(), fmt.Sprintf("launch configuration %s is not in the files: its monitoring and Spot price are not known; give aws autoscaling describe-launch-configurations too", clean.Quoted(v.Text)))
	}
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
