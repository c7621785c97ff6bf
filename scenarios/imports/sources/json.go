package sources

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// labels is how many labels the blocks of a .tf.json file have, by their type ("JSON
// Configuration Syntax", Terraform language, read 2026-11).
func labels() map[string]int {
	return map[string]int{"resource": 2, "data": 2, "ephemeral": 2, "variable": 1, "output": 1, "module": 1, "provider": 1, "check": 1, "locals": 0, "terraform": 0, "moved": 0, "import": 0, "removed": 0}
}

// native is a .tf.json file in the native syntax.
type native struct {
	text  bytes.Buffer
	lines []int // of each block, in the file
}

// member is a key of an object with its value, in the order of the file.
type member struct {
	key   string
	value any // member list, []any, string, json.Number, bool or nil
	line  int
}

// fromJSON writes JSON as native syntax: texts are templates in both.
func fromJSON(text []byte) (*native, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	p := &tokens{d, text}
	v, err := p.value()
	if err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("holds more than one JSON value")
	}
	top, ok := v.([]member)
	if !ok {
		return nil, errors.New("is no object")
	}
	n := &native{}
	for _, m := range top {
		if m.key == "//" {
			continue
		}
		count, known := labels()[m.key]
		if !known {
			return nil, fmt.Errorf("line %d: does not know blocks of the type %q", m.line, m.key)
		}
		if err := n.blocks(m.key, nil, count, m); err != nil {
			return nil, err
		}
	}
	return n, nil
}

// tokens reads JSON in its order.
type tokens struct {
	*json.Decoder
	text []byte
}

func (p *tokens) line() int {
	return 1 + bytes.Count(p.text[:min(int(p.InputOffset()), len(p.text))], []byte("\n"))
}

func (p *tokens) value() (any, error) {
	t, err := p.Token()
	if err != nil {
		return nil, err
	}
	switch t {
	case json.Delim('{'):
		out := []member{}
		for p.More() {
			k, err := p.Token()
			if err != nil {
				return nil, err
			}
			line := p.line()
			v, err := p.value()
			if err != nil {
				return nil, err
			}
			out = append(out, member{k.(string), v, line}) //nolint:forcetypeassert // keys are texts
		}
		_, err := p.Token()
		return out, err
	case json.Delim('['):
		out := []any{}
		for p.More() {
			v, err := p.value()
			if err != nil {
				return nil, err
			}
			out = append(out, v)
		}
		_, err := p.Token()
		return out, err
	}
	return t, nil
}

// blocks writes the blocks below a key: so many more labels, then one body or a list.
func (n *native) blocks(kind string, names []string, more int, m member) error {
	if more > 0 {
		list, ok := m.value.([]member)
		if !ok {
			return fmt.Errorf("line %d: %s has no names", m.line, m.key)
		}
		for _, c := range list {
			if c.key == "//" {
				continue
			}
			if err := n.blocks(kind, append(slices.Clip(names), c.key), more-1, c); err != nil {
				return err
			}
		}
		return nil
	}
	bodies, ok := m.value.([]any)
	if !ok {
		bodies = []any{m.value}
	}
	for _, b := range bodies {
		body, ok := b.([]member)
		if !ok {
			return fmt.Errorf("line %d: %s is no object", m.line, m.key)
		}
		n.lines = append(n.lines, m.line)
		n.text.WriteString(kind)
		for _, name := range names {
			n.text.WriteByte(' ')
			n.quoted(name, false)
		}
		n.body(body, kind)
	}
	return nil
}

// body writes the arguments and the inner blocks of a block of a type; empty: of an inner
// block. The type of a variable is an expression.
func (n *native) body(list []member, of string) {
	n.text.WriteString(" {\n")
	variable := of == "variable"
	for _, m := range list {
		kind, isText := m.value.(string)
		switch {
		case m.key == "//":
		case m.key == "dynamic":
			n.dynamic(m.value)
		case !identifier(m.key):
			// No argument has such a name.
		case slices.Contains([]string{"", "resource", "data"}, of) && n.inner(m):
		case variable && m.key == "type" && isText:
			n.text.WriteString("type = " + strings.ReplaceAll(kind, "\n", " ") + "\n")
		default:
			n.text.WriteString(m.key + " = ")
			n.expression(m.value, !variable)
			n.text.WriteByte('\n')
		}
	}
	n.text.WriteString("}\n")
}

