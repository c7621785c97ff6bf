package chart

import (
	"math"
	"slices"
	"testing"

	"asgsim/report/story"
	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// month is a run of 30 days in UTC with rows of an hour: by day two instances and 10
// requests a second from noon on, four and 30 from six in the evening, else one and none.
func month() *figure {
	f := byHand()
	f.doc.Story = &story.Story{}
	f.res.Config.Duration, f.res.Interval = 30*des.Day, des.Hour
	f.res.Capacity, f.res.Rows = nil, nil
	for h := range 30 * 24 {
		at, n, rate := des.Time(h)*des.Time(des.Hour), 1, 0.0
		switch {
		case h%24 >= 18:
			n, rate = 4, 30
		case h%24 >= 12:
			n, rate = 2, 10
		}
		f.res.Capacity = append(f.res.Capacity, record.CapacityChange{At: at, States: record.States{Ready: n}, Desired: n + 1, MinSize: 1, MaxSize: 6})
		r := record.Row{At: at, Expected: rate, CPU: 0.1 * float64(n), Hottest: 0.2 * float64(n), CostPerHour: 0.5 * float64(n), Served: 1000, NeededSLO: n, NeededTarget: n,
			P50: 0.01, P90: 0.02, P99: 0.03, P999: 0.04, ForecastRate: math.NaN(), ForecastCapacity: -1}
		if n == 4 {
			r.P50, r.P90, r.P99, r.P999 = 0.1, 0.2, 0.3, 0.4
		}
		f.res.Rows = append(f.res.Rows, r)
	}
	return f
}

// The days of a month: the mean of one, two and four instances for twelve, six and six
// hours is two.
func TestCapacityOfALongRun(t *testing.T) {
	f := month()
	end := f.end()
	d := drawOn(end, 10)
	f.capacityPanel(d.panel)
	same(t, "always in service", []box{{0, end, 0, 1}}, d.boxes(rgb(blue)))
	same(t, "at times", []box{{0, end, 1, 4}}, d.boxes(bandColour()))
	same(t, "load", []box{{0, end, 0, 9.8}}, d.boxes(rgb(mist))) // its peak is at 98 % of the height
	same(t, "mean", [][]xy{{{0, 2}, {end, 2}}}, d.lines(blue))
	if lines := d.lines(ink); !slices.ContainsFunc(lines, func(l []xy) bool { return slices.Equal(l, []xy{{0, 5}, {end, 5}}) }) {
		t.Errorf("desired, at most five, is not among %v", lines)
	}
	if lines := append(d.lines(purple), d.lines(green)...); len(lines) > 0 {
		t.Errorf("what is needed is drawn minute by minute: %v", lines)
	}
	for _, limit := range []string{"max_size 6", "min_size 1"} {
		if _, ok := d.find(limit); !ok {
			t.Errorf("no %s in %q", limit, d.words())
		}
	}
	states, lines := f.capacityLegend()
	same(t, "states", []string{"in service all day", "at times", "mean"}, names(states))
	same(t, "lines", []string{"desired, most of a day", "load, least to most of a day, requests/s (right)"}, names(lines))

	f.doc.Summary.Spot = &account.SpotSummary{}
	f.res.Rows[0].ForecastCapacity = 3
	states, _ = f.capacityLegend()
	same(t, "more", []string{"in service all day", "at times", "mean", "Spot, mean", "capacity forecast, mean"}, names(states))
	f.res.Config.Duration = 28 * des.Day // is not long
	states, _ = f.capacityLegend()
	same(t, "four weeks", []string{"ready", "capacity forecast", "load forecast", "Spot"}, names(states))
}

// CPU and cost of a long run are bands with the day's mean: of 0.1, 0.2 and 0.4 for twelve,
// six and six hours 0.2.
func TestBandsOfALongRun(t *testing.T) {
	f := month()
	end := f.end()
	d := drawOn(end, 1)
	f.cpuPanel(d.panel)
	same(t, "average", []box{{0, end, 0.1, 0.4}}, d.boxes(fade(rgb(blue), 0.3)))
	same(t, "hottest", []box{{0, end, 0.2, 0.8}}, d.boxes(fade(rgb(orange), 0.3)))
	same(t, "mean", [][]xy{{{0, 0.2}, {end, 0.2}}}, d.lines(blue))
	same(t, "mean of the hottest", [][]xy{{{0, 0.4}, {end, 0.4}}}, d.lines(orange))
	d = drawOn(end, 4)
	f.costHourPanel(d.panel)
	same(t, "at all hours", []box{{0, end, 0, 0.5}}, d.boxes(fade(rgb(green), 0.6)))
	same(t, "at times", []box{{0, end, 0.5, 2}}, d.boxes(fade(rgb(green), 0.3)))
	same(t, "mean cost", [][]xy{{{0, 1}, {end, 1}}}, d.lines(green))
	same(t, "legend", []string{"least to most of a day", "mean"}, names(f.hourLegend()))
}

// The line of a percentile is that of all requests of the day, not the mean of its hours':
// where a quarter of them is ten times slower the median is near that of the rest, and the
// 99th percentile that of the slow quarter's slowest 4 %, beyond its p90.
func TestLatencyOfALongRun(t *testing.T) {
	f := month()
	days := f.dayWindows()
	if len(days) != 30 {
		t.Fatalf("%d days", len(days))
	}
	for k, w := range days {
		if w.at != (float64(k)+0.5)*86400 || w.served != 24_000 {
			t.Errorf("day %d: %+v", k, w)
		}
		if w.q[0] < 0.01 || w.q[0] > 0.02 || w.q[2] < 0.2 || w.q[2] > 0.3 {
			t.Errorf("day %d: p50 %g, p99 %g", k, w.q[0], w.q[2])
		}
	}
	d := drawOn(f.end(), 1)
	f.latencyPanel(d.panel, windows(f.res.Rows, des.Hour, des.Hour))
	same(t, "p50", []box{{0, f.end(), 0.01, 0.1}}, d.boxes(fade(rgb(blue), 0.3)))
	same(t, "p99", []box{{0, f.end(), 0.03, 0.3}}, d.boxes(fade(rgb(vermilion), 0.3)))
	same(t, "p99, line", [][]xy{{{0, days[0].q[2]}, {f.end(), days[0].q[2]}}}, d.lines(vermilion))
	f.latencyHead(d.panel, des.Hour)
	for _, word := range []string{"Latency that users felt, log scale", "least to most of a day's hours", "the day as a whole"} {
		if _, ok := d.find(word); !ok {
			t.Errorf("no %q in %q", word, d.words())
		}
	}
}

// From three weeks after the warm-up on the average week stands between capacity and CPU.
func TestWeekOnThePages(t *testing.T) {
	for _, row := range []struct {
		days, warm des.Duration
		want       bool
	}{{21, 0, true}, {20, 0, false}, {30, 0, true}, {30, 10, false}} {
		f := month()
		f.doc.Setup.Title = "A month"
		f.res.Config.Duration, f.res.Config.WarmUp = row.days*des.Day, row.warm*des.Day
		for _, p := range []Picture{f.report(), f.capacity()} {
			got := heights(sketch(p), "Capacity, instances", "The average week, instances", "CPU utilization")
			switch {
			case got[1] >= 0 != row.want:
				t.Errorf("%d days, %s: the average week at %v", row.days, p.Name, got[1])
			case row.want && (got[1] > got[0] || got[1] < got[2]):
				t.Errorf("%d days, %s: %v", row.days, p.Name, got)
			}
		}
	}
}
