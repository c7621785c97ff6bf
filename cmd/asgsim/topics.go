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

// helpCommand is cobra's help verb, with an error where that shrugs.
func helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [VERB or TOPIC]",
		Short: "Help about a verb or a topic",
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			var names []string
			for _, c := range root.Commands() {
				names = append(names, c.Name())
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			c, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return unknownVerb(root, args)
			}
			c.InitDefaultHelpFlag()
			return c.Help()
		},
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
