package sources

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	tfjson "github.com/hashicorp/terraform-json"
	"github.com/zclconf/go-cty/cty"
)

// planner evaluates a folder and the modules in it.
type planner struct {
	reader
	called int // modules
	plan   *Plan
}

// Bounds of modules.
const (
	maxDepth   = 10
	maxModules = 500
)

// Read evaluates the sources of a folder; given are values of its variables, as texts.
func Read(files fs.FS, dir string, given map[string]string) (*Plan, error) {
	p := &planner{reader: reader{files: files}, plan: &Plan{Unknown: map[string]any{}, Places: map[string]string{}}}
	f, err := p.open(dir, true)
	if err != nil {
		return nil, err
	}
	values := map[string]cty.Value{}
	for name, e := range f.values {
		if v, diags := e.Value(nil); !diags.HasErrors() && size(v, 0) <= mostValue {
			values[name] = v
		}
	}
	for name, text := range given {
		values[name] = valueOf(text)
	}
	for _, b := range f.blocks {
		if b.Type == "variable" && len(b.Labels) == 1 {
			p.plan.Variables = append(p.plan.Variables, b.Labels[0])
		}
	}
	m := newModule(dir, "", f, values)
	p.plan.Region = m.region()
	p.plan.Config = &tfjson.ConfigModule{}
	if err := p.module(m, p.plan.Config, 0); err != nil {
		return nil, err
	}
	return p.plan, nil
}

// region is that of the AWS provider without an alias.
func (m *module) region() string {
	for _, b := range m.folder.blocks {
		if b.Type != "provider" || len(b.Labels) != 1 || b.Labels[0] != "aws" || b.Body.Attributes["alias"] != nil {
			continue
		}
		if a := b.Body.Attributes["region"]; a != nil {
			if v := m.evaluate(a.Expr, m.ctx); v.IsKnown() && !v.IsNull() && v.Type() == cty.String {
				return v.AsString()
			}
		}
	}
	return ""
}

// valueOf reads a variable's value as Terraform's -var does: an expression where it is
// one, else a text.
func valueOf(text string) cty.Value {
	if nesting([]byte(text)) <= maxNesting && len(text) < mostValue {
		if e, diags := hclsyntax.ParseExpression([]byte(text), "--parameter", hcl.InitialPos); !diags.HasErrors() {
			if v, diags := e.Value(nil); !diags.HasErrors() {
				return v
			}
		}
	}
	return cty.StringVal(text)
}

// module evaluates the resources of a module and the modules that it calls.
func (p *planner) module(m *module, config *tfjson.ConfigModule, depth int) error {
	config.ModuleCalls, config.Outputs = map[string]*tfjson.ModuleCall{}, map[string]*tfjson.ConfigOutput{}
	called := map[string]cty.Value{}
	for _, b := range m.folder.blocks { // modules first: resources use what they put out
		if b.Type == "module" && len(b.Labels) == 1 {
			out, err := p.call(m, b, config, depth)
			if err != nil {
				return err
			}
			called[b.Labels[0]] = out
			m.ctx.Variables["module"] = cty.ObjectVal(called)
		}
	}
	m.locals() // which may use that too
	for _, b := range m.folder.blocks {
		switch {
		case b.Type == "resource" && len(b.Labels) == 2:
			p.resource(m, b, config)
		case b.Type == "output" && len(b.Labels) == 1:
			if a := b.Body.Attributes["value"]; a != nil {
				config.Outputs[b.Labels[0]] = &tfjson.ConfigOutput{Expression: &tfjson.Expression{ExpressionData: &tfjson.ExpressionData{References: refersTo(a.Expr)}}}
			}
		}
	}
	return nil
}

// resource evaluates a resource's instances.
func (p *planner) resource(m *module, b *hclsyntax.Block, config *tfjson.ConfigModule) {
	kind, name := b.Labels[0], b.Labels[1]
	if !strings.HasPrefix(kind, "aws_") {
		return
	}
	address := joined(m.address, kind+"."+name)
	keys, contexts, known := m.instances(b.Body)
	if !known {
		p.plan.ask(address, place(b), "how many there are depends on what is not known: read as one")
	}
	for i, key := range keys {
		s := m.body(b.Body, contexts[i], 0)
		if i == 0 {
			config.Resources = append(config.Resources, &tfjson.ConfigResource{Address: kind + "." + name, Type: kind, Name: name, Mode: tfjson.ManagedResourceMode, Expressions: s.expressions})
		}
		p.plan.add(address+key, kind, name, place(b), s)
	}
}

// call evaluates the module that a block calls, and returns what it puts out.
func (p *planner) call(m *module, b *hclsyntax.Block, config *tfjson.ConfigModule, depth int) (cty.Value, error) {
	out := cty.DynamicVal
	name := b.Labels[0]
	address := joined(m.address, "module."+name)
	source := ""
	if a := b.Body.Attributes["source"]; a != nil {
		if v := m.evaluate(a.Expr, m.ctx); v.IsKnown() && !v.IsNull() && v.Type() == cty.String {
			source = v.AsString()
		}
	}
	keys, contexts, known := m.instances(b.Body)
	if !known {
		p.plan.ask(address, place(b), "how many there are depends on what is not known: read as one")
	}
	dir := path.Join(m.dir, source)
	local := (strings.HasPrefix(source, "./") || strings.HasPrefix(source, "../")) && fs.ValidPath(dir)
	var f *folder
	if local && depth < maxDepth {
		var err error
		if f, err = p.open(dir, false); err != nil && p.opened > MaxFiles {
			return out, err
		} else if err != nil {
			f = nil
		}
	}
	for i, key := range keys {
		if p.called++; p.called > maxModules {
			return out, fmt.Errorf("%s: there are more than %d modules", place(b), maxModules)
		}
		s := m.body(b.Body, contexts[i], 0)
		call := &tfjson.ModuleCall{Expressions: s.expressions, Module: &tfjson.ConfigModule{}}
		if i == 0 {
			config.ModuleCalls[name] = call
		}
		if f == nil {
			p.plan.foreign(address+key, source, place(b), s, i == 0)
			continue
		}
		given := map[string]cty.Value{}
		for n, a := range b.Body.Attributes {
			given[n] = m.evaluate(a.Expr, contexts[i])
		}
		inner := newModule(dir, address+key, f, given)
		if err := p.module(inner, call.Module, depth+1); err != nil {
			return out, err
		}
		if key == "" {
			out = inner.outputs()
		}
	}
	return out, nil
}
