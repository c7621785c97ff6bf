package scenarios

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim"
	"asgsim/sim/des"
	"asgsim/sim/record"
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
	Tries   []Try // variants beside those of the file
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
	Unfit    []Unfit  // variants that were not selected and are invalid
	Kept     []Kept   // settings that variants did not take
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

// Load decodes and checks a scenario. The error is of type [Problems] if the
// scenario is invalid. open opens trace files; nil refuses them.
func Load(src Source, open Opener, opts Options) (*Scenario, error) {
	root, problems := form.Parse(string(src.Text), src.Name)
	if root == nil {
		return nil, problems
	}
	plainSets, variantSets := splitSets(opts.Sets)
	for _, set := range variantSets {
		var p *Problem
		if root, p = schema().Set(root, set); p != nil {
			problems.Add(*p)
		}
	}
	l := loader{src: src, open: open, opts: opts, sets: plainSets, problems: problems}
	trees := l.trees(root)
	s := &Scenario{Name: baseName(src.Name), File: src.Name, SHA256: digest(src.Text), Seed: 1}
	for i := range trees {
		l.decode(s, &trees[i])
	}
	if len(s.Configs) == 0 {
		l.problems.Add(l.noVariant(opts.Only, trees))
	}
	for _, name := range opts.Only {
		if !slices.ContainsFunc(trees, func(t tree) bool { return t.is(name) }) {
			l.problems.Add(l.noVariant([]string{name}, trees))
		}
	}
	if len(l.problems) > 0 {
		return nil, l.problems.Sorted()
	}
	s.Kept = l.kept
	return s, nil
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

// DisplayName returns the name, "plain" for the plain scenario without a label.
func (c *Config) DisplayName() string {
	if c.Name == "" {
		return Plain
	}
	return c.Name
}

func digest(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// baseName strips folder and extension.
func baseName(name string) string {
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	return strings.TrimSuffix(name, ".toml")
}

// refuse is the opener of scenarios that may not open files.
func refuse(path string) (io.ReadCloser, error) {
	return nil, fmt.Errorf("cannot open %s: no files here", path)
}

// minute rounds d up to whole minutes.
func minute(d des.Duration) des.Duration { return (d + des.Minute - 1) / des.Minute * des.Minute }
