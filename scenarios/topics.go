package scenarios

import (
	"fmt"
	"slices"
	"strings"

	"asgsim/scenarios/form"
)

// Table is an outermost table of the format.
type Table struct {
	Name  string // "hook"; empty: the keys above all tables
	Named bool   // there may be several, each with a name: [hook.setup]
	Doc   string
	Keys  int
}

// tableDocs says of every outermost table what it is about.
var tableDocs = map[string]string{
	"":                   "the file: title, start, duration, seed, whose defaults",
	"slo":                "what users may expect",
	"load":               "who asks, when, how often",
	"request":            "what a request costs an instance, and how clients behave",
	"queue":              "what the instances drain where there is no load balancer: an Amazon SQS queue",
	"dependency":         "what all instances ask: a database, another service",
	"instance":           "the instance type, its boot, workers and queue",
	"load_balancer":      "the load balancer",
	"target_group":       "routing, health checks, deregistration, slow start",
	otherGroups:          "further target groups of the same instances",
	"auto_scaling_group": "the group: bounds, zones, health, replacement, mixed instances, warm pool",
	"policy":             "target tracking, step, simple and predictive scaling, formulas, other clouds' autoscalers",
	"alarm":              "CloudWatch alarms of step and simple scaling",
	"metric":             "recorded metrics of what is not simulated, for alarms and policies",
	"schedule":           "scheduled actions",
	"hook":               "lifecycle hooks",
	"event":              "what people do by hand",
	"fault":              "what breaks, and when",
	"cloudwatch":         "how late metrics are, and what they count",
	"spot":               "the market of Spot Instances",
	"quota":              "the account's quotas",
	"gate":               "limits that decide the exit code",
	"baseline":           "always-on fleets to compare the cost with",
	"commitment":         "savings plans and reserved instances",
	"discount":           "private pricing",
	"prices":             "whose prices hold: region, operating system, tenancy",
}

// Tables returns the outermost tables in the order of the reference.
func Tables() []Table {
	var out []Table
	for _, k := range schema().Keys {
		if k.Planned {
			continue
		}
		name := form.Outermost(k.Path)
		i := slices.IndexFunc(out, func(t Table) bool { return t.Name == name })
		if i < 0 {
			i = len(out)
			out = append(out, Table{Name: name, Named: slices.Contains(named[:], name), Doc: tableDocs[name]})
		}
		out[i].Keys++
	}
	return out
}

// KeysOf returns the keys that a word is about: those of an outermost table (hook), of
// a path (policy.cpu.target_tracking, with or without the name), of an inner table
// (target_tracking), or of that name (min_size). An unknown word is an error with a
// suggestion.
func KeysOf(topic string) ([]Key, error) {
	want := withoutName(strings.Split(topic, "."))
	match := func(fits func(have []string) bool) []Key {
		var out []Key
		for _, k := range schema().Keys {
			if !k.Planned && fits(withoutName(strings.Split(k.Path, "."))) {
				out = append(out, *k)
			}
		}
		return out
	}
	for _, fits := range [...]func(have []string) bool{
		func(have []string) bool { return len(have) >= len(want) && slices.Equal(have[:len(want)], want) },
		func(have []string) bool { return len(want) == 1 && slices.Contains(have[:len(have)-1], topic) },
		func(have []string) bool { return len(want) == 1 && have[len(have)-1] == topic },
	} {
		if out := match(fits); len(out) > 0 {
			return out, nil
		}
	}
	var words []string
	for _, k := range schema().Keys {
		for _, part := range strings.Split(k.Path, ".") {
			if !k.Planned && part != "N" && !slices.Contains(words, part) {
				words = append(words, part)
			}
		}
	}
	if near := Nearest(topic, words); near != "" {
		return nil, fmt.Errorf("no table or key %q: did you mean %q?", topic, near)
	}
	var tables []string
	for _, t := range Tables() {
		if t.Name != "" {
			tables = append(tables, t.Name)
		}
	}
	return nil, fmt.Errorf("no table or key %q: tables are %s", topic, strings.Join(tables, ", "))
}

// withoutName leaves the name of a named thing out of a path: policy.cpu.expression
// and policy.N.expression are policy.expression.
func withoutName(path []string) []string {
	if len(path) < 2 || !slices.Contains(named[:], path[0]) {
		return path
	}
	if path[1] == "N" || !slices.Contains(inner(path[0]), path[1]) {
		return append([]string{path[0]}, path[2:]...)
	}
	return path
}

// inner returns what may follow the name in a table of named things: kinds and keys.
func inner(table string) []string { return schema().Children(table + ".N") }
