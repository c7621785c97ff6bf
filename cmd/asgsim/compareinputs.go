package main

import (
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
}

// compared loads what the arguments name.
func (a *app) compared(args []string, o compareOptions) (*compared, error) {
	if len(args) == 1 && !strings.Contains(args[0], "=") {
		return a.variantsOf(args[0], o)
	}
	what := &compared{name: "compare", seed: 1}
	for i, arg := range args {
		label, path, ok := strings.Cut(arg, "=")
		if !ok || label == "" || path == "" {
			return nil, usagef("%q: several scenarios are given as label=file", arg)
		}
		s, err := a.load(path, scenarios.Options{Sets: o.sets, Variant: ""})
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
	}
	return what, nil
}

// variantsOf loads one scenario with its variants.
func (a *app) variantsOf(arg string, o compareOptions) (*compared, error) {
	s, err := a.load(arg, scenarios.Options{Sets: o.sets})
	if err != nil {
		return nil, err
	}
	what := &compared{name: s.Name, seed: s.Seed, inputs: report.Inputs{Scenario: arg, SHA256: s.SHA256, Sets: o.sets}}
	var names []string
	for i := range s.Configs {
		c := &s.Configs[i]
		name := c.Name
		if name == "" {
			name = scenarios.Plain
		}
		names = append(names, name)
		what.cases = append(what.cases, sim.Case{Name: name, Config: &c.World})
		for _, w := range warnings(c) {
			if !slices.Contains(what.warnings, w) {
				what.warnings = append(what.warnings, w)
			}
		}
	}
	what.gates = s.Configs[0].Gates
	if len(o.variants) > 0 {
		var picked []sim.Case
		for _, v := range o.variants {
			i := slices.Index(names, v)
			if i < 0 {
				return nil, noVariant(v, names)
			}
			picked = append(picked, what.cases[i])
		}
		what.cases = picked
	}
	return what, nil
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
