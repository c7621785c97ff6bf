package report

import (
	"os/exec"
	"strings"
	"testing"
)

// What a suggestion says is one line, and a shell reads of it exactly one argument,
// whatever a file is called.
func TestSuggestionsAreOneArgument(t *testing.T) {
	for name, want := range map[string]string{
		"web.toml":               "web.toml",
		"a/b-c_d.toml":           "a/b-c_d.toml",
		"two words.toml":         "two words.toml",
		"a; touch PWN; $(id) 'q": "a; touch PWN; $(id) 'q",
		"`id`":                   "`id`",
		"~root":                  "~root",
		"#no":                    "#no",
		"":                       "",
	} {
		out, err := exec.Command("sh", "-c", "printf '[%s]' "+quoted(name)).CombinedOutput() //nolint:gosec // that is the question
		if err != nil || string(out) != "["+want+"]" {
			t.Errorf("%q: %q, %v", name, out, err)
		}
	}
	if got := quoted("z\nasgsim: all gates pass\n.toml"); strings.ContainsAny(got, "\n\r") {
		t.Errorf("%q forges a line", got)
	}
}
