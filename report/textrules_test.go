package report

import (
	"regexp"
	"strings"
	"testing"

	"asgsim/sim"
	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// section is what lines print of a part of the summary, spaces as one.
func section(print func(*lines)) string {
	t := &lines{columns: Columns}
	print(t)
	return strings.Join(strings.Fields(strings.Join(t.out, " ")), " ")
}

// Whose money: EC2 with its month, what is saved, and what is besides, each with what it
// rests on; nothing that costs nothing.
func TestMoneyInWords(t *testing.T) {
	d := sampleDocument()
	if got := section(func(l *lines) { l.money(d) }); !strings.HasPrefix(got, "money $0.54 for EC2, ") || !strings.HasSuffix(got, "besides: load balancer $0.0500, detailed monitoring $0.0163") {
		t.Errorf("%q", got)
	}
	d.Summary.Cost.EC2PerMonth, d.Summary.Cost.PerMonth, d.Summary.Cost.MonthBasis = ptr(16.0), ptr(18.0), "30 days"
	d.Summary.Cost.RestsOn, d.Summary.Cost.Storage = []string{"response_bytes"}, 2
	d.Bill = append(d.Bill, Line{Item: "High-resolution metrics"})
	if got := section(func(l *lines) { l.money(d) }); !strings.HasPrefix(got, "money $0.54 for EC2 ($16.00 a month), ") ||
		!strings.HasSuffix(got, "besides: load balancer $0.0500 (rests on response_bytes: a default), monitoring $0.0163, volumes of the warm pool $2.00; all together $18.00 a month (30 days)") {
		t.Errorf("%q", got)
	}
	d.Summary.Cost.RestsOn = []string{"a", "b"}
	if got := section(func(l *lines) { l.money(d) }); !strings.Contains(got, "(rests on a, b: defaults)") {
		t.Errorf("%q", got)
	}
	d.Summary.Cost.LoadBalancer, d.Summary.Cost.Monitoring, d.Summary.Cost.Storage = 0, 0, 0
	if got := section(func(l *lines) { l.money(d) }); strings.Contains(got, "besides") {
		t.Errorf("%q", got)
	}
}

// What users got: the verdict beside the promise, percentiles at the right, breached
// minutes below.
func TestUsersInWords(t *testing.T) {
	d := sampleDocument()
	d.Summary.WorstMinute.Cause = "an instance hung"
	if got := section(func(l *lines) { l.users(d) }); got != "users 1.4 M requests, 99.96 % good: SLO met (99.5 % under 400 ms) p50 20 ms p99 120 ms 1 minute breached, 1.2 allowed; in the worst 4 % were bad: an instance hung" {
		t.Errorf("%q", got)
	}
	s := &d.Summary
	s.SLO.Met, s.SLO.LatencyS, s.SLO.BreachedMinutes, s.Latency.P50 = false, 0, 0, nil
	if got := section(func(l *lines) { l.users(d) }); got != "users 1.4 M requests, 99.96 % good: SLO missed (99.5 %)" {
		t.Errorf("%q", got)
	}
	s.Requests.GoodShare = nil
	if got := section(func(l *lines) { l.users(d) }); got != "users 1.4 M requests, none of them ended by then: SLO missed" {
		t.Errorf("%q", got)
	}
	s.Requests.Offered = 0
	if got := section(func(l *lines) { l.users(d) }); got != "users no requests in the window" {
		t.Errorf("%q", got)
	}
}

// The fleet: its sizes and hours, and how long a new instance takes to traffic.
func TestFleetInWords(t *testing.T) {
	d := sampleDocument()
	d.Fleet = nil
	if got := section(func(l *lines) { l.fleet(d) }); got != "fleet 3 to 5 instances, 3.8 on average, 7.5 instance-hours" {
		t.Errorf("%q", got)
	}
	d.Summary.Capacity.InService = account.MinMeanMax{Min: 5, Mean: 5, Max: 5}
	d.Summary.Capacity.Unit = "vCPUs"
	d.Summary.Launch = &account.LaunchTimes{Instances: 1, TotalS: 190, RunningS: 20, BootS: 60, HooksS: 80, ChecksS: 30, LostBooting: 7}
	if got := section(func(l *lines) { l.fleet(d) }); got != "fleet 5 units throughout, 7.5 instance-hours a new instance is healthy after 3 min: 20 s to run, 60 s to boot, 80 s more for launch hooks, 30 s of health checks; 7 requests lost on new ones before that, as the balancer failed open" {
		t.Errorf("%q", got)
	}
	for n, want := range map[uint64]string{7: "failed open while dependency db was the bottleneck", 5: "failed open, 5 of them while dependency db was the bottleneck"} {
		d.Summary.Launch.LostLimited, d.Summary.Launch.Limited = n, "db"
		if got := section(func(l *lines) { l.fleet(d) }); !strings.HasSuffix(got, want) {
			t.Errorf("%q, want %q at its end", got, want)
		}
	}
}

// A second text stands at column 76 where both fit, two spaces apart at least, else below.
func TestPairs(t *testing.T) {
	for _, row := range []struct {
		left    int
		right   string
		columns int
		lines   int
	}{{74, "right", 100, 1}, {75, "right", 100, 2}, {20, "right", 81, 1}, {20, "right", 80, 2}, {20, "", 100, 1}} {
		l := &lines{columns: row.columns}
		l.pair("  label    "+strings.Repeat("x", row.left-labelled), row.right)
		if len(l.out) != row.lines || row.lines == 1 && row.right != "" && strings.Index(l.out[0], row.right) != 76 || row.lines == 2 && l.out[1] != strings.Repeat(" ", labelled)+row.right {
			t.Errorf("%+v: %q", row, l.out)
		}
	}
}

// Texts are broken at so many columns and not before, and go on below their beginning.
func TestWrapping(t *testing.T) {
	const txt = "one two three 12 % four"
	for width, want := range map[int]string{40: "lead one two three 12 % four"} {
		l := &lines{columns: width}
		if l.wrap("lead ", txt); strings.Join(l.out, "|") != want {
			t.Errorf("%q", l.out)
		}
	}
	long := strings.Repeat("abcd ", 9) // 44 characters, and a space
	l := &lines{columns: 40}
	if l.wrap("- ", long); len(l.out) != 2 || len(l.out[0]) != 36 || l.out[1] != "  abcd abcd" {
		t.Errorf("%q", l.out)
	}
	for width, want := range map[int]string{46: "  " + strings.TrimSpace(long) + "\n", 45: "  " + strings.TrimSpace(long)[:39] + "\n    abcd\n"} {
		if got := wrapped(width, "  ", long); got != want {
			t.Errorf("in %d: %q, want %q", width, got, want)
		}
	}
}

// The tables of the verbose text: each column its own figure.
func TestTablesInWords(t *testing.T) {
	d := sampleDocument()
	s := &d.Summary
	s.Latency = account.Latency{Mean: ptr(0.011), P50: ptr(0.012), P90: ptr(0.013), P95: ptr(0.014), P99: ptr(0.015), P999: ptr(0.016), Max: ptr(0.017)}
	s.LatencyAll = account.LatencyAll{P50: ptr(0.022), P90: ptr(0.023), P95: ptr(0.024), P99: ptr(0.025)}
	s.TargetResponse = account.Latency{Mean: ptr(0.031), P50: ptr(0.032), P90: ptr(0.033), P95: ptr(0.034), P99: ptr(0.035), P999: ptr(0.036), Max: ptr(0.037)}
	s.Savings = []account.Saving{{Baseline: "always-on", Instances: 6, BaselineUS: 8, USD: 3, Share: 0.375, Comparable: true}, {Baseline: "other", Instances: 7, BaselineUS: 9, USD: 4, Share: 0.5, Reason: "missed"}}
	s.Incidents = []account.Incident{{Fault: "frozen", Kind: "hang", Instance: "i-1", DetectS: ptr(25.0), ReplaceS: ptr(182.0), Lost: 480}}
	d.Bill = []Line{{Item: "EC2", Quantity: 1999.996, Unit: "hours", PriceUSD: 0.5, USD: 1000}, {Item: "LCU", Quantity: 7.5, Unit: "LCU-hours", PriceUSD: 2, USD: 15}}
	got := section(func(l *lines) { l.tables(d) })
	for _, want := range []string{
		"mean p50 p90 p95 p99 p99.9 max served, as users felt it 11 ms 12 ms 13 ms 14 ms 15 ms 16 ms 17 ms all, failures rank last 22 ms 23 ms 24 ms 25 ms failed as TargetResponseTime 31 ms 32 ms 33 ms 34 ms 35 ms 36 ms 37 ms",
		"reason requests cut_off 20 timed_out 480 ", "against instances costs saved share always-on 6 $8.00 $3.00 38 % other 7 $9.00 $4.00 50 % not comparable: missed",
		"fault kind instance noticed after replaced after recovered after attempts lost frozen hang i-1 25 s 182 s - 480", "item quantity price amount EC2 2,000 hours $0.50 $1,000 LCU 7.50 LCU-hours $2.00 $15.00",
		"not included EBS, data transfer",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

// Quantities are whole, or to two digits.
func TestQuantities(t *testing.T) {
	for v, want := range map[float64]string{7: "7", 7.5: "7.50", 1234.567: "1,234.57", 1999.996: "2,000", 0.004: "0", 0.25: "0.25"} {
		if got := thousandsOf(v); got != want {
			t.Errorf("%v: %s, want %s", v, got, want)
		}
	}
}

// An activity's id has the form of a UUID (RFC 9562, 4), the same for the same seed and
// activity alone.
func TestActivityIDs(t *testing.T) {
	uuid := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)
	seen := map[string]bool{}
	for _, x := range [][2]int{{1, 1}, {1, 2}, {2, 1}, {1, 11}, {11, 1}} {
		id := activityID(uint64(x[0]), x[1])
		if !uuid.MatchString(id) || seen[id] || id != activityID(uint64(x[0]), x[1]) {
			t.Errorf("seed %d, activity %d: %s", x[0], x[1], id)
		}
		seen[id] = true
	}
}

// The yardsticks are of the window's days.
func TestYardstickDays(t *testing.T) {
	cfg := &record.Config{Duration: 3 * des.Day, WarmUp: 12 * des.Hour}
	y := NewYardstick(&sim.Yardsticks{Minimum: sim.Fixed{Instances: 9, EC2: 31}, Headroom: sim.Fixed{Instances: 14, EC2: 48}, LowerBound: 12}, cfg)
	if y.Days != 2.5 || y.FixedMinimum.Instances != 9 || y.FixedMinimum.EC2USD != 31 || y.FixedSameHeadroom.Instances != 14 || y.FixedSameHeadroom.EC2USD != 48 || y.LowerBoundUSD != 12 {
		t.Errorf("%+v", y)
	}
	if NewYardstick(nil, cfg) != nil {
		t.Error("of none")
	}
}
