package report

import (
	"slices"
	"strings"
	"testing"

	"asgsim/sim/account"
)

// The saving to speak of is the first that is no estimate, else the first.
func TestHeadline(t *testing.T) {
	guess, fixed, other := account.Saving{Baseline: "guess", Estimate: true}, account.Saving{Baseline: "fixed"}, account.Saving{Baseline: "other"}
	for want, all := range map[string][]account.Saving{"": nil, "guess": {guess}, "fixed": {guess, fixed, other}, "other": {other, fixed}} {
		got := ""
		if s := Headline(all); s != nil {
			got = s.Baseline
		}
		if got != want {
			t.Errorf("of %d: %q, want %q", len(all), got, want)
		}
	}
}

// The tiles' figures, and which are alarms: a share below the SLO, a breached minute, a
// p99 of nothing served though something was offered.
func TestTiles(t *testing.T) {
	tiles := func(edit func(*Document)) (out []string) {
		d := sampleDocument()
		edit(d)
		for _, x := range d.Tiles() {
			text := x.Value + ", " + x.Name
			if x.Alarm {
				text += "!"
			}
			out = append(out, text)
		}
		return out
	}
	got := tiles(func(*Document) {})
	want := []string{"$0.54, EC2 in 2 hours, on demand", "38 % less, than always-on (6)", "99.96 %, good, SLO 99.5 %", "1 min, breached, 1.2 allowed!", "5 of 5, peak in service, of max_size", "120 ms, p99 latency of the served"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	got = tiles(func(d *Document) {
		s := &d.Summary
		s.Requests.GoodShare, s.SLO.BreachedMinutes, s.Latency.P99, s.Savings = ptr(0.994), 0, nil, nil
	})
	if strings.Join(got[1:3], " | ") != "99.4 %, good, SLO 99.5 %! | 0 min, breached, 1.2 allowed" || got[4] != "none served, p99 latency of the served!" {
		t.Errorf("%q", got)
	}
	got = tiles(func(d *Document) { d.Summary.Requests, d.Summary.Latency.P99 = account.Requests{}, nil })
	if got[2] != "no requests, in the window" || got[5] != "none served, p99 latency of the served" {
		t.Errorf("%q", got)
	}
}

// What a saving's tile says: less or more by its sign, nothing below half a percent, cash
// where commitments exist, and no saving where there is none to speak of.
func TestSavingTile(t *testing.T) {
	for want, s := range map[string]account.Saving{
		"38 % less, than b (6)":                 {Share: 0.375, Comparable: true},
		"38 % more, than b (6)":                 {Share: -0.375, Comparable: true},
		"no saving, costs as much as b (6)":     {Share: 0.0049, Comparable: true},
		"1 % less, than b (6)":                  {Share: 0.0051, Comparable: true},
		"1 % more, than b (6)":                  {Share: -0.0051, Comparable: true},
		"no saving, SLO missed: not comparable": {Share: 0.375},
		"$8.00, for b (6)":                      {Share: 0.375, Comparable: true, Estimate: true, BaselineUS: 8},
		"$2.00 less, in cash than b (6)":        {Share: -0.1, Comparable: true, CashUSD: ptr(2.0)},
		"$2.00 more, in cash than b (6)":        {Share: 0.1, Comparable: true, CashUSD: ptr(-2.0)},
	} {
		s.Baseline, s.Instances = "b", 6
		if x := savingTile(&s); x.Value+", "+x.Name != want {
			t.Errorf("%q, want %q", x.Value+", "+x.Name, want)
		}
	}
}

// A baseline is named with its size, an estimate without "fixed", the same fleet on other
// terms without a number.
func TestBaselineName(t *testing.T) {
	for want, s := range map[string]account.Saving{
		"always-on (20)": {Baseline: "always-on", Instances: 20}, "all on demand": {Baseline: "all_on_demand"},
		"same headroom estimate (14)": {Baseline: "fixed_same_headroom_estimate", Instances: 14, Estimate: true}, "my_fleet (3)": {Baseline: "my_fleet", Instances: 3},
	} {
		if got := BaselineName(&s); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
