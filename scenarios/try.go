package scenarios

import (
	"fmt"
	"strings"

	"asgsim/scenarios/form"
)

// Try is a variant from the command line: settings laid upon the plain scenario.
type Try struct {
	Label string
	Sets  []string // key=value
}

const tryForm = `write 'label: key=value, key=value', such as 'more: auto_scaling_group.max_size=12'`

// ParseTry reads "label: key=value, key=value". A comma inside brackets, braces or
// quotes belongs to the value.
func ParseTry(text string) (Try, error) {
	label, rest, ok := strings.Cut(text, ":")
	t := Try{Label: strings.TrimSpace(label)}
	switch {
	case !ok:
		return t, fmt.Errorf("%q has no label; %s", text, tryForm)
	case !form.ValidName(t.Label):
		return t, fmt.Errorf("%q is not a name: %s; %s", t.Label, form.NameRule, tryForm)
	}
	for _, s := range splitList(rest) {
		key, value, ok := strings.Cut(s, "=")
		if !ok || strings.TrimSpace(key) == "" || strings.TrimSpace(value) == "" {
			return t, fmt.Errorf("%q is not key=value in %q; %s", strings.TrimSpace(s), text, tryForm)
		}
		t.Sets = append(t.Sets, strings.TrimSpace(s))
	}
	return t, nil
}

// splitList splits at commas outside brackets, braces and quotes.
func splitList(s string) []string {
	var out []string
	depth, from := 0, 0
	quote := byte(0)
	for i := range len(s) {
		switch c := s[i]; {
		case quote != 0:
			if c == quote && s[i-1] != '\\' {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			depth--
		case c == ',' && depth == 0:
			out = append(out, s[from:i])
			from = i + 1
		}
	}
	return append(out, s[from:])
}
