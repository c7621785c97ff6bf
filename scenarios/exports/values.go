package exports

import (
	"slices"
	"strings"
	"time"

	"asgsim/scenarios"
	"asgsim/scenarios/form"
)

// values are the effective values of a configuration, by key, and which of them the
// export holds.
type values struct {
	all   []scenarios.Value
	nodes map[string]*form.Node
	used  map[string]bool
}

func valuesOf(c *scenarios.Config) *values {
	v := &values{all: c.Values, nodes: map[string]*form.Node{}, used: map[string]bool{}}
	for _, x := range c.Values {
		if x.Text != "" {
			v.nodes[x.Key] = form.Literal(x.Text)
		}
	}
	return v
}

// node returns a value, which the export holds from then on; nil where there is none.
func (v *values) node(key string) *form.Node {
	v.used[key] = true
	return v.nodes[key]
}

// text returns a text; nil where there is none, or an empty one.
func (v *values) text(key string) any {
	if n := v.node(key); n != nil {
		if s, ok := n.Scalar.(string); ok && s != "" {
			return s
		}
	}
	return nil
}

// whole returns a whole number; nil where there is none.
func (v *values) whole(key string) any {
	if n := v.node(key); n != nil {
		if i, b := form.Whole(n); b == nil {
			return int64(i)
		}
	}
	return nil
}

// number returns a number; nil where there is none.
func (v *values) number(key string) any {
	if n := v.node(key); n != nil {
		if f, b := form.Float(n); b == nil {
			return shortest(f)
		}
	}
	return nil
}

// truth returns true or false; nil where there is neither.
func (v *values) truth(key string) any {
	if n := v.node(key); n != nil {
		switch x := n.Scalar.(type) {
		case bool:
			return x
		case string:
			return x == "true"
		}
	}
	return nil
}

// seconds returns a duration in seconds; nil where there is none.
func (v *values) seconds(key string) any {
	n := v.node(key)
	if n == nil {
		return nil
	}
	if i, ok := n.Scalar.(int64); ok {
		return i
	}
	if s, ok := n.Scalar.(string); ok {
		if d, b := form.ParseDuration(s); b == nil {
			return int64(d / time.Second)
		}
	}
	return nil
}

// percent returns a percentage as a number; "off" as it is; nil where there is none.
func (v *values) percent(key string) any {
	n := v.node(key)
	if n == nil {
		return nil
	}
	if s, ok := n.Scalar.(string); ok {
		if share, b := form.ParseShare(s); b == nil {
			return percentOf(share)
		}
		return s
	}
	if f, b := form.Float(n); b == nil {
		return shortest(f)
	}
	return nil
}

// texts returns a list of texts; nil where there is none.
func (v *values) texts(key string) any {
	n := v.node(key)
	if n == nil || len(n.List) == 0 {
		return nil
	}
	var out []any
	for _, e := range n.List {
		if s, ok := e.Str(); ok {
			out = append(out, s)
		}
	}
	return out
}

// below are the keys of a table that have a value.
func (v *values) below(table string) []string {
	var out []string
	for _, x := range v.all {
		if strings.HasPrefix(x.Key, table+".") && x.Text != "" {
			out = append(out, x.Key)
		}
	}
	return out
}

// has reports whether the user, or a default, says anything below a table.
func (v *values) has(table string) bool { return len(v.below(table)) > 0 }

// entries are the names of a table of named things, in order.
func (v *values) entries(table string) []string {
	var out []string
	for _, key := range v.below(table) {
		name, _, _ := strings.Cut(strings.TrimPrefix(key, table+"."), ".")
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// percentOf is a share in percent, as people write it.
func percentOf(share float64) any { return shortest(float64(int64(share*1e8+0.5)) / 1e6) }

// shortest is a number, whole where it is.
func shortest(f float64) any {
	if f == float64(int64(f)) {
		return int64(f)
	}
	return f
}
