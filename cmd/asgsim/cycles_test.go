package main

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// tangled says of the packages of sim, scenarios and report how many of their files may
// stand in a ring of references: a file that uses what another declares stands above
// it, and files that use each other, directly or round a ring, have no above and below.
// The numbers are those of today, 0 where a package is not listed. They may sink and
// must not rise: who needs a reference up passes a function or an interface, or moves
// what it is after.
var tangled = map[string]int{
	"sim":            9,
	"sim/account":    18,
	"sim/asg":        28,
	"sim/billing":    2,
	"sim/control":    12,
	"sim/ec2":        7,
	"sim/elb":        4,
	"sim/meter":      5,
	"sim/scaling":    11,
	"sim/serving":    19,
	"sim/world":      13,
	"scenarios/form": 2,
	"report":         18,
	"report/chart":   19,
	"report/story":   9,
}

// Within a package references between files point down, but for a stated few.
func TestReferencesInsidePackages(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	c := &checker{fset: token.NewFileSet(), folders: map[string][]*ast.File{}, done: map[string]*types.Package{}, uses: map[string]map[*ast.Ident]types.Object{}}
	sources(t, false, func(name, pkg string) {
		f, err := parser.ParseFile(c.fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		c.folders[pkg] = append(c.folders[pkg], f)
	})
	for pkg := range tangled {
		if c.folders[pkg] == nil {
			t.Errorf("%s is no package", pkg)
		}
	}
	for pkg, files := range c.folders {
		if top, _, _ := strings.Cut(pkg, "/"); top != "sim" && top != "scenarios" && top != "report" {
			continue
		}
		names, edges := c.references(pkg)
		var ringed, ways []string
		for _, ring := range rings(edges) {
			var in []string
			for _, i := range ring {
				in = append(in, names[i])
				for _, j := range edges[i] {
					if slices.Contains(ring, j) {
						ways = append(ways, names[i]+" -> "+names[j])
					}
				}
			}
			slices.Sort(in)
			ringed = append(ringed, in...)
		}
		switch n := len(ringed); {
		case n > tangled[pkg]:
			t.Errorf("%s: %d of %d files are in rings of references, at most %d may be: %s; %s", pkg, n, len(files), tangled[pkg], strings.Join(ringed, " "), strings.Join(ways, ", "))
		case n < tangled[pkg]:
			t.Errorf("%s: %d files are in rings of references and %d are allowed: lower the number", pkg, n, tangled[pkg])
		}
	}
}

// checker type-checks the packages of the module, and takes those of others as empty:
// what they declare is no reference inside a package.
type checker struct {
	fset    *token.FileSet
	folders map[string][]*ast.File
	done    map[string]*types.Package
	uses    map[string]map[*ast.Ident]types.Object
}

// Import checks a package of the module (for go/types).
func (c *checker) Import(name string) (*types.Package, error) {
	if p := c.done[name]; p != nil {
		return p, nil
	}
	pkg, ours := strings.CutPrefix(name, module+"/")
	if !ours {
		p := types.NewPackage(name, path.Base(name))
		p.MarkComplete()
		c.done[name] = p
		return p, nil
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	conf := types.Config{Importer: c, Error: func(error) {}} // names of the empty packages are unknown
	p, _ := conf.Check(name, c.fset, c.folders[pkg], info)
	c.done[name], c.uses[pkg] = p, info.Uses
	return p, nil
}

// references returns the files of a package, and by file those that it uses.
func (c *checker) references(pkg string) (names []string, edges [][]int) {
	_, _ = c.Import(module + "/" + pkg)
	at := map[string]int{}
	for i, f := range c.folders[pkg] {
		name := c.fset.Position(f.Package).Filename
		at[name] = i
		names = append(names, filepath.Base(name))
	}
	edges = make([][]int, len(names))
	for id, o := range c.uses[pkg] {
		if o.Pkg() == nil || o.Pkg().Path() != module+"/"+pkg {
			continue
		}
		from, to := at[c.fset.Position(id.Pos()).Filename], at[c.fset.Position(o.Pos()).Filename]
		if from != to && !slices.Contains(edges[from], to) {
			edges[from] = append(edges[from], to)
		}
	}
	return names, edges
}

// rings returns the groups of two and more that reach each other (Tarjan, 1972).
func rings(edges [][]int) (out [][]int) {
	index, low, on := make([]int, len(edges)), make([]int, len(edges)), make([]bool, len(edges))
	var stack []int
	next := 0
	var visit func(v int)
	visit = func(v int) {
		next++
		index[v], low[v], on[v] = next, next, true
		stack = append(stack, v)
		for _, w := range edges[v] {
			if index[w] == 0 {
				visit(w)
				low[v] = min(low[v], low[w])
			} else if on[w] {
				low[v] = min(low[v], index[w])
			}
		}
		if low[v] != index[v] {
			return
		}
		at := slices.Index(stack, v)
		ring := slices.Clone(stack[at:])
		for _, w := range ring {
			on[w] = false
		}
		if stack = stack[:at]; len(ring) > 1 {
			out = append(out, ring)
		}
	}
	for v := range edges {
		if index[v] == 0 {
			visit(v)
		}
	}
	slices.SortFunc(out, func(a, b []int) int { return cmp.Compare(len(b), len(a)) })
	return out
}

// Three files in a ring, one above them, one below.
func TestRings(t *testing.T) {
	got := rings([][]int{{1}, {2}, {3, 4}, {1}, {}})
	if len(got) != 1 {
		t.Fatalf("rings %v, want one", got)
	}
	if slices.Sort(got[0]); !slices.Equal(got[0], []int{1, 2, 3}) {
		t.Errorf("rings %v, want 1, 2 and 3", got)
	}
}
