package form

import (
	"fmt"
	"strconv"
	"strings"
	"time"
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

// Text prints a value as TOML.
func (n *Node) Text() string {
	switch {
	case n == nil:
		return ""
	case n.Table != nil:
		var parts []string
		for _, k := range n.Table.Keys {
			parts = append(parts, k+" = "+n.Table.values[k].Text())
		}
		if len(parts) == 0 {
			return "{}"
		}
		return "{ " + strings.Join(parts, ", ") + " }"
	case n.Array:
		var parts []string
		for _, e := range n.List {
			parts = append(parts, e.Text())
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	switch v := n.Scalar.(type) {
	case string:
		return strconv.Quote(v)
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
	return fmt.Sprint(n.Scalar)
}

// Str returns the scalar as text, and whether it is one.
func (n *Node) Str() (string, bool) {
	if n == nil {
		return "", false
	}
	s, ok := n.Scalar.(string)
	return s, ok
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
