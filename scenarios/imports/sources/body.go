package sources

import (
	"encoding/json"
	"slices"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// shown is a body as Terraform shows it in a plan: values, what of them is not known, and
// what the sources refer to.
type shown struct {
	values, unknown map[string]any
	expressions     map[string]*tfjson.Expression
}

// body evaluates a resource's or block's body.
func (m *module) body(b *hclsyntax.Body, ctx *hcl.EvalContext, depth int) shown {
	out := shown{map[string]any{}, map[string]any{}, map[string]*tfjson.Expression{}}
	for name, a := range b.Attributes {
		if slices.Contains([]string{"count", "for_each", "depends_on", "provider", "providers", "source", "version"}, name) {
			continue
		}
		out.values[name], out.unknown[name] = plain(m.evaluate(a.Expr, ctx), 0)
		out.expressions[name] = &tfjson.Expression{ExpressionData: &tfjson.ExpressionData{References: refersTo(a.Expr)}}
	}
	for _, inner := range b.Blocks {
		name, bodies, contexts := m.expand(inner, ctx)
		if depth > 20 || name == "lifecycle" || name == "provisioner" {
			continue
		}
		for i, body := range bodies {
			s := m.body(body, contexts[i], depth+1)
			list, _ := out.values[name].([]any)
			unknown, _ := out.unknown[name].([]any)
			out.values[name], out.unknown[name] = append(list, s.values), append(unknown, s.unknown)
			e := out.expressions[name]
			if e == nil {
				e = &tfjson.Expression{ExpressionData: &tfjson.ExpressionData{}}
				out.expressions[name] = e
			}
			e.NestedBlocks = append(e.NestedBlocks, s.expressions)
		}
	}
	return out
}

// expand returns the bodies of a block: of a dynamic one, one for each element.
func (m *module) expand(b *hclsyntax.Block, ctx *hcl.EvalContext) (name string, bodies []*hclsyntax.Body, contexts []*hcl.EvalContext) {
	if b.Type != "dynamic" || len(b.Labels) != 1 {
		return b.Type, []*hclsyntax.Body{b.Body}, []*hcl.EvalContext{ctx}
	}
	name = b.Labels[0]
	iterator := name
	if a := b.Body.Attributes["iterator"]; a != nil {
		if word := hcl.ExprAsKeyword(a.Expr); word != "" {
			iterator = word
		}
	}
	var content *hclsyntax.Body
	for _, c := range b.Body.Blocks {
		if c.Type == "content" {
			content = c.Body
		}
	}
	each := b.Body.Attributes["for_each"]
	if content == nil || each == nil {
		return name, nil, nil
	}
	add := func(k, v cty.Value) {
		child := ctx.NewChild()
		child.Variables = map[string]cty.Value{iterator: cty.ObjectVal(map[string]cty.Value{"key": k, "value": v})}
		bodies, contexts = append(bodies, content), append(contexts, child)
	}
	v := m.evaluate(each.Expr, ctx)
	if !v.IsKnown() || v.IsNull() || !v.CanIterateElements() {
		if v.IsKnown() && v.IsNull() {
			return name, nil, nil
		}
		add(cty.DynamicVal, cty.DynamicVal) // how often is not known: once
		return name, bodies, contexts
	}
	for it := v.ElementIterator(); it.Next() && len(bodies) < maxInstances; {
		k, e := it.Element()
		add(k, e)
	}
	return name, bodies, contexts
}

// plain makes of a value what encoding/json makes of Terraform's JSON, and says what of
// it is not known.
func plain(v cty.Value, depth int) (is, unknown any) {
	v, _ = v.Unmark()
	switch {
	case v == cty.NilVal || depth > 50 || !v.IsKnown():
		return nil, true
	case v.IsNull():
		return nil, false
	case v.Type() == cty.String:
		return v.AsString(), false
	case v.Type() == cty.Bool:
		return v.True(), false
	case v.Type() == cty.Number && v.AsBigFloat().IsInf():
		return nil, true
	case v.Type() == cty.Number:
		return json.Number(v.AsBigFloat().Text('f', -1)), false
	case !v.CanIterateElements():
		return nil, false
	}
	if v.Type().IsMapType() || v.Type().IsObjectType() {
		values, unknowns := map[string]any{}, map[string]any{}
		for it := v.ElementIterator(); it.Next(); {
			k, e := it.Element()
			values[k.AsString()], unknowns[k.AsString()] = plain(e, depth+1)
		}
		return values, unknowns
	}
	values, unknowns := []any{}, []any{}
	for it := v.ElementIterator(); it.Next(); {
		_, e := it.Element()
		one, hidden := plain(e, depth+1)
		values, unknowns = append(values, one), append(unknowns, hidden)
	}
	return values, unknowns
}
