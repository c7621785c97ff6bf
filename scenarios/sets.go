package scenarios

import (
	"slices"
	"strings"

	"asgsim/scenarios/form"
)

// splitSets tells the settings of single variants, which go into the file's
// tree, from the others, which come last.
func splitSets(sets []string) (plain, variant []string) {
	for _, s := range sets {
		if strings.HasPrefix(strings.TrimSpace(s), "variant.") {
			variant = append(variant, s)
		} else {
			plain = append(plain, s)
		}
	}
	return plain, variant
}

// set applies the --set flags to a tree. Those whose keys the overlay of a variant
// sets or removes itself are left out where the options ask for it.
func (l *loader) set(root, overlay *form.Node, variant string, removed ...string) *form.Node {
	for _, s := range l.sets {
		if l.opts.KeepOwn && overlay != nil && (owns(overlay, setPath(s)) || removes(removed, setPath(s))) {
			l.keep(s, variant)
			continue
		}
		if len(l.opts.Only) == 0 && within(removed, setPath(s)) {
			continue // of all variants, one that has no such table has no value of it to set
		}
		var p *Problem
		if root, p = schema().Set(root, s); p != nil {
			l.problem(*p)
		}
	}
	return root
}

// keep notes that a variant keeps a value of its own.
func (l *loader) keep(set, variant string) {
	for i := range l.kept {
		if l.kept[i].Set == set {
			l.kept[i].Variants = append(l.kept[i].Variants, variant)
			return
		}
	}
	l.kept = append(l.kept, Kept{set, []string{variant}})
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
			return i == 2 && slices.Contains(kinded[:], path[0]) && len(n.Table.Keys) > 0
		}
		n = next
	}
	return true
}

// within reports whether path lies in a table that is removed.
func within(removed, path []string) bool {
	return len(path) > 0 && removes(removed, path) && !slices.Contains(removed, strings.Join(path, "."))
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
