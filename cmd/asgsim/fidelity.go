package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"asgsim/sim/record"
)

// fidelity is the value of --fidelity; empty: not given.
type fidelity string

func (f *fidelity) String() string { return string(*f) }

// Type implements pflag.Value.
func (*fidelity) Type() string { return "name" }

// Set implements pflag.Value.
func (f *fidelity) Set(text string) error {
	if !slices.Contains(record.Fidelities(), text) {
		return fmt.Errorf("must be auto, exact or sampled")
	}
	*f = fidelity(text)
	return nil
}

// fidelityFlag adds --fidelity to a command that simulates: short for a setting.
func fidelityFlag(c *cobra.Command, sets *[]string) {
	var f fidelity
	c.Flags().Var(&f, "fidelity", "auto, exact or sampled: as --set fidelity=NAME (asgsim help fidelity)")
	c.PreRun = func(*cobra.Command, []string) {
		if f != "" {
			*sets = append(*sets, "fidelity="+string(f))
		}
	}
}
