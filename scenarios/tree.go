package scenarios

import (
	"fmt"
	"strconv"
	"strings"

	"asgsim/scenarios/form"
)

// loader makes one tree a variant.
type loader struct {
	src      Source
	open     Opener
	opts     Options
	sets     []string // those of the file and of every variant
	problems Problems
	spent    *spent
	said     form.Once
	warned   form.Once
	first    *decoder // of the first tree, whose traces need not be read again
	kept     []Kept
}

// tree is the merged tree of one configuration.
type tree struct {
	name, label string
	overlay     bool // of a variant or a try
	try         bool // always selected
	root        *form.Node
	problems    Problems // of the overlay itself
}

// problem notes a problem of the scenario.
func (l *loader) problem(p Problem) { l.said.Add(&l.problems, p) }

// problem notes a problem of the overlay.
func (t *tree) problem(p Problem) { t.problems = append(t.problems, p) }

func (t *tree) is(name string) bool {
	return t.name == name || !t.overlay && name == Plain
}

// notInVariants are the top-level keys that describe the file, not a variant.
var notInVariants = [...]string{"variant", "label", "title", "seed"}

// noVariant says that there is no variant of that name.
func (l *loader) noVariant(only []string, trees []tree) Problem {
	name := strings.Join(only, ", ")
	var names []string
	for _, t := range trees {
		if t.name != "" {
			names = append(names, t.name)
		} else {
			names = append(names, Plain)
		}
	}
	remedy := "there are " + strings.Join(names, ", ")
	if c := form.Nearest(name, names); c != "" {
		remedy = "did you mean " + strconv.Quote(c) + "?"
	}
	return Problem{Pos: Pos{File: l.src.Name}, Key: "variant", Rule: fmt.Sprintf("there is no variant %q", name), Remedy: remedy}
}
