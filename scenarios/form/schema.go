package form

import (
	"slices"
	"sort"
	"strings"
)

// Schema is every key of a format, reserved ones included.
type Schema struct {
	Keys []*Key // in the order of the tables they were made of
	// Named are the outermost tables whose entries have a name: [fault.disk].
	Named []string
	// Kinded are those whose entries have a name and then a kind: [load.shop.day_night].
	Kinded []string

	// SetExample is the remedy for a setting that is none.
	SetExample string

	// Words returns the value that a key takes for another way of writing it; false
	// where there is none. May be nil.
	Words func(k *Key, text string) (value string, ok bool)
	// Refused explains a text that is no choice of a key; nil: nothing is known of it.
	Refused func(k *Key, text, remedy string) *Mistake
	// Foreign explains a key that the format does not have, by its pattern; nil:
	// nothing is known of it.
	Foreign func(pattern string, n *Node) *Mistake

	byPath   map[string]*Key
	children map[string][]string // of every table, by its path
	literals map[string]*Node    // of the defaults and ranges of all keys, by their text
}

// NewSchema returns the schema of the keys of some tables.
func NewSchema(named, kinded []string, tables ...[]Key) *Schema {
	s := &Schema{Named: named, Kinded: kinded, byPath: map[string]*Key{}, children: map[string][]string{}, literals: map[string]*Node{},
		Words:   func(*Key, string) (string, bool) { return "", false },
		Refused: func(*Key, string, string) *Mistake { return nil },
		Foreign: func(string, *Node) *Mistake { return nil },
	}
	for _, table := range tables {
		for i := range table {
			k := &table[i]
			s.Keys = append(s.Keys, k)
			s.byPath[k.Path] = k
			for _, text := range [...]string{k.Default, k.Terraform, k.Console, k.Min, k.Max, k.Above} {
				if text != "" && s.literals[text] == nil {
					s.literals[text] = Literal(text)
				}
			}
			parts := strings.Split(k.Path, ".")
			for j := range parts {
				above := strings.Join(parts[:j], ".")
				if !slices.Contains(s.children[above], parts[j]) {
					s.children[above] = append(s.children[above], parts[j])
				}
			}
		}
	}
	return s
}

// Pattern returns the path with every given name written as N, as the keys have it.
func (s *Schema) Pattern(path []string) string {
	if len(path) > 1 && slices.Contains(s.Named, path[0]) {
		out := slices.Clone(path)
		out[1] = "N"
		return strings.Join(out, ".")
	}
	return strings.Join(path, ".")
}

// literal returns the value that a default or the end of a range is.
func (s *Schema) literal(text string) *Node {
	if n := s.literals[text]; n != nil {
		return n
	}
	return Literal(text)
}

// Lookup returns the documentation of a key by its pattern, nil if there is none.
func (s *Schema) Lookup(pattern string) *Key { return s.byPath[pattern] }

// Children returns what a table holds, keys and tables, by the table's pattern.
func (s *Schema) Children(pattern string) []string { return s.children[pattern] }

// IsTable reports whether a pattern is that of a table.
func (s *Schema) IsTable(pattern string) bool {
	_, ok := s.children[pattern]
	return ok
}

// whole reports whether what stands at path is one value, be it written as a table.
func (s *Schema) whole(path []string) bool {
	k := s.Lookup(s.Pattern(path))
	return k != nil && k.Type.Whole
}

// owners returns the tables that hold a key called name, for messages.
func (s *Schema) owners(name string) []string {
	var out []string
	for _, k := range s.Keys {
		if i := strings.LastIndexByte(k.Path, '.'); i > 0 && k.Path[i+1:] == name && !k.Planned {
			out = append(out, "["+k.Path[:i]+"]")
		}
	}
	sort.Strings(out)
	return out
}

// homeOf returns the path of the one table of this name, empty if there is none, or
// only one of a named thing.
func (s *Schema) homeOf(name string) string {
	found := ""
	for path := range s.children {
		if strings.HasSuffix(path, "."+name) && !strings.Contains(path, ".N.") && (found == "" || path < found) {
			found = path
		}
	}
	return found
}

// tables returns the outermost tables that are built; variant is one of them.
func (s *Schema) tables() []string {
	var out []string
	for _, n := range s.built("") {
		if s.IsTable(n) {
			out = append(out, n)
		}
	}
	return append(out, "variant")
}

// within returns the outermost table whose name is a part of another one: "hook" of
// "lifecycle_hook"; empty if there is none.
func (s *Schema) within(name string) string {
	for _, t := range s.tables() {
		if strings.Contains(name, t) {
			return t
		}
	}
	return ""
}

// built returns what a table holds without what is only planned.
func (s *Schema) built(table string) []string {
	var out []string
	for _, c := range s.children[table] {
		if k := s.Lookup(below(table, c)); k == nil || !k.Planned {
			out = append(out, c)
		}
	}
	return out
}

// below returns the path of a key in a table, "" being what is above all tables.
func below(table, key string) string {
	if table == "" {
		return key
	}
	return table + "." + key
}

// Parent returns the table of a key.
func Parent(path string) string { return path[:max(strings.LastIndexByte(path, '.'), 0)] }

// Outermost returns the outermost table of a key, "" for a key above all tables.
func Outermost(path string) string {
	table, _, ok := strings.Cut(path, ".")
	if !ok {
		return ""
	}
	return table
}

// MaxName is the most characters of a name.
const MaxName = 64

// NameRule says what a name is.
const NameRule = "names are letters and digits, then also _ and -, at most 64 in all"

// ValidName reports whether s matches [A-Za-z0-9][A-Za-z0-9_-]* and is no longer than
// MaxName.
func ValidName(s string) bool {
	for i, c := range s {
		inside := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if !inside && (i == 0 || c != '_' && c != '-') {
			return false
		}
	}
	return s != "" && len(s) <= MaxName
}
