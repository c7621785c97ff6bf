package scenarios

import (
	"asgsim/sim"
	"asgsim/sim/record"
)

// Config is one variant of a scenario, ready to run.
type Config struct {
	Name     string // of the variant; the label, or empty, for the plain scenario
	World    record.Config
	Values   []Value // every effective value with its source, in the order of `show`
	Warnings Problems
	Derived  *Derived // what [request.measured] came to; nil without
	Gates    []sim.Gate
}

// Plain names the plain scenario in Options.Variant where it has no label.
const Plain = "plain"

// DisplayName returns the name, "plain" for the plain scenario without a label.
func (c *Config) DisplayName() string {
	if c.Name == "" {
		return Plain
	}
	return c.Name
}

// Derived is what [request.measured] came to.
type Derived struct {
	Measured sim.Measured
	Fitted   sim.Fitted
}
