package scenarios

import (
	"fmt"
	"strings"

	"asgsim/scenarios/form"
)

// decode decodes a tree into s if it was selected, else it notes its problems.
func (l *loader) decode(s *Scenario, t *tree) {
	selected := len(l.opts.Only) == 0 || t.try
	for _, name := range l.opts.Only {
		selected = selected || t.is(name)
	}
	d := newDecoder(t.root, l.src.Name, l.open, l.opts.Prices, l.spent, l.first)
	d.unadvised = l.opts.Unadvised
	c := d.decode(t.name)
	if l.first == nil {
		l.first = d
		s.Title, s.Label, s.Seed = d.title, t.label, d.seed
	}
	if t.overlay {
		d.Problems, d.Warnings = d.Problems.Of(t.name), d.Warnings.Of(t.name)
	}
	problems := append(t.problems, d.Problems...) // those of the overlay itself name the variant in their keys
	if !selected {
		if t.overlay {
			s.Others = append(s.Others, t.name)
		}
		if len(problems) > 0 {
			s.Unfit = append(s.Unfit, Unfit{c.DisplayName(), problems.Sorted()})
		}
		return
	}
	for _, p := range problems {
		l.problem(p)
	}
	if c.World.Title == "" {
		c.World.Title = s.Name
	}
	if c.World.Group.Name == "" {
		c.World.Group.Name = s.Name
	}
	c.Warnings = d.Warnings
	s.understand(d.understood)
	for _, w := range d.Warnings {
		l.warned.Add(&s.Warnings, w)
	}
	s.Configs = append(s.Configs, c)
}

// trees returns the plain tree and one a variant, --set applied to each.
func (l *loader) trees(root *form.Node) []tree {
	label, _ := root.Table.Get("label").Str()
	variants := root.Table.Get("variant")
	base, _ := form.Without(root, []string{"variant"})
	out := []tree{{name: label, label: label, root: l.set(base, nil, "")}}
	if variants == nil {
		return append(out, l.tried(base, out)...)
	}
	if variants.Table == nil {
		l.problem(Problem{Pos: variants.Key, Key: "variant", Rule: "must hold tables", Remedy: "write [variant.NAME]"})
		return append(out, l.tried(base, out)...)
	}
	for _, name := range variants.Table.Keys {
		v := variants.Table.Get(name)
		key := "variant." + name
		if !form.ValidName(name) {
			l.problem(Problem{Pos: v.Key, Key: key, Rule: "is not a name", Remedy: form.NameRule})
			continue
		}
		if v.Table == nil {
			l.problem(Problem{Pos: v.Key, Key: key, Rule: "must be a table", Remedy: "write [" + key + "]"})
			continue
		}
		if name == label || name == Plain {
			l.problem(Problem{Pos: v.Key, Key: key, Rule: "has the name of the plain scenario", Remedy: "choose another"})
		}
		t := tree{name: name, overlay: true}
		overlay := form.Stamp(v, "variant "+name)
		for _, k := range notInVariants {
			if n := overlay.Table.Get(k); n != nil {
				t.problem(Problem{Pos: n.Key, Key: key + "." + k, Rule: "does not go into a variant", Remedy: "write it at the top of the file"})
				overlay.Table.Drop(k)
			}
		}
		removed := overlay.Table.Get("without")
		t.root = l.set(schema().Merge(t.remove(base, overlay, key), overlay, nil, false), overlay, name, names(removed)...)
		out = append(out, t)
	}
	return append(out, l.tried(base, out)...)
}

// names returns the texts in an array.
func names(n *form.Node) []string {
	if n == nil {
		return nil
	}
	var out []string
	for _, e := range n.List {
		if s, ok := e.Str(); ok {
			out = append(out, s)
		}
	}
	return out
}

// remove takes what the variant's without names out of base.
func (t *tree) remove(base, overlay *form.Node, key string) *form.Node {
	w := overlay.Table.Get("without")
	if w == nil {
		return base
	}
	overlay.Table.Drop("without")
	if !w.Array {
		t.problem(Problem{Pos: w.At, Key: key + ".without", Rule: "must be an array of keys, not " + w.Text(), Remedy: `write for example ["request.timeout"]`})
		return base
	}
	for _, e := range w.List {
		path, ok := e.Str()
		removed := false
		if ok {
			base, removed = form.Without(base, strings.Split(path, "."))
		}
		if !removed {
			t.problem(Problem{Pos: e.At, Key: key + ".without", Rule: "names " + e.Text() + ", which the file does not have", Remedy: `write keys of the file: ["request.timeout", "fault.hardware"]`})
		}
	}
	return base
}

// tried returns the trees of the tries beside the others.
func (l *loader) tried(base *form.Node, others []tree) []tree {
	var out []tree
	for _, try := range l.opts.Tries {
		t := tree{name: try.Label, overlay: true, try: true}
		pos := Pos{Set: strings.Join(try.Sets, ", ")}
		for _, o := range append(others[:len(others):len(others)], out...) {
			if o.is(t.name) {
				l.problem(Problem{Pos: pos, Rule: fmt.Sprintf("the label %q is taken", t.name), Remedy: "choose another"})
			}
		}
		overlay := &form.Node{Table: form.NewTable()}
		for _, s := range try.Sets {
			var p *Problem
			if overlay, p = schema().Set(overlay, s); p != nil {
				t.problem(*p)
			}
		}
		for _, k := range notInVariants {
			if overlay.Table.Get(k) != nil {
				t.problem(Problem{Pos: pos, Key: k, Rule: "does not go into a variant", Remedy: "--set it, or write it into the file"})
				overlay.Table.Drop(k)
			}
		}
		t.root = l.set(schema().Merge(base, overlay, nil, true), overlay, t.name)
		out = append(out, t)
	}
	return out
}
