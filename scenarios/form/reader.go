package form

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"
)

// Value is one effective value and where it comes from.
type Value struct {
	Key  string // dotted path
	Text string // as the file would have it; empty where there is none
	From string // "web.toml:12", "default (Terraform)", "--set", "variant fixed (web.toml:80)", "derived: ..."
}

// Reader reads the values of one tree. It notes every problem and goes on with zero
// values, and every value with its source.
type Reader struct {
	Root     *Node
	Defaults string // whose defaults fill keys left out: "api", "terraform" or "console"
	Problems Problems
	Warnings Problems
	Values   []Value
	schema   *Schema
	file     string
	failed   map[string]bool // keys with a problem
	given    map[string]bool // keys that have a value, of whatever source
	asked    map[string]bool // patterns of the keys read
	unknowns int             // keys that the schema does not have
	said     Once
	warned   Once
}

// NewReader returns a reader of a tree. file is its name for messages.
func NewReader(schema *Schema, root *Node, file string) *Reader {
	return &Reader{Root: schema.Cleared(root), Defaults: "api", schema: schema, file: file, failed: map[string]bool{}, given: map[string]bool{}, asked: map[string]bool{}, said: Once{}, warned: Once{}}
}

// Schema returns what the tree may hold.
func (r *Reader) Schema() *Schema { return r.schema }

// Find returns the Node at a dotted path, nil where there is none.
func (r *Reader) Find(path string) *Node {
	return r.Root.find(strings.Split(path, "."))
}

// Problem notes a problem with the value of a key.
func (r *Reader) Problem(path string, at Pos, b *Mistake) {
	r.failed[path] = true
	r.said.Add(&r.Problems, Problem{Pos: at, Key: path, Rule: b.Rule, Remedy: b.Remedy})
}

// At returns the place of a key's value, or of the nearest table above it.
func (r *Reader) At(path string) Pos {
	for {
		if n := r.Find(path); n != nil {
			return n.At
		}
		i := strings.LastIndexByte(path, '.')
		if i < 0 {
			return Pos{File: r.file}
		}
		path = path[:i]
	}
}

// Warn notes something suspicious at a key.
func (r *Reader) Warn(path, remedy, format string, args ...any) {
	r.warned.Add(&r.Warnings, Problem{Pos: r.At(path), Key: path, Rule: fmt.Sprintf(format, args...), Remedy: remedy})
}

// OK reports whether all keys have a value and none a problem.
func (r *Reader) OK(paths ...string) bool {
	for _, p := range paths {
		if r.failed[p] || !r.given[p] {
			return false
		}
	}
	return true
}

// FailedBelow reports whether any key that begins with prefix has a problem.
func (r *Reader) FailedBelow(prefix string) bool {
	for k := range r.failed {
		if strings.HasPrefix(k, prefix) {
			return true
		}
	}
	return false
}

// Misspelt reports whether the key's table has it in another spelling, MinSize
// for min_size, which the check for unknown keys reports.
func (r *Reader) Misspelt(path string) bool {
	table := r.Find(Parent(path))
	if table == nil || table.Table == nil {
		return false
	}
	for _, k := range table.Table.Keys {
		if Plain(k) == Plain(path[strings.LastIndexByte(path, '.')+1:]) {
			return true
		}
	}
	return false
}

// IsGiven reports whether the user wrote the key.
func (r *Reader) IsGiven(path string) bool { return r.Find(path) != nil }

// Failed reports whether a key has a problem.
func (r *Reader) Failed(path string) bool { return r.failed[path] }

// Asked reports whether a key was read, by its pattern.
func (r *Reader) Asked(pattern string) bool { return r.asked[pattern] }

// Key returns the documentation of a path. Reading an undocumented key is a
// mistake in the program.
func (r *Reader) Key(path string) *Key {
	p := r.schema.Pattern(strings.Split(path, "."))
	k := r.schema.Lookup(p)
	if k == nil {
		panic("form: key " + p + " is read but not documented")
	}
	r.asked[p] = true
	return k
}

// Note records an effective value.
func (r *Reader) Note(path, text, from string) {
	r.given[path] = true
	r.Values = append(r.Values, Value{Key: path, Text: text, From: from})
}

// Amend changes the effective value of a key that was noted before, if it was. A
// derived value counts as given.
func (r *Reader) Amend(path, text, from string) {
	for i := range r.Values {
		if r.Values[i].Key == path {
			r.Values[i].Text, r.Values[i].From = text, from
		}
	}
}

