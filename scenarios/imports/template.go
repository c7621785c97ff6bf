package imports

import (
	"fmt"
	"strings"

	"asgsim/report/clean"
)

// template is a CloudFormation template while it is resolved.
type template struct {
	doc       *Value
	given     map[string]string // --parameter
	resources *Value
	deep      int             // functions within each other
	spent     int             // values made
	open      map[string]bool // conditions being decided
	decided   map[string]decision
}

// Bounds of resolving, so that no template grows without end.
const (
	mostDeep  = 64
	mostMade  = 500_000
	mostBytes = 64 << 10 // of a text put together
)

// pseudo are CloudFormation's own parameters, where nobody gives them.
func (t *template) pseudo(name string) (*Value, bool) {
	if text, ok := t.given[name]; ok && strings.HasPrefix(name, "AWS::") {
		return &Value{Kind: Text, Text: text, Via: "--parameter " + clean.Short(name, clean.Quote)}, true
	}
	stack := fileStem(t.doc.root().file)
	for _, p := range [...][2]string{
		{"AWS::Region", "us-east-1"}, {"AWS::AccountId", "123456789012"}, {"AWS::Partition", "aws"}, {"AWS::URLSuffix", "amazonaws.com"},
		{"AWS::StackName", stack}, {"AWS::StackId", "arn:aws:cloudformation:us-east-1:123456789012:stack/" + stack + "/0"},
	} {
		if p[0] == name {
			return &Value{Kind: Text, Text: p[1], Via: name + ", assumed"}, true
		}
	}
	switch name {
	case "AWS::NoValue":
		return &Value{Kind: Null}, true
	case "AWS::NotificationARNs":
		return &Value{Kind: List}, true
	}
	return nil, false
}

// parameter returns a parameter's value: what was given, else its default.
func (t *template) parameter(name string) (*Value, bool) {
	p := t.doc.Get("Parameters", name)
	if p == nil {
		return nil, false
	}
	kind := p.text("Type")
	out := &Value{Kind: Text, Via: "parameter " + clean.Short(name, clean.Quote) + ", default", line: p.line}
	text, ok := t.given[name]
	preset := p.Get("Default")
	switch {
	case ok:
		out.Via = "--parameter " + clean.Short(name, clean.Quote)
	case strings.HasPrefix(kind, "AWS::SSM::Parameter"):
		return unknown("parameter %s is read from the Parameter Store: give --parameter %s=VALUE", name, name), true
	case preset == nil:
		return unknown("parameter %s has no default: give --parameter %s=VALUE", name, name), true
	case preset.Kind == List || preset.Kind == Table:
		return unknown("parameter %s has a default that is no text", name), true
	default:
		text = preset.Text
	}
	out.Text = text
	if strings.HasPrefix(kind, "List<") || kind == "CommaDelimitedList" {
		list := &Value{Kind: List, Via: out.Via}
		for part := range strings.SplitSeq(text, ",") {
			if part = strings.TrimSpace(part); part != "" {
				list.append(&Value{Kind: Text, Text: part})
			}
		}
		return list, true
	}
	return out, true
}

func unknown(format string, names ...any) *Value {
	for i, n := range names {
		if s, ok := n.(string); ok {
			names[i] = clean.Short(s, clean.Quote)
		}
	}
	return &Value{Kind: Unknown, Text: fmt.Sprintf(format, names...)}
}

// resource reports whether the template has a resource of that name.
func (t *template) resource(name string) bool { return t.resources.Get(name) != nil }

// ref resolves {"Ref": name}. A resource is meant by its name in the template, whatever it
// will be called.
func (t *template) ref(name string) *Value {
	if v, ok := t.pseudo(name); ok {
		return v
	}
	if v, ok := t.parameter(name); ok {
		return v
	}
	if t.resource(name) {
		return &Value{Kind: Text, Text: name}
	}
	return unknown("%s is neither a parameter nor a resource of the template", name)
}

// attribute resolves {"Fn::GetAtt": [resource, attribute]}.
func (t *template) attribute(resource, attribute string) *Value {
	if !t.resource(resource) {
		return unknown("%s is no resource of the template", resource)
	}
	switch attribute {
	case "LatestVersionNumber":
		return &Value{Kind: Text, Text: "$Latest"}
	case "DefaultVersionNumber":
		return &Value{Kind: Text, Text: "$Default"}
	case "Arn", "TargetGroupArn", "TargetGroupFullName", "TargetGroupName", "LoadBalancerArn", "LoadBalancerFullName", "LoadBalancerName", "PolicyName", "ARN", "LaunchTemplateId", "AutoScalingGroupARN", "ScheduledActionName":
		return &Value{Kind: Text, Text: resource}
	}
	return unknown("%s of %s is known only once it is deployed", attribute, resource)
}

// decision is what came of a condition, each decided once: they may name each other.
type decision struct{ is, known bool }
