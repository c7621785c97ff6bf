package main

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const (
	maxFile     = 450 // lines
	maxFunction = 90
)

// longFunctions may be longer: the hot loop is one function because calls cost,
// and tables of keys are tables.
func longFunctions() map[string]bool {
	return map[string]bool{}
}

// constantLike tells the package-level variables that are allowed: what cannot be
// a constant but is never written after its declaration.
func constantLike(spec *ast.ValueSpec) bool {
	for _, name := range spec.Names {
		if name.Name == "_" {
			continue
		}
		ok := false
		for _, v := range spec.Values {
			switch x := v.(type) {
			case *ast.CompositeLit: // an array of names or coefficients, a list of strings
				_, array := x.Type.(*ast.ArrayType)
				ok = !array || x.Type.(*ast.ArrayType).Len != nil
			case *ast.SelectorExpr: // another package's, by this one's name
				ok = true
			case *ast.CallExpr: // errors.New, regexp.MustCompile, sync.OnceValue
				ok = true
			}
		}
		if spec.Values == nil && spec.Type != nil { // go:embed
			ok = true
		}
		if !ok {
			return false
		}
	}
	return true
}

func TestTidy(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	documented := map[string]bool{}
	fset := token.NewFileSet()
	sources(t, true, func(path, pkg string) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if pretty, err := format.Source(text); err != nil || !bytes.Equal(pretty, text) {
			t.Errorf("%s: not formatted (gofmt -w)", path)
		}
		test := strings.HasSuffix(path, "_test.go")
		if n := bytes.Count(text, []byte("\n")); n > maxFile && !test {
			t.Errorf("%s: %d lines, at most %d: one noun a file", path, n, maxFile)
		}
		f, err := parser.ParseFile(fset, path, text, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if !test {
			documented[pkg] = documented[pkg] || f.Doc != nil
			tidyFile(t, fset, path, pkg, f, text)
		}
	})
	for pkg, ok := range documented {
		if !ok {
			t.Errorf("package %s has no package comment", pkg)
		}
	}
}

// Nothing lies about: sources, scenarios, small data, and what Go, git and CI need.
func TestNothingLiesAbout(t *testing.T) {
	root := os.DirFS("../..")
	err := fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if path == ".git" || path == "out" || d.Name() == "testdata" {
				return fs.SkipDir
			}
			return nil
		}
		if top, _, _ := strings.Cut(path, "/"); top == ".ci" || path == ".git" || path == ".gitignore" || path == "go.mod" || path == "go.sum" || path == "asgsim" {
			return nil
		}
		switch filepath.Ext(path) {
		case ".go", ".toml", ".csv", ".md":
		default:
			t.Errorf("%s: what is it for?", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func tidyFile(t *testing.T, fset *token.FileSet, path, pkg string, f *ast.File, text []byte) {
	t.Helper()
	for _, decl := range f.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Name.Name == "init" && d.Recv == nil {
				t.Errorf("%s: func init hides an order", path)
			}
			lines := fset.Position(d.End()).Line - fset.Position(d.Pos()).Line + 1
			if name := pkg + "." + d.Name.Name; lines > maxFunction && !longFunctions()[name] {
				t.Errorf("%s: %s has %d lines, at most %d", path, name, lines, maxFunction)
			}
		case *ast.GenDecl:
			if d.Tok != token.VAR {
				continue
			}
			for _, s := range d.Specs {
				if spec := s.(*ast.ValueSpec); !constantLike(spec) {
					t.Errorf("%s: package-level variable %s", path, spec.Names[0].Name)
				}
			}
		}
	}
	for pattern, why := range forbidden(pkg) {
		if loc := regexp.MustCompile(pattern).FindIndex(text); loc != nil {
			line := 1 + bytes.Count(text[:loc[0]], []byte("\n"))
			t.Errorf("%s:%d: %q: %s", path, line, text[loc[0]:loc[1]], why)
		}
	}
}

// forbidden lists what no file of the package may contain.
func forbidden(pkg string) map[string]string {
	out := map[string]string{
		`\bTODO\b|\bFIXME\b|\bXXX\b`:            "finish it or write down why not",
		`/work/|/home/|/root/|/Users/`:          "names a path of one machine",
		`\bfmt\.Print(f|ln)?\(`:                 "writes past the streams",
		`\btime\.Sleep\(`:                       "waits",
		`(?m)^\s*// *(go|if|for|return)\b.*\{$`: "code in a comment",
	}
	if filepath.ToSlash(pkg) != "cmd/asgsim" {
		out[`\btime\.Now\b`] = "only the command knows the machine's clock"
		out[`\bos\.(Stdout|Stderr|Stdin|Exit|Args)\b`] = "only the command has streams and exit codes"
	}
	return out
}
