package imports

import (
	"fmt"
	"slices"
	"strings"

	"asgsim/report/clean"
)

// mapBalancer writes [target_group] and [load_balancer].
func (m *mapper) mapBalancer() {
	refs := m.targets()
	group := m.targetGroup(refs)
	switch {
	case group != nil:
		t := m.table("target_group")
		t.from = group.Value
		m.table("target_group.health_check").from = group.Value
		m.fill(group, "")
		m.crossZone(group)
		m.network(group.Value.Get("Protocol"))
		m.tell(group)
	case len(refs) > 0 && refs[0].Kind == Unknown:
		m.lose(refs[0].Place(), "its target group is not known ("+refs[0].Text+"): its health checks, deregistration delay and algorithm have AWS's defaults")
	case len(refs) > 0:
		m.lose(refs[0].Place(), fmt.Sprintf("target group %s is not in the files: its health checks, deregistration delay and algorithm have AWS's defaults; give aws elbv2 describe-target-groups and describe-target-group-attributes too", clean.Quoted(shortARN(refs[0].Text))))
	}
	m.first.group = group
	if len(refs) > 0 && refs[0].Kind == Text {
		m.first.ref = refs[0].Text
	}
	if len(refs) > 0 || group != nil || m.group == nil {
		m.attributes(TargetAttrs)
		m.attributes(BalancerAttrs)
		m.otherTargets(refs, group)
		for _, c := range m.classics() {
			m.lose(c.Place(), "Classic Load Balancer "+clean.Quoted(c.Text)+" stands beside the target group and is left out: the requests that come through it must be part of the load here, and its health checks and its bill are missing")
		}
		m.balancer(group)
	} else {
		m.noTargets()
	}
}

// targets are the target groups that the group names.
func (m *mapper) targets() []*Value {
	if m.group == nil {
		return nil
	}
	g := m.group.Value
	out := slices.Clone(g.list("TargetGroupARNs"))
	if all := g.Get("TargetGroupARNs"); all != nil && all.Kind == Unknown {
		out = append(out, all)
	}
	for _, s := range g.list("TrafficSources") {
		id := s.Get("Identifier")
		known := slices.ContainsFunc(out, func(v *Value) bool { return id != nil && v.Text == id.Text })
		switch s.text("Type") {
		case "vpc-lattice":
			m.lose(s.Place(), "VPC Lattice is not modelled: no requests come from it")
		case "elb":
		default:
			if id != nil && !known {
				out = append(out, id)
			}
		}
	}
	return out
}

// targetGroup returns the first target group of the group that the files describe.
func (m *mapper) targetGroup(refs []*Value) *Resource {
	all := m.found.of(TargetGroup)
	for _, ref := range refs {
		if r := m.targetGroupOf(ref); r != nil {
			return r
		}
	}
	if len(all) == 1 && (m.group == nil || len(refs) > 0 && unknownOnly(refs)) {
		return all[0]
	}
	return nil
}

// unknownOnly reports whether none of the values is known.
func unknownOnly(refs []*Value) bool {
	return !slices.ContainsFunc(refs, func(v *Value) bool { return v.Kind == Text })
}

// crossZone writes load_balancing.cross_zone.enabled of a target group's own attributes.
func (m *mapper) crossZone(r *Resource) {
	for _, a := range []*Value{r.Value.Get("load_balancing.cross_zone.enabled")} {
		if a != nil {
			m.crossZoneOf(a)
		}
	}
}

// attributes writes the attributes of the target group or the load balancer.
func (m *mapper) attributes(sort Sort) {
	var mine []*Resource
	for _, r := range m.found.of(sort) {
		if len(r.Of) == 0 || m.attributesOf(r) {
			mine = append(mine, r)
		}
	}
	for i, r := range mine {
		if i > 0 {
			m.lose(r.Value.Place(), "is another set of attributes, and none says whose it is: the first is taken")
			return
		}
		if len(r.Of) == 0 && sort == TargetAttrs && m.group != nil && len(m.targets()) > 1 {
			m.assume(r.Value.Place(), "whose these attributes are is not said: they are taken for those of [target_group]")
		}
		m.fill(r, "")
		if v := r.Value.Get("load_balancing.cross_zone.enabled"); v != nil && sort == TargetAttrs {
			m.crossZoneOf(v)
		}
		m.tell(r)
	}
}

