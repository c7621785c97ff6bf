package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"unicode/utf8"

	"asgsim/scenarios"
)

// narrow calls the command in a terminal of so many columns.
func narrow(columns string, args ...string) string {
	var out bytes.Buffer
	run(context.Background(), args, machine{stdin: strings.NewReader(tiny), stdout: &out, stderr: &out,
		getenv: func(k string) string { return map[string]string{"COLUMNS": columns}[k] }, now: leaping(), disk: new(osDisk), simulate: hasty{}.simulate})
	return out.String()
}

// What any verb prints is no wider than the 80 columns that were asked for. A word is not
// broken, nor an inline table of TOML, which may not be.
func TestNothingIsWiderThanAsked(t *testing.T) {
	if testing.Short() {
		t.Skip("a second or more")
	}
	out := t.TempDir()
	calls := [][]string{{"list"}, {"help"}, {"version"}, {"rum"}, {"help", "scenario", "all"}, {"help", "target_tracking"},
		{"explain", "-", "20m"}, {"compare", "-", "spot-mix", "--replications", "2", "--no-pictures", "--out", out}, {"validate", "-", "--set", "auto_scaling_group.max_sise=3"}}
	for _, topic := range []string{"run", "compare", "explain", "validate", "show", "init", "metrics", "gates", "expressions", "files", "exit-codes", "scenario", "comparing", "explaining", "your-group", "model", "checks"} {
		calls = append(calls, []string{"help", topic})
	}
	for i, name := range scenarios.Names() {
		if i%2 == 0 { // what a show explains is much the same for all
			calls = append(calls, []string{"show", name}, []string{"validate", name})
		}
		calls = append(calls, []string{"run", name, "--verbose", "--no-pictures", "--out", out})
	}
	for _, args := range calls {
		for line := range strings.Lines(narrow("80", args...)) {
			line = strings.TrimRight(line, "\n")
			if utf8.RuneCountInString(line) > 80 && len(strings.Fields(line)) > 1 && !strings.Contains(line, " = {") {
				t.Errorf("asgsim %s: %d columns: %s", strings.Join(args, " "), utf8.RuneCountInString(line), line)
			}
		}
	}
}

// A narrow `show` is a scenario still, with the same values.
func TestNarrowShowCanBeLoaded(t *testing.T) {
	text := narrow("50", "show", "forecast")
	for line := range strings.Lines(text) {
		if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > 50 && len(strings.Fields(line)) > 1 && !strings.Contains(line, " = ") {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	text = text[max(0, strings.Index(text, "title")):]
	var again bytes.Buffer
	code := run(context.Background(), []string{"show", "-"}, machine{stdin: strings.NewReader(text), stdout: &again, stderr: &again,
		getenv: func(string) string { return "" }, now: leaping(), disk: new(osDisk), simulate: hasty{}.simulate})
	if code != 0 || !strings.Contains(again.String(), `rates = ["8/s", "8/s",`) {
		t.Errorf("exit code %d: %s", code, again.String())
	}
}
