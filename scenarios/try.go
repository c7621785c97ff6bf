package scenarios

import (
	"fmt"
	"strings"

	"asgsim/scenarios/form"
)

// Try is a variant from the command line: settings laid upon the plain scenario.
type Try struct {
	Label string
	Sets  []string // key=value
}

const tryForm = `write 'label: key=value, key=value', such as 'more: auto_scaling_group.max_size=12'`

// ParseTry reads "label: key=value, key=value". A comma inside brackets, braces or
// quotes belongs to the value.
func ParseTry(text string) (Try, error) {
	label, rest, ok := strings.Cut(text, ":")
	t := Try{Label: strings.TrimSpace(label)}
	switch {
	case !ok:
		return t, fmt.Errorf("%q has no label; %s", text, tryForm)
	case !form.ValidName(t.Label):
		return t, fmt.Errorf("%q is not a name: names are letters and digits, then also _ and -; %s", t.Label, tryForm)
	}
	for _, s := range splitList(rest) {
		key, value, ok := strings.Cut(s, "=")
		if !ok || strings.TrimSpace(key) == "" || strings.TrimSpace(value) == "" {
			return t, fmt.Errorf("%q is not key=value in %q; %s", strings.TrimSpace(s), text, tryForm)
		}
		t.Sets = append(t.Sets, strings.TrimSpace(s))
	}
	return t, nil
}

// splitList splits at commas outside brackets, braces and quotes.
func splitList(s string) []string {
	var out []string
	depth, from := 0, 0
	quote := byte(0)
	for i := range len(s) {
		switch c := s[i]; {
		case quote != 0:
			if c == quote && s[i-1] != '\\' {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			depth--
		case c == ',' && depth == 0:
			out = append(out, s[from:i])
			from = i + 1
		}
	}
	return append(out, s[from:])
}

// tried returns the trees of the tries beside the others.
func (l *loader) tried(base *form.Node, others []tree) []tree {
	var out []tree
	for _, try := range l.opts.Tries {
		t := tree{name: try.Label, overlay: true, try: true}
		pos := Pos{Set: strings.Join(try.Sets, ", ")}
		for _, o := range append(others[:len(others):len(others)], out...) {
			if o.is(t.name) {
				l.problems.Add(Problem{Pos: pos, Rule: fmt.Sprintf("the label %q is taken", t.name), Remedy: "choose another"})
			}
		}
		overlay := &form.Node{Table: form.NewTable()}
		for _, s := range try.Sets {
			var p *Problem
			if overlay, p = schema().Set(overlay, s); p != nil {
				t.problems.Add(*p)
			}
		}
		for _, k := range notInVariants {
			if overlay.Table.Get(k) != nil {
				t.problems.Add(Problem{Pos: pos, Key: k, Rule: "does not go into a variant", Remedy: "--set it, or write it into the file"})
				overlay.Table.Drop(k)
			}
		}
		t.root = l.set(schema().Merge(base, overlay, nil, true), overlay, t.name)
		out = append(out, t)
	}
	return out
}

// setPath returns the key of a --set as a path.
func setPath(set string) []string {
	key, _, _ := strings.Cut(set, "=")
	return strings.Split(strings.TrimSpace(key), ".")
}

// owns reports whether an overlay says itself what stands at path: the value, what
// holds it, something within it, or another kind in its place.
func owns(overlay *form.Node, path []string) bool {
	n := overlay
	for i, part := range path {
		if n.Table == nil {
			return true
		}
		if k := lookup(schema().Pattern(path[:i])); i > 0 && k != nil && k.Type.Whole {
			return true
		}
		next := n.Table.Get(part)
		if next == nil {
			return i == 2 && isOne(kinded, path[0]) && len(n.Table.Keys) > 0
		}
		n = next
	}
	return true
}

// removes reports whether one of the removed keys is path or holds it.
func removes(removed, path []string) bool {
	key := strings.Join(path, ".")
	for _, r := range removed {
		if r == key || strings.HasPrefix(key, r+".") {
			return true
		}
	}
	return false
}
