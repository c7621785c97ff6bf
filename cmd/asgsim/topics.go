package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"asgsim/report"
	"asgsim/scenarios"
)

// topics are help pages that are no verbs: asgsim help metrics.
func (a *app) topics() []*cobra.Command {
	page := func(name, short string, text func() string) *cobra.Command {
		c := &cobra.Command{Use: name, Short: short, Long: short}
		c.SetHelpFunc(func(*cobra.Command, []string) { fmt.Fprint(a.out, text()) })
		return c
	}
	return []*cobra.Command{
		page("metrics", "What every reported number means", report.MetricsText),
		page("exit-codes", "What the exit codes mean", func() string { return exitHelp }),
		page("scenario", "Every key of a scenario file", scenarioHelp),
	}
}

// scenarioHelp documents every key with its default, range and source.
func scenarioHelp() string {
	var b strings.Builder
	b.WriteString("Keys of a scenario file\n\nA shipped scenario is the best beginning: asgsim init web.toml. asgsim show prints every value in force.\n")
	for _, k := range scenarios.Keys() {
		if k.Planned {
			continue
		}
		fmt.Fprintf(&b, "\n%s\n", k.Path)
		for _, line := range wrap(k.Doc, 92) {
			fmt.Fprintf(&b, "    %s\n", line)
		}
		var facts []string
		if k.Default != "" {
			facts = append(facts, "default "+k.Default)
		}
		if r := k.Range(); r != "" {
			facts = append(facts, r)
		}
		if len(facts) > 0 {
			for _, line := range wrap(strings.Join(facts, "; "), 92) {
				fmt.Fprintf(&b, "    %s\n", line)
			}
		}
	}
	return b.String()
}

// wrap breaks a text at spaces.
func wrap(text string, width int) []string {
	var out []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && len(line)+1+len(word) > width {
			out = append(out, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	if line != "" {
		out = append(out, line)
	}
	return out
}
