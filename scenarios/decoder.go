package scenarios

import (
	"cmp"
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"

	"asgsim/sim"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// Value is one effective value of a scenario and where it comes from.
type Value struct {
	Key  string // dotted path
	Text string // as the file would have it; empty where there is none
	From string // "web.toml:12", "default (Terraform)", "--set", "variant fixed (web.toml:80)", "derived: ..."
}

// decoder reads one tree into one configuration. It notes every problem and
// goes on with zero values, and every value with its source.
type decoder struct {
	root     *node
	file     string
	defaults string
	problems Problems
	warnings Problems
	values   []Value
	failed   map[string]bool // keys with a problem
	given    map[string]bool // keys that have a value, of whatever source
	asked    map[string]bool // patterns of the keys read; for tests
	open     Opener
	cal      des.Calendar
	zone     zone
	duration des.Duration
	traces   map[string]*recording
	fits     map[sim.Measured]sim.Fitted
	alarms   map[string]cloudwatch.Definition // by name
	// traceLength is the longest trace without a date, in seconds.
	traceLength         float64
	first               *decoder // the plain scenario's, whose traces are shared
	reserved, perWorker float64  // memory, bytes; 0: memory does not limit workers
	title               string
	seed                uint64
}

// find returns the node at a dotted path, nil where there is none.
func (d *decoder) find(path string) *node {
	n := d.root
	for _, part := range strings.Split(path, ".") {
		if n == nil || n.table == nil {
			return nil
		}
		n = n.table.get(part)
	}
	return n
}

// problem notes a problem with the value of a key.
func (d *decoder) problem(path string, at Pos, b *bad) {
	d.failed[path] = true
	d.problems.add(Problem{Pos: at, Key: path, Rule: b.rule, Remedy: b.remedy})
}

// at returns the place of a key's value, or of the nearest table above it.
func (d *decoder) at(path string) Pos {
	for {
		if n := d.find(path); n != nil {
			return n.at
		}
		i := strings.LastIndexByte(path, '.')
		if i < 0 {
			return Pos{File: d.file}
		}
		path = path[:i]
	}
}

// warn notes something suspicious at a key.
func (d *decoder) warn(path, remedy, format string, args ...any) {
	d.warnings.add(Problem{Pos: d.at(path), Key: path, Rule: fmt.Sprintf(format, args...), Remedy: remedy})
}

// ok reports whether all keys have a value and none a problem.
func (d *decoder) ok(paths ...string) bool {
	for _, p := range paths {
		if d.failed[p] || !d.given[p] {
			return false
		}
	}
	return true
}

// failedBelow reports whether any key that begins with prefix has a problem.
func (d *decoder) failedBelow(prefix string) bool {
	for k := range d.failed {
		if strings.HasPrefix(k, prefix) {
			return true
		}
	}
	return false
}

// misspelt reports whether the key's table has it in another spelling, MinSize
// for min_size, which the check for unknown keys reports.
func (d *decoder) misspelt(path string) bool {
	table := d.find(parent(path))
	if table == nil || table.table == nil {
		return false
	}
	for _, k := range table.table.keys {
		if plainName(k) == plainName(path[strings.LastIndexByte(path, '.')+1:]) {
			return true
		}
	}
	return false
}

// isGiven reports whether the user wrote the key.
func (d *decoder) isGiven(path string) bool { return d.find(path) != nil }

// key returns the documentation of a path. Reading an undocumented key is a
// mistake in this package.
func (d *decoder) key(path string) *Key {
	p := pattern(strings.Split(path, "."))
	k := lookup(p)
	if k == nil {
		panic("scenarios: key " + p + " is read but not documented")
	}
	d.asked[p] = true
	return k
}

// note records an effective value.
func (d *decoder) note(path, text, from string) {
	d.given[path] = true
	d.values = append(d.values, Value{path, text, from})
}

// source says where a node was written.
func (n *node) source() string {
	if n.at.Set != "" {
		return "--set"
	}
	place := n.at.File
	if n.at.Line > 0 {
		place += ":" + strconv.Itoa(n.at.Line)
	}
	if n.origin != "" {
		return n.origin + " (" + place + ")"
	}
	return place
}

// take reads the value of a key with parse: the user's, else the default. It
// returns false where there is none or it is wrong.
func take[T any](d *decoder, path string, parse func(n *node, k *Key) (T, *bad)) (T, bool) {
	var zero T
	k := d.key(path)
	n := d.find(path)
	if n == nil {
		preset, from := k.preset(d.defaults)
		if preset == "" {
			if k.Required {
				if d.failed[path] = true; !d.misspelt(path) {
					d.problem(path, d.at(path), wrong("write for example "+k.example(), "is missing"))
				}
				return zero, false
			}
			d.values = append(d.values, Value{Key: path, From: k.Absent})
			return zero, false
		}
		n = setValue(preset)
		v, b := parse(n, k)
		if b != nil {
			panic(fmt.Sprintf("scenarios: default of %s: %v", k.Path, b))
		}
		d.note(path, n.text(), from)
		return v, true
	}
	if f, ok := n.scalar.(float64); ok && (math.IsNaN(f) || math.IsInf(f, 0)) {
		d.problem(path, n.at, wrong("", "must be a finite number, not %s", strings.ToLower(n.text())))
		return zero, false
	}
	v, b := parse(n, k)
	if b != nil {
		d.problem(path, n.at, b)
		return zero, false
	}
	d.note(path, n.text(), n.source())
	return v, true
}

// ordered reads a value that has a range.
func ordered[T cmp.Ordered](d *decoder, path string, parse func(n *node, k *Key) (T, *bad)) (T, bool) {
	return take(d, path, func(n *node, k *Key) (T, *bad) {
		v, b := parse(n, k)
		if b != nil {
			return v, b
		}
		limit := func(s string) T {
			l, b := parse(setValue(s), k)
			if b != nil {
				panic(fmt.Sprintf("scenarios: range of %s: %v", k.Path, b))
			}
			return l
		}
		if k.Min != "" && v < limit(k.Min) || k.Max != "" && v > limit(k.Max) || k.Above != "" && v <= limit(k.Above) {
			return v, wrong("", "must be %s, not %s", k.Range(), unquoted(n.text()))
		}
		return v, nil
	})
}

// example returns a value one could write.
func (k *Key) example() string {
	name := k.Path[strings.LastIndexByte(k.Path, '.')+1:]
	if len(k.Choices) > 0 && k.Path != "gate.N.metric" {
		return name + " = " + strconv.Quote(k.Choices[0])
	}
	sample := map[Type]string{Rate: `"100/s"`, Duration: `"30s"`, Price: `"$1.20/h"`, Count: "3", Share: `"50%"`, When: `"Tue 10:30"`, Whens: `"Tue 10:30"`, Target: `"50%"`,
		Random: `{ median = "16ms", p95 = "60ms" }`, Rates: `["10/s", ...]`, NameList: `["a", "b"]`, Text: `"..."`,
		Steps: `[{ metric_interval_lower_bound = 0, scaling_adjustment = 1 }]`}[k.Type]
	switch k.Path {
	case "instance.type":
		sample = `"c7g.large"`
	case "gate.N.metric":
		sample = `"p99"`
	case "load.N.trace.file":
		sample = `"requests.csv"`
	case "policy.N.expression.desired":
		sample = `"ceil(requests_per_second / 200) + 1"`
	}
	return name + " = " + sample
}

// entries returns the names in a table of named things, in order of appearance,
// and reports the malformed ones.
func (d *decoder) entries(table string) []string {
	n := d.find(table)
	if n == nil || n.table == nil {
		return nil
	}
	var out []string
	for _, name := range n.table.keys {
		if validName(name) && n.table.get(name).table != nil {
			out = append(out, name)
		}
	}
	return out
}

// validName reports whether s matches [A-Za-z0-9][A-Za-z0-9_-]*.
func validName(s string) bool {
	for i, c := range s {
		inside := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if !inside && (i == 0 || c != '_' && c != '-') {
			return false
		}
	}
	return s != ""
}

// picked returns the entries of a table that the list called pick names, in the
// order of the table, or all where there is no such list.
func (d *decoder) picked(table, pick string) []string {
	all := d.entries(table)
	wanted, ok := d.names(pick)
	if !ok {
		return all
	}
	for _, w := range wanted {
		if !isOne(all, w) {
			remedy := "there is no [" + table + ".*] at all"
			if len(all) > 0 {
				remedy = "defined are " + strings.Join(all, ", ")
			}
			if c := nearest(w, all); c != "" {
				remedy = fmt.Sprintf("did you mean %q?", c)
			}
			d.problem(pick, d.at(pick), wrong(remedy, "names %q, which is not defined", w))
		}
	}
	var out []string
	for _, name := range all {
		if isOne(wanted, name) {
			out = append(out, name)
		}
	}
	return out
}

// kind returns the kind of a named entry: the one table in it.
func (d *decoder) kind(path string, kinds []string) string {
	n := d.find(path)
	var found []string
	for _, k := range n.table.keys {
		if isOne(kinds, k) && n.table.get(k).table != nil {
			found = append(found, k)
		}
	}
	switch {
	case len(found) == 1:
		return found[0]
	case len(found) > 1:
		d.problem(path, n.table.get(found[1]).key, wrong("give each a name of its own", "has two kinds, %s and %s", found[0], found[1]))
	case d.hasUnknown(path):
	default:
		kinds = append([]string(nil), kinds...)
		sort.Strings(kinds)
		d.problem(path, n.key, wrong(fmt.Sprintf("write [%s.KIND], KIND being one of %s", path, strings.Join(kinds, ", ")), "has no kind"))
	}
	return ""
}

// hasUnknown reports whether the table holds anything at all: the check for
// unknown keys then says what is wrong.
func (d *decoder) hasUnknown(path string) bool { return len(d.find(path).table.keys) > 0 }
