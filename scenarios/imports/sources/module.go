package sources

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// module is a module's instance while it is evaluated.
type module struct {
	dir     string
	address string // "" for the root, else "module.web[0]"
	folder  *folder
	ctx     *hcl.EvalContext
}

// maxRounds is how often locals are evaluated, each time with what the round before made
// known: chains of locals may be so long.
const maxRounds = 20

// mostValue is how many bytes and elements the value of a local or a variable may have;
// a larger one is not known.
const mostValue = 100_000

// newModule prepares a module: given are the values of its variables.
func newModule(dir, address string, f *folder, given map[string]cty.Value) *module {
	m := &module{dir: dir, address: address, folder: f}
	m.ctx = &hcl.EvalContext{Functions: functions(), Variables: map[string]cty.Value{
		"path":      cty.ObjectVal(map[string]cty.Value{"module": cty.StringVal(dir), "root": cty.StringVal("."), "cwd": cty.DynamicVal}),
		"terraform": cty.ObjectVal(map[string]cty.Value{"workspace": cty.StringVal("default")}),
	}}
	vars := map[string]cty.Value{}
	for _, b := range f.blocks {
		if b.Type != "variable" || len(b.Labels) != 1 {
			continue
		}
		name := b.Labels[0]
		v, ok := given[name]
		if preset := b.Body.Attributes["default"]; !ok && preset != nil {
			v, ok = m.evaluate(preset.Expr, m.ctx), true
		}
		if !ok {
			v = cty.DynamicVal
		}
		vars[name] = typed(b, v)
	}
	m.ctx.Variables["var"] = cty.ObjectVal(vars)
	m.locals()
	return m
}

// typed converts a variable's value to its type, with the defaults of optional attributes.
// A value that does not fit stays as it is.
func typed(b *hclsyntax.Block, v cty.Value) cty.Value {
	kind := b.Body.Attributes["type"]
	if kind == nil {
		return v
	}
	want, defaults, diags := typeexpr.TypeConstraintWithDefaults(kind.Expr)
	if diags.HasErrors() {
		return v
	}
	with := v
	if defaults != nil && !v.IsNull() {
		with = defaults.Apply(v)
	}
	if out, err := convert.Convert(with, want); err == nil && size(out, 0) <= mostValue {
		return out
	}
	return v
}

// locals evaluates the locals, in rounds.
func (m *module) locals() {
	exprs := map[string]hcl.Expression{}
	for _, b := range m.folder.blocks {
		if b.Type == "locals" {
			for n, a := range b.Body.Attributes {
				exprs[n] = a.Expr
			}
		}
	}
	values := map[string]cty.Value{}
	for n := range exprs {
		values[n] = cty.DynamicVal
	}
	m.ctx.Variables["local"] = cty.ObjectVal(values)
	for range maxRounds {
		known := 0
		next := map[string]cty.Value{}
		for n, e := range exprs {
			next[n] = values[n]
			if !values[n].IsWhollyKnown() {
				if next[n] = m.evaluate(e, m.ctx); next[n].IsWhollyKnown() {
					known++
				}
			}
		}
		values = next
		m.ctx.Variables["local"] = cty.ObjectVal(values)
		if known == 0 {
			return
		}
	}
}

// outputs are what the module puts out.
func (m *module) outputs() cty.Value {
	values := map[string]cty.Value{}
	for _, b := range m.folder.blocks {
		if b.Type == "output" && len(b.Labels) == 1 {
			if a := b.Body.Attributes["value"]; a != nil {
				values[b.Labels[0]] = m.evaluate(a.Expr, m.ctx)
			}
		}
	}
	return cty.ObjectVal(values)
}

// evaluate returns the value of an expression; what it cannot know is unknown.
func (m *module) evaluate(e hcl.Expression, ctx *hcl.EvalContext) cty.Value {
	if node, ok := e.(hclsyntax.Node); !ok || loops(node) > 2 {
		return cty.DynamicVal
	}
	inner := ctx.NewChild()
	inner.Variables = map[string]cty.Value{}
	for _, t := range e.Variables() {
		if name := t.RootName(); !has(ctx, name) {
			inner.Variables[name] = cty.DynamicVal
		}
	}
	v, diags := e.Value(inner)
	if diags.HasErrors() || size(v, 0) > mostValue {
		return cty.DynamicVal
	}
	return v
}

// has reports whether a name is defined.
func has(ctx *hcl.EvalContext, name string) bool {
	for ; ctx != nil; ctx = ctx.Parent() {
		if _, ok := ctx.Variables[name]; ok {
			return true
		}
	}
	return false
}

