package imports

import (
	"fmt"
	"strings"

	"asgsim/report/clean"
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
		row += m.described(name)
		rows = append(rows, "{ "+row+" }")
	}
	if len(rows) > maxOverrides {
		m.lose(list.Place(), fmt.Sprintf("holds %d types, of which the first %d are written", len(rows), maxOverrides))
		rows = rows[:maxOverrides]
	}
	if len(rows) == 0 {
		if !m.requirements(g) {
			m.singleType(g)
		}
		return
	}
	if at := m.required(g); at != nil {
		m.lose(at.Place(), "is not read beside the types that are named")
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
		if isType(name) && !seen[name] && len(rows) < maxOverrides {
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
	return "{ instance_type = " + quoted(kind) + m.described(kind) + " }"
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
			name, same := m.known(v)
			return name, v, unless(same, "for "+v.Text)
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
