package exports

import (
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// written are the paths of attributes and blocks in HCL, by the type of the resource.
func written(t *testing.T, text []byte) map[string][]string {
	t.Helper()
	file, problems := hclsyntax.ParseConfig(text, "main.tf", hcl.InitialPos)
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	out := map[string][]string{}
	var walk func(kind, path string, b *hclsyntax.Body)
	walk = func(kind, path string, b *hclsyntax.Body) {
		for name := range b.Attributes {
			out[kind] = append(out[kind], strings.TrimPrefix(path+"."+name, "."))
		}
		for _, x := range b.Blocks {
			below := strings.TrimPrefix(path+"."+x.Type, ".")
			out[kind] = append(out[kind], below)
			walk(kind, below, x.Body)
		}
	}
	for _, b := range file.Body.(*hclsyntax.Body).Blocks {
		if b.Type == "resource" {
			walk(b.Labels[0], "", b.Body)
		}
	}
	return out
}
