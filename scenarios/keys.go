package scenarios

import (
	"sort"
	"strings"
	"sync"
)

// Type is what kind of value a key takes.
type Type uint8

// The types.
const (
	Text       Type = iota // "..."
	Choice                 // one of Key.Choices
	Duration               // "90s"
	Rate                   // "400/s"
	Share                  // "60%"
	Growth                 // "2%/week"
	Count                  // 3
	Bound                  // 3 or "unlimited"
	Number                 // 0.7
	Price                  // "$0.0832/h"
	Size                   // "14kB"
	Bool                   // true
	Civil                  // 2026-03-02T00:00:00
	When                   // 2026-03-02T10:30:00, "Tue 10:30" or "34h30m"
	Whens                  // one or an array of those
	Clock                  // "03:00"
	Random                 // "40s", { median = "40s", p95 = "75s" }, ...
	Rates                  // ["10/s", ...]
	NameList               // ["a", "b"]
	Target                 // 50, "50%" or "300/s"
	Arrival                // "poisson", "regular" or { bursty = { ... } }
	Noisy                  // "10%" or { cv = "10%", every = "1m" }
	Again                  // true or "1d"
	Lasting                // "60s" or "every_evaluation"
	Level                  // 70, "70%" or "300ms"
	Stat                   // "Average" or "p99"
	Overrides              // [{ instance_type = "c7g.large" }]
	Steps                  // [{ metric_interval_lower_bound = 0, scaling_adjustment = 1 }]
	Moment                 // 2026-03-02T07:00:00Z or 2026-03-02T07:00:00
	Limit                  // "400ms", "0.5%", "$40" or 12
	PerMonth               // "$0.08/GB-month"
	CountOrOff             // 1 or "off"
	ShareOrOff             // "50%" or "off"
)

var typeNames = [...]string{"text", "choice", "duration", "rate", "percentage", "growth", "whole number", "whole number or \"unlimited\"",
	"number", "price per hour", "size", "true or false", "local date-time", "instant", "instant or array of instants", "time of day",
	"random quantity", "array of rates", "array of names", "target", "arrivals", "noise", "true or duration", "duration or \"every_evaluation\"", "number in the metric's unit", "statistic or percentile", "array of instance types", "array of step adjustments",
	"date-time", "limit in the metric's unit", "price per GB-month", "whole number or \"off\"", "percentage or \"off\""}

// String returns the type in words.
func (t Type) String() string { return typeNames[t] }

// whole reports whether an overlay replaces a table of this type as one value.
func (t Type) whole() bool { return t == Random || t == Arrival || t == Noisy }

// Key documents one key of the format.
type Key struct {
	Path     string // N stands for a name: "load.N.spike.add"
	Type     Type
	Unit     string // of a number without one: "instances"
	Choices  []string
	Default  string // as the file would have it; empty: see Absent
	Required bool
	// Terraform and Console are those tools' defaults where they differ from the
	// API's, chosen by the key defaults.
	Terraform, Console string
	Absent             string // what holds where the key is left out and has no default
	Min, Max           string // inclusive, as the file would have them
	Above              string // exclusive lower bound
	Doc                string // one or two sentences
	Source             string // whose default and range these are; empty: ours
	Planned            bool   // reserved: refused by name
}

// Range prints the allowed values.
func (k *Key) Range() string {
	switch {
	case len(k.Choices) > 0:
		return strings.Join(k.Choices, " | ")
	case k.Above != "" && k.Max != "":
		return "above " + unquoted(k.Above) + ", at most " + unquoted(k.Max)
	case k.Above != "":
		return "above " + unquoted(k.Above)
	case k.Min != "" && k.Max != "":
		return unquoted(k.Min) + " to " + unquoted(k.Max)
	case k.Min != "":
		return "at least " + unquoted(k.Min)
	case k.Max != "":
		return "at most " + unquoted(k.Max)
	}
	return ""
}

func unquoted(s string) string { return strings.Trim(s, `"`) }

// Keys returns the documentation of every key of the format, reserved ones
// included, in the order in which `show` prints them.
func Keys() []Key {
	var out []Key
	for _, k := range index().all {
		out = append(out, *k)
	}
	return out
}

// schema is the key tables, indexed.
type schema struct {
	all      []*Key
	byPath   map[string]*Key
	children map[string][]string // of every table, by its path
}

// index builds the schema once.
var index = sync.OnceValue(func() *schema {
	s := &schema{byPath: map[string]*Key{}, children: map[string][]string{}}
	for _, table := range [][]Key{topKeys(), loadKeys(), requestKeys(), instanceKeys(), moneyKeys(), balancerKeys(), groupKeys(), mixedKeys(), policyKeys(), alarmKeys(), scheduleKeys(), lifecycleKeys(), warmPoolKeys(), faultKeys(), gateKeys(), commitmentKeys(), plannedKeys()} {
		for i := range table {
			k := &table[i]
			s.all = append(s.all, k)
			s.byPath[k.Path] = k
			parts := strings.Split(k.Path, ".")
			for j := range parts {
				parent := strings.Join(parts[:j], ".")
				if !isOne(s.children[parent], parts[j]) {
					s.children[parent] = append(s.children[parent], parts[j])
				}
			}
		}
	}
	return s
})

// lookup returns the documentation of a key by its pattern, nil if there is none.
func lookup(path string) *Key { return index().byPath[path] }

// preset returns the default of the key and where it comes from.
func (k *Key) preset(defaults string) (text, from string) {
	switch {
	case defaults == "terraform" && k.Terraform != "":
		return k.Terraform, "default (Terraform)"
	case defaults == "console" && k.Console != "":
		return k.Console, "default (AWS console)"
	case k.Default != "" && strings.HasPrefix(k.Source, "AWS"):
		return k.Default, "default (AWS API)"
	case k.Default != "" && strings.HasPrefix(k.Source, "undocumented"):
		return k.Default, "default (" + k.Source + ")"
	case k.Default != "":
		return k.Default, "default"
	}
	return "", ""
}

// owners returns the tables that hold a key called name, for messages.
func owners(name string) []string {
	var out []string
	for _, k := range index().all {
		if i := strings.LastIndexByte(k.Path, '.'); i > 0 && k.Path[i+1:] == name && !k.Planned {
			out = append(out, "["+k.Path[:i]+"]")
		}
	}
	sort.Strings(out)
	return out
}
