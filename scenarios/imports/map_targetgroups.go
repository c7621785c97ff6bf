package imports

import (
	"fmt"
	"strings"

	"asgsim/report/clean"
	"asgsim/sim/elb"
)

// otherTable is that of the target groups beside [target_group].
const otherTable = "other_target_group"

// firstTable is that of the first, and its name in keys that mean a target group.
const firstTable = elb.First

// otherTargets writes the target groups beside the one that [target_group] is.
func (m *mapper) otherTargets(refs []*Value, taken *Resource) {
	if len(refs) < 2 {
		return
	}
	for i, ref := range refs {
		if taken == nil && i == 0 || taken != nil && ref.Kind == Text && taken.named(ref.Text) {
			continue
		}
		if ref.Kind == Unknown {
			m.lose(ref.Place(), "another target group of the group is not known ("+ref.Text+"): what its health checks find, and its requests, are not in the scenario")
			continue
		}
		m.otherTarget(ref)
	}
	if len(m.groups) == 0 {
		return
	}
	names := make([]string, len(m.groups))
	for i, g := range m.groups {
		names[i] = g.table
	}
	m.assume(otherTable+"."+names[0]+".request_share", fmt.Sprintf("no file says how the requests divide between the %d target groups: in equal parts, until request_share says what RequestCount of each target group does", len(m.groups)+1))
}

// otherTarget writes one of them.
func (m *mapper) otherTarget(ref *Value) {
	group := m.targetGroupOf(ref)
	title := shortTarget(ref.Text)
	if group != nil {
		title = shortTarget(group.title())
	}
	if title == firstTable {
		title = "target-group" // the name is taken
	}
	name := m.entryName(otherTable, title)
	m.groups = append(m.groups, &targets{table: name, ref: ref.Text, group: group})
	path := otherTable + "." + name
	t := m.table(path)
	t.about = clean.Quoted(shortARN(ref.Text))
	if group == nil {
		m.put(path+".deregistration_delay", `"300s"`, ref, "AWS's default")
		m.lose(ref.Place(), fmt.Sprintf("target group %s is not in the files: its health checks and deregistration delay have AWS's defaults; give aws elbv2 describe-target-groups and describe-target-group-attributes too", clean.Quoted(shortARN(ref.Text))))
		return
	}
	t.from = group.Value
	m.table(path + ".health_check").from = group.Value
	m.fillOther(group, path)
	m.network(group.Value.Get("Protocol"))
	m.tell(group)
	for _, r := range m.found.of(TargetAttrs) {
		if len(r.Of) > 0 && r.belongs(group) {
			m.fillOther(r, path)
			m.tell(r)
		}
	}
	if len(t.entries) == 0 {
		m.put(path+".deregistration_delay", `"300s"`, nil, "AWS's default")
	}
}

// fillOther maps what the table of properties says of a target group: what may differ
// between several is that one's own, the rest is [target_group]'s.
func (m *mapper) fillOther(r *Resource, path string) {
	for _, p := range Properties(r.Sort) {
		v := r.Value.Get(pathOf(r.Sort, p.Path)...)
		key, ours := strings.CutPrefix(p.Key, "target_group.")
		if p.as == nil || !ours || v == nil {
			continue
		}
		if key == "deregistration_delay" || key == "slow_start" || strings.HasPrefix(key, "health_check.") {
			m.convert(path+"."+key, v, p.as)
			continue
		}
		if value, err := p.as(v); err == nil {
			if e := m.find(p.Key); e == nil && len(m.groups) > 0 && value != "" && !v.idle() {
				m.sameForAll(p.Key, v, "AWS's default")
			} else if e != nil && e.value != value {
				m.sameForAll(p.Key, v, e.value)
			}
		}
	}
}

// sameForAll tells of an attribute that all target groups have alike here.
func (m *mapper) sameForAll(key string, v *Value, is string) {
	m.lose(v.Place(), "is that of one of several target groups: here all have "+key+" of [target_group], "+is)
}

// ofTargets writes which target group a metric of a policy or alarm is of. Where only one
// is in the scenario, that is it.
func (m *mapper) ofTargets(path, metric string, v *Value) {
	if v == nil || len(m.groups) == 0 {
		return
	}
	if v.Kind == Unknown {
		m.lose(v.Place(), "is not known ("+v.Text+"): the metric is taken for that of [target_group]; target_group = \""+m.groups[0].table+"\" takes another's")
		return
	}
	for _, g := range m.groups {
		if meant(v.Text, g.ref, g.group) {
			m.put(path+".target_group", quoted(g.table), v, "")
			return
		}
	}
	if m.first.group != nil && meant(v.Text, m.first.ref, m.first.group) || m.first.group == nil && meant(v.Text, m.first.ref, nil) {
		if metric == "RequestCount" { // which else is that of all together
			m.put(path+".target_group", quoted(firstTable), v, "")
		}
		return
	}
	m.lose(v.Place(), clean.Quoted(v.Text)+" is no target group of the group's that is known: the metric is taken for that of [target_group]")
}

// ofAllTargets tells of a metric of one of several target groups that the simulator has of
// all together alone.
func (m *mapper) ofAllTargets(metric string, dimension *Value) {
	if len(m.groups) > 0 {
		m.lose(dimension.Place(), metric+" is not told apart by target group: that of all "+fmt.Sprint(len(m.groups)+1)+" together is taken")
	}
}

// shortTarget is the name within a target group's ARN, or what stands for it.
func shortTarget(s string) string {
	if _, rest, ok := strings.Cut(s, "targetgroup/"); ok {
		s, _, _ = strings.Cut(rest, "/")
	}
	return s[strings.LastIndexByte(s, '.')+1:]
}

// targetGroupOf returns the target group that a reference names, if the files hold it.
func (m *mapper) targetGroupOf(ref *Value) *Resource {
	for _, r := range m.found.of(TargetGroup) {
		if ref.Kind == Text && r.named(ref.Text) {
			return r
		}
	}
	return nil
}