// attributesOf reports whether attributes say that they are of the target group, or of
// any load balancer: which one a target group is behind is not always said.
func (m *mapper) attributesOf(r *Resource) bool {
	group := m.targetGroup(m.targets())
	if r.Sort == BalancerAttrs {
		b := m.balancerOf(group)
		return b != nil && r.belongs(b) || group != nil && slices.ContainsFunc(group.Value.list("LoadBalancerArns"), func(v *Value) bool { return slices.Contains(r.Of, v.Text) })
	}
	return group != nil && r.belongs(group)
}

// balancerOf is the load balancer before a target group: the one that it names, or the only
// one, or the only one in the same module of Terraform; nil where that is not known.
func (m *mapper) balancerOf(group *Resource) *Resource {
	all := m.found.of(Balancer)
	if len(all) == 1 {
		return all[0]
	}
	var beside []*Resource
	for _, r := range all {
		if group == nil {
			break
		}
		if slices.ContainsFunc(group.Value.list("LoadBalancerArns"), func(v *Value) bool { return r.named(v.Text) }) {
			return r
		}
		if mine, _ := modules(r.Value.label); len(mine) > 0 {
			if its, _ := modules(group.Value.label); slices.Equal(mine, its) {
				beside = append(beside, r)
			}
		}
	}
	if len(beside) == 1 {
		return beside[0]
	}
	return nil
}

// balancer tells of a load balancer that is not an application one.
func (m *mapper) balancer(group *Resource) {
	r := m.balancerOf(group)
	if all := m.found.of(Balancer); r == nil && len(all) > 0 {
		if group == nil || len(group.Value.list("LoadBalancerArns")) == 0 {
			m.lose(all[0].Value.Place(), fmt.Sprintf("is one of %d load balancers, and which of them is before the target group is not said: its type is taken to be application, its attributes have AWS's defaults", len(all)))
		}
		return
	}
	if r == nil {
		return
	}
	if kind := r.Value.Get("Type"); kind != nil && kind.Kind == Text && kind.Text != "application" {
		m.takenFor(kind.Text, kind)
	}
	m.tell(r)
}

// noTargets writes a group without target groups: behind a Classic Load Balancer, or
// behind none.
func (m *mapper) noTargets() {
	const key = "load_balancer.load_balancer_type"
	if classic := m.classics(); len(classic) > 0 {
		all := m.classicOf(classic[0])
		if len(all) == 0 {
			m.takenFor("classic", classic[0])
			return
		}
		m.takenFor("known classic", classic[0])
		m.classic(all)
		for _, c := range classic[1:] {
			m.lose(c.Place(), "another Classic Load Balancer "+clean.Quoted(c.Text)+" is left out: the requests that come through it must be part of the load here, and its health checks and its bill are missing")
		}
		return
	}
	if m.follows("ALBRequestCountPerTarget") {
		m.assume(key, "the group names no target group, and a policy follows its requests: it has one with AWS's defaults")
		return
	}
	m.put(key, `"none"`, nil, "the group has no target group")
	if e := m.find(groupTable + ".health_check_type"); e != nil && strings.Contains(e.value, "ELB") {
		rest := `"EC2"`
		if strings.Contains(e.value, "EBS") {
			rest = `"EBS"`
		}
		e.value, e.remark = rest, "ELB in the file, of a group without a load balancer"
	}
}

// classics are the Classic Load Balancers that the group names.
func (m *mapper) classics() []*Value {
	if m.group == nil {
		return nil
	}
	out := m.group.Value.list("LoadBalancerNames")
	for _, s := range m.group.Value.list("TrafficSources") {
		if id := s.Get("Identifier"); s.text("Type") == "elb" && id != nil {
			out = append(slices.Clip(out), id)
		}
	}
	return out
}

// follows reports whether a policy of the group follows a predefined metric, or an alarm
// one of a load balancer.
func (m *mapper) follows(metric string) bool {
	for _, r := range m.found.mine(Policy, m.group) {
		if r.Value.text("TargetTrackingConfiguration", "PredefinedMetricSpecification", "PredefinedMetricType") == metric {
			return true
		}
		for _, a := range m.alarmsOf(r) {
			if a.Value.text("Namespace") == "AWS/ApplicationELB" {
				return true
			}
		}
	}
	return false
}
