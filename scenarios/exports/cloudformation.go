package exports

import (
	"bytes"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// templateType is CloudFormation's type of a resource.
func (k kind) templateType() string {
	return [...]string{"AWS::EC2::LaunchTemplate", "AWS::ElasticLoadBalancingV2::TargetGroup", "AWS::AutoScaling::AutoScalingGroup", "AWS::AutoScaling::WarmPool",
		"AWS::AutoScaling::LifecycleHook", "AWS::AutoScaling::ScalingPolicy", "AWS::CloudWatch::Alarm", "AWS::AutoScaling::ScheduledAction"}[k]
}

// writeTemplate writes a CloudFormation template.
func writeTemplate(head []string, all []*resource) ([]byte, error) {
	t := &template{ids: map[*resource]string{}, inputs: map[input]bool{}}
	for _, r := range all {
		t.ids[r] = t.id(r)
	}
	resources := mapping()
	for _, r := range all {
		one := mapping()
		pair(one, "Type", scalar(r.kind.templateType()))
		pair(one, "Properties", t.value(templateBody(r)))
		pair(resources, t.ids[r], one)
	}
	doc := mapping()
	pair(doc, "AWSTemplateFormatVersion", &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Style: yaml.DoubleQuotedStyle, Value: "2010-09-09"})
	parameters := mapping()
	for _, in := range [...]input{vpcInput, balancerInput, spaceInput} {
		if t.inputs[in] {
			p := mapping()
			pair(p, "Type", scalar(in.kind))
			pair(p, "Description", scalar(in.about))
			pair(parameters, in.parameter(), p)
		}
	}
	if len(parameters.Content) > 0 {
		pair(doc, "Parameters", parameters)
	}
	pair(doc, "Resources", resources)
	var b bytes.Buffer
	for _, line := range head {
		b.WriteString(strings.TrimRight("# "+line, " ") + "\n")
	}
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(doc); err != nil {
		return nil, fmt.Errorf("cannot write the template: %w", err)
	}
	return b.Bytes(), e.Close()
}

// template is a template in the making.
type template struct {
	ids    map[*resource]string
	inputs map[input]bool
}

// id is a resource's logical id: letters and digits, none twice.
func (t *template) id(r *resource) string {
	stem := [...]string{"LaunchTemplate", "TargetGroup", "Group", "WarmPool", "Hook", "Policy", "Alarm", "Schedule"}[r.kind]
	if r.kind > warmPool || r.kind == targetGroup && t.hasTargets() {
		stem = pascal(r.name)
		if r.kind == alarm {
			stem += "Alarm"
		}
	}
	name := stem
	for n := 2; t.taken(name); n++ {
		name = fmt.Sprintf("%s%d", stem, n)
	}
	return name
}

// hasTargets reports whether a target group has its id already: the further ones have their
// names.
func (t *template) hasTargets() bool {
	for r := range t.ids {
		if r.kind == targetGroup {
			return true
		}
	}
	return false
}

func (t *template) taken(name string) bool {
	for _, other := range t.ids {
		if other == name {
			return true
		}
	}
	return false
}

// pascal writes a name as CloudFormation's ids are: "before-work" as BeforeWork.
func pascal(name string) string {
	var b strings.Builder
	for part := range strings.FieldsFuncSeq(name, func(c rune) bool { return c == '-' || c == '_' }) {
		b.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return b.String()
}

// parameter is an input's name in a template.
func (i input) parameter() string {
	var b strings.Builder
	for part := range strings.SplitSeq(strings.ToLower(i.name), "_") {
		b.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return strings.Replace(b.String(), "Vpc", "Vpc", 1)
}

// templateBody is a resource as CloudFormation has it, where that differs from AWS's API.
func templateBody(r *resource) *object {
	out := &object{}
	for i, name := range r.body.names {
		v := r.body.items[i]
		switch {
		case r.kind == group && name == "SuspendedProcesses":
			continue // no property: told
		case (r.kind == policy && name == "PolicyName") || (r.kind == schedule && name == "ScheduledActionName"):
			continue // CloudFormation makes their names of the logical ids
		case r.kind == group && name == "DefaultCooldown":
			name, v = "Cooldown", fmt.Sprint(v)
		case r.kind == policy && name == "Cooldown":
			v = fmt.Sprint(v)
		case r.kind == group && (name == "MinSize" || name == "MaxSize" || name == "DesiredCapacity"):
			v = fmt.Sprint(v)
		case name == "TargetGroupAttributes":
			v = attributeList(v)
		case r.kind == targetGroup && name == "TargetGroupName":
			name = "Name"
		}
		out.put(name, v)
	}
	return out
}

// value writes a value.
func (t *template) value(v any) *yaml.Node {
	switch x := v.(type) {
	case *object:
		m := mapping()
		for i, n := range x.names {
			pair(m, n, t.value(x.items[i]))
		}
		return m
	case []any:
		list := &yaml.Node{Kind: yaml.SequenceNode}
		for _, item := range x {
			list.Content = append(list.Content, t.value(item))
		}
		return list
	case input:
		t.inputs[x] = true
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!Ref", Value: x.parameter()}
	case path:
		list := t.value([]any(x))
		list.Style = yaml.FlowStyle
		return &yaml.Node{Kind: yaml.SequenceNode, Tag: "!Join", Style: yaml.FlowStyle, Content: []*yaml.Node{scalar("/"), list}}
	case ref:
		switch x.what {
		case "version":
			return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!GetAtt", Value: t.ids[x.to] + ".LatestVersionNumber"}
		case "suffix":
			return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!GetAtt", Value: t.ids[x.to] + ".TargetGroupFullName"}
		}
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!Ref", Value: t.ids[x.to]} // of target groups and policies it is their ARN
	}
	return scalar(v)
}

func mapping() *yaml.Node { return &yaml.Node{Kind: yaml.MappingNode} }

func pair(m *yaml.Node, name string, v *yaml.Node) { m.Content = append(m.Content, scalar(name), v) }

// scalar writes a text, number or truth; a text that would be read as something else is
// quoted.
func scalar(v any) *yaml.Node {
	var n yaml.Node
	if err := n.Encode(v); err != nil {
		panic(fmt.Sprintf("exports: %T is no value", v)) // all are ours
	}
	return &n
}
