package form

import (
	"fmt"
	"sort"
	"strings"
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
		return "--set " + p.Set
	case p.Line == 0:
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// Problem is something wrong, or suspicious, in a file.
type Problem struct { //nolint:errname // it is one, in words
	Pos     Pos
	Key     string // dotted path; empty: the file as a whole
	Rule    string // what is wrong, with the arithmetic
	Remedy  string // what to do about it; may be empty
	Variant string // the variant in which it appears; empty: the plain file
}

// Error prints the problem on one line: place: key: rule; remedy.
func (p Problem) Error() string {
	var b strings.Builder
	b.WriteString(p.Pos.String())
	b.WriteString(": ")
	if p.Variant != "" {
		b.WriteString("variant " + p.Variant + ": ")
	}
	if p.Key != "" {
		b.WriteString(p.Key + ": ")
	}
	b.WriteString(p.Rule)
	if p.Remedy != "" {
		b.WriteString("; " + p.Remedy)
	}
	return b.String()
}

// Problems is every problem of a file, in the order of the file. It is the
// error of an invalid file.
type Problems []Problem //nolint:errname // the list is what callers range over

// Error prints all problems, one a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, q := range p {
		lines[i] = q.Error()
	}
	return strings.Join(lines, "\n")
}

// Add appends q unless the same was said before, of whatever variant.
func (p *Problems) Add(q Problem) {
	for _, r := range *p {
		if r.Pos == q.Pos && r.Key == q.Key && r.Rule == q.Rule {
			return
		}
	}
	*p = append(*p, q)
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
