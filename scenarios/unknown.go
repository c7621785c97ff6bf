package scenarios

import (
	"fmt"
	"slices"
	"strings"
)

// checkKeys reports every key of the tree that the format does not have.
func (d *decoder) checkKeys(n *node, path []string) {
	pat := pattern(path)
	for _, key := range n.table.keys {
		child := n.table.get(key)
		full := append(path[:len(path):len(path)], key)
		dotted := strings.Join(full, ".")
		if len(path) == 1 && isOne(named[:], path[0]) {
			if !validName(key) {
				d.problem(dotted, child.key, wrong("names are letters and digits, then also _ and -", "is not a name"))
				continue
			}
			d.descend(child, full, dotted)
			continue
		}
		childPat := pattern(full)
		if pat == "" {
			childPat = key
		}
		k := lookup(childPat)
		_, table := index().children[childPat]
		switch {
		case k != nil && k.Planned:
			d.problem(dotted, child.key, wrong("", "is planned but not built in this version"))
		case k != nil && table: // a planned sub-key under a value does not occur
			d.descend(child, full, dotted)
		case k != nil:
			if child.table != nil && !k.Type.whole() && !d.failed[dotted] {
				d.problem(dotted, child.key, wrong("", "must be %s, not a table", k.Type))
			}
		case table:
			d.descend(child, full, dotted)
		default:
			d.unknown(pat, key, dotted, child)
		}
	}
}

func (d *decoder) descend(child *node, full []string, dotted string) {
	if child.table == nil {
		d.problem(dotted, child.key, wrong(fmt.Sprintf("write [%s] and its keys below", dotted), "must be a table, not %s", child.text()))
		return
	}
	d.checkKeys(child, full)
}

// unknown explains a key that the format does not have.
func (d *decoder) unknown(table, key, dotted string, n *node) {
	if b := notOurs(table+"."+key, n); b != nil {
		d.problem(dotted, n.key, b)
		return
	}
	var siblings []string
	for _, s := range index().children[table] {
		path := s
		if table != "" {
			path = table + "." + s
		}
		if _, isTable := index().children[path]; isTable == (n.table != nil) {
			siblings = append(siblings, s)
		}
	}
	near := nearest(key, siblings)
	own := owners(key)
	if parts := strings.Split(dotted, "."); len(parts) > 2 {
		for i := range own { // the name of this very load, policy or fault
			own[i] = strings.Replace(own[i], "["+parts[0]+".N.", "["+parts[0]+"."+parts[1]+".", 1)
		}
	}
	own = fewer(own, "["+strings.Split(dotted, ".")[0]+".")
	var remedy string
	switch {
	case near != "" && plainName(near) == plainName(key):
		remedy = fmt.Sprintf("it is written %q", near)
	case len(own) > 0:
		remedy = "it belongs in " + strings.Join(own, " or ")
	case near != "":
		remedy = fmt.Sprintf("did you mean %q?", near)
	case n.table != nil && homeOf(key) != "":
		remedy = "it is written [" + homeOf(key) + "]"
	case table == "" && n.table != nil && within(key) != "":
		remedy = fmt.Sprintf("did you mean %q?", within(key))
	case table == "" && n.table != nil:
		remedy = "tables are " + strings.Join(tablesOf(live(table)), ", ")
	default:
		remedy = "known here are " + strings.Join(live(table), ", ")
	}
	what := "is an unknown key"
	if n.table != nil {
		what = "is an unknown table"
	}
	d.problem(dotted, n.key, wrong(remedy, "%s", what))
}

// fewer keeps of many tables those that begin like this one, if there are any, and
// names at most four.
func fewer(tables []string, begin string) []string {
	var kin []string
	for _, t := range tables {
		if strings.HasPrefix(t, begin) {
			kin = append(kin, t)
		}
	}
	if len(kin) > 0 {
		tables = kin
	}
	if n := len(tables); n > 4 {
		return append(slices.Clone(tables[:3]), fmt.Sprintf("one of %d more", n-3))
	}
	return tables
}

// within returns the top-level table whose name is a part of another one: "hook" of
// "lifecycle_hook"; empty if there is none.
func within(name string) string {
	for _, t := range tablesOf(live("")) {
		if strings.Contains(name, t) {
			return t
		}
	}
	return ""
}

// homeOf returns the path of the one table of this name, empty if there is none, or
// only one of a named thing.
func homeOf(name string) string {
	found := ""
	for path := range index().children {
		if strings.HasSuffix(path, "."+name) && !strings.Contains(path, ".N.") && (found == "" || path < found) {
			found = path
		}
	}
	return found
}

// tablesOf returns those of the top-level names that are tables.
func tablesOf(names []string) []string {
	var out []string
	for _, n := range names {
		if _, isTable := index().children[n]; isTable {
			out = append(out, n)
		}
	}
	return append(out, "variant")
}

// live returns the keys of a table that are built.
func live(table string) []string {
	var out []string
	for _, c := range index().children[table] {
		path := c
		if table != "" {
			path = table + "." + c
		}
		if k := lookup(path); k == nil || !k.Planned {
			out = append(out, c)
		}
	}
	return out
}
