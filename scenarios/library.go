package scenarios

import (
	"embed"
	"fmt"
	"io"
	"path"
	"strings"

	"asgsim/scenarios/form"
)

// Library is the shipped scenarios and their traces.
//
//go:embed *.toml *.csv
var Library embed.FS

// Names returns the names of the shipped scenarios in alphabetical order.
func Names() []string {
	entries, err := Library.ReadDir(".")
	if err != nil {
		return nil // an embedded folder is always readable
	}
	var out []string
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), ".toml"); ok {
			out = append(out, name)
		}
	}
	return out
}

// Shipped returns the text of a shipped scenario, byte for byte.
func Shipped(name string) (Source, error) {
	text, err := Library.ReadFile(name + ".toml")
	if err != nil || strings.ContainsAny(name, `/\`) {
		hint := "`asgsim list` shows them"
		if c := form.Nearest(name, Names()); c != "" {
			hint = fmt.Sprintf("did you mean %q?", c)
		}
		return Source{}, fmt.Errorf("no shipped scenario %q; %s", name, hint)
	}
	return Source{Name: name + ".toml", Text: text}, nil
}

// OpenShipped opens the traces of shipped scenarios.
func OpenShipped(name string) (io.ReadCloser, error) {
	f, err := Library.Open(path.Clean(name))
	if err != nil {
		return nil, fmt.Errorf("cannot open %s: it is not among the shipped files", name)
	}
	return f, nil
}

// Describe returns the first comment line of a scenario, which says in a sentence
// what it is about.
func Describe(text []byte) string {
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if rest, ok := strings.CutPrefix(line, "#"); ok && !strings.HasPrefix(rest, ":") {
			return strings.TrimSpace(rest)
		}
		if line != "" {
			break
		}
	}
	return ""
}
