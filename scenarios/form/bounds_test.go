package form

import (
	"fmt"
	"strings"
	"testing"
)

// Every bound ends at once with its place and rule; what keeps it passes. A file at a
// bound is made by hand: n levels are n brackets.
func TestBounds(t *testing.T) {
	for name, c := range map[string]struct {
		text, want string // empty: within all bounds
	}{
		"inline tables":    {strings.Repeat("{a=", 10_000), "f.toml:1:97: nests arrays and tables more than 32 deep"},
		"brackets":         {strings.Repeat("[", 10_000), "f.toml:1:33: nests"},
		"arrays":           {"a = " + strings.Repeat("[", 33) + strings.Repeat("]", 33), "f.toml:1:37: nests"},
		"arrays, at most":  {"a = " + strings.Repeat("[", 32) + strings.Repeat("]", 32), ""},
		"key parts":        {"ok = 1\n" + strings.Repeat("a.", 10_000) + "a = 1", "f.toml:2:32: has a key of more than 16 parts"},
		"parts of a table": {"[" + strings.Repeat("a.", 16) + "a]", "f.toml:1:33: has a key"},
		"parts, at most":   {strings.Repeat("a.", 15) + "a = 1", ""},
		"line":             {"ok = 1\n#" + strings.Repeat("x", MaxLine), "f.toml:2:1: is longer than 65536 bytes"},
		"text":             {"a = '''" + strings.Repeat("x\n", MaxText/2), "f.toml:1:5: has a text of more than 65536 bytes"},
		"text, at most":    {"a = '''" + strings.Repeat("x\n", MaxText/2-10) + "'''", ""},
		"key":              {strings.Repeat("k", 513) + " = 1", "f.toml:1:515: has a key that, with its tables, is longer than 512 bytes"},
		"key in a table":   {"[" + strings.Repeat("t", 300) + "]\n" + strings.Repeat("k", 300) + "=1", "f.toml:2:301: has a key that"},
		"key in tables":    {strings.Repeat("x = { "+strings.Repeat("k", 100)+" = ", 6), "has a key that"},
		"values":           {strings.Repeat("a = [\n"+strings.Repeat("1,\n", 1000)+"]\n", 50), "holds more than 50000 keys and values"},
		"keys":             {numbered("k%d = 1\n", 50_001), "f.toml:50001:8: holds more"},
		"dots in texts":    {`a = "` + strings.Repeat(".", 1000) + `" # ` + strings.Repeat("[", 100), ""},
		"quotes escaped":   {`a = "\"` + strings.Repeat("[", 100) + `"`, ""},
	} {
		p := withinBounds(c.text, "f.toml")
		switch {
		case c.want == "" && p != nil:
			t.Errorf("%s: %v", name, p)
		case c.want != "" && (p == nil || !strings.Contains(p.Error(), c.want) || p.Remedy == ""):
			t.Errorf("%s: %v, want %q", name, p, c.want)
		}
	}
}

func numbered(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// Twenty problems are printed, the others counted, each in a line of bounded length
// without what could harm a terminal.
func TestProblemsAreFewAndClean(t *testing.T) {
	var problems Problems
	once := Once{}
	for i := range 30 {
		for range 2 {
			once.Add(&problems, Problem{Pos: Pos{File: "a\x1b.toml", Line: i + 1, Col: 1}, Key: strings.Repeat("k", 1000) + "\n", Rule: Wrong("", "does not know %q", strings.Repeat("v", 5_000_000)).Rule})
		}
	}
	text := problems.Error()
	if lines := strings.Split(text, "\n"); len(problems) != 30 || len(lines) != ShownProblems+1 || lines[ShownProblems] != "and 10 more, not shown" || len(lines[0]) > 300 || strings.Contains(text, "\x1b") {
		t.Errorf("%d problems:\n%s", len(problems), text)
	}
	if got := Wrong("", "%d%% of %5.1f %q", 3, 2.0, "a\x1b\"").Rule; got != `3% of   2.0 "a\u001B\""` {
		t.Errorf("quoted: %s", got)
	}
}

// A table whose name is too long is known at the end of its line, and told there: also where
// keys go on below.
func TestALongTableIsToldOnItsLine(t *testing.T) {
	long := "[" + strings.Repeat("a", MaxPath) + "]"
	for _, text := range []string{"\n" + long + "\n", "\n" + long + "\nx = 1\n", "\n  " + long + " # so long\n"} {
		p := withinBounds(text, "x.toml")
		if p == nil || p.Pos.Line != 2 || !strings.Contains(p.Rule, "is longer than") {
			t.Errorf("%.20q: %v", text, p)
		}
	}
}
