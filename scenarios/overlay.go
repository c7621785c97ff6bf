package scenarios

import (
	"strings"
)

// kinded are the tables whose entries have a name and then a kind:
// [load.shop.day_night].
var kinded = [...]string{"load", "policy", "fault", "event", "commitment"}

// named are the tables whose entries have a name.
var named = [...]string{"hook", "event", "load", "policy", "fault", "alarm", "schedule", "gate", "baseline", "commitment", "variant"}

func isOne(names []string, s string) bool {
	for _, n := range names {
		if n == s {
			return true
		}
	}
	return false
}

// pattern returns the path with every given name written as N, as the key tables
// have it.
func pattern(path []string) string {
	if len(path) > 1 && isOne(named[:], path[0]) {
		out := append([]string(nil), path...)
		out[1] = "N"
		return strings.Join(out, ".")
	}
	return strings.Join(path, ".")
}

// merge returns base with over laid upon it: tables merge key by key, everything
// else is replaced. Where the kind is a table name, another kind replaces the old
// one whole. A table that is one value (a random quantity, say) is replaced whole
// too, unless deep, which --set asks for. Neither argument is changed.
func merge(base, over *node, path []string, deep bool) *node {
	if base == nil || over == nil || base.table == nil || over.table == nil {
		if over == nil {
			return base
		}
		return over
	}
	if len(path) > 2 && path[0] == "variant" {
		path = path[2:]
	}
	if k := lookup(pattern(path)); k != nil && k.Type.whole() && !deep {
		return over
	}
	if len(path) == 2 && isOne(kinded[:], path[0]) && otherKind(base.table, over.table) {
		return over
	}
	out := &node{table: base.table.copy(), key: base.key, at: base.at, origin: base.origin}
	for _, k := range over.table.keys {
		out.table.put(k, merge(base.table.get(k), over.table.get(k), append(path[:len(path):len(path)], k), deep))
	}
	return out
}

// otherKind reports whether over names a kind that base does not have.
func otherKind(base, over *branch) bool {
	for _, k := range over.keys {
		if base.get(k) == nil {
			return true
		}
	}
	return false
}

// without returns the tree with the value at path removed, and whether it was
// there.
func without(root *node, path []string) (*node, bool) {
	child := (*node)(nil)
	if root != nil {
		child = root.table.get(path[0])
	}
	if child == nil {
		return root, false
	}
	out := *root
	out.table = root.table.copy()
	if len(path) == 1 {
		out.table.drop(path[0])
		return &out, true
	}
	smaller, ok := without(child, path[1:])
	out.table.put(path[0], smaller)
	return &out, ok
}

// stamp returns the tree with its origin noted on every node.
func stamp(n *node, origin string) *node {
	out := *n
	out.origin = origin
	if n.table != nil {
		out.table = newBranch()
		for _, k := range n.table.keys {
			out.table.put(k, stamp(n.table.m[k], origin))
		}
	}
	out.list = nil
	for _, e := range n.list {
		out.list = append(out.list, stamp(e, origin))
	}
	return &out
}

// applySet lays one --set key=value upon the tree.
func applySet(root *node, set string) (*node, *Problem) {
	pos := Pos{Set: set}
	key, value, ok := strings.Cut(set, "=")
	key = strings.TrimSpace(key)
	if !ok || key == "" {
		return root, &Problem{Pos: pos, Rule: "must be key=value", Remedy: "for example --set auto_scaling_group.max_size=12"}
	}
	path := strings.Split(key, ".")
	for _, p := range path {
		if p == "" {
			return root, &Problem{Pos: pos, Rule: "has an empty part in its key", Remedy: "for example --set auto_scaling_group.max_size=12"}
		}
	}
	leaf := setValue(strings.TrimSpace(value))
	n := place(leaf, pos)
	for i := len(path) - 1; i >= 0; i-- {
		b := newBranch()
		b.put(path[i], n)
		n = &node{table: b, key: pos, at: pos, origin: "--set"}
	}
	return merge(root, n, nil, true), nil
}

// setValue reads the value of a --set: a TOML value, else the text itself.
func setValue(value string) *node {
	if !strings.ContainsAny(value, "\n\r") {
		if root, problems := parse("x = "+value, ""); len(problems) == 0 && len(root.table.keys) == 1 {
			return root.table.get("x")
		}
	}
	return &node{scalar: value}
}

// place returns the tree with one place, that of a --set, on every node.
func place(n *node, pos Pos) *node {
	out := stamp(n, "--set")
	var walk func(n *node)
	walk = func(n *node) {
		n.key, n.at = pos, pos
		if n.table != nil {
			for _, k := range n.table.keys {
				walk(n.table.m[k])
			}
		}
		for _, e := range n.list {
			walk(e)
		}
	}
	walk(out)
	return out
}
