package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"asgsim/scenarios"
	"asgsim/sim"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// The files that a comparison wrote are told once: after the text, bare with --quiet, and
// not at all beside what is for programs or is a text of its own.
func TestWhereFilesAreTold(t *testing.T) {
	for name, row := range map[string]struct {
		o    compareOptions
		want string
	}{
		"text": {compareOptions{}, "\nwrote out/a.json, b.png\n"}, "quiet": {compareOptions{quiet: true}, "out/a.json\nout/b.png\n"},
		"json": {compareOptions{json: true}, ""}, "markdown": {compareOptions{markdown: true}, ""}, "claim": {compareOptions{claim: "x", quiet: true}, ""}, "a seed": {compareOptions{seeded: true}, "\nwrote out/a.json, b.png\n"},
	} {
		var b bytes.Buffer
		a := &app{machine: machine{getenv: func(string) string { return "" }}, out: &sink{w: &b}}
		if a.tellComparisonFiles([]string{"out/a.json", "out/b.png"}, row.o); b.String() != row.want {
			t.Errorf("%s: %q, want %q", name, b.String(), row.want)
		}
		b.Reset()
		if a.tellComparisonFiles(nil, row.o); b.Len() > 0 {
			t.Errorf("%s: nothing was written, and %q is told", name, b.String())
		}
	}
}

// Cases stand in the order in which they were asked for, the plain scenario also by its
// name "plain"; those that were not, in theirs, behind.
func TestOrderOfTheCasesPicked(t *testing.T) {
	cases := func() (out []sim.Case) {
		for _, name := range []string{"today", "a", "b", "try"} {
			out = append(out, sim.Case{Name: name})
		}
		return out
	}
	for asked, want := range map[string]string{"": "today a b try", "b,a": "b a today try", "b," + scenarios.Plain: "b today a try", "today,b": "today b a try", "b": "b today a try"} {
		var got []string
		for _, c := range picked(cases(), &scenarios.Scenario{Label: "today"}, compareOptions{variants: strings.Split(asked, ",")}) {
			got = append(got, c.Name)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("--variants %s: %s, want %s", asked, s, want)
		}
	}
}

// What takes more than a minute is announced with all it makes: two cases of 360 million
// requests, five times each, are 3.6 billion in ten runs.
func TestLongComparisonsAreAnnounced(t *testing.T) {
	fidelity := record.Exact
	cfg := func(rate float64) *record.Config {
		var c record.Config
		c.Duration, c.Group.Min, c.Group.Max, c.Fidelity = des.Hour, 200, 200, fidelity
		c.Template.Type.VCPU, c.Template.Speed, c.Template.Workers, c.Template.Queue = 2, 1, serving.Unlimited, serving.Unlimited
		c.Classes = []serving.Class{{CPU: workload.Constant{Value: 0.001}, Retry: serving.Retry{Attempts: 1}}}
		c.Loads = []workload.Load{{Curve: workload.ConstantRate(rate)}}
		return &c
	}
	told := func(rate float64, replications int) string {
		var b bytes.Buffer
		a := &app{machine: machine{stderr: &b, now: time.Now}}
		if err := a.enough([]sim.Case{{Name: "a", Config: cfg(rate)}, {Name: "b", Config: cfg(rate)}}, replications, 1); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	if got := told(1000, 1); got != "" {
		t.Errorf("a second or two: %q", got)
	}
	if got := told(100_000, 5); !strings.HasPrefix(got, "note: this takes about ") || !strings.Contains(got, ": 3.6 G requests in 10 runs; ") {
		t.Errorf("%q", got)
	} else if !strings.Contains(got, " minutes exact (--fidelity sampled: about ") {
		t.Errorf("%q does not say what sampling would take", got)
	}
	// Sampled, ten runs are 60 stretches of 40,000 requests each and some: 25 M requests or
	// a few seconds. A hundred times as many are told beside what they would take in full.
	fidelity = record.Auto
	if got := told(100_000, 5); got != "" {
		t.Errorf("a few seconds: %q", got)
	}
	if got := told(100_000, 500); !strings.Contains(got, " sampled (") || !strings.Contains(got, " hours exact)") {
		t.Errorf("%q does not say what exact runs would take", got)
	}
	for s, want := range map[float64]string{1: "1 second", 10: "10 seconds", 60: "1 minute", 89: "1 minute", 150: "3 minutes", 5399: "90 minutes", 5400: "2 hours", 36 * 3600: "2 days", 35 * 3600: "35 hours"} {
		if got := roughly(s); got != want {
			t.Errorf("%g s: %s, want %s", s, got, want)
		}
	}
}
