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
		c.SetHelpFunc(func(*cobra.Command, []string) { a.say(text()) })
		return c
	}
	return []*cobra.Command{
		page("metrics", "What every reported number means", report.MetricsText),
		page("gates", "Limits that decide the exit code, and the metrics they are set on", gatesHelp),
		page("expressions", "A policy of one's own as a formula", scenarios.ExpressionHelp),
		page("files", "What is read and written, within which bounds, and what never", filesHelp),
		page("exit-codes", "What the exit codes mean", func() string { return exitHelp }),
		page("scenario", "The tables and keys of a scenario file", scenarioHelp),
		page("comparing", "A tour: which policy, and how sure is that?", written("comparing")),
		page("explaining", "A tour: why the group did what it did", written("explaining")),
		page("properties", "What import makes of every property of AWS's", propertiesHelp),
		page("your-group", "From your own group to a scenario", written("your-group")),
		page("recordings", "What is read of how a group behaved: metrics, access logs, scaling activities", written("recordings")),
		page("pull-requests", "What a change would do, in a pull request", written("pull-requests")),
		page("model", "What is modelled, and what is not", written("model")),
		page("faults", "What breaks, and when: every kind of fault", written("faults")),
		page("queues", "Workers of a queue: a group without a load balancer", written("queues")),
		page("fidelity", "Exact and sampled runs, and the errors of sampling", written("fidelity")),
		page("checks", "How asgsim is checked, and how fast it is", written("checks")),
	}
}

// helpCommand is cobra's help verb, with an error where that shrugs.
func (a *app) helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [VERB or TOPIC]",
		Short: "Help about a verb or a topic",
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			var names []string
			for _, c := range root.Commands() {
				names = append(names, c.Name())
			}
			for _, t := range scenarios.Tables() {
				names = append(names, t.Name)
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			c, rest, err := root.Find(args)
			switch {
			case err == nil && c.Name() == "scenario" && len(rest) == 1:
				return a.helpOn(rest[0])
			case (err != nil || c == root) && len(args) == 1:
				if keys, err := scenarios.KeysOf(args[0]); err == nil {
					a.say(keysHelp(keys))
					return nil
				}
				return unknownTopic(root, args[0])
			case err != nil || len(rest) > 0:
				return usagef("help takes one verb or topic, or scenario and a table: asgsim help scenario hook")
			}
			c.InitDefaultHelpFlag()
			return c.Help()
		},
	}
}

// helpOn prints the keys of a table.
func (a *app) helpOn(table string) error {
	text, err := tableHelp(table)
	if err == nil {
		a.say(text)
	}
	return err
}

// unknownTopic refuses what is neither a verb nor a topic, table or key.
func unknownTopic(root *cobra.Command, word string) error {
	var verbs, topics []string
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() {
			verbs = append(verbs, c.Name())
		} else if c.Name() != "help" && !c.Hidden {
			topics = append(topics, c.Name())
		}
	}
	if near := nearest(word, append(verbs, topics...)); near != "" {
		return usagef("no help on %q: did you mean %q?", word, near)
	}
	if _, err := scenarios.KeysOf(word); err != nil && strings.Contains(err.Error(), "did you mean") {
		return usagef("no help on it: %w", err)
	}
	return usagef("no help on %q: verbs are %s; topics are %s and every table and key of a scenario file (asgsim help scenario)", word, strings.Join(verbs, ", "), strings.Join(topics, ", "))
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
