package report

import "testing"

// What a gate found: the value, and the interval it was judged by, of shares within their
// bounds; none of one run, nor where every replication gave the same.
func TestWhatAGateFound(t *testing.T) {
	exact, single := between(0.2, 0.2, 0.2), between(0.2, 0.1, 0.3)
	exact.Exact, single.N = true, 1
	for _, row := range []struct {
		metric          string
		f               Figure
		value, interval string
	}{
		{"p99", between(0.2, 0.1, 0.3), "200 ms", "(100 ms … 300 ms)"}, {"p99", exact, "200 ms", ""}, {"p99", single, "200 ms", ""}, {"p99", Figure{}, "", ""}, {"p99", Figure{Value: ptr(0.2), N: 9}, "200 ms", ""},
		{"bad_share", between(0.005, -0.005, 0.015), "0.5 %", "(0 % … 1.5 %)"}, {"good_share", between(0.995, 0.985, 1.005), "99.5 %", "(98.5 % … 100 %)"}, {"cost_per_day", between(1, -1, 3), "$1.00", "(-$1.00 … $3.00)"},
	} {
		g := &Gate{Metric: row.metric, Value: row.f}
		if value, interval := g.found(); value != row.value || interval != row.interval {
			t.Errorf("%s %+v: %q %q, want %q %q", row.metric, row.f, value, interval, row.value, row.interval)
		}
	}
}

// What would settle an open gate, and when a failed one was first felt.
func TestWhatAGateNeeds(t *testing.T) {
	many := between(1, 0, 2)
	for want, g := range map[string]Gate{
		", about 40 replications would tell": {Verdict: "inconclusive", Needs: 40}, "": {Verdict: "inconclusive"},
		", first breached minute 08:03":                      {Verdict: "fail", Breach: "08:03", Value: Figure{N: 1}},
		", first breached minute 08:03 (median of 18 of 20)": {Verdict: "fail", Breach: "08:03", Breaching: 18, Value: many},
	} {
		if got := g.more(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := (&Gate{Verdict: "pass", Breach: "08:03", Needs: 3}).more(); got != "" {
		t.Errorf("a gate that passes: %q", got)
	}
}
