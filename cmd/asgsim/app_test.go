package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"asgsim/scenarios"
)

func TestExitCode(t *testing.T) {
	for _, c := range []struct {
		err  error
		want int
	}{
		{nil, 0}, {errors.New("disk on fire"), 1}, {fmt.Errorf("%w: seed 3", errAudit), 1}, {usagef("no"), 2},
		{fmt.Errorf("load: %w", scenarios.Problems{{Key: "x"}}), 2}, {errors.Join(scenarios.Problems{{Key: "x"}}, errors.New("unreadable")), 2},
		{fmt.Errorf("%w: nothing was written", errInterrupted), 130},
	} {
		if got := exitCode(c.err); got != c.want {
			t.Errorf("exitCode(%v) = %d, want %d", c.err, got, c.want)
		}
	}
}

// Colour only for a terminal that wants it.
func TestColour(t *testing.T) {
	for _, c := range []struct {
		terminal      bool
		noColor, term string
		want          bool
	}{{true, "", "xterm", true}, {false, "", "xterm", false}, {true, "1", "xterm", false}, {true, "", "dumb", false}} {
		a := &app{machine: machine{outTerminal: c.terminal, getenv: func(k string) string {
			return map[string]string{"NO_COLOR": c.noColor, "TERM": c.term}[k]
		}}}
		if got := a.colour(); got != c.want {
			t.Errorf("%+v: colour %v", c, got)
		}
	}
}

// Every flag of every verb has a description, every verb an example or none of
// its own arguments.
func TestEveryVerbIsDescribed(t *testing.T) {
	_, help, _ := call(context.Background(), t, &osDisk{}, "--help")
	for _, verb := range []string{"run", "validate", "show", "init", "list", "version", "completion"} {
		if !strings.Contains(help, "\n  "+verb) {
			t.Errorf("help lacks %s", verb)
		}
		code, text, _ := call(context.Background(), t, &osDisk{}, verb, "--help")
		if code != 0 || !strings.Contains(text, "asgsim "+verb) {
			t.Errorf("%s --help: exit code %d: %s", verb, code, text)
		}
	}
}
