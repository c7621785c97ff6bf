package form

import (
	"strconv"
	"strings"
)

// Type is what kind of value a key takes.
type Type struct {
	Name    string // in words: "duration"
	Example string // a value one could write, as the file would have it
	Plain   string // what a number without unit means where AWS takes one: "whole seconds"; empty: nothing
	Whole   bool   // a table of this type is one value, which an overlay replaces whole
}

// String returns the type in words.
func (t Type) String() string { return t.Name }

// The types of single values that any file has.
var (
	Text       = Type{Name: "text", Example: `"..."`}
	Choice     = Type{Name: "choice"} // one of Key.Choices
	Duration   = Type{Name: "duration", Example: `"30s"`, Plain: "whole seconds"}
	Rate       = Type{Name: "rate", Example: `"100/s"`}
	Share      = Type{Name: "percentage", Example: `"50%"`, Plain: "a number of percent"}
	Count      = Type{Name: "whole number", Example: "3"}
	Bound      = Type{Name: `whole number or "unlimited"`}
	Number     = Type{Name: "number"}
	Size       = Type{Name: "size"} // "14kB"
	Bool       = Type{Name: "true or false"}
	NameList   = Type{Name: "array of names", Example: `["a", "b"]`}
	ShareOrOff = Type{Name: `percentage or "off"`, Plain: "a number of percent"}
	CountOrOff = Type{Name: `whole number or "off"`}
)

// Key documents one key.
type Key struct {
	Path     string // N stands for a name: "load.N.spike.add"
	Type     Type
	Unit     string // of a number without one: "instances"
	Choices  []string
	Default  string // as the file would have it; empty: see Absent
	Required bool
	// Terraform and Console are those tools' defaults where they differ from the
	// API's, chosen by [Reader.Defaults].
	Terraform, Console string
	Absent             string // what holds where the key is left out and has no default
	Min, Max           string // inclusive, as the file would have them
	Above              string // exclusive lower bound
	Sample             string // a value one could write; empty: the first choice, else the type's
	Doc                string // one or two sentences
	Source             string // whose default and range these are; empty: ours
	Planned            bool   // reserved: refused by name
	Clear              bool   // -1 says that it is not set, as in AWS's calls; of a key without N
}

// Range prints the allowed values.
func (k *Key) Range() string {
	switch {
	case len(k.Choices) > 0:
		return strings.Join(k.Choices, " | ")
	case k.Above != "" && k.Max != "":
		return "above " + Unquoted(k.Above) + ", at most " + Unquoted(k.Max)
	case k.Above != "":
		return "above " + Unquoted(k.Above)
	case k.Min != "" && k.Max != "":
		return Unquoted(k.Min) + " to " + Unquoted(k.Max)
	case k.Min != "":
		return "at least " + Unquoted(k.Min)
	case k.Max != "":
		return "at most " + Unquoted(k.Max)
	}
	return ""
}

// Unquoted returns text without the quotes around it.
func Unquoted(s string) string { return strings.Trim(s, `"`) }

// Bare reports whether the key takes a number without its unit because AWS does:
// whole seconds, percent.
func (k *Key) Bare() bool { return k.Type.Plain != "" && strings.HasPrefix(k.Source, "AWS") }

// Facts returns what is to be said of the key beside its Doc: its type, default
// by tool, range, unit and source.
func (k *Key) Facts() string {
	parts := []string{k.Type.String()}
	if k.Bare() {
		parts[0] += " or " + k.Type.Plain + ", as in AWS"
	}
	if k.Unit != "" {
		parts[0] += ", " + k.Unit
	}
	if k.Clear {
		parts[0] += ", or -1: not set, as in AWS"
	}
	if r := k.Range(); r != "" {
		parts = append(parts, r)
	}
	switch {
	case k.Required:
		parts = append(parts, "required")
	case k.Default != "":
		d := "default " + k.Default
		if k.Terraform != "" {
			d += ", Terraform " + k.Terraform
		}
		if k.Console != "" {
			d += ", console " + k.Console
		}
		parts = append(parts, d)
	default:
		d := "left out: " + k.Absent
		if k.Terraform != "" {
			d += "; Terraform " + k.Terraform
		}
		parts = append(parts, d)
	}
	if k.Source != "" {
		parts = append(parts, k.Source)
	}
	return strings.Join(parts, "; ")
}

// Preset returns the default of the key and where it comes from.
func (k *Key) Preset(defaults string) (text, from string) {
	switch {
	case defaults == "terraform" && k.Terraform != "":
		return k.Terraform, "default (Terraform)"
	case defaults == "console" && k.Console != "":
		return k.Console, "default (AWS console)"
	case k.Default != "" && strings.HasPrefix(k.Source, "AWS"):
		return k.Default, "default (AWS API)"
	case k.Default != "" && strings.HasPrefix(k.Source, "undocumented"):
		mark, _, _ := strings.Cut(k.Source, ";") // what AWS does say comes after it
		return k.Default, "default (" + mark + ")"
	case k.Default != "":
		return k.Default, "default"
	}
	return "", ""
}

// example returns a line one could write.
func (k *Key) example() string {
	sample := k.Sample
	switch {
	case sample != "":
	case len(k.Choices) > 0:
		sample = strconv.Quote(k.Choices[0])
	default:
		sample = k.Type.Example
	}
	return k.Path[strings.LastIndexByte(k.Path, '.')+1:] + " = " + sample
}
