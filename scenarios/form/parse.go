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
	if p := withinBounds(text, file); p != nil {
		return nil, Problems{*p}
	}
	var m map[string]any
	spans, extended := scan(text)
	if _, err := toml.Decode(text, &m); err != nil {
		return nil, Problems{syntaxProblem(err, file, spans)}
	}
	var problems Problems
	for _, e := range extended {
		problems = append(problems, Problem{Pos: Pos{File: file, Line: e.line, Col: e.col}, Key: strings.Join(e.path, "."),
			Rule: fmt.Sprintf("is an inline table { ... } (line %d), which cannot be extended from outside", e.first), Remedy: "write all its keys in one of the two places"})
	}
	if problems != nil {
		return nil, problems
	}
	b := builder{file: file}
	return b.build(m, spans), nil
}

// syntaxProblem explains an error of the TOML parser.
func syntaxProblem(err error, file string, spans *span) Problem {
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
			sp := spans
			for part := range strings.SplitSeq(name[1], ".") {
				sp = sp.at(part)
			}
			if sp != nil && sp.inline {
				p.Remedy = fmt.Sprintf("an inline table { ... } (line %d) cannot be extended by a later [table]: write all its keys in one of the two places", sp.atLine)
			}
		}
	} else if digits, _, ok := strings.Cut(pe.Message, " is out of range for int64"); ok {
		p.Key, p.Rule, p.Remedy = pe.LastKey, "is out of range: "+digits, largestWhole
	} else if strings.HasPrefix(pe.Message, "expected value but found") && pe.LastKey != "" {
		p.Key = pe.LastKey
		p.Remedy = "text and quantities stand in quotes: \"90s\", \"60%\""
	}
	return p
}

func lowered(s string) string {
	if s == "" || len(s) > 1 && strings.ToUpper(s[1:2]) == s[1:2] { // "TOML" stays
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// builder turns decoded TOML into nodes.
type builder struct{ file string }

func (b *builder) build(v any, sp *span) *Node {
	n := &Node{Key: Pos{File: b.file, Line: 1, Col: 1}, At: Pos{File: b.file, Line: 1, Col: 1}}
	if sp != nil && sp.line > 0 {
		n.Key.Line, n.Key.Col, n.At.Line, n.At.Col = sp.line, sp.col, sp.atLine, sp.atCol
	}
	switch v := v.(type) {
	case map[string]any:
		n.Table = NewTable()
		for _, k := range order(v, sp) {
			n.Table.Put(k, b.build(v[k], sp.at(k)))
		}
	case []map[string]any:
		n.Array = true
		for i, e := range v {
			n.List = append(n.List, b.build(e, sp.at(strconv.Itoa(i))))
		}
	case []any:
		n.Array = true
		for i, e := range v {
			n.List = append(n.List, b.build(e, sp.at(strconv.Itoa(i))))
		}
	default:
		n.Scalar = v
	}
	return n
}

// order returns the keys of a table in order of appearance.
func order(m map[string]any, table *span) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	rank := func(k string) int {
		if sp := table.at(k); sp != nil {
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
