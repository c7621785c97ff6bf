package chart

import (
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"

	"asgsim/scenarios/backtest"
	"asgsim/scenarios/calibrate"
	"asgsim/sim/des"
)

// legible holds that every text of a page lies on it, and none on another.
func legible(t *testing.T, p Picture) *page {
	t.Helper()
	pg := sketch(p)
	for i, a := range pg.labels {
		if a.box.Min.X < 0 || a.box.Max.X > p.width || a.box.Min.Y < 0 || a.box.Max.Y > p.height {
			t.Errorf("%s: %q is off the page", p.Name, a.text)
		}
		for _, b := range pg.labels[:i] {
			if strings.TrimSpace(a.text) != "" && strings.TrimSpace(b.text) != "" && overlap(shrink(a.box), shrink(b.box)) {
				t.Errorf("%s: %q lies on %q", p.Name, a.text, b.text)
			}
		}
	}
	return pg
}

func textsOf(pg *page) (out []string) {
	for _, l := range pg.labels {
		out = append(out, l.text)
	}
	return out
}

// A day in which the record loses an instance for two hours that the two runs keep, with a
// gap in the record.
func TestBacktestPicture(t *testing.T) {
	line := func(key, unit string, level float64) backtest.Line {
		l := backtest.Line{Key: key, What: key, Unit: unit}
		for k := range 1440 {
			v := level
			if k > 600 && k < 720 {
				v = level * 0.75
			}
			if k > 900 && k < 930 {
				v = math.NaN()
			}
			l.Recorded = append(l.Recorded, v)
			l.Mean, l.Low, l.High = append(l.Mean, level), append(l.Low, level*0.9), append(l.High, level*1.1)
		}
		return l
	}
	r := &backtest.Result{Scenario: "web.toml", Runs: 2, From: "2026-03-02T00:00:00Z", Hours: 24, BinS: 60,
		Lines: []backtest.Line{line("instances", "instances", 4), line("desired", "instances", 4), line("cpu", "share", 0.5), line("p99", "s", 0.4), line("errors", "share", 0)}}
	cal := &des.Calendar{Zone: "UTC", Start: 1772409600, Offsets: []des.Offset{{}}}
	pg := legible(t, Backtest(r, cal, "asgsim test, web.toml"))
	got := textsOf(pg)
	for _, want := range []string{"Backtest: web.toml", "instances", "difference: simulated less recorded, instances", "cpu", "TargetResponseTime p99", "recorded", "simulated", "all runs", "+1", "0", "-1"} {
		if !slices.Contains(got, want) {
			t.Errorf("%q is not on the picture: %q", want, got)
		}
	}
	if slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "errors") || s == "desired" || s == "2.5" }) {
		t.Errorf("%q: no panel of errors that are all 0, none of desired beside instances, whole instances", got)
	}
	heights := heights(pg, "instances", "difference", "cpu", "TargetResponseTime")
	if !slices.IsSortedFunc(heights, func(a, b vg.Length) int { return int(b - a) }) {
		t.Error(heights)
	}
}

func TestCalibrationPicture(t *testing.T) {
	r := &calibrate.Result{}
	for k := range 300 {
		x := 1 + float64(k)/30
		r.Plot.CPU = append(r.Plot.CPU, calibrate.Point{Rate: x, CPU: 0.07 + 0.04*x, Left: k == 100})
		r.Plot.Latency = append(r.Plot.Latency, calibrate.Tails{Rate: x, P50: 0.05, P90: math.NaN(), P99: 0.4})
	}
	r.Plot.Fitted = []calibrate.Point{{Rate: 0, CPU: 0.07}, {Rate: 11, CPU: 0.51}}
	r.Plot.Curve = []calibrate.Tails{{Rate: 1, P50: 0.05, P90: 0.2, P99: 0.4}, {Rate: 11, P50: 0.06, P90: 0.2, P99: 0.5}}
	got := textsOf(legible(t, Calibration("Calibrated: web.toml", "asgsim test", r)))
	for _, want := range []string{"CPU", "TargetResponseTime", "recorded", "left out", "fitted", "p50", "p90", "p99"} {
		if !slices.Contains(got, want) {
			t.Errorf("%q is not on the picture: %q", want, got)
		}
	}
	legible(t, Calibration("Nothing", "asgsim test", &calibrate.Result{}))
}