// inner writes the inner blocks of a resource, and reports whether a member is such: JSON
// does not tell them from arguments that are maps, of which there are few.
func (n *native) inner(m member) bool {
	bodies, ok := m.value.([]any)
	if !ok {
		bodies = []any{m.value}
	}
	for _, b := range bodies {
		body, ok := b.([]member)
		if !ok || slices.ContainsFunc(body, func(c member) bool { return c.key != "//" && !identifier(c.key) }) {
			return false
		}
	}
	if len(bodies) == 0 || slices.Contains([]string{"tags", "tags_all", "dimensions", "triggers", "variables"}, m.key) {
		return false
	}
	for _, b := range bodies {
		n.text.WriteString(m.key)
		n.body(b.([]member), "") //nolint:forcetypeassert // as above
	}
	return true
}

// dynamic writes dynamic blocks, which are no arguments.
func (n *native) dynamic(v any) {
	list, _ := v.([]member)
	for _, m := range list {
		bodies, ok := m.value.([]any)
		if !ok {
			bodies = []any{m.value}
		}
		for _, b := range bodies {
			n.text.WriteString("dynamic ")
			n.quoted(m.key, false)
			n.text.WriteString(" {\n")
			body, _ := b.([]member)
			for _, a := range body {
				switch content, isBody := a.value.([]member); {
				case a.key == "content" && isBody:
					n.text.WriteString("content")
					n.body(content, "")
				case identifier(a.key):
					n.text.WriteString(a.key + " = ")
					n.expression(a.value, true)
					n.text.WriteByte('\n')
				}
			}
			n.text.WriteString("}\n")
		}
	}
}

// expression writes a value; texts are templates, or are not.
func (n *native) expression(v any, templates bool) {
	switch x := v.(type) {
	case []member:
		n.text.WriteString("{\n")
		for _, m := range x {
			n.quoted(m.key, templates)
			n.text.WriteString(" = ")
			n.expression(m.value, templates)
			n.text.WriteByte('\n')
		}
		n.text.WriteByte('}')
	case []any:
		n.text.WriteByte('[')
		for i, e := range x {
			if i > 0 {
				n.text.WriteString(", ")
			}
			n.expression(e, templates)
		}
		n.text.WriteByte(']')
	case string:
		n.quoted(x, templates)
	case nil:
		n.text.WriteString("null")
	default:
		fmt.Fprint(&n.text, x) // a number, true or false
	}
}

// quoted writes a text; where it is a template, its sequences ${...} and %{...} stay.
func (n *native) quoted(s string, template bool) {
	n.text.WriteByte('"')
	for i := 0; i < len(s); {
		begins := (s[i] == '$' || s[i] == '%') && strings.HasPrefix(s[i+1:], "{")
		switch escaped := begins && i > 0 && s[i-1] == s[i]; {
		case begins && template && !escaped:
			end := sequence(s, i)
			n.text.WriteString(strings.NewReplacer("\n", " ", "\r", " ").Replace(s[i:end]))
			i = end
			continue
		case begins && !template:
			n.text.WriteByte(s[i]) // $${ is ${ as it stands
		}
		switch c := s[i]; {
		case c == '"' || c == '\\':
			n.text.WriteByte('\\')
			n.text.WriteByte(c)
		case c < ' ':
			fmt.Fprintf(&n.text, `\u%04x`, c)
		default:
			n.text.WriteByte(c)
		}
		i++
	}
	n.text.WriteByte('"')
}

// sequence is where a sequence of a template ends that begins at i.
func sequence(s string, i int) int {
	deep, inText := 0, false
	for k := i + 1; k < len(s); k++ {
		switch c := s[k]; {
		case inText && c == '\\':
			k++
		case c == '"':
			inText = !inText
		case inText:
		case c == '{':
			deep++
		case c == '}':
			if deep--; deep == 0 {
				return k + 1
			}
		}
	}
	return len(s)
}

// identifier reports whether an argument may have a name.
func identifier(s string) bool {
	for i, c := range s {
		letter := c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || c != '-' && (c < '0' || c > '9')) {
			return false
		}
	}
	return s != ""
}
