package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"asgsim/report"
	"asgsim/report/clean"
	"asgsim/report/story"
	"asgsim/scenarios"
	"asgsim/scenarios/form"
	"asgsim/sim"
	"asgsim/sim/account"
	"asgsim/sim/des"
)

// explainOptions are the flags of explain.
type explainOptions struct {
	seed    uint64
	seeded  bool
	variant string
	sets    []string
	json    bool
}

func (a *app) explainCommand() *cobra.Command {
	var o explainOptions
	c := &cobra.Command{
		Use:   "explain SCENARIO TIME",
		Short: "Say why the group did, or did not, scale at a time",
		Long: `Run one scenario with one seed and explain the decision at or before TIME: the metric and its last
datapoints against the thresholds, the alarms, each policy's arithmetic, what won, what blocked or
clamped it and until when, what the group was doing, and the next change. It lists what was held up
then and until when: lifecycle hooks, launches put off after failures, suspended processes, an
instance refresh; the scripted events of the last hour; and the scheduled action that ran last and
the next. While a fault lasts, its story is told second by second.

TIME is "Tue 10:34", "10:34" (the first such time), a local date-time 2026-03-03T10:34:00, the time
since the start (34h30m), or the number of a moment that run printed: 4.

SCENARIO may also be the result.json of a run: the same scenario, variant, settings and seed are
explained, if the scenario is still what it was.

A result.json does not hold what alarms saw, so the run is simulated for the first question, and kept
for the next ones about the same scenario, seed and build, in the user's cache folder,
asgsim/explained; it may be deleted at any time.`,
		Example: `  asgsim explain day-night Tue 10:34
  asgsim explain day-night 4
  asgsim explain unhealthy-instance 12:15:30 --variant elb-checks
  asgsim explain web.toml 34h30m --json | jq '.policies[].why'`,
		Args:              explainArgs,
		ValidArgsFunction: completeScenario,
		RunE: func(c *cobra.Command, args []string) error {
			o.seeded = c.Flags().Changed("seed")
			return a.explain(c.Context(), args[0], strings.Join(args[1:], " "), o)
		},
	}
	f := c.Flags()
	f.Var((*seed)(&o.seed), "seed", "seed of all chance (default: the scenario's)")
	fidelityFlag(c, &o.sets)
	f.StringVar(&o.variant, "variant", "", "explain this variant of the scenario")
	f.StringArrayVar(&o.sets, "set", nil, "change a key, as key=value; may be repeated")
	f.BoolVar(&o.json, "json", false, "print one JSON object instead of text")
	return c
}

// explainArgs wants a scenario and a time, which may be two words.
func explainArgs(c *cobra.Command, args []string) error {
	switch len(args) {
	case 0:
		return oneScenario(c, args)
	case 1:
		return fmt.Errorf("explain needs a time: asgsim explain %s \"Tue 10:34\", or the number of a moment that asgsim run %s prints", args[0], args[0])
	case 2, 3:
		return nil
	}
	return fmt.Errorf("explain takes a scenario and a time, not %d arguments: %s", len(args), strings.Join(args, " "))
}

// explain runs the scenario and tells of one instant.
func (a *app) explain(ctx context.Context, arg, when string, o explainOptions) error {
	a.at.set("reading %s", arg)
	if savedResults([]string{arg}) {
		doc, err := a.readResult(arg)
		if err != nil {
			return err
		}
		name, sum, err := o.of(arg, doc)
		if err != nil {
			return err
		}
		if err := a.unchanged(name, sum); err != nil {
			return err
		}
		arg = name
	}
	s, err := a.loadOne(arg, o.variant, o.sets)
	if err != nil {
		return err
	}
	cfg := s.Configs[0]
	cfg.World.Explain = true
	number, isMoment := momentNumber(when)
	var at des.Time
	if !isMoment {
		if at, err = cfg.Instant(when); err != nil {
			return usage(err)
		}
	}
	seed := s.Seed
	if o.seeded {
		seed = o.seed
	}
	a.id = &identity{arg, s.SHA256, o.variant, o.sets, seed}
	if err := a.enough([]sim.Case{{Name: arg, Config: &cfg.World}}, 1, 1); err != nil {
		return err
	}
	a.at.set("simulating")
	res, err := a.explained(ctx, &cfg.World, s.Name, seed)
	if err != nil {
		return err
	}
	if isMoment {
		if at, err = momentAt(res, number); err != nil {
			return err
		}
	}
	variant := cfg.Name
	if variant == s.Label {
		variant = ""
	}
	e := report.Explain(res, at, number, tool(), report.Inputs{Scenario: arg, SHA256: s.SHA256, Variant: variant, Sets: o.sets, Others: s.Others})
	if o.json {
		return report.WriteExplainJSON(a.out, e)
	}
	return report.WriteExplainText(a.out, e, a.columns())
}

// of takes the scenario, variant, settings and seed of a saved result, and returns the
// scenario's name and what its text summed up to.
func (o *explainOptions) of(path string, doc *report.Document) (name, sum string, err error) {
	in := &doc.Inputs
	if o.seeded || o.variant != "" || len(o.sets) > 0 {
		return "", "", usagef("%s has a variant, settings and seed of its own: explain the scenario itself, %s, to change them", path, in.Scenario)
	}
	if in.Scenario == "-" || in.Scenario == "stdin" {
		return "", "", usagef("%s is of a scenario from standard input, which is not there any more: write it to a file, and explain that", path)
	}
	o.variant, o.sets, o.seed, o.seeded = in.Variant, in.Sets, in.Seed, true
	return in.Scenario, in.SHA256, nil
}

// unchanged checks that the scenario which a saved result names may be read, and is
// what it was, before anything is made of it: a result may come from a stranger, so
// what it names is a shipped scenario, or a file in the current folder or below.
func (a *app) unchanged(name, sum string) error {
	var text []byte
	f, err := a.reach.opener(".")(name)
	switch {
	case err == nil:
		defer func() { _ = f.Close() }() // read only
		if text, err = a.reach.bounded(f, "the scenario of that result", form.MaxFile); err != nil {
			return err
		}
	case slices.Contains(scenarios.Names(), name):
		src, err := scenarios.Shipped(name)
		if err != nil {
			return err
		}
		text = src.Text
	default:
		return usagef("the scenario of that result cannot be read: %w; it may be a shipped one, or a file in the current folder or below; --allow-path DIR allows another, or explain the scenario itself", err)
	}
	if hexSum(text) != sum {
		return usagef("%s is not what it was when that result was saved: run it again, or explain the scenario itself", clean.Short(name, 200))
	}
	return nil
}

// momentNumber reads "4" or "#4".
func momentNumber(s string) (int, bool) {
	n, err := strconv.Atoi(strings.TrimPrefix(s, "#"))
	return n, err == nil
}

// momentAt is when a moment of the run was.
func momentAt(res *account.Result, n int) (des.Time, error) {
	told := story.Tell(res).Numbered()
	for _, m := range told {
		if m.N == n {
			return m.At, nil
		}
	}
	if len(told) == 0 {
		return 0, usagef("this run has no moments: give a time, such as \"Tue 10:34\"")
	}
	return 0, usagef("there is no moment %d: this run has moments 1 to %d; a time since the start has a unit, as in 34h", n, len(told))
}