// Take reads the value of a key with parse: the user's, else the default. It
// returns false where there is none or it is wrong.
func Take[T any](r *Reader, path string, parse func(n *Node, k *Key) (T, *Mistake)) (T, bool) {
	var zero T
	k := r.Key(path)
	n := r.Find(path)
	if n == nil {
		preset, from := k.Preset(r.Defaults)
		if preset == "" {
			if k.Required {
				if r.failed[path] = true; !r.Misspelt(path) {
					r.Problem(path, r.At(path), Wrong("write for example "+k.example(), "is missing"))
				}
				return zero, false
			}
			r.Values = append(r.Values, Value{Key: path, From: k.Absent})
			return zero, false
		}
		n = r.schema.literal(preset)
		v, b := parse(n, k)
		if b != nil {
			panic(fmt.Sprintf("form: default of %s: %v", k.Path, b))
		}
		r.Note(path, n.TOML(), from)
		return v, true
	}
	if f, ok := n.Scalar.(float64); ok && (math.IsNaN(f) || math.IsInf(f, 0)) {
		r.Problem(path, n.At, Wrong("", "must be a finite number, not %s", strings.ToLower(n.Text())))
		return zero, false
	}
	v, b := parse(n, k)
	if b != nil {
		r.Problem(path, n.At, b)
		return zero, false
	}
	r.Note(path, n.TOML(), n.Source())
	return v, true
}

// Ordered reads a value that has a range.
func Ordered[T cmp.Ordered](r *Reader, path string, parse func(n *Node, k *Key) (T, *Mistake)) (T, bool) {
	return Take(r, path, func(n *Node, k *Key) (T, *Mistake) {
		v, b := parse(n, k)
		if b != nil {
			return v, b
		}
		limit := func(s string) T {
			l, b := parse(r.schema.literal(s), k)
			if b != nil {
				panic(fmt.Sprintf("form: range of %s: %v", k.Path, b))
			}
			return l
		}
		if k.Min != "" && v < limit(k.Min) || k.Max != "" && v > limit(k.Max) || k.Above != "" && v <= limit(k.Above) {
			return v, Wrong("", "must be %s, not %s", k.Range(), Unquoted(n.Text()))
		}
		return v, nil
	})
}

// Entries returns the names in a table of named things, in order of appearance,
// and reports the malformed ones.
func (r *Reader) Entries(table string) []string {
	n := r.Find(table)
	if n == nil || n.Table == nil {
		return nil
	}
	var out []string
	for _, name := range n.Table.Keys {
		if ValidName(name) && n.Table.Get(name).Table != nil {
			out = append(out, name)
		}
	}
	return out
}

// Picked returns the entries of a table that the list called pick names, in the
// order of the table, or all where there is no such list.
func (r *Reader) Picked(table, pick string) []string {
	all := r.Entries(table)
	wanted, ok := r.Names(pick)
	if !ok {
		return all
	}
	for _, w := range wanted {
		if !slices.Contains(all, w) {
			remedy := "there is no [" + table + ".*] at all"
			if len(all) > 0 {
				remedy = "defined are " + strings.Join(all, ", ")
			}
			if c := Nearest(w, all); c != "" {
				remedy = fmt.Sprintf("did you mean %q?", c)
			}
			r.Problem(pick, r.At(pick), Wrong(remedy, "names %q, which is not defined", w))
		}
	}
	var out []string
	for _, name := range all {
		if slices.Contains(wanted, name) {
			out = append(out, name)
		}
	}
	return out
}

// Kind returns the kind of a named entry: the one table in it.
func (r *Reader) Kind(path string, kinds []string) string {
	n := r.Find(path)
	var found []string
	for _, k := range n.Table.Keys {
		if slices.Contains(kinds, k) && n.Table.Get(k).Table != nil {
			found = append(found, k)
		}
	}
	switch {
	case len(found) == 1:
		return found[0]
	case len(found) > 1:
		r.Problem(path, n.Table.Get(found[1]).Key, Wrong("give each a name of its own", "has two kinds, %s and %s", found[0], found[1]))
	case r.hasUnknown(path):
	default:
		kinds = append([]string(nil), kinds...)
		sort.Strings(kinds)
		r.Problem(path, n.Key, Wrong(fmt.Sprintf("write [%s.KIND], KIND being one of %s", path, strings.Join(kinds, ", ")), "has no kind"))
	}
	return ""
}

// hasUnknown reports whether the table holds anything at all: the check for
// unknown keys then says what is wrong.
func (r *Reader) hasUnknown(path string) bool { return len(r.Find(path).Table.Keys) > 0 }
