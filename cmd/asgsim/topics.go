package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"asgsim/report"
	"asgsim/scenarios"
	"asgsim/sim"
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
		page("gates", "Limits that decide the exit code, and the metrics they are set on", gatesHelp),
		page("expressions", "A policy of one's own as a formula", scenarios.ExpressionHelp),
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

// gatesHelp lists the metrics that gates and comparisons know.
func gatesHelp() string {
	units := map[sim.Unit]string{sim.USD: "dollars: '<=$40'", sim.Share: "a percentage: '>=99.5%'", sim.Seconds: "a duration: '<=400ms'",
		sim.Minutes: "minutes: '<=12min'", sim.Hours: "hours: '<=600h'", sim.Number: "a number: '<=24'"}
	var b strings.Builder
	b.WriteString(`Gates

A gate is a limit on a metric, in a scenario or as a flag of run and compare:

  [gate.latency]
  metric = "p99"
  max    = "400ms"

  asgsim run web.toml --gate 'p99<=400ms'
  asgsim compare web.toml --gate 'good_share>=99.5%' --fail-on 'cost>+5%'

run holds the value of its one run against the limit. compare passes a variant if its whole 95 % interval is
inside, fails it if all of it is outside, and else says how many replications would tell. Exit code 3 says that
a gate failed, 4 that one is inconclusive; everything is printed and written before.
--fail-on judges the paired difference to the base, in percent of the base's value or in points: 'slow_share>+1pp'.

Metrics
`)
	for _, m := range sim.Metrics() {
		fmt.Fprintf(&b, "  %-22s %-24s %s\n", m.Key, m.Title, units[m.Unit])
	}
	return b.String()
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
