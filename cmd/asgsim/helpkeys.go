package main

import (
	"fmt"
	"strings"

	"asgsim/scenarios"
)

// scenarioHelp lists the tables of a scenario file.
func scenarioHelp() string {
	var b strings.Builder
	b.WriteString("Tables of a scenario file\n\n")
	for _, t := range scenarios.Tables() {
		name := "[" + t.Name + "]"
		switch {
		case t.Name == "":
			name = "above all tables"
		case t.Named:
			name = "[" + t.Name + ".NAME]"
		}
		fmt.Fprintf(&b, "  %-20s  %s", name, hanging(fmt.Sprintf("%s (%s)", t.Doc, count(t.Keys, "key")), 24))
	}
	b.WriteString(`
  asgsim help scenario hook              the keys of a table
  asgsim help scenario target_tracking   of an inner one
  asgsim help scenario min_size          of that name
  asgsim help scenario all               every key

A shipped scenario is the best beginning: asgsim init web.toml. asgsim show prints every value in force.
`)
	return b.String()
}

// keysHelp documents keys with their defaults, ranges and sources.
func keysHelp(keys []scenarios.Key) string {
	var b strings.Builder
	for i, k := range keys {
		if k.Planned {
			continue
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%s\n", k.Path)
		for _, text := range []string{k.Doc, k.Facts()} {
			for _, line := range wrap(text, columns-4) {
				fmt.Fprintf(&b, "    %s\n", line)
			}
		}
	}
	return b.String()
}

// tableHelp documents what a word is about.
func tableHelp(word string) (string, error) {
	if word == "all" {
		return "Keys of a scenario file\n\n" + keysHelp(scenarios.Keys()), nil
	}
	keys, err := scenarios.KeysOf(strings.Trim(word, "[]"))
	if err != nil {
		return "", usagef("%w", err)
	}
	return keysHelp(keys), nil
}

// columns is the width of text that the command prints itself.
const columns = 80

// hanging wraps a text at columns; further lines are indented.
func hanging(text string, indent int) string {
	return strings.Join(wrap(text, columns-indent), "\n"+strings.Repeat(" ", indent)) + "\n"
}
