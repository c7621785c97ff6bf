package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"asgsim/scenarios"
	"asgsim/sim"
)

// completion offers the values of the flags that name something of a scenario.
func (a *app) completion(c *cobra.Command) {
	with := func(flag string, list func(args []string) []string, directive cobra.ShellCompDirective) {
		if c.Flags().Lookup(flag) == nil {
			return
		}
		err := c.RegisterFlagCompletionFunc(flag, func(_ *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
			return slices.DeleteFunc(list(args), func(s string) bool { return !strings.HasPrefix(s, prefix) }), directive | cobra.ShellCompDirectiveNoFileComp
		})
		if err != nil {
			panic(err) // a flag has two completions: a mistake of ours
		}
	}
	with("variant", a.variantNames, 0)
	with("variants", a.variantNames, 0)
	with("claim", a.variantNames, 0)
	with("against", a.variantNames, 0)
	with("set", a.settings, cobra.ShellCompDirectiveNoSpace)
	with("gate", gateBeginnings, cobra.ShellCompDirectiveNoSpace)
}

// variantNames are those of the scenario that stands on the command line.
func (a *app) variantNames(args []string) []string {
	if len(args) == 0 || args[0] == "-" {
		return nil
	}
	s, err := a.load(args[0], scenarios.Options{Only: []string{scenarios.Plain}})
	if err != nil {
		return nil
	}
	return append([]string{s.Configs[0].DisplayName()}, s.Others...)
}

// settings are the keys of the format, those of named things with the names that the
// scenario on the command line gives them.
func (a *app) settings(args []string) []string {
	var out, values []string
	if len(args) > 0 && args[0] != "-" {
		if s, err := a.load(args[0], scenarios.Options{Only: []string{scenarios.Plain}}); err == nil {
			for _, v := range s.Configs[0].Values {
				values = append(values, v.Key)
			}
		}
	}
	for _, k := range scenarios.Keys() {
		if !k.Planned && !strings.Contains(k.Path, ".N.") {
			values = append(values, k.Path)
		}
	}
	slices.Sort(values)
	for _, key := range slices.Compact(values) {
		out = append(out, key+"=")
	}
	return out
}

// gateBeginnings are the metrics that a gate may be on, each with the comparisons.
func gateBeginnings([]string) []string {
	var out []string
	for _, m := range sim.Metrics() {
		out = append(out, m.Key+"<=", m.Key+">=")
	}
	return out
}
