package chart

import (
	"strings"
	"testing"

	"gonum.org/v1/plot"

	"asgsim/report"
	"asgsim/sim/des"
)

func labels(ticks []plot.Tick) string {
	var out []string
	for _, t := range ticks {
		out = append(out, strings.ReplaceAll(t.Label, "\n", " "))
	}
	return strings.Join(out, " | ")
}

func TestTimeTicks(t *testing.T) {
	const hour, day = 3600.0, 86400.0
	berlin := des.Calendar{Zone: "Europe/Berlin", Start: 1774738800, // Sun 29 Mar 2026, 00:00, the day that lacks an hour
		Offsets: []des.Offset{{Seconds: 3600}, {From: des.Time(2 * des.Hour), Seconds: 7200}}}
	autumn := des.Calendar{Zone: "Europe/Berlin", Start: 1792879200, // Sun 25 Oct 2026, 00:00, the day with one more
		Offsets: []des.Offset{{Seconds: 7200}, {From: des.Time(3 * des.Hour), Seconds: 3600}}}
	noon := des.Calendar{Zone: "UTC", Start: 1774738800 + 13*3600 + 600} // Sun 12:10
	for _, c := range []struct {
		name     string
		cal      des.Calendar
		min, max float64
		want     string
	}{
		{"a day that lacks an hour", berlin, 0, 23 * hour, "00:00 Sun 29 Mar | 03:00 | 04:00 | 06:00 | 08:00 | 10:00 | 12:00 | 14:00 | 16:00 | 18:00 | 20:00 | 22:00 | 00:00 Mon 30 Mar"},
		{"a day with one more", autumn, 0, 25 * hour, "00:00 Sun 25 Oct | 02:00 | 04:00 | 06:00 | 08:00 | 10:00 | 12:00 | 14:00 | 16:00 | 18:00 | 20:00 | 22:00 | 00:00 Mon 26 Oct"},
		{"from noon", noon, 0, 20 * hour, "14:00 Sun 29 Mar | 16:00 | 18:00 | 20:00 | 22:00 | 00:00 Mon 30 Mar | 02:00 | 04:00 | 06:00 | 08:00"},
		{"ten minutes", noon, 0, 600, "12:10 Sun 29 Mar | 12:11 | 12:12 | 12:13 | 12:14 | 12:15 | 12:16 | 12:17 | 12:18 | 12:19 | 12:20"},
		{"a minute", noon, 0, 60, "12:10:00 Sun 29 Mar | 12:10:10 | 12:10:20 | 12:10:30 | 12:10:40 | 12:10:50 | 12:11:00"},
		{"a fortnight", berlin, 0, 14*day - hour, "Sun 29 Mar | Tue 31 Mar | Thu 2 Apr | Sat 4 Apr | Mon 6 Apr | Wed 8 Apr | Fri 10 Apr | Sun 12 Apr"},
	} {
		got := labels(timeTicks(&c.cal, dataRight-dataLeft)(c.min, c.max))
		if got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestValueTicks(t *testing.T) {
	for _, c := range []struct {
		name string
		got  []plot.Tick
		want string
	}{
		{"counts from zero", linearTicks(5, printInstances)(0, 27.8), "0 | 10 | 20"},
		{"few instances", linearTicks(5, printInstances)(0, 3.5), "0 | 1 | 2 | 3"},
		{"money", linearTicks(3, report.Money)(0, 2.1), "$0.00 | $1.00 | $2.00"},
		{"shares", linearTicks(2, report.Percent)(0, 1), "0 % | 50 % | 100 %"},
		{"latency", logTicks(report.Latency)(0.02, 5), "20 ms | 50 ms | 100 ms | 200 ms | 500 ms | 1 s | 2 s | 5 s"},
		{"latency over six decades", logTicks(report.Latency)(0.0001, 10), "100 µs | 1 ms | 10 ms | 100 ms | 1 s | 10 s"},
	} {
		if got := labels(c.got); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}
