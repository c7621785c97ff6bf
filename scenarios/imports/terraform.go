package imports

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// readTerraform finds resources in what `terraform show -json` prints of a plan or a
// state.
func (f *Found) readTerraform(doc *Value, text []byte, left *budget) error {
	var root *tfjson.StateModule
	src := &references{}
	unknown := map[string]any{}
	what := "terraform show -json of a state"
	if doc.has("planned_values") {
		what = "terraform show -json of a plan"
		var plan tfjson.Plan
		plan.UseJSONNumber(true)
		if err := json.Unmarshal(text, &plan); err != nil {
			return seems("is a Terraform plan that cannot be read: %w", err)
		}
		switch {
		case f.before:
			what = "terraform show -json of a plan, as it was before"
			var err error
			if root, err = before(&plan, text); err != nil {
				return err
			}
		case plan.PlannedValues != nil:
			root = plan.PlannedValues.RootModule
		}
		if plan.Config != nil {
			src.root = plan.Config.RootModule
			f.inRegion(plan.Config)
		}
		for _, c := range plan.ResourceChanges {
			if c != nil && c.Change != nil && !f.before {
				unknown[c.Address] = c.Change.AfterUnknown
			}
		}
	} else {
		var state tfjson.State
		state.UseJSONNumber(true)
		if err := json.Unmarshal(text, &state); err != nil {
			return seems("is a Terraform state that cannot be read: %w", err)
		}
		if state.Values != nil {
			root = state.Values.RootModule
		}
	}
	f.read(doc, what)
	file := doc.root().file
	return f.planned(managed(root, 0), file, func(string) string { return file }, src, unknown, left)
}

// inRegion notes the region of the AWS provider, where the sources say it.
func (f *Found) inRegion(c *tfjson.Config) {
	if p := c.ProviderConfigs["aws"]; p != nil && f.Region == "" {
		if e := p.Expressions["region"]; e != nil && e.ExpressionData != nil {
			if name, ok := e.ConstantValue.(string); ok && regionName.MatchString(name) {
				f.Region = name
			}
		}
	}
}

var regionName = regexp.MustCompile(`^[a-z]{2}(-[a-z]+)+-[0-9]$`)

// planned adds resources of a plan, a state or sources; at is the file of an address.
func (f *Found) planned(all []*tfjson.StateResource, name string, at func(string) string, src *references, unknown map[string]any, left *budget) error {
	for _, r := range all {
		src.addresses = append(src.addresses, r.Address)
	}
	others := map[string]bool{}
	for _, r := range all {
		if !f.provided(r, at(r.Address), src, unknown[r.Address], left) {
			others[r.Type] = true
			f.scaled(r.Type, at(r.Address)+" "+r.Address)
		}
		if left.left < 0 {
			return Seems{errTooMany}
		}
	}
	f.attached(all, src)
	if len(others) > 0 {
		f.Idle = append(f.Idle, Note{name, fmt.Sprintf("resources of %s: they are not of a group", count(len(others), "other type"))})
	}
	if len(all) == 0 && len(f.Unread) == 0 {
		f.Idle = append(f.Idle, Note{name, "Terraform manages nothing there"})
	}
	return nil
}

// managed returns the resources of a module and those within it.
func managed(m *tfjson.StateModule, depth int) []*tfjson.StateResource {
	if m == nil || depth > MaxDepth {
		return nil
	}
	var out []*tfjson.StateResource
	for _, r := range m.Resources {
		if r != nil && r.Mode != tfjson.DataResourceMode {
			out = append(out, r)
		}
	}
	for _, c := range m.ChildModules {
		out = append(out, managed(c, depth+1)...)
	}
	return out
}

// moduleOf are the modules in which a resource is, and its own key.
func moduleOf(r *tfjson.StateResource) (path []step, own string) {
	path, rest := modules(r.Address)
	return path, rest[len(rest)-1].key
}

// provided adds a resource of the AWS provider, and reports whether it is one of a group.
func (f *Found) provided(r *tfjson.StateResource, file string, src *references, unknown any, left *budget) bool {
	sort := providerTypes()[r.Type]
	if sort == "" {
		return r.Type == "aws_autoscaling_attachment" || r.Type == "aws_autoscaling_traffic_source_attachment"
	}
	module, own := moduleOf(r)
	var expressions map[string]*tfjson.Expression
	c := src.resource(module, r.Type, r.Name)
	if c != nil {
		expressions = c.Expressions
	}
	p := &providerValue{kind: r.Type, fromSources: f.Defaults != "", sourced: c != nil, left: left, refer: func(e *tfjson.Expression) []string {
		return nearest(r.Address, src.refer(e, module, own, 0))
	}}
	v := p.table("", r.AttributeValues, unknown, expressions)
	v.file, v.label = file, r.Address
	out := &Resource{Sort: sort, Value: v, Names: slices.Compact(filled(providedNames(r)...))}
	if of := v.Get("AutoScalingGroupName"); sort != Group && of != nil {
		out.Of = filled(of.text())
	}
	switch sort {
	case Template:
		out.Value = templateValue(v)
	case TargetGroup, Balancer:
		f.providedAttributes(out, v)
	case Group:
		if refresh := v.Get("InstanceRefresh"); refresh != nil && refresh.Kind == Table {
			f.add(&Resource{Sort: Refresh, Value: refresh, Of: out.Names})
		}
	}
	f.add(out)
	return true
}

