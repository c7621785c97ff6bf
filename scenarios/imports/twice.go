package imports

import (
	"slices"

	"asgsim/report/clean"
)

// twice tells of resources of a sort that have the name of another and say something else:
// AWS has only one of a name, so one of the two is not the group's.
func (m *mapper) twice(sort Sort) {
	kept := m.found.mine(sort, m.group)
	for _, r := range m.found.of(sort) {
		if len(r.Names) == 0 || slices.Contains(kept, r) || len(r.Of) > 0 && m.group != nil && !r.belongs(m.group) {
			continue
		}
		for _, other := range kept {
			if len(other.Names) > 0 && other.Names[0] == r.Names[0] && contradict(other.Value, r.Value) {
				m.lose(r.Value.Place(), "has the name "+clean.Quoted(r.Names[0])+" as "+other.Value.Place()+" has, and says something else: it is left out")
			}
		}
	}
}

// contradict reports whether two descriptions of one thing cannot both be right: both say
// something, and not the same.
func contradict(a, b *Value) bool {
	switch {
	case a.empty() || b.empty():
		return false
	case a.Kind == Table && b.Kind == Table:
		for i, name := range a.Names {
			if other := b.Get(name); other != nil && contradict(a.Items[i], other) {
				return true
			}
		}
		return false
	case a.Kind == List && b.Kind == List:
		if len(a.Items) != len(b.Items) {
			return true
		}
		for i := range a.Items {
			if contradict(a.Items[i], b.Items[i]) {
				return true
			}
		}
		return false
	}
	x, ok1 := a.number()
	y, ok2 := b.number()
	if ok1 && ok2 {
		return x != y
	}
	return a.Kind != Unknown && b.Kind != Unknown && a.Text != b.Text
}
