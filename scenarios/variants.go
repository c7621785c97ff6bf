package scenarios

import (
	"fmt"
	"strconv"
	"strings"

	"asgsim/scenarios/form"
)

// splitSets tells the settings of single variants, which go into the file's
// tree, from the others, which come last.
func splitSets(sets []string) (plain, variant []string) {
	for _, s := range sets {
		if strings.HasPrefix(strings.TrimSpace(s), "variant.") {
			variant = append(variant, s)
		} else {
			plain = append(plain, s)
		}
	}
	return plain, variant
}

// loader makes one tree a variant.
type loader struct {
	src      Source
	open     Opener
	opts     Options
	sets     []string // those of the file and of every variant
	problems Problems
	first    *decoder // of the first tree, whose traces need not be read again
	kept     []Kept
}

// decode decodes a tree into s if it was selected, else it notes its problems.
func (l *loader) decode(s *Scenario, t *tree) {
	selected := len(l.opts.Only) == 0 || t.try
	for _, name := range l.opts.Only {
		selected = selected || t.is(name)
	}
	d := newDecoder(t.root, l.src.Name, l.open, l.first)
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
		l.problems.Add(p)
	}
	if c.World.Group.Name == "" {
		c.World.Group.Name = s.Name
	}
	for _, w := range d.Warnings {
		c.Warnings.Add(w)
		s.Warnings.Add(w)
	}
	s.Configs = append(s.Configs, c)
}

// tree is the merged tree of one configuration.
type tree struct {
	name, label string
	overlay     bool // of a variant or a try
	try         bool // always selected
	root        *form.Node
	problems    Problems // of the overlay itself
}

func (t *tree) is(name string) bool {
	return t.name == name || !t.overlay && name == Plain
}

// notInVariants are the top-level keys that describe the file, not a variant.
var notInVariants = [...]string{"variant", "label", "title", "seed"}

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
		l.problems.Add(Problem{Pos: variants.Key, Key: "variant", Rule: "must hold tables", Remedy: "write [variant.NAME]"})
		return append(out, l.tried(base, out)...)
	}
	for _, name := range variants.Table.Keys {
		v := variants.Table.Get(name)
		key := "variant." + name
		if !form.ValidName(name) {
			l.problems.Add(Problem{Pos: v.Key, Key: key, Rule: "is not a name", Remedy: "names are letters and digits, then also _ and -"})
			continue
		}
		if v.Table == nil {
			l.problems.Add(Problem{Pos: v.Key, Key: key, Rule: "must be a table", Remedy: "write [" + key + "]"})
			continue
		}
		if name == label || name == Plain {
			l.problems.Add(Problem{Pos: v.Key, Key: key, Rule: "has the name of the plain scenario", Remedy: "choose another"})
		}
		t := tree{name: name, overlay: true}
		overlay := form.Stamp(v, "variant "+name)
		for _, k := range notInVariants {
			if n := overlay.Table.Get(k); n != nil {
				t.problems.Add(Problem{Pos: n.Key, Key: key + "." + k, Rule: "does not go into a variant", Remedy: "write it at the top of the file"})
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
		t.problems.Add(Problem{Pos: w.At, Key: key + ".without", Rule: "must be an array of keys, not " + w.Text(), Remedy: `write for example ["request.timeout"]`})
		return base
	}
	for _, e := range w.List {
		path, ok := e.Str()
		removed := false
		if ok {
			base, removed = form.Without(base, strings.Split(path, "."))
		}
		if !removed {
			t.problems.Add(Problem{Pos: e.At, Key: key + ".without", Rule: "names " + e.Text() + ", which the file does not have", Remedy: `write keys of the file: ["request.timeout", "fault.hardware"]`})
		}
	}
	return base
}

// set applies the --set flags to a tree. Those whose keys the overlay of a variant
// sets or removes itself are left out where the options ask for it.
func (l *loader) set(root, overlay *form.Node, variant string, removed ...string) *form.Node {
	for _, s := range l.sets {
		if l.opts.KeepOwn && overlay != nil && (owns(overlay, setPath(s)) || removes(removed, setPath(s))) {
			l.keep(s, variant)
			continue
		}
		var p *Problem
		if root, p = schema().Set(root, s); p != nil {
			l.problems.Add(*p)
		}
	}
	return root
}

// keep notes that a variant keeps a value of its own.
func (l *loader) keep(set, variant string) {
	for i := range l.kept {
		if l.kept[i].Set == set {
			l.kept[i].Variants = append(l.kept[i].Variants, variant)
			return
		}
	}
	l.kept = append(l.kept, Kept{set, []string{variant}})
}

// noVariant says that there is no variant of that name.
func (l *loader) noVariant(only []string, trees []tree) Problem {
	name := strings.Join(only, ", ")
	var names []string
	for _, t := range trees {
		if t.name != "" {
			names = append(names, t.name)
		} else {
			names = append(names, Plain)
		}
	}
	remedy := "there are " + strings.Join(names, ", ")
	if c := form.Nearest(name, names); c != "" {
		remedy = "did you mean " + strconv.Quote(c) + "?"
	}
	return Problem{Pos: Pos{File: l.src.Name}, Key: "variant", Rule: fmt.Sprintf("there is no variant %q", name), Remedy: remedy}
}
