package imports

import (
	"slices"
	"strings"
)

// Fault is what is wrong with a line of a scenario.
type Fault struct {
	Line int    // from 1; 0: of the file as a whole
	Key  string // dotted path
	Rule string
}

// rounds is how often what is wrong is left out, at most: what depends on it is wrong in
// the next round.
const rounds = 40

// settle writes the scenario, and comments out what its format refuses, until it holds
// nothing of the kind.
func (d *draft) settle(title string, check func([]byte) []Fault) []byte {
	text := d.write(title)
	for range rounds {
		faults := check(text)
		if len(faults) == 0 {
			break
		}
		changed := false
		for _, f := range faults {
			changed = d.mend(f) || changed
		}
		if !changed {
			break
		}
		text = d.write(title)
	}
	return text
}

// mend comments out what is wrong, and reports whether there was anything to.
func (d *draft) mend(f Fault) bool {
	for _, e := range d.top {
		if e.off == "" && (covers(e, f.Line) || f.Line == 0 && e.key == f.Key) {
			return d.leaveOut(nil, e, f)
		}
	}
	for _, t := range d.tables {
		if t.off != "" || f.Line < t.lines[0] || f.Line > t.lines[1] {
			continue
		}
		for _, e := range t.entries {
			if e.off == "" && covers(e, f.Line) {
				return d.leaveOut(t, e, f)
			}
		}
		return d.leaveOutTable(t, f)
	}
	for _, t := range d.tables { // what is missing has no line
		if t.off == "" && strings.HasPrefix(f.Key+".", t.path+".") {
			return d.leaveOutTable(t, f)
		}
	}
	return false
}

// covers reports whether a line is one of an entry's.
func covers(e *entry, line int) bool {
	return line >= e.line && line <= e.line+strings.Count(e.value, "\n") && line > 0
}

// leaveOut comments an entry out; without a size of the group there is none, so one is
// assumed.
func (d *draft) leaveOut(t *table, e *entry, f Fault) bool {
	what := e.key
	if t != nil {
		what = t.path + "." + e.key
	}
	if e.from != nil {
		what = e.from.Place()
	}
	for key, value := range map[string]string{"min_size": "1", "max_size": "4"} {
		if t != nil && t.path == groupTable && e.key == key && e.value != value {
			d.lose(what, f.Rule+": "+value+" is assumed")
			e.value, e.from, e.remark = value, nil, "assumed: the file's value "+f.Rule
			return true
		}
	}
	e.off = f.Rule
	if e.from != nil { // what is assumed is no loss
		d.lose(what, f.Rule+": commented out")
	}
	return true
}

// leaveOutTable comments a table out, and takes a policy off the list of those in force.
func (d *draft) leaveOutTable(t *table, f Fault) bool {
	for _, needed := range [...]string{groupTable, "instance", "request", "load.assumed.day_night"} {
		if t.path == needed {
			return false
		}
	}
	rule := strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(f.Key, t.path), ".") + " " + f.Rule)
	t.off = rule
	what := "[" + t.path + "]"
	if t.from != nil {
		what = t.from.Place()
	}
	d.lose(what, rule+": ["+t.path+"] is commented out")
	name, isPolicy := strings.CutPrefix(t.path, "policy.")
	if list := d.find("policies"); isPolicy && list != nil {
		name, _, _ = strings.Cut(name, ".")
		names := strings.Split(strings.Trim(list.value, "[]"), ", ")
		names = slices.DeleteFunc(names, func(s string) bool { return s == quoted(name) })
		list.value = "[" + strings.Join(names, ", ") + "]"
	}
	return true
}
