package scenarios

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
	"strings"

	"asgsim/sim"
	"asgsim/sim/des"
	"asgsim/sim/world"
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
	// Variant selects one variant by name; the plain scenario by its label or by
	// "plain". Empty: all of them.
	Variant string
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
	// appearance, or the one that Options.Variant selected.
	Configs  []Config
	Warnings Problems // of all configurations
}

// Config is one variant of a scenario, ready to run.
type Config struct {
	Name     string // of the variant; the label, or empty, for the plain scenario
	World    world.Config
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
	root, problems := parse(string(src.Text), src.Name)
	if root == nil {
		return nil, problems
	}
	plainSets, variantSets := splitSets(opts.Sets)
	for _, set := range variantSets {
		var p *Problem
		if root, p = applySet(root, set); p != nil {
			problems.add(*p)
		}
	}
	l := loader{src: src, open: open, sets: plainSets, problems: problems}
	trees := l.trees(root)
	s := &Scenario{Name: baseName(src.Name), File: src.Name, SHA256: digest(src.Text), Seed: 1}
	var first *decoder
	for _, t := range trees {
		if opts.Variant != "" && !t.is(opts.Variant) {
			continue
		}
		d := newDecoder(t.root, src.Name, open, first)
		c := d.decode(t.name)
		if first == nil {
			first = d
			s.Title, s.Label, s.Seed = d.title, t.label, d.seed
		}
		for _, p := range d.problems {
			p.Variant = ""
			if t.overlay {
				p.Variant = t.name
			}
			l.addOnce(p)
		}
		if c.World.Group.Name == "" {
			c.World.Group.Name = s.Name
		}
		for _, w := range d.warnings {
			if t.overlay {
				w.Variant = t.name
			}
			c.Warnings.add(w)
			s.Warnings.add(w)
		}
		s.Configs = append(s.Configs, c)
	}
	if len(s.Configs) == 0 {
		l.problems.add(l.noVariant(opts.Variant, trees))
	}
	if len(l.problems) > 0 {
		return nil, l.problems.sorted()
	}
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
	if c := nearest(name, s.Names()); c != "" {
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

// splitSets tells the settings of single variants, which go into the file's
// tree, from the others, which come last.
func splitSets(sets []string) (plain, variant []string) {
	for _, s := range sets {
		if strings.HasPrefix(strings.TrimSpace(s), "variant.") {
			variant = append(variant, s)
		} else {
			plain = append(plain, s)
		}
	}
	return plain, variant
}

// loader makes one tree a variant.
type loader struct {
	src      Source
	open     Opener
	sets     []string
	problems Problems
}

// addOnce adds a problem of a variant unless the plain scenario has it too.
func (l *loader) addOnce(p Problem) { l.problems.add(p) }

// tree is the merged tree of one configuration.
type tree struct {
	name, label string
	overlay     bool
	root        *node
}

func (t *tree) is(name string) bool {
	return t.name == name || !t.overlay && name == Plain
}

// notInVariants are the top-level keys that describe the file, not a variant.
var notInVariants = [...]string{"variant", "label", "title", "seed"}

// trees returns the plain tree and one a variant, --set applied to each.
func (l *loader) trees(root *node) []tree {
	label, _ := root.table.get("label").text2()
	variants := root.table.get("variant")
	base, _ := without(root, []string{"variant"})
	out := []tree{{name: label, label: label, root: l.set(base)}}
	if variants == nil {
		return out
	}
	if variants.table == nil {
		l.problems.add(Problem{Pos: variants.key, Key: "variant", Rule: "must hold tables", Remedy: "write [variant.NAME]"})
		return out
	}
	for _, name := range variants.table.keys {
		v := variants.table.get(name)
		key := "variant." + name
		if !validName(name) {
			l.problems.add(Problem{Pos: v.key, Key: key, Rule: "is not a name", Remedy: "names are lower case: a-z, 0-9, then also _ and -"})
			continue
		}
		if v.table == nil {
			l.problems.add(Problem{Pos: v.key, Key: key, Rule: "must be a table", Remedy: "write [" + key + "]"})
			continue
		}
		if name == label || name == Plain {
			l.problems.add(Problem{Pos: v.key, Key: key, Rule: "has the name of the plain scenario", Remedy: "choose another"})
		}
		overlay := stamp(v, "variant "+name)
		for _, k := range notInVariants {
			if n := overlay.table.get(k); n != nil {
				l.problems.add(Problem{Pos: n.key, Key: key + "." + k, Rule: "does not go into a variant", Remedy: "write it at the top of the file"})
				overlay.table.drop(k)
			}
		}
		out = append(out, tree{name: name, overlay: true, root: l.set(merge(l.remove(base, overlay, key), overlay, nil, false))})
	}
	return out
}

// text2 returns the scalar as text, and whether it is one.
func (n *node) text2() (string, bool) {
	if n == nil {
		return "", false
	}
	s, ok := n.scalar.(string)
	return s, ok
}

// remove takes what the variant's without names out of base.
func (l *loader) remove(base, overlay *node, key string) *node {
	w := overlay.table.get("without")
	if w == nil {
		return base
	}
	overlay.table.drop("without")
	if !w.array {
		l.problems.add(Problem{Pos: w.at, Key: key + ".without", Rule: "must be an array of keys, not " + w.text(), Remedy: `write for example ["request.timeout"]`})
		return base
	}
	for _, e := range w.list {
		path, ok := e.text2()
		removed := false
		if ok {
			base, removed = without(base, strings.Split(path, "."))
		}
		if !removed {
			l.problems.add(Problem{Pos: e.at, Key: key + ".without", Rule: "names " + e.text() + ", which the file does not have", Remedy: `write keys of the file: ["request.timeout", "fault.hardware"]`})
		}
	}
	return base
}

// set applies the --set flags.
func (l *loader) set(root *node) *node {
	for _, s := range l.sets {
		var p *Problem
		if root, p = applySet(root, s); p != nil {
			l.problems.add(*p)
		}
	}
	return root
}

func (l *loader) noVariant(name string, trees []tree) Problem {
	var names []string
	for _, t := range trees {
		if t.name != "" {
			names = append(names, t.name)
		} else {
			names = append(names, Plain)
		}
	}
	remedy := "there are " + strings.Join(names, ", ")
	if c := nearest(name, names); c != "" {
		remedy = "did you mean " + strconv.Quote(c) + "?"
	}
	return Problem{Pos: Pos{File: l.src.Name}, Key: "variant", Rule: fmt.Sprintf("there is no variant %q", name), Remedy: remedy}
}

// refuse is the opener of scenarios that may not open files.
func refuse(path string) (io.ReadCloser, error) {
	return nil, fmt.Errorf("cannot open %s: no files here", path)
}

// minute rounds d up to whole minutes.
func minute(d des.Duration) des.Duration { return (d + des.Minute - 1) / des.Minute * des.Minute }
