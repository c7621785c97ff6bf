package scenarios

import (
	"slices"
	"strings"

	"asgsim/scenarios/form"
)

// Change is an effective value that differs between two configurations; empty where one
// of them has none.
type Change struct{ Key, Old, New string }

// Changes returns what differs, by key: those of the first in its order, then those that
// only the second has. The same value in another unit is no change.
func Changes(from, to *Config) []Change {
	is := map[string]string{}
	for _, v := range to.Values {
		is[v.Key] = v.Text
	}
	var out []Change
	seen := map[string]bool{}
	for _, v := range from.Values {
		if seen[v.Key] {
			continue
		}
		seen[v.Key] = true
		if now := is[v.Key]; !sameValue(v.Key, v.Text, now) && (now != "" || !byDefault(v)) {
			out = append(out, Change{v.Key, v.Text, now})
		}
	}
	for _, v := range to.Values {
		if !seen[v.Key] && v.Text != "" && !byDefault(v) {
			seen[v.Key] = true
			out = append(out, Change{v.Key, "", v.Text})
		}
	}
	return slices.DeleteFunc(out, func(c Change) bool { return slices.Contains(notOfGroup[:], c.Key) })
}

// byDefault reports whether nobody has said a value: it comes and goes with what it is of.
func byDefault(v Value) bool { return strings.HasPrefix(v.From, "default") }

// notOfGroup are the keys that say nothing of what is simulated.
var notOfGroup = [...]string{"title", "label", "defaults", "seed"}

// sameValue reports whether two values of a key are the same, in whatever unit.
func sameValue(key, a, b string) bool {
	if a == b {
		return true
	}
	if a == "" || b == "" {
		return false
	}
	x, ok1 := measure(key, a)
	y, ok2 := measure(key, b)
	return ok1 && ok2 && x == y
}

// measure is a value as a number in the unit of its kind: seconds, shares, a second,
// dollars an hour; false where it is none.
func measure(key, text string) (float64, bool) {
	n := form.Literal(text)
	k := lookup(schema().Pattern(strings.Split(key, ".")))
	if f, wrong := form.Float(n); wrong == nil {
		switch {
		case k != nil && k.Type == Share && k.Bare(), k != nil && (k.Type == Target || k.Type == Level):
			return f / 100, true // percent
		}
		return f, true
	}
	s, ok := n.Str()
	if !ok {
		return 0, false
	}
	if d, wrong := form.ParseDuration(s); wrong == nil {
		return d.Seconds(), true
	}
	if p, wrong := form.ParseShare(s); wrong == nil {
		return p, true
	}
	if r, wrong := form.ParseRate(s); wrong == nil {
		return r, true
	}
	if m, wrong := money(s); wrong == nil {
		return m.Float(), true
	}
	if v, wrong := form.ParseSize(s); wrong == nil {
		return v, true
	}
	return 0, false
}
