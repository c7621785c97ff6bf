package scenarios

import (
	"errors"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

// node is a value of a scenario file with its place: a table, an array or a
// scalar. Nodes are shared between trees and never changed once built.
type node struct {
	scalar any // string, int64, float64, bool or time.Time
	list   []*node
	table  *branch
	array  bool
	key    Pos    // of the key
	at     Pos    // of the value
	origin string // what wrote it: empty for the file, "variant x", "--set"
}

// branch is a table: its keys in order of appearance.
type branch struct {
	keys []string
	m    map[string]*node
}

func newBranch() *branch { return &branch{m: map[string]*node{}} }

// get returns the value of key, nil where there is none.
func (b *branch) get(key string) *node {
	if b == nil {
		return nil
	}
	return b.m[key]
}

// put sets key, at the end if it is new.
func (b *branch) put(key string, n *node) {
	if _, ok := b.m[key]; !ok {
		b.keys = append(b.keys, key)
	}
	b.m[key] = n
}

// drop removes key.
func (b *branch) drop(key string) {
	delete(b.m, key)
	for i, k := range b.keys {
		if k == key {
			b.keys = append(b.keys[:i:i], b.keys[i+1:]...)
			return
		}
	}
}

// copy returns a branch with the same values that can be changed alone.
func (b *branch) copy() *branch {
	out := newBranch()
	for _, k := range b.keys {
		out.put(k, b.m[k])
	}
	return out
}

// parse reads TOML text into a tree with places. file is the name for messages.
func parse(text, file string) (*node, Problems) {
	var m map[string]any
	spans, extended := scan(text)
	if _, err := toml.Decode(text, &m); err != nil {
		return nil, Problems{syntaxProblem(err, file, spans)}
	}
	var problems Problems
	for _, e := range extended {
		problems.add(Problem{Pos: Pos{File: file, Line: e.line, Col: e.col}, Key: strings.Join(e.path, "."),
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
	p.Rule = lowerFirst(strings.TrimSuffix(pe.Message, "."))
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

func lowerFirst(s string) string {
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

func (b *builder) build(v any, path []string) *node {
	n := &node{key: Pos{File: b.file, Line: 1, Col: 1}, at: Pos{File: b.file, Line: 1, Col: 1}}
	sp := b.spans[strings.Join(path, sep)]
	if sp != nil {
		n.key.Line, n.key.Col, n.at.Line, n.at.Col = sp.line, sp.col, sp.atLine, sp.atCol
	}
	switch v := v.(type) {
	case map[string]any:
		n.table = newBranch()
		for _, k := range b.order(v, path) {
			n.table.put(k, b.build(v[k], append(path[:len(path):len(path)], k)))
		}
	case []map[string]any:
		n.array = true
		for i, e := range v {
			n.list = append(n.list, b.build(e, append(path[:len(path):len(path)], strconv.Itoa(i))))
		}
	case []any:
		n.array = true
		for i, e := range v {
			n.list = append(n.list, b.build(e, append(path[:len(path):len(path)], strconv.Itoa(i))))
		}
	default:
		n.scalar = v
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

// text prints a value as TOML.
func (n *node) text() string {
	switch {
	case n == nil:
		return ""
	case n.table != nil:
		var parts []string
		for _, k := range n.table.keys {
			parts = append(parts, k+" = "+n.table.m[k].text())
		}
		if len(parts) == 0 {
			return "{}"
		}
		return "{ " + strings.Join(parts, ", ") + " }"
	case n.array:
		var parts []string
		for _, e := range n.list {
			parts = append(parts, e.text())
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	switch v := n.scalar.(type) {
	case string:
		return strconv.Quote(v)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case time.Time:
		switch v.Location().String() {
		case "datetime-local":
			return v.Format("2006-01-02T15:04:05")
		case "date-local":
			return v.Format("2006-01-02")
		case "time-local":
			return v.Format("15:04:05")
		}
		return v.Format(time.RFC3339)
	}
	return fmt.Sprint(n.scalar)
}