// loops is how deep for expressions and splats stand in each other.
func loops(node hclsyntax.Node) int {
	w := &loopCounter{}
	_ = hclsyntax.Walk(node, w) // it returns no diagnostics
	return w.most
}

type loopCounter struct{ deep, most int }

func (w *loopCounter) Enter(node hclsyntax.Node) hcl.Diagnostics {
	if isLoop(node) {
		w.deep++
		w.most = max(w.most, w.deep)
	}
	return nil
}

func (w *loopCounter) Exit(node hclsyntax.Node) hcl.Diagnostics {
	if isLoop(node) {
		w.deep--
	}
	return nil
}

func isLoop(node hclsyntax.Node) bool {
	switch node.(type) {
	case *hclsyntax.ForExpr, *hclsyntax.SplatExpr:
		return true
	}
	return false
}

// size is how many bytes and elements a value has.
func size(v cty.Value, depth int) int {
	v, _ = v.Unmark()
	switch {
	case depth > 50:
		return mostValue + 1
	case v == cty.NilVal || v.IsNull() || !v.IsKnown():
		return 1
	case v.Type() == cty.String:
		return 1 + len(v.AsString())
	case v.CanIterateElements():
		n := 1
		for it := v.ElementIterator(); it.Next() && n <= mostValue; {
			_, e := it.Element()
			n += size(e, depth+1)
		}
		return n
	}
	return 1
}

// instances returns the keys of count or for_each: [""] of a block with neither. known is
// false where they depend on what is not known.
func (m *module) instances(b *hclsyntax.Body) (keys []string, contexts []*hcl.EvalContext, known bool) {
	if a := b.Attributes["count"]; a != nil {
		v := m.evaluate(a.Expr, m.ctx)
		v, err := convert.Convert(v, cty.Number)
		if err != nil || !v.IsKnown() || v.IsNull() {
			return []string{""}, []*hcl.EvalContext{m.each("count", cty.ObjectVal(map[string]cty.Value{"index": cty.DynamicVal}))}, false
		}
		n, _ := v.AsBigFloat().Int64()
		for i := range min(n, maxInstances) {
			keys = append(keys, fmt.Sprintf("[%d]", i))
			contexts = append(contexts, m.each("count", cty.ObjectVal(map[string]cty.Value{"index": cty.NumberIntVal(i)})))
		}
		return keys, contexts, true
	}
	if a := b.Attributes["for_each"]; a != nil {
		v := m.evaluate(a.Expr, m.ctx)
		if !v.IsKnown() || v.IsNull() || !v.CanIterateElements() {
			return []string{""}, []*hcl.EvalContext{m.each("each", cty.ObjectVal(map[string]cty.Value{"key": cty.DynamicVal, "value": cty.DynamicVal}))}, false
		}
		for it := v.ElementIterator(); it.Next() && len(keys) < maxInstances; {
			k, e := it.Element()
			if v.Type().IsSetType() {
				k = e
			}
			if k.IsKnown() && k.Type() == cty.String {
				keys = append(keys, fmt.Sprintf("[%q]", k.AsString()))
				contexts = append(contexts, m.each("each", cty.ObjectVal(map[string]cty.Value{"key": k, "value": e})))
			}
		}
		return keys, contexts, true
	}
	return []string{""}, []*hcl.EvalContext{m.ctx}, true
}

// maxInstances is how many instances of a resource or module are made.
const maxInstances = 200

// each is the module's context with what count or for_each adds.
func (m *module) each(name string, v cty.Value) *hcl.EvalContext {
	child := m.ctx.NewChild()
	child.Variables = map[string]cty.Value{name: v}
	return child
}

// index is a key as Terraform shows it: [0], ["blue"].
func index(key cty.Value) string {
	switch {
	case !key.IsWhollyKnown() || key.IsNull():
		return ""
	case key.Type() == cty.String:
		return fmt.Sprintf("[%q]", key.AsString())
	case key.Type() == cty.Number:
		return "[" + key.AsBigFloat().Text('f', -1) + "]"
	}
	return ""
}

// refersTo are what an expression refers to, as Terraform shows them: "var.x",
// "aws_lb.web.arn", `aws_lb.web["blue"].arn`.
func refersTo(e hcl.Expression) []string {
	var out []string
	for _, t := range e.Variables() {
		var parts []string
		for _, step := range t {
			switch s := step.(type) {
			case hcl.TraverseRoot:
				parts = append(parts, s.Name)
			case hcl.TraverseAttr:
				parts = append(parts, s.Name)
			case hcl.TraverseIndex:
				parts[len(parts)-1] += index(s.Key)
			}
		}
		if ref := strings.Join(parts, "."); !slices.Contains(out, ref) {
			out = append(out, ref)
		}
	}
	return out
}
