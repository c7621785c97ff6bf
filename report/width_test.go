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
	for columns, most := range map[int]int{80: 80, 70: 76, 0: Columns, 300: Columns} { // 76: where the second texts stand
		d := New(sample(), Tool{}, Inputs{Scenario: "day-night"})
		d.Files = []string{"out/x/report.png", "out/x/instances.png", "out/x/capacity.png", "out/x/latency.png", "out/x/result.json"}
		var b bytes.Buffer
		if err := WriteText(&b, d, TextOptions{Columns: columns}); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			if line = strings.TrimRight(line, "\n"); utf8.RuneCountInString(line) > most && !strings.Contains(line, "asgsim ") { // a command is not broken
				t.Errorf("%d columns: %d: %s", columns, utf8.RuneCountInString(line), line)
			}
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
