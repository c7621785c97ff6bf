package scenarios

import (
	"fmt"
	"strings"

	"asgsim/scenarios/form"
)

// Source is the text of a scenario and its name for messages: a path, "stdin" or
// the name of an embedded scenario.
type Source struct {
	Name string
	Text []byte
}

// Options change what is loaded.
type Options struct {
	Sets []string // key=value, laid upon the file last, in this order
	// Only selects configurations by name, in the order of the file: the plain
	// scenario by its label or by [Plain]. The others are not checked: what is wrong
	// with them is in Scenario.Unfit. Empty: all of them.
	Only []string
	// KeepOwn leaves a key of Sets alone in the variants that set it themselves, and
	// notes it in Scenario.Kept: what a comparison wants, whose variants else lose
	// what tells them apart.
	KeepOwn bool
	Tries   []Try      // variants beside those of the file
	Prices  Catalogues // of regions; nil: only those that are shipped
	// Unadvised leaves out the advice for which small fleets are simulated.
	Unadvised bool
	// MaxRows and MaxFiles raise the bounds of those names.
	MaxRows  int
	MaxFiles int64
}

// Scenario is a decoded, checked file.
type Scenario struct {
	Name   string // of the file, without folder and extension
	File   string // Source.Name
	Title  string
	Label  string // of the plain scenario; may be empty
	Seed   uint64
	SHA256 string // of the text, in hexadecimal
	// Configs holds the plain scenario first and then the variants in order of
	// appearance, tries last, or those of them that Options.Only selected.
	Configs  []Config
	Others   []string // names of the variants that were not selected
	Warnings Problems // of all configurations
	// Understood says of each recording that a load plays what was read of it.
	Understood []string
	Unfit      []Unfit // variants that were not selected and are invalid
	Kept       []Kept  // settings that variants did not take
}

// Unfit is a variant that cannot run.
type Unfit struct {
	Name     string
	Problems Problems
}

// Kept is a setting that variants did not take because they set its key.
type Kept struct {
	Set      string // key=value
	Variants []string
}

// Names returns the names of the configurations, "plain" for the plain scenario
// without a label.
func (s *Scenario) Names() []string {
	var out []string
	for i := range s.Configs {
		out = append(out, s.Configs[i].DisplayName())
	}
	return out
}

// Config returns the configuration of a variant.
func (s *Scenario) Config(name string) (*Config, error) {
	for i := range s.Configs {
		if c := &s.Configs[i]; c.Name == name || c.DisplayName() == name {
			return c, nil
		}
	}
	hint := "there are " + strings.Join(s.Names(), ", ")
	if c := form.Nearest(name, s.Names()); c != "" {
		hint = fmt.Sprintf("did you mean %q?", c)
	}
	return nil, fmt.Errorf("no variant %q: %s", name, hint)
}
