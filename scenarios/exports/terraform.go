package exports

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
)

// providerType is the AWS provider's type of a resource; a warm pool is a block of the
// group.
func (k kind) providerType() string {
	return [...]string{"aws_launch_template", "aws_lb_target_group", "aws_autoscaling_group", "", "aws_autoscaling_lifecycle_hook", "aws_autoscaling_policy", "aws_cloudwatch_metric_alarm", "aws_autoscaling_schedule"}[k]
}

// writeTerraform writes Terraform's resources.
func writeTerraform(head []string, all []*resource) []byte {
	t := &terraform{names: map[*resource]string{}, inputs: map[input]bool{}}
	for _, r := range all {
		t.names[r] = t.name(r)
	}
	body := hclwrite.NewEmptyFile()
	for _, r := range all {
		if r.kind == warmPool {
			continue
		}
		block := body.Body().AppendNewBlock("resource", []string{r.kind.providerType(), t.names[r]})
		t.fill(block.Body(), r.kind, "", providerBody(r, all))
		body.Body().AppendNewline()
	}
	file := hclwrite.NewEmptyFile()
	for _, line := range head {
		file.Body().AppendUnstructuredTokens(hclwrite.Tokens{{Type: hclsyntax.TokenComment, Bytes: []byte(strings.TrimRight("# "+line, " ") + "\n")}})
	}
	file.Body().AppendNewline()
	for _, in := range [...]input{vpcInput, balancerInput, spaceInput} {
		if t.inputs[in] {
			v := file.Body().AppendNewBlock("variable", []string{strings.ToLower(in.name)}).Body()
			v.SetAttributeValue("description", cty.StringVal(in.about))
			v.SetAttributeRaw("type", hclwrite.TokensForIdentifier("string"))
			file.Body().AppendNewline()
		}
	}
	return append(file.Bytes(), body.Bytes()...)
}

// terraform is a file in the making.
type terraform struct {
	names  map[*resource]string
	inputs map[input]bool
}

// name is a resource's name in Terraform: letters, digits and _, none twice of a type.
func (t *terraform) name(r *resource) string {
	stem := strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-' {
			return c
		}
		return '_'
	}, r.name)
	if stem == "" || stem[0] >= '0' && stem[0] <= '9' || stem[0] == '-' {
		stem = "_" + stem
	}
	name := stem
	for n := 2; ; n++ {
		taken := false
		for other, is := range t.names {
			taken = taken || other.kind == r.kind && is == name
		}
		if !taken {
			return name
		}
		name = fmt.Sprintf("%s_%d", stem, n)
	}
}

// fill writes what an object holds: tables as blocks, all else as attributes.
func (t *terraform) fill(b *hclwrite.Body, k kind, path string, o *object) {
	for i, name := range o.names {
		v := o.items[i]
		name = attribute(k, path, name)
		below := strings.TrimPrefix(path+"."+name, ".")
		switch x := v.(type) {
		case *object:
			t.fill(b.AppendNewBlock(name, nil).Body(), k, below, x)
		case []any:
			if len(x) > 0 {
				if _, tables := x[0].(*object); tables {
					for _, item := range x {
						t.fill(b.AppendNewBlock(name, nil).Body(), k, below, item.(*object)) //nolint:forcetypeassert // all are, or none
					}
					continue
				}
			}
			var parts []hclwrite.Tokens
			for _, item := range x {
				parts = append(parts, t.tokens(item))
			}
			b.SetAttributeRaw(name, hclwrite.TokensForTuple(parts))
		case dimensions:
			var parts []hclwrite.ObjectAttrTokens
			for _, d := range x {
				parts = append(parts, hclwrite.ObjectAttrTokens{Name: hclwrite.TokensForIdentifier(fmt.Sprint(d.get("Name"))), Value: t.tokens(d.get("Value"))})
			}
			b.SetAttributeRaw(name, hclwrite.TokensForObject(parts))
		default:
			if textual(k, below) {
				v = fmt.Sprint(v)
			}
			b.SetAttributeRaw(name, t.tokens(v))
		}
	}
}

// tokens writes a single value.
func (t *terraform) tokens(v any) hclwrite.Tokens {
	switch x := v.(type) {
	case input:
		t.inputs[x] = true
		return hclwrite.TokensForTraversal(traversal("var", strings.ToLower(x.name)))
	case path:
		var parts []hclwrite.Tokens
		for _, item := range x {
			parts = append(parts, t.tokens(item))
		}
		return hclwrite.TokensForFunctionCall("join", hclwrite.TokensForValue(cty.StringVal("/")), hclwrite.TokensForTuple(parts))
	case ref:
		what := map[string]string{"name": "name", "id": "id", "arn": "arn", "version": "latest_version", "suffix": "arn_suffix"}[x.what]
		return hclwrite.TokensForTraversal(traversal(x.to.kind.providerType(), t.names[x.to], what))
	case bool:
		return hclwrite.TokensForValue(cty.BoolVal(x))
	case int64:
		return hclwrite.TokensForValue(cty.NumberIntVal(x))
	case float64:
		return hclwrite.TokensForValue(cty.NumberFloatVal(x))
	}
	return hclwrite.TokensForValue(cty.StringVal(fmt.Sprint(v)))
}

func traversal(root string, steps ...string) hcl.Traversal {
	out := hcl.Traversal{hcl.TraverseRoot{Name: root}}
	for _, s := range steps {
		out = append(out, hcl.TraverseAttr{Name: s})
	}
	return out
}
