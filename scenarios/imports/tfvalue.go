package imports

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"

	"asgsim/report/clean"
)

// providerValue makes values of a resource's attributes, by AWS's names.
type providerValue struct {
	kind    string // of the resource
	sourced bool   // what the sources say of it is known
	// refer returns the addresses that an expression refers to.
	refer func(*tfjson.Expression) []string
	left  *budget

	fromSources bool  // not from a plan
	err         error // that the budget is spent
}

// table makes a table of the attributes of a block, or of the resource. unknown says of those that a plan does not know that
// it does not; expressions are what the sources say of them.
func (p *providerValue) table(block string, attributes map[string]any, unknown any, expressions map[string]*tfjson.Expression) *Value {
	out := &Value{Kind: Table}
	hidden, _ := unknown.(map[string]any)
	names := slices.Collect(maps.Keys(attributes))
	for n := range hidden {
		if _, ok := attributes[n]; !ok {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		if block == "" && terraformsOwn(name) {
			continue
		}
		v := p.value(name, attributes[name], hidden[name], expressions[name])
		if api := apiName(p.kind, block, name); v != nil && api != "" && out.Get(api) == nil {
			out.add(api, v)
			v.label = "." + shownName(name)
		}
	}
	return out
}

// value makes a value of an attribute; nil where there is none.
func (p *providerValue) value(name string, is, unknown any, e *tfjson.Expression) *Value {
	if p.err == nil {
		p.err = p.left.spend()
	}
	if p.err != nil {
		return nil
	}
	switch x := is.(type) {
	case nil:
		return p.hidden(name, unknown, e)
	case string:
		return &Value{Kind: Text, Text: x}
	case json.Number:
		if x == "0" && zeroIsUnset(name) {
			return nil
		}
		return &Value{Kind: Number, Text: x.String()}
	case bool:
		return &Value{Kind: Bool, Text: fmt.Sprint(x)}
	case map[string]any:
		if name == "dimensions" {
			return p.targetDimension(dimensionList(x), x, unknown, e)
		}
		v := p.table(name, x, unknown, nil)
		if repeated(name) {
			list := &Value{Kind: List}
			list.append(v)
			return list
		}
		return v
	case []any:
		return p.list(name, x, unknown, e)
	}
	return nil
}

// list makes a list; of a block of which there is one, the block.
func (p *providerValue) list(name string, items []any, unknown any, e *tfjson.Expression) *Value {
	if len(items) == 0 {
		return p.hidden(name, unknown, e)
	}
	hidden, _ := unknown.([]any)
	out := &Value{Kind: List}
	for i, item := range items {
		var h any
		if i < len(hidden) {
			h = hidden[i]
		}
		block, isBlock := item.(map[string]any)
		if !isBlock {
			if v := p.value(name, item, h, e); v != nil {
				if v.Kind == List { // one that refers to several
					for _, r := range v.Items {
						if !slices.ContainsFunc(out.Items, func(o *Value) bool { return o.Text == r.Text }) {
							out.append(r)
						}
					}
					continue
				}
				out.append(v)
			}
			continue
		}
		var inner map[string]*tfjson.Expression
		if e != nil && e.ExpressionData != nil && i < len(e.NestedBlocks) {
			inner = e.NestedBlocks[i]
		}
		v := p.table(name, block, h, inner)
		if !repeated(name) {
			return v
		}
		out.append(v)
	}
	return out
}

// hidden makes a value of what a plan does not know: the resources that it refers to, or
// that it is unknown.
func (p *providerValue) hidden(name string, unknown any, e *tfjson.Expression) *Value {
	if list, ok := unknown.([]any); ok && len(list) > 0 {
		unknown = list[0]
	}
	if is, ok := unknown.(bool); !ok || !is {
		return nil
	}
	if p.sourced && e == nil {
		return nil // nobody asked for anything: AWS fills it in
	}
	refs := wanted(name, p.refer(e))
	if name == "resource_label" { // of the load balancer and the target group, which tells
		slices.SortStableFunc(refs, func(a, b string) int { return cmpTargets(b) - cmpTargets(a) })
	}
	switch {
	case len(refs) == 0:
		return &Value{Kind: Unknown, Text: p.why(e)}
	case strings.HasSuffix(name, "s"):
		out := &Value{Kind: List}
		for _, r := range refs {
			out.append(&Value{Kind: Text, Text: r, Via: "refers to " + clean.Short(r, 2*clean.Quote)})
		}
		return out
	}
	return &Value{Kind: Text, Text: refs[0], Via: "refers to " + clean.Short(refs[0], 2*clean.Quote)}
}

// wanted are those of the resources that an attribute can be about; all, of an attribute
// that can be about any.
func wanted(attribute string, refs []string) []string {
	of := map[string]Sort{"target_group_arns": TargetGroup, "autoscaling_group_name": Group, "alarm_actions": Policy, "launch_configuration": LaunchConfig}[attribute]
	if of == "" {
		return refs
	}
	return slices.DeleteFunc(refs, func(address string) bool {
		_, rest := modules(address)
		return providerTypes()[rest[0].name] != of
	})
}

// why says why a value is not known.
func (p *providerValue) why(e *tfjson.Expression) string {
	on := "it"
	if e != nil && e.ExpressionData != nil && len(e.References) > 0 {
		on = "it depends on " + clean.Short(e.References[0], 2*clean.Quote) + ", which"
	}
	if p.fromSources {
		return on + " is not known; --parameter NAME=VALUE gives a variable a value, terraform show -json of a plan knows more"
	}
	return on + " is known only once Terraform applies it"
}

// cmpTargets is 1 for the address of a target group.
func cmpTargets(address string) int {
	for part := range strings.SplitSeq(bare(address), ".") {
		if providerTypes()[part] == TargetGroup {
			return 1
		}
	}
	return 0
}

// targetDimension adds the target group that dimensions refer to and a plan does not know.
func (p *providerValue) targetDimension(list *Value, x map[string]any, unknown any, e *tfjson.Expression) *Value {
	hidden, _ := unknown.(map[string]any)
	if _, known := x["TargetGroup"].(string); known || hidden["TargetGroup"] == nil || e == nil {
		return list
	}
	for _, ref := range p.refer(e) {
		if cmpTargets(ref) == 1 {
			list.Items = slices.DeleteFunc(list.Items, func(d *Value) bool { return d.text("Name") == "TargetGroup" })
			d := &Value{Kind: Table}
			d.add("Name", &Value{Kind: Text, Text: "TargetGroup"})
			d.add("Value", &Value{Kind: Text, Text: ref, Via: "refers to " + clean.Short(ref, 2*clean.Quote)})
			list.append(d)
			break
		}
	}
	return list
}

// dimensionList makes a list of the map in which the provider has dimensions.
func dimensionList(x map[string]any) *Value {
	out := &Value{Kind: List}
	for _, name := range slices.Sorted(maps.Keys(x)) {
		text, _ := x[name].(string)
		d := &Value{Kind: Table}
		d.add("Name", &Value{Kind: Text, Text: name})
		d.add("Value", &Value{Kind: Text, Text: text})
		out.append(d)
	}
	return out
}
