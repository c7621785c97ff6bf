package report

import (
	"fmt"

	"asgsim/report/clean"
)

// changeLines are what changes between two scenarios or the sides of a plan, for a
// terminal, a line each.
func changeLines(changes []Change) []string {
	var out []string
	for i, c := range changes {
		if i == mostChanges {
			return append(out, fmt.Sprintf("and %d more", len(changes)-i))
		}
		out = append(out, ChangeLine(c))
	}
	return out
}

// ChangeLine is a change on one line: "auto_scaling_group.max_size: 9 -> 12".
func ChangeLine(c Change) string {
	side := func(s string) string {
		if s == "" {
			return "none"
		}
		return clean.Short(s, 120)
	}
	return clean.Line(c.Key) + ": " + side(c.Old) + " -> " + side(c.New)
}
