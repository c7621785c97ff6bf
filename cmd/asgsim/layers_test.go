package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "asgsim"

// layers lists every package of the module from the bottom up: a package may
// import only packages of the lines above its own. It is a statement of policy;
// do not relax it to make a build pass. (After go/build/deps_test.go.)
const layers = `
report/clean
sim/des  sim/rng  scenarios/form  cmd/asgsim/signals
scenarios/series  scenarios/prices  sim/queueing  workload  sim/billing  sim/cloudwatch  sim/estimate
sim/serving  scenarios/behaviour
sim/queue
sim/ec2
sim/elb  sim/scaling
sim/asg
sim/fault
sim/record
sim/control
sim/collapse sim/meter
sim/account
sim/world
sim
report/format
report/story
scenarios  report
scenarios/imports/sources
scenarios/stories  scenarios/imports  scenarios/exports  scenarios/calibrate  scenarios/backtest
report/chart
cmd/asgsim
`

// edges narrows the rule for third-party modules: only these may import them.
func edges() map[string][]string {
	return map[string][]string{
		"github.com/BurntSushi/toml":   {"scenarios/form"},
		"go.yaml.in/yaml":              {"scenarios/imports", "scenarios/exports"},
		"github.com/hashicorp":         {"scenarios/imports", "scenarios/imports/sources", "scenarios/exports"},
		"github.com/zclconf/go-cty":    {"scenarios/imports/sources", "scenarios/exports"},
		"mvdan.cc/sh":                  {"scenarios/imports"},
		"gonum.org/v1/plot":            {"report/chart"},
		"golang.org/x/image":           {"report/chart"},
		"github.com/spf13":             {"cmd/asgsim"},
		"golang.org/x/term":            {"cmd/asgsim"},
		"github.com/jedib0t/go-pretty": {"report"},
		"github.com/expr-lang/expr":    {"sim/scaling"},
		"os":                           {"cmd/asgsim", "cmd/asgsim/signals"},
		"os/signal":                    {"cmd/asgsim/signals"},
		"time":                         {"scenarios/form", "scenarios/series", "scenarios", "scenarios/imports", "scenarios/exports", "cmd/asgsim"},
		"math/rand":                    {},
		"math/rand/v2":                 {},
		"log":                          {},
		"log/slog":                     {},
	}
}

// sources calls visit with every Go file of the module that is no test.
func sources(t *testing.T, tests bool, visit func(path, pkg string)) {
	t.Helper()
	root := filepath.Join("..", "..")
	err := fs.WalkDir(os.DirFS(root), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && path != ".") {
			return fs.SkipDir
		}
		if d.IsDir() || filepath.Ext(path) != ".go" || (!tests && strings.HasSuffix(path, "_test.go")) {
			return nil
		}
		visit(filepath.Join(root, path), filepath.ToSlash(filepath.Dir(path)))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestLayers(t *testing.T) {
	level := map[string]int{}
	for i, line := range strings.Split(strings.TrimSpace(layers), "\n") {
		for _, pkg := range strings.Fields(line) {
			level[pkg] = i
		}
	}
	sources(t, false, func(path, pkg string) {
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		from, ok := level[pkg]
		if !ok {
			t.Errorf("%s: package %s is in no layer", path, pkg)
		}
		for _, spec := range f.Imports {
			imp, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if rel, ours := strings.CutPrefix(imp, module+"/"); ours {
				if to, known := level[rel]; !known || to >= from {
					t.Errorf("%s: %s may not import %s", path, pkg, rel)
				}
				continue
			}
			for mod, allowed := range edges() {
				if (imp == mod || strings.HasPrefix(imp, mod+"/")) && !slices.Contains(allowed, pkg) {
					t.Errorf("%s: %s may not import %s", path, pkg, imp)
				}
			}
		}
	})
}
