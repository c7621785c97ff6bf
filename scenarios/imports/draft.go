package imports

import (
	"strings"

	"asgsim/report/clean"
)

// Tables that are written to from several places.
const (
	groupTable = "auto_scaling_group"
	mixedTable = groupTable + ".mixed_instances_policy"
)

// draft is a scenario in the making.
type draft struct {
	top     []*entry
	tables  []*table
	lost    []Note // what the scenario does not hold, and what that changes
	assumed []Note // what the files cannot say
	idle    []Note // what changes nothing
	used    map[string]bool
}

// table is a table of the scenario.
type table struct {
	path    string
	from    *Value // that most of its entries come from; nil: none
	about   string // said of it on its line
	entries []*entry
	off     string // why it is commented out; empty: it is not
	assumed bool   // nothing in it comes from a file
	lines   [2]int // first and last, once written
}

// entry is a key with its value.
type entry struct {
	key, value string
	from       *Value // nil: no file says it
	remark     string
	off        string // why it is commented out; empty: it is not
	line       int    // once written; of values over several lines the first
}

// table returns the table at a path; it is made where there is none.
func (d *draft) table(path string) *table {
	for _, t := range d.tables {
		if t.path == path {
			return t
		}
	}
	t := &table{path: path}
	d.tables = append(d.tables, t)
	return t
}

// has reports whether a key has a value that is in force.
func (d *draft) has(key string) bool { return d.find(key) != nil }

// find returns the entry of a key that is in force.
func (d *draft) find(key string) *entry {
	at := strings.LastIndexByte(key, '.')
	entries := d.top
	if at >= 0 {
		entries = nil
		for _, t := range d.tables {
			if t.path == key[:at] && t.off == "" {
				entries = t.entries
			}
		}
	}
	for _, e := range entries {
		if e.key == key[at+1:] && e.off == "" {
			return e
		}
	}
	return nil
}

// put gives a key a value, from a value of a file or nil, with a remark or none. The
// first one stays.
func (d *draft) put(key, value string, from *Value, remark string) *entry {
	if e := d.find(key); e != nil {
		return e
	}
	e := &entry{key: key, value: value, from: from, remark: remark}
	at := strings.LastIndexByte(key, '.')
	if at < 0 {
		d.top = append(d.top, e)
		return e
	}
	e.key = key[at+1:]
	t := d.table(key[:at])
	if t.from == nil && len(t.entries) == 0 && from != nil {
		t.from = from.above
	}
	t.entries = append(t.entries, e)
	return e
}

// lose notes what the scenario does not hold.
func (d *draft) lose(what, effect string) {
	d.lost = append(d.lost, Note{clean.Short(what, 300), clean.Short(effect, 500)})
}

// assume notes what no file says.
func (d *draft) assume(what, effect string) { d.assumed = append(d.assumed, Note{what, effect}) }

// entryName makes the name of an entry of a table of named things out of what AWS lets be a
// name: letters, digits, - and _; none twice of a kind.
func (d *draft) entryName(kind, from string) string {
	var b strings.Builder
	for _, r := range from {
		switch {
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || (r == '_' || r == '-') && b.Len() > 0:
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() == longestName {
			break
		}
	}
	name := strings.TrimRight(b.String(), "-_")
	if name == "" {
		name = kind
	}
	if d.used == nil {
		d.used = map[string]bool{}
	}
	for n, stem := 2, name; d.used[kind+"."+name]; n++ {
		name = stem + "-" + itoa(n)
	}
	d.used[kind+"."+name] = true
	return name
}

// longestName leaves room for a number behind it.
const longestName = 56
