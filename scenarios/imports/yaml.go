package imports

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// parseYAML reads the documents of a text. CloudFormation's short tags become what they
// are short for: !Ref X is {"Ref": X}, !Sub X is {"Fn::Sub": X}.
func parseYAML(name string, text []byte, left *budget) ([]*Value, error) {
	dec := yaml.NewDecoder(bytes.NewReader(text))
	var out []*Value
	for {
		var node yaml.Node
		err := dec.Decode(&node)
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("is not YAML: %s", strings.TrimPrefix(strings.ReplaceAll(err.Error(), "\n", " "), "yaml: "))
		}
		for _, n := range node.Content {
			v, err := fromYAML(n, left, 0)
			if err != nil {
				return nil, err
			}
			v.file = name
			out = append(out, v)
		}
	}
}

// fromYAML reads a node. What an alias stands for is read anew each time it is used, on
// the budget of values.
func fromYAML(n *yaml.Node, left *budget, depth int) (*Value, error) {
	if err := left.spend(); err != nil {
		return nil, err
	}
	if depth == MaxDepth {
		return nil, errDeep
	}
	v := &Value{line: n.Line}
	switch n.Kind {
	case yaml.AliasNode:
		return fromYAML(n.Alias, left, depth+1)
	case yaml.MappingNode:
		v.Kind = Table
		for i := 0; i+1 < len(n.Content); i += 2 {
			item, err := fromYAML(n.Content[i+1], left, depth+1)
			if err != nil {
				return nil, err
			}
			v.add(n.Content[i].Value, item)
		}
	case yaml.SequenceNode:
		v.Kind = List
		for _, c := range n.Content {
			item, err := fromYAML(c, left, depth+1)
			if err != nil {
				return nil, err
			}
			v.append(item)
		}
	default:
		v.Kind, v.Text = scalarOf(n), n.Value
	}
	return tagged(n.Tag, v), nil
}

// scalarOf is what a scalar is.
func scalarOf(n *yaml.Node) Kind {
	switch n.ShortTag() {
	case "!!int", "!!float":
		return Number
	case "!!bool":
		return Bool
	case "!!null":
		return Null
	}
	return Text
}

// tagged writes a short tag out.
func tagged(tag string, v *Value) *Value {
	if !strings.HasPrefix(tag, "!") || strings.HasPrefix(tag, "!!") {
		return v
	}
	name := "Fn::" + tag[1:]
	switch {
	case tag == "!Ref" || tag == "!Condition":
		name = tag[1:]
	case tag == "!GetAtt" && v.Kind == Text:
		resource, attribute, _ := strings.Cut(v.Text, ".")
		list := &Value{Kind: List, line: v.line}
		list.append(&Value{Kind: Text, Text: resource, line: v.line})
		list.append(&Value{Kind: Text, Text: attribute, line: v.line})
		v = list
	}
	if v.Kind == Number || v.Kind == Bool { // a tag of its own makes every scalar a text
		v.Kind = Text
	}
	out := &Value{Kind: Table, line: v.line}
	out.add(name, v)
	return out
}
