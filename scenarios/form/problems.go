package form

import (
	"fmt"
	"sort"
	"strings"

	"asgsim/report/clean"
)

// Pos is where something was written: a place in a file, or a --set flag.
type Pos struct {
	File      string
	Line, Col int    // from 1; 0: the file as a whole
	Set       string // the text of the --set flag; empty: from the file
}

// String prints "web.toml:12:1" or "--set slo.good=99%".
func (p Pos) String() string {
	switch {
	case p.Set != "":
		return "--set " + clean.Short(p.Set, shownMost)
	case p.Line == 0:
		return clean.Line(p.File)
	}
	return fmt.Sprintf("%s:%d:%d", clean.Line(p.File), p.Line, p.Col)
}

// Problem is something wrong, or suspicious, in a file.
type Problem struct { //nolint:errname // it is one, in words
	Pos     Pos
	Key     string // dotted path; empty: the file as a whole
	Rule    string // what is wrong, with the arithmetic
	Remedy  string // what to do about it; may be empty
	Variant string // the variant in which it appears; empty: the plain file
}

// shownMost is how many characters of a key, a rule or a remedy a message shows: a
// list of known keys may be long, what a file holds is not ours.
const shownMost = 2000

// Error prints the problem on one line: place: key: rule; remedy.
func (p Problem) Error() string {
	var b strings.Builder
	b.WriteString(p.Pos.String())
	b.WriteString(": ")
	if p.Variant != "" {
		b.WriteString("variant " + clean.Line(p.Variant) + ": ")
	}
	if p.Key != "" {
		b.WriteString(clean.Short(p.Key, 2*clean.Quote) + ": ")
	}
	b.WriteString(clean.Short(p.Rule, shownMost))
	if p.Remedy != "" {
		b.WriteString("; " + clean.Short(p.Remedy, shownMost))
	}
	return b.String()
}

// Problems is every problem of a file, in the order of the file. It is the
// error of an invalid file.
type Problems []Problem //nolint:errname // the list is what callers range over

// ShownProblems is how many problems are printed; of the others only their number.
const ShownProblems = 20

// Error prints the first problems, one a line, and how many more there are.
func (p Problems) Error() string {
	var lines []string
	for _, q := range p[:min(len(p), ShownProblems)] {
		lines = append(lines, q.Error())
	}
	if more := len(p) - len(lines); more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more, not shown", more))
	}
	return strings.Join(lines, "\n")
}

// Once lets every problem be said once, of whatever variant.
type Once map[said]bool

// said is what makes two problems the same.
type said struct {
	at        Pos
	key, rule string
}

// Add appends q to the list unless the same was added before.
func (o Once) Add(list *Problems, q Problem) {
	if is := (said{q.Pos, q.Key, q.Rule}); !o[is] {
		o[is] = true
		*list = append(*list, q)
	}
}

// Of returns the problems as those of a variant.
func (p Problems) Of(variant string) Problems {
	for i := range p {
		p[i].Variant = variant
	}
	return p
}

// Sorted returns the problems by place; what has no place comes first.
func (p Problems) Sorted() Problems {
	sort.SliceStable(p, func(i, j int) bool {
		a, b := p[i].Pos, p[j].Pos
		if a.Set != b.Set {
			return a.Set < b.Set
		}
		if a.Line != b.Line {
			return a.Line < b.Line
		}
		return a.Col < b.Col
	})
	return p
}
