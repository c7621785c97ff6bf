package form

import (
	"fmt"
	"slices"
	"strings"
)

// CheckKeys reports every key of the tree that the format does not have.
func (r *Reader) CheckKeys(n *Node, path []string) {
	pat := r.schema.Pattern(path)
	for _, key := range n.Table.Keys {
		child := n.Table.Get(key)
		full := append(path[:len(path):len(path)], key)
		dotted := strings.Join(full, ".")
		if len(path) == 1 && slices.Contains(r.schema.Named, path[0]) {
			if !ValidName(key) {
				r.Problem(dotted, child.Key, Wrong(NameRule, "is not a name"))
				continue
			}
			r.descend(child, full, dotted)
			continue
		}
		childPat := r.schema.Pattern(full)
		if pat == "" {
			childPat = key
		}
		k := r.schema.Lookup(childPat)
		table := r.schema.IsTable(childPat)
		switch {
		case k != nil && k.Planned:
			r.Problem(dotted, child.Key, Wrong("", "is planned but not built in this version"))
		case k != nil && table: // a planned sub-key under a value does not occur
			r.descend(child, full, dotted)
		case k != nil:
			if child.Table != nil && !k.Type.Whole && !r.failed[dotted] {
				r.Problem(dotted, child.Key, Wrong("", "must be %s, not a table", k.Type))
			}
		case table:
			r.descend(child, full, dotted)
		default:
			r.unknown(pat, key, dotted, child)
		}
	}
}

func (r *Reader) descend(child *Node, full []string, dotted string) {
	if child.Table == nil {
		r.Problem(dotted, child.Key, Wrong(fmt.Sprintf("write [%s] and its keys below", dotted), "must be a table, not %s", child.Text()))
		return
	}
	r.CheckKeys(child, full)
}

// explained is for how many unknown keys a remedy is looked for: no more than a few are
// printed, and it takes a while.
const explained = 3 * ShownProblems

// unknown explains a key that the format does not have.
func (r *Reader) unknown(table, key, dotted string, n *Node) {
	if r.unknowns++; r.unknowns > explained {
		r.Problem(dotted, n.Key, Wrong("", "is unknown"))
		return
	}
	if b := r.schema.Foreign(table+"."+key, n); b != nil {
		r.Problem(dotted, n.Key, b)
		return
	}
	var siblings []string
	for _, c := range r.schema.Children(table) {
		if r.schema.IsTable(below(table, c)) == (n.Table != nil) {
			siblings = append(siblings, c)
		}
	}
	near := Nearest(key, siblings)
	own := r.schema.owners(key)
	if parts := strings.Split(dotted, "."); len(parts) > 2 {
		for i := range own { // the name of this very load, policy or fault
			own[i] = strings.Replace(own[i], "["+parts[0]+".N.", "["+parts[0]+"."+parts[1]+".", 1)
		}
	}
	own = fewer(own, "["+strings.Split(dotted, ".")[0]+".")
	slices.SortStableFunc(own, func(a, b string) int { // tables that there are once come first
		return strings.Count(a, ".N") - strings.Count(b, ".N")
	})
	var remedy string
	switch {
	case near == key: // a variant, where one stands already
		remedy = "write " + key + ".NAME.KEY"
	case near != "" && Plain(near) == Plain(key):
		remedy = fmt.Sprintf("it is written %q", near)
	case begun(key, siblings) != "":
		remedy = fmt.Sprintf("did you mean %q?", begun(key, siblings))
	case len(own) > 0:
		remedy = "it belongs in " + strings.Join(own, " or ")
	case near != "":
		remedy = fmt.Sprintf("did you mean %q?", near)
	case n.Table != nil && r.schema.homeOf(key) != "":
		remedy = "it is written [" + r.schema.homeOf(key) + "]"
	case table == "" && n.Table != nil && r.schema.within(key) != "":
		remedy = fmt.Sprintf("did you mean %q?", r.schema.within(key))
	case table == "" && n.Table != nil:
		remedy = "tables are " + strings.Join(r.schema.tables(), ", ")
	default:
		remedy = "known here are " + strings.Join(r.schema.built(table), ", ")
	}
	what := "is an unknown key"
	if n.Table != nil {
		what = "is an unknown table"
	}
	r.Problem(dotted, n.Key, Wrong(remedy, "%s", what))
}

// begun is the only one of some names whose first word is key; empty without it.
func begun(key string, names []string) string {
	found := ""
	for _, n := range names {
		if !strings.HasPrefix(n, key+"_") {
			continue
		}
		if found != "" {
			return ""
		}
		found = n
	}
	return found
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
