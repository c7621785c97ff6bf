package sources

import (
	"strings"
	"testing"

	"github.com/zclconf/go-cty/cty"
)

// A variable's value is an expression where it is one, and a text where it is none, too deep
// or too long: either is enough to leave the parser alone.
func TestValuesOfVariables(t *testing.T) {
	if testing.Short() {
		t.Skip("a fifth of a second or more")
	}
	deep := func(n int) string { return strings.Repeat("[", n) + "1" + strings.Repeat("]", n) }
	long := func(n int) string { return "[" + strings.Repeat("1,", n/2-1) + "1]" }
	for name, c := range map[string]struct {
		text string
		is   bool // a text
	}{
		"a list":    {`["a", "b"]`, false},
		"a number":  {"7", false},
		"a name":    {"eu-west-1", true},
		"deep":      {deep(maxNesting), false},
		"too deep":  {deep(maxNesting + 1), true},
		"long":      {long(mostValue - 2), false},
		"too long":  {long(mostValue + 2), true},
		"no closed": {"[1, 2", true},
	} {
		v := valueOf(c.text)
		if is := v.Type() == cty.String; is != c.is {
			t.Errorf("%s: is read as %s", name, v.Type().FriendlyName())
		} else if is && v.AsString() != c.text {
			t.Errorf("%s: the text is %.40q", name, v.AsString())
		}
	}
}
