package imports

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"asgsim/report/clean"
	"asgsim/sim/asg"
	"asgsim/sim/ec2"
)

// mapGroup writes [auto_scaling_group] but for what it launches.
func (m *mapper) mapGroup() {
	t := m.table(groupTable)
	if m.group == nil {
		m.assume("the group", "none is in the files: its sizes are assumed; give describe-auto-scaling-groups too")
		return
	}
	g := m.group.Value
	t.from = g
	m.fill(m.group, "")
	m.zones(g)
	m.healthCheckType(g)
	m.termination(g)
	m.suspended(g)
	m.overrides(g)
	m.maintenance()
	if e := m.find(groupTable + ".max_instance_lifetime"); e != nil && e.value == `"0s"` {
		e.off = "no limit"
	}
	if e := m.find(groupTable + ".mixed_instances_policy.instances_distribution.spot_max_price"); e != nil && e.value == `""` {
		e.off = "none"
	}
	m.tell(m.group)
}

// maintenance leaves out a policy of which half is missing, or that is not set.
func (m *mapper) maintenance() {
	const p = groupTable + ".instance_maintenance_policy"
	low, high := m.find(p+".min_healthy_percentage"), m.find(p+".max_healthy_percentage")
	if (low == nil) != (high == nil) {
		m.table(p).off = "only one of its two percentages is known"
	}
}

var zoneName = regexp.MustCompile(`^([a-z]{2}(?:-[a-z]+)+-[0-9])(?:[a-z]|(?:-[a-z0-9]+)+)$`)

// zones writes availability_zones, and finds the region.
func (m *mapper) zones(g *Value) {
	const key = groupTable + ".availability_zones"
	at := g.Get("AvailabilityZones")
	var names []string
	for _, z := range g.list("AvailabilityZones") {
		if match := zoneName.FindStringSubmatch(z.Text); z.Kind == Text && match != nil {
			if m.region == "" {
				m.region = match[1]
			}
			if match[1] == m.region && !slices.Contains(names, z.Text) {
				names = append(names, z.Text)
			}
		}
	}
	if len(names) > 0 {
		slices.Sort(names)
		m.put(key, nameList(names), at, "")
		return
	}
	if at != nil && at.Kind == Unknown {
		m.lose(at.Place(), "is not known: "+at.Text)
	}
	count, from := len(g.list("AvailabilityZones")), at
	if at == nil || count == 0 {
		count, from = subnets(g)
	}
	if ids := g.list("AvailabilityZoneIds"); count == 0 && len(ids) > 0 {
		count, from = len(ids), g.Get("AvailabilityZoneIds")
	}
	if count == 0 {
		why := ""
		if v := g.Get("VPCZoneIdentifier"); v != nil && v.Kind == Unknown {
			why = " (" + v.Text + ")"
		}
		if names := m.letters(g, 3); m.region != "" {
			m.put(key, nameList(names), nil, "assumed")
		}
		m.assume(key, "the zones are not in the files"+why+": three, as by default"+m.billed())
		return
	}
	count = min(count, 6)
	m.put(key, nameList(m.letters(g, count)), from, fmt.Sprintf("%d, of unknown names", count))
	m.assume(key, fmt.Sprintf("the zones' names are not in the files: %d, one a subnet or zone that is named%s", count, m.billed()))
}

// letters are so many zones of the group's region, as far as that is known.
func (m *mapper) letters(g *Value, count int) []string {
	if m.region = m.found.Region; m.region == "" {
		if match := arnRegion.FindStringSubmatch(g.text("AutoScalingGroupARN")); match != nil {
			m.region = match[1]
		}
	}
	names := strings.Split("a b c d e f", " ")[:count]
	for i := range names {
		names[i] = m.region + names[i]
	}
	return names
}

// billed says whose prices a group of unknown region has.
func (m *mapper) billed() string {
	if m.region == "" {
		return "; prices are those of " + ec2.PricesRegion
	}
	return ", in " + m.region
}

var arnRegion = regexp.MustCompile(`^arn:aws[a-z-]*:autoscaling:([a-z]{2}(?:-[a-z]+)+-[0-9]):`)

// subnets counts those of the group.
func subnets(g *Value) (int, *Value) {
	v := g.Get("VPCZoneIdentifier")
	switch {
	case v == nil || v.Kind == Unknown:
		return 0, nil
	case v.Kind == List:
		return len(v.Items), v
	case v.Kind == Text && v.Text != "":
		return strings.Count(v.Text, ",") + 1, v
	}
	return 0, nil
}

// healthCheckType writes EC2, ELB, EBS or ELB,EBS, out of "EC2", "ELB", "EBS,ELB" and the like.
func (m *mapper) healthCheckType(g *Value) {
	v := g.Get("HealthCheckType")
	if v == nil || v.Kind != Text {
		return
	}
	kind, ebs := "EC2", false
	for part := range strings.SplitSeq(v.Text, ",") {
		switch strings.TrimSpace(part) {
		case "ELB":
			kind = "ELB"
		case "EC2", "":
		case "EBS":
			ebs = true
		case "VPC_LATTICE":
			m.lose(v.Place(), "VPC Lattice is not modelled, nor its health checks")
		default:
			m.lose(v.Place(), "is "+clean.Quoted(v.Text)+", which is not modelled")
		}
	}
	if ebs {
		kind = strings.TrimPrefix(kind+",EBS", "EC2,")
	}
	m.put(groupTable+".health_check_type", quoted(kind), v, "")
}

// termination writes the termination policies that are modelled.
func (m *mapper) termination(g *Value) {
	v := g.Get("TerminationPolicies")
	var names []string
	for _, p := range g.list("TerminationPolicies") {
		switch {
		case slices.Contains(asg.TerminationPolicies(), p.Text):
			if len(names) > 0 && names[len(names)-1] == "Default" {
				break // what comes after it is never asked
			}
			names = append(names, p.Text)
		case strings.HasPrefix(p.Text, "arn:"):
			m.lose(p.Place(), "a Lambda function that chooses what to terminate is not run: the other policies choose")
		case p.Text == "OldestLaunchConfiguration":
			m.lose(p.Place(), "all instances launch from one configuration: OldestLaunchConfiguration chooses nothing")
		default:
			m.lose(p.Place(), "is "+clean.Quoted(p.shown())+", which is not modelled")
		}
	}
	if len(names) > 0 {
		m.put(groupTable+".termination_policies", nameList(names), v, "")
	}
}

// suspended writes the suspended processes.
func (m *mapper) suspended(g *Value) {
	v := g.Get("SuspendedProcesses")
	var names []string
	for _, p := range g.list("SuspendedProcesses") {
		name := p.text("ProcessName")
		if p.Kind == Text {
			name = p.Text
		}
		switch {
		case slices.Contains(asg.Processes(), name):
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		case name != "":
			m.lose(p.Place(), "suspends "+clean.Quoted(name)+", which is not modelled")
		}
	}
	if len(names) > 0 {
		m.put(groupTable+".suspended_processes", nameList(names), v, "")
	}
}

// mapWarmPool writes [auto_scaling_group.warm_pool].
func (m *mapper) mapWarmPool() {
	all := m.found.mine(WarmPool, m.group)
	for i, r := range all {
		if i > 0 {
			if differ(all[0].Value, r.Value) {
				m.lose(r.Value.Place(), "another warm pool of the group, which the first one's is taken for")
			}
			continue
		}
		t := m.table(groupTable + ".warm_pool")
		t.from = r.Value
		m.fill(r, "")
		m.tell(r)
	}
}
