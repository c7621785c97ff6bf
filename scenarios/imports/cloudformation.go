package imports

import (
	"fmt"
	"slices"
	"strings"

	"asgsim/report/clean"
)

// typed is a type of CloudFormation's that import uses.
type typed struct {
	sort    Sort
	name    string            // the property that names it
	of      string            // the property that names what it belongs to
	renamed map[string]string // properties with other names in AWS's API
}

// templateTypes are those by their names in a template.
func templateTypes() map[string]typed {
	return map[string]typed{
		"AWS::AutoScaling::AutoScalingGroup":        {Group, "AutoScalingGroupName", "", map[string]string{"Cooldown": "DefaultCooldown"}},
		"AWS::AutoScaling::ScalingPolicy":           {Policy, "PolicyName", "AutoScalingGroupName", nil},
		"AWS::AutoScaling::ScheduledAction":         {Schedule, "ScheduledActionName", "AutoScalingGroupName", nil},
		"AWS::AutoScaling::LifecycleHook":           {Hook, "LifecycleHookName", "AutoScalingGroupName", nil},
		"AWS::AutoScaling::WarmPool":                {WarmPool, "", "AutoScalingGroupName", nil},
		"AWS::AutoScaling::LaunchConfiguration":     {LaunchConfig, "LaunchConfigurationName", "", nil},
		"AWS::EC2::LaunchTemplate":                  {Template, "LaunchTemplateName", "", nil},
		"AWS::ElasticLoadBalancingV2::TargetGroup":  {TargetGroup, "Name", "", map[string]string{"Name": "TargetGroupName"}},
		"AWS::ElasticLoadBalancingV2::LoadBalancer": {Balancer, "Name", "", nil},
		"AWS::ElasticLoadBalancing::LoadBalancer":   {Classic, "LoadBalancerName", "", nil},
		"AWS::CloudWatch::Alarm":                    {Alarm, "AlarmName", "", nil},
	}
}

// isTemplate reports whether a document has resources with types of AWS's.
func isTemplate(v *Value) bool {
	resources := v.Get("Resources")
	if resources == nil || resources.Kind != Table {
		return false
	}
	for _, r := range resources.Items {
		if strings.Contains(r.text("Type"), "::") {
			return true
		}
	}
	return false
}

// readTemplate finds resources in a CloudFormation template.
func (f *Found) readTemplate(doc *Value, given map[string]string) {
	t := &template{doc: doc, given: given, resources: doc.Get("Resources")}
	for _, name := range doc.Get("Parameters").names() {
		f.declare(name)
	}
	f.transforms(doc)
	others := map[string]int{}
	for i, id := range t.resources.Names {
		r := t.resources.Items[i]
		kind, known := templateTypes()[r.text("Type")]
		switch {
		case strings.HasPrefix(id, "Fn::ForEach"):
			f.Unread = append(f.Unread, Unread{Note: Note{r.Place(), "Fn::ForEach is not resolved: the resources that it makes are not read"}})
		case known:
			f.templated(t, id, r, kind)
		default:
			f.scaled(r.text("Type"), t.doc.root().file+" "+id)
			others[r.text("Type")]++
		}
	}
	f.read(doc, "CloudFormation template")
	if n := len(others); n > 0 {
		f.Idle = append(f.Idle, Note{doc.root().file, fmt.Sprintf("resources of %s: they are not of a group", count(n, "other type"))})
	}
}

// names of a table; none of anything else.
func (v *Value) names() []string {
	if v == nil || v.Kind != Table {
		return nil
	}
	return v.Names
}

// transforms names what CloudFormation would do with the template before it reads it.
func (f *Found) transforms(doc *Value) {
	v := doc.Get("Transform")
	if v == nil {
		return
	}
	list := []*Value{v}
	if v.Kind == List {
		list = v.Items
	}
	for _, item := range list {
		name := item.Text
		if item.Kind == Table {
			name = item.text("Name")
		}
		f.Unread = append(f.Unread, Unread{Note: Note{v.Place(), "the macro " + clean.Quoted(name) + " is not resolved: what it adds or changes is not read; give the processed template (aws cloudformation get-template --template-stage Processed)"}})
	}
}

// templated adds one resource of a template.
func (f *Found) templated(t *template, id string, r *Value, kind typed) {
	if c := r.text("Condition"); c != "" {
		switch is, known := t.condition(c); {
		case !known:
			f.Unread = append(f.Unread, Unread{Note: Note{r.Place(), "it depends on the condition " + clean.Quoted(c) + ", which parameters without a value decide: it is read as if it held"}})
		case !is:
			return
		}
	}
	root := &Value{Kind: Table, file: t.doc.root().file, label: shownName(id), line: r.line}
	if all := r.Get("Properties"); all != nil && all.Kind == Table {
		if resolved := t.resolve(all); resolved.Kind == Table {
			for i, name := range resolved.Names {
				if other := kind.renamed[name]; other != "" {
					name = other
				}
				root.add(name, resolved.Items[i])
			}
		}
	}
	out := &Resource{Sort: kind.sort, Value: root}
	name := kind.name
	if other := kind.renamed[name]; other != "" {
		name = other
	}
	out.Names = slices.Compact(filled(root.text(name), id))
	if of := root.Get(kind.of); kind.of != "" && of != nil && of.Kind == Text {
		out.Of = filled(of.Text)
	}
	f.add(out)
	f.attributesOf(out)
	if p := r.Get("UpdatePolicy"); p != nil && kind.sort == Group {
		f.Unread = append(f.Unread, Unread{Note: Note{root.Place() + ".UpdatePolicy", "how CloudFormation rolls out changes is not read; a deployment can be written as event.N.instance_refresh"}})
	}
}

// attributesOf adds the attributes of a target group or load balancer as what they are.
func (f *Found) attributesOf(r *Resource) {
	sort, name := TargetAttrs, "TargetGroupAttributes"
	if r.Sort == Balancer {
		sort, name = BalancerAttrs, "LoadBalancerAttributes"
	}
	list := r.Value.Get(name)
	if list == nil || list.Kind != List {
		return
	}
	f.add(&Resource{Sort: sort, Value: attributeTable(list), Of: r.Names})
}
