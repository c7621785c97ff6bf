package scenarios

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"asgsim/scenarios/form"
)

// Load decodes and checks a scenario. The error is of type [Problems] if the
// scenario is invalid. open opens trace files; nil refuses them.
func Load(src Source, open Opener, opts Options) (*Scenario, error) {
	return loadWithin(src, open, opts, newSpent(maxSimulated, fit))
}

// loadWithin is Load with what may be spent.
func loadWithin(src Source, open Opener, opts Options, spent *spent) (*Scenario, error) {
	spent.raise(opts.MaxRows, opts.MaxFiles)
	root, problems := form.Parse(string(src.Text), src.Name)
	if root == nil {
		return nil, problems
	}
	plainSets, variantSets := splitSets(opts.Sets)
	for _, set := range variantSets {
		var p *Problem
		if root, p = schema().Set(root, set); p != nil {
			problems = append(problems, *p)
		}
	}
	l := loader{src: src, open: open, opts: opts, sets: plainSets, said: form.Once{}, warned: form.Once{}, spent: spent}
	for _, p := range problems {
		l.problem(p)
	}
	if p := tooMany(root); p != nil {
		return nil, append(l.problems, *p)
	}
	trees := l.trees(root)
	for _, t := range trees {
		if p := tooMany(t.root); p != nil {
			p.Variant = t.name
			return nil, append(l.problems, *p)
		}
	}
	s := &Scenario{Name: baseName(src.Name), File: src.Name, SHA256: digest(src.Text), Seed: 1}
	for i := range trees {
		l.decode(s, &trees[i])
	}
	if len(s.Configs) == 0 {
		l.problem(l.noVariant(opts.Only, trees))
	}
	for _, name := range opts.Only {
		if !slices.ContainsFunc(trees, func(t tree) bool { return t.is(name) }) {
			l.problem(l.noVariant([]string{name}, trees))
		}
	}
	if len(l.problems) > 0 {
		return nil, l.problems.Sorted()
	}
	s.Kept = l.kept
	return s, nil
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
