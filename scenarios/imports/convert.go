package imports

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"asgsim/report/clean"
)

// wrongly says that a value is no such thing.
func wrongly(v *Value, what string) error {
	return fmt.Errorf("is %s, not %s", clean.Quoted(v.shown()), what)
}

// quoted writes a text as TOML does, as one harmless line.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		switch r {
		case '"', '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteString(clean.Line(string(r)))
		}
	}
	b.WriteByte('"')
	return b.String()
}

// longestText is how many bytes a text may have: no name, type or cron expression of
// AWS's has more.
const longestText = 1000

// text writes a text.
func text(v *Value) (string, error) {
	if v.Kind != Text && v.Kind != Number {
		return "", wrongly(v, "a text")
	}
	if len(v.Text) > longestText {
		return "", fmt.Errorf("is longer than %d bytes", longestText)
	}
	return quoted(v.Text), nil
}

// whole writes a whole number that is not negative.
func whole(v *Value) (string, error) {
	n, ok := v.number()
	if !ok || n != math.Trunc(n) || n < 0 || n > 1e9 {
		return "", wrongly(v, "a whole number")
	}
	return strconv.FormatFloat(n, 'f', -1, 64), nil
}

// errUnset is what AWS's -1 means: as if it were not there.
var errUnset = fmt.Errorf("is -1: not set")

// wholeOrUnset is whole, where -1 means that there is none.
func wholeOrUnset(v *Value) (string, error) {
	if n, ok := v.number(); ok && n == -1 {
		return "", errUnset
	}
	return whole(v)
}

// countOrOff is whole, or "off".
func countOrOff(v *Value) (string, error) {
	if v.Text == "off" {
		return `"off"`, nil
	}
	return whole(v)
}

// number writes any number.
func number(v *Value) (string, error) {
	n, ok := v.number()
	if !ok || math.Abs(n) > 1e15 {
		return "", wrongly(v, "a number")
	}
	return strconv.FormatFloat(n, 'f', -1, 64), nil
}

// truth writes true or false.
func truth(v *Value) (string, error) {
	is, ok := v.truth()
	if !ok {
		return "", wrongly(v, "true or false")
	}
	return strconv.FormatBool(is), nil
}

// seconds writes a number of seconds as a duration.
func seconds(v *Value) (string, error) {
	n, ok := v.number()
	if !ok || n != math.Trunc(n) || n < 0 || n > 1e9 {
		return "", wrongly(v, "a number of seconds")
	}
	return quoted(duration(int(n))), nil
}

// secondsOrUnset is seconds, where -1 means that there is none.
func secondsOrUnset(v *Value) (string, error) {
	if n, ok := v.number(); ok && n == -1 {
		return "", errUnset
	}
	return seconds(v)
}

// duration writes seconds as people read them: from an hour on in hours or days, where
// that comes out even.
func duration(n int) string {
	switch {
	case n >= 86400 && n%86400 == 0:
		return strconv.Itoa(n/86400) + "d"
	case n > 3600 && n%3600 == 0:
		return strconv.Itoa(n/3600) + "h"
	}
	return strconv.Itoa(n) + "s"
}

// transition writes when a lifecycle hook waits.
func transition(v *Value) (string, error) {
	switch strings.TrimPrefix(v.Text, "autoscaling:") {
	case "EC2_INSTANCE_LAUNCHING":
		return `"launching"`, nil
	case "EC2_INSTANCE_TERMINATING":
		return `"terminating"`, nil
	}
	return "", wrongly(v, "autoscaling:EC2_INSTANCE_LAUNCHING or autoscaling:EC2_INSTANCE_TERMINATING")
}

// nameList writes texts as an array.
func nameList(names []string) string {
	var parts []string
	for _, n := range names {
		parts = append(parts, quoted(n))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}
