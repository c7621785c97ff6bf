package form

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"asgsim/report/clean"
)

// Node is a value of a file with its place: a table, an array or a
// scalar. Nodes are shared between trees and never changed once built.
type Node struct {
	Scalar any // string, int64, float64, bool or time.Time
	List   []*Node
	Table  *Table
	Array  bool
	Key    Pos    // of the key
	At     Pos    // of the value
	Origin string // what wrote it: empty for the file, "variant x", "--set"
	Leaf   bool   // it is the value of a --set, not a table on the way to it
}

// Table is the keys of a table in order of appearance, with their
// values.
type Table struct {
	Keys   []string
	values map[string]*Node
}

// NewTable returns an empty table.
func NewTable() *Table { return &Table{values: map[string]*Node{}} }

// Get returns the value of key, nil where there is none.
func (b *Table) Get(key string) *Node {
	if b == nil {
		return nil
	}
	return b.values[key]
}

// Put sets key, at the end if it is new.
func (b *Table) Put(key string, n *Node) {
	if _, ok := b.values[key]; !ok {
		b.Keys = append(b.Keys, key)
	}
	b.values[key] = n
}

// Drop removes key.
func (b *Table) Drop(key string) {
	delete(b.values, key)
	for i, k := range b.Keys {
		if k == key {
			b.Keys = append(b.Keys[:i:i], b.Keys[i+1:]...)
			return
		}
	}
}

// copy returns a Table with the same values that can be changed alone.
func (b *Table) copy() *Table {
	out := NewTable()
	for _, k := range b.Keys {
		out.Put(k, b.values[k])
	}
	return out
}

// Text prints a value for a message: as TOML, and no longer than a message quotes.
func (n *Node) Text() string { return clean.Short(n.upTo(4*clean.Quote), clean.Quote) }

// TOML prints a value as TOML, on one line.
func (n *Node) TOML() string { return n.upTo(math.MaxInt) }

// upTo prints a value as TOML, at least its first most bytes.
func (n *Node) upTo(most int) string {
	var b strings.Builder
	n.write(&b, most)
	return b.String()
}

func (n *Node) write(b *strings.Builder, most int) {
	switch {
	case n == nil || b.Len() > most:
	case n.Table != nil && len(n.Table.Keys) == 0:
		b.WriteString("{}")
	case n.Table != nil:
		for i, k := range n.Table.Keys {
			b.WriteString([...]string{"{ ", ", "}[min(i, 1)] + bareOrQuoted(k) + " = ")
			n.Table.values[k].write(b, most)
		}
		b.WriteString(" }")
	case n.Array:
		b.WriteByte('[')
		for i, e := range n.List {
			if i > 0 {
				b.WriteString(", ")
			}
			if e.write(b, most); b.Len() > most {
				return
			}
		}
		b.WriteByte(']')
	default:
		b.WriteString(scalar(n.Scalar))
	}
}

// scalar prints a single value as TOML.
func scalar(v any) string {
	switch v := v.(type) {
	case string:
		return quoted(v)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case time.Time:
		switch v.Location().String() {
		case "datetime-local":
			return v.Format("2006-01-02T15:04:05")
		case "date-local":
			return v.Format("2006-01-02")
		case "time-local":
			return v.Format("15:04:05")
		}
		return v.Format(time.RFC3339)
	}
	return fmt.Sprint(v)
}

// quoted writes a text as TOML does, on one line.
func quoted(s string) string {
	if strings.ContainsAny(s, `\"`) { // few have any, and making a replacer takes longer than all else here
		s = strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s)
	}
	return `"` + clean.Line(s) + `"`
}

// bareOrQuoted writes a key as TOML does.
func bareOrQuoted(key string) string {
	if key == "" || strings.ContainsFunc(key, func(r rune) bool {
		return !(r == '_' || r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z')
	}) {
		return quoted(key)
	}
	return key
}

// Str returns the scalar as text, and whether it is one.
func (n *Node) Str() (string, bool) {
	if n == nil {
		return "", false
	}
	s, ok := n.Scalar.(string)
	return s, ok
}

// Count returns how many keys and values the tree has.
func (n *Node) Count() int {
	sum := 1 + len(n.List)
	for _, e := range n.List {
		sum += e.Count() - 1
	}
	if n.Table != nil {
		for _, v := range n.Table.values {
			sum += v.Count()
		}
	}
	return sum
}

// Source says where the value was written.
func (n *Node) Source() string {
	if n.At.Set != "" {
		return "--set"
	}
	place := n.At.File
	if n.At.Line > 0 {
		place += ":" + strconv.Itoa(n.At.Line)
	}
	if n.Origin != "" {
		return n.Origin + " (" + place + ")"
	}
	return place
}

// find returns what stands at a path below n, nil where there is nothing.
func (n *Node) find(path []string) *Node {
	for _, part := range path {
		if n == nil || n.Table == nil {
			return nil
		}
		n = n.Table.Get(part)
	}
	return n
}
