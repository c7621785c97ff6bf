package imports

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"asgsim/report/clean"
)

// Kind is what a value is.
type Kind uint8

// The kinds of values. An unknown one depends on what is not in the files.
const (
	Null Kind = iota
	Text
	Number
	Bool
	List
	Table
	Unknown
)

// Value is a value of a file, with its place.
type Value struct {
	Kind  Kind
	Text  string   // of text, as it is; of a number, true and false as written; of what is unknown why
	Names []string // of a table's items
	Items []*Value // of a list or a table, in the order of the file
	Via   string   // where a value comes from that its place only refers to; may be empty

	above *Value
	label string // in above: ".MinSize", "[0]"; of a root what its paths begin with
	file  string // of a root
	line  int    // 0: forms whose lines say nothing to people
}

// Place says where a value stands: file and path.
func (v *Value) Place() string {
	file, path := v.place()
	return strings.TrimSpace(file + " " + path)
}

func (v *Value) place() (file, path string) {
	var labels []string
	line := v.line
	for ; v.above != nil; v = v.above {
		labels = append(labels, v.label)
	}
	labels = append(labels, v.label)
	var b strings.Builder
	for i := len(labels) - 1; i >= 0; i-- {
		b.WriteString(labels[i])
	}
	file = v.file
	if line > 0 {
		file = fmt.Sprintf("%s:%d", file, line)
	}
	return file, strings.TrimPrefix(b.String(), ".")
}

// below is the path of a value seen from another above it; its whole place where that
// is not one.
func (v *Value) below(top *Value) string {
	path := ""
	for at := v; at != nil; at = at.above {
		if at == top && path != "" {
			return strings.TrimPrefix(path, ".")
		}
		path = at.label + path
	}
	return v.Place()
}

// add puts a value into a table.
func (v *Value) add(name string, item *Value) {
	item.above, item.label = v, "."+shownName(name)
	v.Names, v.Items = append(v.Names, name), append(v.Items, item)
}

// drop takes a value out of a table.
func (v *Value) drop(name string) {
	if i := slices.Index(v.Names, name); i >= 0 {
		v.Names, v.Items = slices.Delete(v.Names, i, i+1), slices.Delete(v.Items, i, i+1)
	}
}

// append puts a value into a list.
func (v *Value) append(item *Value) {
	item.above, item.label = v, "["+strconv.Itoa(len(v.Items))+"]"
	v.Items = append(v.Items, item)
}

// shownName quotes a name that would read as a path.
func shownName(name string) string {
	if strings.ContainsAny(name, ".[] \"") {
		return clean.Quoted(name)
	}
	return clean.Short(name, clean.Quote)
}

// Get returns the value at a path of names; nil where there is none, or null. A step
// into what is unknown is unknown.
func (v *Value) Get(path ...string) *Value {
	for _, name := range path {
		switch {
		case v == nil:
			return nil
		case v.Kind == Unknown:
			return v
		case v.Kind != Table:
			return nil
		}
		var next *Value
		for i, n := range v.Names {
			if n == name {
				next = v.Items[i]
				break
			}
		}
		v = next
	}
	if v == nil || v.Kind == Null {
		return nil
	}
	return v
}

// has reports whether a table has all of the names.
func (v *Value) has(names ...string) bool {
	for _, n := range names {
		if v.Get(n) == nil {
			return false
		}
	}
	return true
}

// hasOne reports whether a table has one of the names, or none is asked for.
func (v *Value) hasOne(names ...string) bool {
	return len(names) == 0 || slices.ContainsFunc(names, func(n string) bool { return v.Get(n) != nil })
}

// text returns a text or number at a path; empty where there is none.
func (v *Value) text(path ...string) string {
	if at := v.Get(path...); at != nil && (at.Kind == Text || at.Kind == Number || at.Kind == Bool) {
		return at.Text
	}
	return ""
}

// list returns the items of a list at a path.
func (v *Value) list(path ...string) []*Value {
	if at := v.Get(path...); at != nil && at.Kind == List {
		return at.Items
	}
	return nil
}

// number reads a number, as such or as text.
func (v *Value) number() (float64, bool) {
	if v == nil || v.Kind != Number && v.Kind != Text {
		return 0, false
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(v.Text), 64)
	return n, err == nil && !math.IsNaN(n) && !math.IsInf(n, 0)
}

// truth reads true or false, as such or as text.
func (v *Value) truth() (is, ok bool) {
	if v == nil || v.Kind != Bool && v.Kind != Text {
		return false, false
	}
	switch strings.ToLower(v.Text) {
	case "true", "yes", "on", "1":
		return true, true
	case "false", "no", "off", "0", "":
		return false, true
	}
	return false, false
}

// empty reports whether there is nothing in a value.
func (v *Value) empty() bool {
	return v.Kind == Null || v.Kind == Text && v.Text == "" || (v.Kind == List || v.Kind == Table) && len(v.Items) == 0
}

// idle reports whether a value is the same as none: null, empty, false or 0.
func (v *Value) idle() bool {
	if v == nil {
		return true
	}
	switch v.Kind {
	case Null:
		return true
	case Text:
		return v.Text == "" || v.Text == "false"
	case Bool:
		return v.Text == "false"
	case Number:
		n, ok := v.number()
		return ok && n == 0
	case List, Table:
		for _, item := range v.Items {
			if !item.idle() {
				return false
			}
		}
		return true
	}
	return false
}

// shown is a value in a sentence.
func (v *Value) shown() string {
	switch v.Kind {
	case List:
		return fmt.Sprintf("a list of %d", len(v.Items))
	case Table:
		return "a table"
	case Null:
		return "null"
	}
	return clean.Short(v.Text, clean.Quote)
}
