package sources

import (
	"fmt"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	tfjson "github.com/hashicorp/terraform-json"
)

// maxResources is how many resources are kept.
const maxResources = 5000

// Plan is what the sources say, in the form of a plan.
type Plan struct {
	Resources []*tfjson.StateResource
	Unknown   map[string]any    // what of a resource is not known, by its address
	Places    map[string]string // file and line of a resource, by its address
	Config    *tfjson.ConfigModule
	Variables []string // of the root module
	Region    string   // of the AWS provider; empty: not known
	// Open are modules and resources of which something is not known, with the reason.
	Open []Question
}

// Question is something that the sources leave open.
type Question struct {
	Place, Why string
	Of         string // the address of the only module that it concerns; empty: all
}

// place is where a block stands.
func place(b *hclsyntax.Block) string {
	return fmt.Sprintf("%s:%d", b.TypeRange.Filename, b.TypeRange.Start.Line)
}

// add keeps a resource.
func (p *Plan) add(address, kind, name, place string, s shown) {
	if len(p.Resources) >= maxResources {
		return
	}
	p.Resources = append(p.Resources, &tfjson.StateResource{Address: address, Type: kind, Name: name, Mode: tfjson.ManagedResourceMode, AttributeValues: s.values})
	p.Unknown[address] = s.unknown
	p.Places[address] = place
}

// ask notes a question.
func (p *Plan) ask(address, place, why string) {
	p.Open = append(p.Open, Question{Place: place + " " + address, Why: why})
}

func joined(module, name string) string {
	if module == "" {
		return name
	}
	return module + "." + name
}
