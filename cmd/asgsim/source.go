package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"asgsim/report/clean"
	"asgsim/scenarios"
	"asgsim/scenarios/form"
)

// source reads the scenario an argument names: a file, - for standard input, or
// the name of a shipped one, and says how to open the traces it mentions.
func (a *app) source(arg string) (scenarios.Source, scenarios.Opener, error) {
	if arg == "-" {
		if a.inTerminal {
			fmt.Fprintln(a.stderr, "reading the scenario from the terminal; end it with Ctrl-D")
		}
		text, err := a.reach.bounded(a.stdin, "stdin", form.MaxFile)
		if err != nil {
			return scenarios.Source{}, nil, fmt.Errorf("read the scenario from standard input: %w", err)
		}
		return scenarios.Source{Name: "stdin", Text: text}, a.reach.opener("."), nil
	}
	text, err := a.reach.readNamed(arg, form.MaxFile)
	switch {
	case err == nil:
		return scenarios.Source{Name: arg, Text: text}, a.reach.opener(filepath.Dir(arg)), nil
	case slices.Contains(scenarios.Names(), arg):
		src, err := scenarios.Shipped(arg)
		return src, scenarios.OpenShipped, err
	case errors.Is(err, fs.ErrNotExist):
		return scenarios.Source{}, nil, missing(arg)
	}
	if errors.As(err, new(usageError)) {
		return scenarios.Source{}, nil, err
	}
	return scenarios.Source{}, nil, fmt.Errorf("cannot read the scenario: %w", err)
}

// missing says that there is no such scenario and what else there is.
func missing(arg string) error {
	names := scenarios.Names()
	if near := nearest(arg, names); near != "" {
		return usagef("there is no file %s and no shipped scenario of that name: did you mean %q?", arg, near)
	}
	files, err := filepath.Glob(filepath.Join(filepath.Dir(arg), "*.toml"))
	if err != nil {
		files = nil // a strange pattern finds nothing
	}
	arg = clean.Short(arg, 200)
	for i := range files {
		files[i] = clean.Short(files[i], 200)
	}
	if near := nearest(arg, files); near != "" {
		return usagef("there is no file %s: did you mean %s?", arg, near)
	}
	hint := "the shipped scenarios are " + strings.Join(names, ", ")
	if len(files) > 0 {
		hint = "that folder has " + strings.Join(files[:min(len(files), 8)], ", ") + "; " + hint
	}
	return usagef("there is no file %s; %s", arg, hint)
}

// load reads and decodes the scenario an argument names.
func (a *app) load(arg string, o scenarios.Options) (*scenarios.Scenario, error) {
	src, open, err := a.source(arg)
	if err != nil {
		return nil, err
	}
	o.Prices = a.openPrices
	o.MaxRows, o.MaxFiles = int(a.reach.rows), int64(a.reach.largest)
	var cut error
	s, err := scenarios.Load(src, a.until(open, &cut), o)
	if cut != nil {
		return nil, cut // what was read of its files is not all
	}
	return s, err
}

// until opens files that end with an error once the command is told to stop: cut is why
// one did.
func (a *app) until(open scenarios.Opener, cut *error) scenarios.Opener {
	return func(path string) (io.ReadCloser, error) {
		f, err := open(path)
		if err != nil {
			return nil, err
		}
		return stoppable{f, a.ended, cut}, nil
	}
}

// stoppable is a file that is read until the command is told to stop.
type stoppable struct {
	io.ReadCloser
	ended func() error
	cut   *error
}

// Read reads on unless the command is told to stop.
func (s stoppable) Read(p []byte) (int, error) {
	if why := s.ended(); why != nil {
		*s.cut = why
		return 0, why
	}
	return s.ReadCloser.Read(p)
}

// loadOne loads the one configuration that runs: a variant, or the plain scenario.
// What is wrong with the others is a note.
func (a *app) loadOne(arg, variant string, sets []string) (*scenarios.Scenario, error) {
	only := []string{scenarios.Plain}
	if variant != "" {
		only = []string{variant}
	}
	s, err := a.load(arg, scenarios.Options{Sets: sets, Only: only})
	if err != nil {
		return nil, err
	}
	for _, u := range s.Unfit {
		for _, p := range u.Problems {
			fmt.Fprintf(a.stderr, "note: not needed for this run: %s\n", p.Error())
		}
	}
	return s, nil
}

// oneScenario checks that exactly one scenario was given.
func oneScenario(c *cobra.Command, args []string) error {
	switch len(args) {
	case 1:
		return nil
	case 0:
		return fmt.Errorf("%s needs a scenario: a file, - for standard input, or one of %s", c.Name(), strings.Join(scenarios.Names(), ", "))
	}
	return fmt.Errorf("%s takes one scenario, not %d: %s", c.Name(), len(args), strings.Join(args, " "))
}

// completeScenario offers the shipped scenarios, and .toml files.
func completeScenario(_ *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var out []string
	for _, name := range scenarios.Names() {
		if strings.HasPrefix(name, prefix) {
			out = append(out, name)
		}
	}
	if len(out) > 0 && prefix != "" {
		return out, cobra.ShellCompDirectiveNoFileComp
	}
	return append(out, tomlFiles(prefix)...), cobra.ShellCompDirectiveDefault
}

func tomlFiles(prefix string) []string {
	files, err := filepath.Glob(prefix + "*.toml")
	if err != nil {
		return nil
	}
	return files
}
