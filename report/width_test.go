package report

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

// A terminal of 80 columns has no line longer than that, nor one of 70; nobody has
// more than Columns.
func TestTextFitsTheTerminal(t *testing.T) {
	for columns, most := range map[int]int{80: 80, 70: 70, 60: 60, 0: Columns, 300: Columns} {
		d := New(sample(), Tool{}, Inputs{Scenario: "day-night"})
		d.Files = []string{"out/x/report.png", "out/x/instances.png", "out/x/capacity.png", "out/x/latency.png", "out/x/result.json"}
		var b bytes.Buffer
		if err := WriteText(&b, d, TextOptions{Columns: columns, Verbose: true}); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			if line = strings.TrimRight(line, "\n"); utf8.RuneCountInString(line) > most {
				t.Errorf("%d columns: %d: %s", columns, utf8.RuneCountInString(line), line)
			}
		}
	}
}

// By hand: a line of two columns goes on below the second; a number stays with its %; a
// comment of a scenario is put above what it is about, arrays go on within.
func TestFit(t *testing.T) {
	for _, c := range []struct {
		fit        func(string, int) string
		text, want string
	}{
		{Fit, "  run         Run one scenario with one seed, and print it", "  run         Run one scenario with one\n              seed, and print it"},
		{Fit, "about so many words that they take a line more", "about so many words that they take a\n  line more"},
		{Fit, "of all the requests of this long run 12 % were good", "of all the requests of this long run\n  12 % were good"},
		{Fit, "short", "short"},
		{FitTOML, `type = "c7g.large"                    # web.toml:12`, "# web.toml:12\ntype = \"c7g.large\""},
		{FitTOML, `rates = ["1/s", "2/s", "3/s", "4/s", "5/s", "6/s"]`, "rates = [\"1/s\", \"2/s\", \"3/s\", \"4/s\",\n    \"5/s\", \"6/s\"]"},
	} {
		if got := c.fit(c.text, 40); got != c.want {
			t.Errorf("%q\nwant %q", got, c.want)
		}
	}
}

// The summary names the command that explains its worst minute, of this very run.
func TestSummaryNamesExplain(t *testing.T) {
	d := &Document{Inputs: Inputs{Scenario: "web.toml", Seed: 3}, Moments: []Moment{{N: 1, Label: "minimum"}, {N: 2, Label: "scale out"}, {N: 3, Label: "worst minute"}, {N: 4, Label: "saved"}}}
	if got := d.explain(); got != "asgsim explain web.toml 3" {
		t.Error(got)
	}
	d.Inputs.Variant, d.Inputs.Seeded, d.Inputs.Sets = "b", true, []string{"a.b=1", "request.cpu={ mean = \"1ms\" }"}
	if got := d.explain(); got != `asgsim explain web.toml 3 --variant b --seed 3 --set a.b=1 --set 'request.cpu={ mean = "1ms" }'` {
		t.Error(got)
	}
	d.Moments = d.Moments[:2]
	if got := d.explain(); !strings.HasPrefix(got, "asgsim explain web.toml 2 ") {
		t.Error(got)
	}
	d.Moments = nil
	if got := d.explain(); got != "" {
		t.Error(got)
	}
}
