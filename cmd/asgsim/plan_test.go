package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"asgsim/sim/estimate"
)

// clocked is an app whose clock stands at a time that the test moves.
func clocked(now *time.Time) (*app, *bytes.Buffer) {
	var b bytes.Buffer
	return &app{machine: machine{stderr: &b, now: func() time.Time { return *now }, getenv: func(string) string { return "" }}}, &b
}

// How many replications a comparison makes: what is asked for; as many as the precision
// takes, up to the cap but at least to the first look; as many as fit into the time, two
// minutes at a terminal; ten where nobody watches.
func TestPlanOfReplications(t *testing.T) {
	now := time.Unix(0, 0)
	for _, row := range []struct {
		name     string
		o        compareOptions
		terminal bool
		want     int
		within   time.Duration // 0: not by time
	}{
		{"asked for", compareOptions{replications: 7, most: 200}, true, 7, 0},
		{"a precision", compareOptions{precision: "cost<2%", most: 200}, true, 200, 0},
		{"a precision under a small cap", compareOptions{precision: "cost<2%", most: 3}, true, estimate.FirstLook, 0},
		{"a time", compareOptions{within: 30 * time.Second, most: 200}, false, 200, 30 * time.Second},
		{"nothing, at a terminal", compareOptions{most: 200}, true, 200, 2 * time.Minute},
		{"nothing, in a script", compareOptions{most: 200}, false, 10, 0},
	} {
		a, _ := clocked(&now)
		a.outTerminal = row.terminal
		began := now
		p, err := a.plan(&compared{}, row.o)
		if err != nil || p.Replications != row.want || (p.More != nil) != (row.within > 0) || (p.Precision != nil) != (row.o.precision != "") {
			t.Errorf("%s: %v, %+v", row.name, err, p)
			continue
		}
		if row.within == 0 {
			continue
		}
		now = began.Add(row.within - 1)
		before := p.More()
		if now = began.Add(row.within); !before || p.More() {
			t.Errorf("%s: more until the time is over: %v, after it %v", row.name, before, p.More())
		}
	}
	for _, o := range []compareOptions{{replications: 3, within: time.Second, most: 9}, {replications: 3, precision: "cost<2%", most: 9}, {replications: -1, most: 9}, {within: -1, most: 9}, {replications: 3}, {precision: "x", most: 9}} {
		a, _ := clocked(&now)
		if p, err := a.plan(&compared{}, o); err == nil {
			t.Errorf("%+v: accepted, %+v", o, p)
		}
	}
}

// The counter tells what is done and how long the rest takes at most: 2 of 10 in 6 s leave
// 8 x 3 s. Only a terminal sees it.
func TestCounterTellsTheRest(t *testing.T) {
	now := time.Unix(0, 0)
	a, out := clocked(&now)
	c := a.counter(10)
	c.step()
	c.clear()
	if out.Len() > 0 {
		t.Errorf("no terminal, and told %q", out)
	}
	a.errTerminal = true
	now = now.Add(6 * time.Second)
	c.step()
	if got := out.String(); !strings.HasSuffix(got, "2 of at most 10 runs, 24 s to go at most") {
		t.Errorf("%q", got)
	}
	out.Reset()
	for range 8 {
		c.step()
	}
	if got := out.String(); !strings.HasSuffix(got, "\x1b[K10 runs") {
		t.Errorf("%q", got)
	}
}

// Several scenarios are given as label=file, each with both.
func TestSeveralScenariosHaveLabels(t *testing.T) {
	now := time.Unix(0, 0)
	for _, args := range [][]string{{"=b.toml", "c=d.toml"}, {"a=", "c=d.toml"}, {"plain.toml", "c=d.toml"}, {"="}} {
		a, _ := clocked(&now)
		if _, err := a.compared(args, compareOptions{}); err == nil || !strings.Contains(err.Error(), "several scenarios are given as label=file") {
			t.Errorf("%q: %v", args, err)
		}
	}
	a, _ := clocked(&now)
	if _, err := a.compared([]string{"a=b.toml", "c=d.toml"}, compareOptions{tries: []string{"x"}}); err == nil || !strings.Contains(err.Error(), "goes with one scenario") {
		t.Errorf("%v", err)
	}
}
