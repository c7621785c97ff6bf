package imports

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"asgsim/report/clean"
)

const (
	commentWidth = 100 // of lines of comments
	keyWidth     = 28  // up to which values stand below each other
	valueWidth   = 64  // up to which comments behind values do
	shownNotes   = 200 // of each kind

	longestComment = 1000 // characters
)

// writer writes lines and counts them.
type writer struct {
	b    strings.Builder
	line int
}

func (w *writer) put(line string) {
	w.b.WriteString(line)
	w.b.WriteByte('\n')
	w.line++
}

// comment writes a text as comments of several lines, the later ones indented.
func (w *writer) comment(text, indent string) {
	for i, line := range wrapped(clean.Short(text, longestComment), commentWidth) {
		if i > 0 {
			line = indent + line
		}
		w.put("# " + line)
	}
}

// write writes the scenario and notes in which lines its entries stand.
func (d *draft) write(title string) []byte {
	w := &writer{}
	w.comment(title+".", "")
	w.put("#")
	w.comment("Behind each value stands where it comes from; a path without a file begins where that of its table ends.", "")
	w.notes("Not in this scenario, and what that changes", d.lost)
	w.notes("Assumed, for no file says it: replace it by what you know", d.assumed)
	w.put("")
	w.entries(append([]*entry{{key: "title", value: quoted(clean.Short(title, 180))}}, d.top...), nil, "")
	for _, t := range d.ordered() {
		if len(t.entries) > 0 || t.path == groupTable+".warm_pool" { // which is there by being named
			w.table(t)
		}
	}
	return []byte(w.b.String())
}

// notes writes a list of notes as comments.
func (w *writer) notes(heading string, notes []Note) {
	if len(notes) == 0 {
		return
	}
	w.put("#")
	w.put("# " + heading)
	for _, n := range notes[:min(len(notes), shownNotes)] {
		w.comment("- "+n.What+": "+n.Effect, "  ")
	}
	if more := len(notes) - shownNotes; more > 0 {
		w.put(fmt.Sprintf("# - and %d more", more))
	}
}

// ordered are the tables in the order in which a scenario is read.
func (d *draft) ordered() []*table {
	order := []string{"slo", "load", "request", "instance", "load_balancer", "target_group", otherTable, groupTable, "policy", "alarm", "metric", "schedule", "hook", "event", "prices"}
	rank := func(t *table) int {
		top, _, _ := strings.Cut(t.path, ".")
		return slices.Index(order, top)
	}
	out := slices.Clone(d.tables)
	slices.SortStableFunc(out, func(a, b *table) int {
		if strings.HasPrefix(a.path, groupTable) && strings.HasPrefix(b.path, groupTable) {
			return strings.Compare(a.path, b.path)
		}
		return rank(a) - rank(b)
	})
	return out
}

// table writes a table.
func (w *writer) table(t *table) {
	w.put("")
	mark := ""
	if t.off != "" {
		w.comment("Not in force: "+t.off+".", "")
		mark = "# "
	}
	header := mark + "[" + t.path + "]"
	var about []string
	if t.about != "" {
		about = append(about, t.about)
	}
	switch {
	case t.from != nil:
		about = append(about, t.from.Place())
	case t.assumed:
		about = append(about, "assumed")
	}
	if len(about) > 0 {
		header += "   # " + clean.Short(strings.Join(about, ", "), 300)
	}
	w.put(header)
	t.lines[0] = w.line
	w.entries(t.entries, t.from, mark)
	t.lines[1] = w.line
}

// entries writes keys and values, their comments below each other.
func (w *writer) entries(all []*entry, from *Value, mark string) {
	keys, width := 0, 0
	for _, e := range all {
		if len(e.key) <= keyWidth {
			keys = max(keys, len(e.key))
		}
	}
	for _, e := range all {
		if n := max(keys, len(e.key)) + 3 + utf8.RuneCountInString(e.value); !strings.Contains(e.value, "\n") && n <= valueWidth && e.comment(from) != "" {
			width = max(width, n)
		}
	}
	for _, e := range all {
		e.line = w.line + 1
		off := mark
		if e.off != "" && mark == "" {
			off = "# "
		}
		first, rest, long := strings.Cut(fmt.Sprintf("%-*s = %s", keys, e.key, e.value), "\n")
		if c := e.comment(from); c != "" {
			pad := max(0, width-utf8.RuneCountInString(first))
			if long {
				pad = 0
			}
			first += strings.Repeat(" ", pad) + "   # " + c
		}
		w.put(off + first)
		if long {
			for line := range strings.SplitSeq(rest, "\n") {
				w.put(off + line)
			}
		}
	}
}

// comment says where a value comes from.
func (e *entry) comment(top *Value) string {
	var parts []string
	if e.from != nil {
		parts = append(parts, e.from.below(top))
		if e.from.Via != "" {
			parts = append(parts, e.from.Via)
		}
	}
	if e.remark != "" {
		parts = append(parts, e.remark)
	}
	if e.off != "" {
		parts = append(parts, "commented out: "+e.off)
	}
	return clean.Short(strings.Join(parts, "; "), 300)
}
