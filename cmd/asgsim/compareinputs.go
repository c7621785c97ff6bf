package main

import (
	"fmt"
	"slices"
	"strings"

	"asgsim/report"
	"asgsim/scenarios"
	"asgsim/sim"
)

// compared is what is to be compared, and where it came from.
type compared struct {
	cases    []sim.Case
	gates    []sim.Gate
	name     string
	seed     uint64
	inputs   report.Inputs
	warnings []string
	notes    []string        // about the command line
	changes  []report.Change // between two files, or the sides of a plan; nil: variants of one
	address  string          // of the group, as Terraform has it
	alone    string          // "created" or "destroyed", of a group that a plan has on one side; else empty
	why      string          // what that means for its figures
}

// compared loads what the arguments name.
func (a *app) compared(args []string, o compareOptions) (*compared, error) {
	if len(args) == 1 && !strings.Contains(args[0], "=") {
		return a.variantsOf(args[0], o)
	}
	if len(o.tries) > 0 {
		return nil, usagef("--try %q: goes with one scenario; of several files each is compared as it is", o.tries[0])
	}
	what := &compared{name: "compare", seed: 1}
	var sides []*scenarios.Config
	for i, arg := range args {
		label, path, ok := strings.Cut(arg, "=")
		if !ok && len(args) == 2 && !strings.Contains(args[0]+args[1], "=") {
			label, path, ok = [...]string{"before", "after"}[i], arg, true
		}
		if !ok || label == "" || path == "" {
			return nil, usagef("%q: several scenarios are given as label=file", arg)
		}
		s, err := a.load(path, scenarios.Options{Sets: o.sets, Only: []string{scenarios.Plain}})
		if err != nil {
			return nil, err
		}
		if i == 0 {
			what.seed = s.Seed
			what.inputs = report.Inputs{Scenario: strings.Join(args, " "), SHA256: s.SHA256, Sets: o.sets}
			what.gates = s.Configs[0].Gates
		}
		if slices.ContainsFunc(what.cases, func(c sim.Case) bool { return c.Name == label }) {
			return nil, usagef("the label %q is given twice", label)
		}
		what.cases = append(what.cases, sim.Case{Name: label, Config: &s.Configs[0].World})
		what.warnings = append(what.warnings, warnings(&s.Configs[0])...)
		sides = append(sides, &s.Configs[0])
	}
	if len(sides) == 2 {
		what.changes = changesOf(sides[0], sides[1])
		what.address = "aws_autoscaling_group." + resourceName(sides[1].World.Group.Name)
	}
	return what, nil
}

// variantsOf loads one scenario with its variants.
func (a *app) variantsOf(arg string, o compareOptions) (*compared, error) {
	opts := scenarios.Options{Sets: o.sets, Only: o.variants, KeepOwn: true}
	for _, text := range o.tries {
		t, err := scenarios.ParseTry(text)
		if err != nil {
			return nil, usagef("--try %w", err)
		}
		opts.Tries = append(opts.Tries, t)
	}
	s, err := a.load(arg, opts)
	if err != nil {
		return nil, err
	}
	what := &compared{name: s.Name, seed: s.Seed, inputs: report.Inputs{Scenario: arg, SHA256: s.SHA256, Sets: o.sets}}
	for i := range s.Configs {
		c := &s.Configs[i]
		name := c.Name
		if name == "" {
			name = scenarios.Plain
		}
		what.cases = append(what.cases, sim.Case{Name: name, Config: &c.World})
	}
	for _, w := range s.Warnings { // each once, whatever variants it holds for
		what.warnings = append(what.warnings, w.Error())
	}
	what.gates = s.Configs[0].Gates
	for _, k := range s.Kept {
		text := fmt.Sprintf("--set %s leaves %s alone: each sets that itself; --set variant.NAME.%s changes one", k.Set, strings.Join(k.Variants, ", "), k.Set)
		if len(k.Variants) == 1 {
			text = fmt.Sprintf("--set %s leaves %s alone, which sets that itself; --set variant.%s.%s changes it", k.Set, k.Variants[0], k.Variants[0], k.Set)
		}
		what.notes = append(what.notes, text)
	}
	if len(o.variants) > 0 {
		what.cases = picked(what.cases, s, o)
	}
	return what, nil
}

// picked puts the cases in the order of --variants; tries come last.
func picked(cases []sim.Case, s *scenarios.Scenario, o compareOptions) []sim.Case {
	rank := func(c sim.Case) int {
		for i, v := range o.variants {
			if v == c.Name || v == scenarios.Plain && c.Name == s.Label {
				return i
			}
		}
		return len(o.variants)
	}
	slices.SortStableFunc(cases, func(a, b sim.Case) int { return rank(a) - rank(b) })
	return cases
}

// limits are the gates of the scenario and of the flags.
type limits struct {
	gates []sim.Gate
	diffs []sim.DiffGate
}

// limits parses the flags that name metrics or variants, so that a mistake shows
// before anything runs.
func (o *compareOptions) limits(what *compared) (*limits, error) {
	l := &limits{gates: slices.Clone(what.gates)}
	for _, s := range o.gates {
		g, err := scenarios.ParseGate(s)
		if err != nil {
			return nil, usage(err)
		}
		l.gates = append(l.gates, g)
	}
	for _, s := range o.failOn {
		d, err := scenarios.ParseFailOn(s)
		if err != nil {
			return nil, usage(err)
		}
		l.diffs = append(l.diffs, d)
	}
	if len(l.diffs) > 0 && len(what.cases) == 1 && what.alone == "" {
		return nil, usagef("--fail-on %s: is about the difference to another variant, and there is one alone; --gate limits a figure itself", l.diffs[0].Text)
	}
	var names []string
	for _, c := range what.cases {
		names = append(names, c.Name)
	}
	for _, v := range []string{o.claim, o.against} {
		if v != "" && !slices.Contains(names, v) {
			return nil, noVariant(v, names)
		}
	}
	switch base := o.base(what); {
	case o.against != "" && o.claim == "":
		return nil, usagef("--against needs --claim")
	case o.claim != "" && o.claim == base:
		return nil, usagef("--claim %s: a variant cannot be claimed against itself", o.claim)
	}
	return l, nil
}

// base is the variant that a claim is made against.
func (o *compareOptions) base(what *compared) string {
	if o.against != "" {
		return o.against
	}
	return what.cases[0].Name
}

func noVariant(v string, names []string) error {
	if near := nearest(v, names); near != "" {
		return usagef("no variant %q: did you mean %q?", v, near)
	}
	return usagef("no variant %q: there are %s", v, strings.Join(names, ", "))
}
