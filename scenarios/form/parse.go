package form

import (
	"errors"
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"
)

// Parse reads TOML text into a tree with places. file is the name for messages.
func Parse(text, file string) (*Node, Problems) {
	var m map[string]any
	spans, extended := scan(text)
	if _, err := toml.Decode(text, &m); err != nil {
		return nil, Problems{syntaxProblem(err, file, spans)}
	}
	var problems Problems
	for _, e := range extended {
		problems.Add(Problem{Pos: Pos{File: file, Line: e.line, Col: e.col}, Key: strings.Join(e.path, "."),
			Rule: fmt.Sprintf("is an inline table { ... } (line %d), which cannot be extended from outside", e.first), Remedy: "write all its keys in one of the two places"})
	}
	if problems != nil {
		return nil, problems
	}
	b := builder{file: file, spans: spans}
	return b.build(m, nil), nil
}

// syntaxProblem explains an error of the TOML parser.
func syntaxProblem(err error, file string, spans map[string]*span) Problem {
	p := Problem{Pos: Pos{File: file}, Rule: err.Error()}
	var pe toml.ParseError
	if !errors.As(err, &pe) {
		return p
	}
	p.Pos.Line, p.Pos.Col = pe.Position.Line, pe.Position.Col
	p.Rule = lowered(strings.TrimSuffix(pe.Message, "."))
	if strings.Contains(pe.Message, "already been defined") {
		p.Remedy = "write each key and table once"
		name := strings.SplitN(pe.Message, "'", 3)
		if len(name) == 3 {
			for path, sp := range spans {
				if sp.inline && strings.ReplaceAll(path, sep, ".") == name[1] {
					p.Remedy = fmt.Sprintf("an inline table { ... } (line %d) cannot be extended by a later [table]: write all its keys in one of the two places", sp.atLine)
				}
			}
		}
	} else if strings.HasPrefix(pe.Message, "expected value but found") && pe.LastKey != "" {
		p.Key = pe.LastKey
		p.Remedy = "text and quantities stand in quotes: \"90s\", \"60%\""
	}
	return p
}

func lowered(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// builder turns decoded TOML into nodes.
type builder struct {
	file  string
	spans map[string]*span
}

func (b *builder) build(v any, path []string) *Node {
	n := &Node{Key: Pos{File: b.file, Line: 1, Col: 1}, At: Pos{File: b.file, Line: 1, Col: 1}}
	sp := b.spans[strings.Join(path, sep)]
	if sp != nil {
		n.Key.Line, n.Key.Col, n.At.Line, n.At.Col = sp.line, sp.col, sp.atLine, sp.atCol
	}
	switch v := v.(type) {
	case map[string]any:
		n.Table = NewTable()
		for _, k := range b.order(v, path) {
			n.Table.Put(k, b.build(v[k], append(path[:len(path):len(path)], k)))
		}
	case []map[string]any:
		n.Array = true
		for i, e := range v {
			n.List = append(n.List, b.build(e, append(path[:len(path):len(path)], strconv.Itoa(i))))
		}
	case []any:
		n.Array = true
		for i, e := range v {
			n.List = append(n.List, b.build(e, append(path[:len(path):len(path)], strconv.Itoa(i))))
		}
	default:
		n.Scalar = v
	}
	return n
}

// order returns the keys of a table in order of appearance.
func (b *builder) order(m map[string]any, path []string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	rank := func(k string) int {
		if sp := b.spans[strings.Join(append(path[:len(path):len(path)], k), sep)]; sp != nil {
			return sp.seq
		}
		return 1 << 30
	}
	sort.Slice(keys, func(i, j int) bool {
		if a, b := rank(keys[i]), rank(keys[j]); a != b {
			return a < b
		}
		return keys[i] < keys[j]
	})
	return keys
}
