package form

import (
	"slices"
	"strings"
)

// Merge returns base with over laid upon it: tables merge key by key, everything
// else is replaced. Where the kind is a table name, another kind replaces the old
// one whole. A table that is one value (a random quantity, say) is replaced whole
// too, unless deep: then a setting whose key ends within such a value changes that part
// alone, and the value has the setting's place. Neither argument is changed.
func (s *Schema) Merge(base, over *Node, path []string, deep bool) *Node {
	if base == nil || over == nil || base.Table == nil || over.Table == nil {
		if over == nil {
			return base
		}
		return over
	}
	if len(path) > 2 && path[0] == "variant" {
		path = path[2:]
	}
	deep = deep && !over.Leaf
	whole := s.whole(path)
	if whole && !deep {
		return over
	}
	if len(path) == 2 && slices.Contains(s.Kinded, path[0]) && otherKind(base.Table, over.Table) {
		return over
	}
	out := &Node{Table: base.Table.copy(), Key: base.Key, At: base.At, Origin: base.Origin}
	if whole {
		out.Key, out.At, out.Origin = over.Key, over.At, over.Origin
	}
	for _, k := range over.Table.Keys {
		out.Table.Put(k, s.Merge(base.Table.Get(k), over.Table.Get(k), append(path[:len(path):len(path)], k), deep))
	}
	return out
}

// otherKind reports whether over names a kind that base does not have.
func otherKind(base, over *Table) bool {
	for _, k := range over.Keys {
		if base.Get(k) == nil {
			return true
		}
	}
	return false
}

// Cleared returns the tree without the keys that are -1 where that says that they are
// not set.
func (s *Schema) Cleared(root *Node) *Node {
	for _, k := range s.Keys {
		if !k.Clear {
			continue
		}
		path := strings.Split(k.Path, ".")
		if n := root.find(path); n != nil && n.Scalar == int64(-1) {
			root, _ = Without(root, path)
		}
	}
	return root
}

// Without returns the tree with the value at path removed, and whether it was
// there.
func Without(root *Node, path []string) (*Node, bool) {
	child := (*Node)(nil)
	if root != nil {
		child = root.Table.Get(path[0])
	}
	if child == nil {
		return root, false
	}
	out := *root
	out.Table = root.Table.copy()
	if len(path) == 1 {
		out.Table.Drop(path[0])
		return &out, true
	}
	smaller, ok := Without(child, path[1:])
	out.Table.Put(path[0], smaller)
	return &out, ok
}

// Stamp returns the tree with its origin noted on every node.
func Stamp(n *Node, origin string) *Node {
	out := *n
	out.Origin = origin
	if n.Table != nil {
		out.Table = NewTable()
		for _, k := range n.Table.Keys {
			out.Table.Put(k, Stamp(n.Table.values[k], origin))
		}
	}
	out.List = nil
	for _, e := range n.List {
		out.List = append(out.List, Stamp(e, origin))
	}
	return &out
}

// Set lays one --set key=value upon the tree.
func (s *Schema) Set(root *Node, set string) (*Node, *Problem) {
	pos := Pos{Set: set}
	key, value, ok := strings.Cut(set, "=")
	key = strings.TrimSpace(key)
	if !ok || key == "" {
		return root, &Problem{Pos: pos, Rule: "must be key=value", Remedy: s.SetExample}
	}
	path := strings.Split(key, ".")
	for _, p := range path {
		if p == "" {
			return root, &Problem{Pos: pos, Rule: "has an empty part in its key", Remedy: s.SetExample}
		}
	}
	leaf := Literal(strings.TrimSpace(value))
	n := place(leaf, pos)
	n.Leaf = true
	for i := len(path) - 1; i >= 0; i-- {
		b := NewTable()
		b.Put(path[i], n)
		n = &Node{Table: b, Key: pos, At: pos, Origin: "--set"}
	}
	return s.Merge(root, n, nil, true), nil
}

// place returns the tree with one place, that of a --set, on every node.
func place(n *Node, pos Pos) *Node {
	out := Stamp(n, "--set")
	var walk func(n *Node)
	walk = func(n *Node) {
		n.Key, n.At = pos, pos
		if n.Table != nil {
			for _, k := range n.Table.Keys {
				walk(n.Table.values[k])
			}
		}
		for _, e := range n.List {
			walk(e)
		}
	}
	walk(out)
	return out
}