// providedNames are the names by which others refer to a resource: the one that it has,
// its ARN and id, and its address.
func providedNames(r *tfjson.StateResource) []string {
	var out []string
	for _, name := range [...]string{"name", "alarm_name", "scheduled_action_name", "arn", "id"} {
		if s, ok := r.AttributeValues[name].(string); ok && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return append(out, r.Address)
}

// templateValue puts what a launch template launches where AWS has it.
func templateValue(v *Value) *Value {
	out := &Value{Kind: Table, file: v.file, label: v.label}
	data := &Value{Kind: Table}
	out.add("LaunchTemplateData", data)
	data.label = ""
	for i, name := range v.Names {
		to := data
		switch name {
		case "LaunchTemplateName", "LaunchTemplateId", "VersionDescription":
			to = out
		}
		label := v.Items[i].label
		to.add(name, v.Items[i])
		v.Items[i].label = label
	}
	return out
}

// providedAttributes puts health checks and attributes where AWS has them.
func (f *Found) providedAttributes(r *Resource, v *Value) {
	sort := TargetAttrs
	if r.Sort == Balancer {
		sort = BalancerAttrs
	}
	out := &Value{Kind: Table, file: v.file, label: v.label}
	attributes := &Value{Kind: Table, file: v.file, label: v.label}
	for i, name := range v.Names {
		item := v.Items[i]
		own := strings.TrimPrefix(item.label, ".")
		switch {
		case own == "health_check" && item.Kind == Table:
			for k, n := range item.Names {
				label := item.label + item.Items[k].label
				out.add(healthCheckName(n), item.Items[k])
				item.Items[k].label = label
			}
		case f.flattened(attributes, own, own, item, 0):
		default:
			label := item.label
			out.add(name, item)
			item.label = label
		}
	}
	r.Value = out
	f.add(&Resource{Sort: sort, Value: attributes, Of: r.Names})
}

// healthCheckName is AWS's name of a property of a health check.
func healthCheckName(name string) string {
	switch name {
	case "Interval", "Timeout":
		return "HealthCheck" + name + "Seconds"
	case "HealthyThreshold", "UnhealthyThreshold":
		return name + "Count"
	case "Matcher":
		return name
	}
	return "HealthCheck" + name
}

// flattened adds an attribute under AWS's name, or those of a block, and reports whether
// there is any.
func (f *Found) flattened(to *Value, path, shown string, v *Value, depth int) bool {
	if name := attributeNames()[path]; name != "" {
		to.add(name, v)
		v.label = "." + shown
		return true
	}
	if v.Kind != Table || depth > 3 {
		return false
	}
	some := false
	for _, item := range v.Items {
		own := strings.TrimPrefix(item.label, ".")
		some = f.flattened(to, path+"."+own, shown+"."+own, item, depth+1) || some
	}
	return some
}

// attached gives groups the target groups that are attached to them by resources of their
// own.
func (f *Found) attached(all []*tfjson.StateResource, src *references) {
	for _, r := range all {
		if r.Type != "aws_autoscaling_attachment" && r.Type != "aws_autoscaling_traffic_source_attachment" {
			continue
		}
		module, own := moduleOf(r)
		end := func(names ...string) string {
			for _, n := range names {
				if s, ok := r.AttributeValues[n].(string); ok && s != "" {
					return s
				}
				if c := src.resource(module, r.Type, r.Name); c != nil {
					if refs := nearest(r.Address, src.refer(c.Expressions[n], module, own, 0)); len(refs) > 0 {
						return refs[0]
					}
				}
			}
			return ""
		}
		group, target := end("autoscaling_group_name"), end("lb_target_group_arn", "alb_target_group_arn", "traffic_source")
		for _, g := range f.of(Group) {
			if target != "" && g.named(group) {
				v := g.Value.Get("TargetGroupARNs")
				if v == nil || v.Kind != List {
					v = &Value{Kind: List}
					g.Value.drop("TargetGroupARNs")
					g.Value.add("TargetGroupARNs", v)
					v.label = ".target_group_arns"
				}
				v.append(&Value{Kind: Text, Text: target, Via: "by " + r.Address})
			}
		}
	}
}
