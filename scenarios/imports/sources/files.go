package sources

import (
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// Bounds of a folder, so that none takes more than seconds.
const (
	// MaxFile is how many bytes a source file may have.
	MaxFile = 1 << 20
	// MaxFiles is how many source files all modules together may have.
	MaxFiles = 500
	// maxNesting is how deep brackets may stand in each other.
	maxNesting = 500
)

// reader opens source files, and counts them.
type reader struct {
	files  fs.FS
	opened int
}

// folder is a module's files.
type folder struct {
	blocks []*hclsyntax.Block
	values map[string]hcl.Expression // of .tfvars, of the root module alone
}

// open reads the sources of a folder.
func (p *reader) open(dir string, root bool) (*folder, error) {
	entries, err := fs.ReadDir(p.files, dir)
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	out := &folder{values: map[string]hcl.Expression{}}
	for _, e := range entries {
		name := e.Name()
		vars := root && (name == "terraform.tfvars" || strings.HasSuffix(name, ".auto.tfvars"))
		if e.IsDir() || !strings.HasSuffix(name, ".tf") && !strings.HasSuffix(name, ".tf.json") && !vars || strings.HasPrefix(name, ".") {
			continue
		}
		body, err := p.parse(path.Join(dir, name))
		if err != nil {
			return nil, err
		}
		out.blocks = append(out.blocks, body.Blocks...)
		if vars {
			for n, a := range body.Attributes {
				out.values[n] = a.Expr
			}
		}
	}
	slices.SortStableFunc(out.blocks, func(a, b *hclsyntax.Block) int {
		return strings.Compare(a.TypeRange.Filename, b.TypeRange.Filename)
	})
	return out, nil
}

// parse reads one file.
func (p *reader) parse(name string) (*hclsyntax.Body, error) {
	if p.opened++; p.opened > MaxFiles {
		return nil, fmt.Errorf("%s: there are more than %d source files", name, MaxFiles)
	}
	// What blocks or never ends is not even opened.
	info, err := fs.Stat(p.files, name)
	switch {
	case err != nil && strings.Contains(err.Error(), "escapes"):
		return nil, fmt.Errorf("%s: leads out of the folder", name)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", name, err)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s: is not a regular file", name)
	}
	f, err := p.files.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	defer f.Close() //nolint:errcheck // it was only read
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: is not a regular file", name)
	}
	text, err := io.ReadAll(io.LimitReader(f, MaxFile+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", name, err)
	case len(text) > MaxFile:
		return nil, fmt.Errorf("%s: is larger than %d bytes", name, MaxFile)
	case nesting(text) > maxNesting:
		return nil, fmt.Errorf("%s: has brackets more than %d deep in each other", name, maxNesting)
	}
	if strings.HasSuffix(name, ".json") {
		return parseJSON(text, name)
	}
	return parseText(text, name)
}

func parseText(text []byte, name string) (*hclsyntax.Body, error) {
	file, diags := hclsyntax.ParseConfig(text, name, hcl.InitialPos)
	if diags.HasErrors() {
		return nil, fmt.Errorf("is no Terraform source: %s", diags.Error())
	}
	body, ok := file.Body.(*hclsyntax.Body)
	if !ok {
		return nil, fmt.Errorf("%s: is no Terraform source", name)
	}
	return body, nil
}

// parseJSON reads a .tf.json file; its blocks say on which line of it they stand.
func parseJSON(text []byte, name string) (*hclsyntax.Body, error) {
	n, err := fromJSON(text)
	if err != nil {
		return nil, fmt.Errorf("%s: is no Terraform source in JSON: %w", name, err)
	}
	body, err := parseText(n.text.Bytes(), name)
	if err != nil {
		return nil, fmt.Errorf("%s: is no Terraform source in JSON that can be followed", name)
	}
	for i, b := range body.Blocks {
		if i < len(n.lines) {
			b.TypeRange.Start.Line = n.lines[i]
		}
	}
	return body, nil
}

// nesting is how deep brackets stand in each other at most, those in texts counted too:
// the parser calls itself for each.
func nesting(text []byte) int {
	deep, most := 0, 0
	for _, c := range text {
		switch c {
		case '(', '[', '{':
			deep++
			most = max(most, deep)
		case ')', ']', '}':
			deep = max(deep-1, 0)
		}
	}
	return most
}
