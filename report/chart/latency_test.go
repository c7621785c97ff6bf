package chart

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// A window is a row up to six hours, 5 minutes up to four days, 15 up to two weeks, then
// an hour, and never less than a row.
func TestLatencyWindow(t *testing.T) {
	for _, row := range []struct{ run, rows, want des.Duration }{
		{6 * des.Hour, des.Minute, des.Minute}, {6*des.Hour + 1, des.Minute, 5 * des.Minute}, {4 * des.Day, des.Minute, 5 * des.Minute},
		{4*des.Day + 1, des.Minute, 15 * des.Minute}, {14 * des.Day, des.Minute, 15 * des.Minute}, {14*des.Day + 1, des.Minute, des.Hour},
		{des.Day, 10 * des.Minute, 10 * des.Minute}, {7 * des.Day, des.Hour, des.Hour}, {365 * des.Day, des.Day, des.Day},
	} {
		res := &account.Result{Config: &record.Config{Duration: row.run}, Interval: row.rows}
		if got := latencyWindow(res); got != row.want {
			t.Errorf("a run of %v with rows of %v: %v, want %v", row.run, row.rows, got, row.want)
		}
	}
	for d, want := range map[des.Duration]string{des.Minute: "each minute", 5 * des.Minute: "windows of 5 minutes", 15 * des.Minute: "windows of 15 minutes",
		des.Hour: "windows of an hour", 2 * des.Hour: "windows of 2h"} {
		if got := latencyTitle(d); got != "Latency that users felt, log scale, "+want {
			t.Errorf("%v: %q", d, got)
		}
	}
}

// Windows add up what their rows count and stand in their middle; the last may be short.
func TestWindowsOfRows(t *testing.T) {
	var rows []record.Row
	for i := range 5 {
		rows = append(rows, record.Row{At: des.Time(i) * minute, Served: uint64(10 + i), Fail: uint64(i), P50: 1, P90: 2, P99: 3, P999: 4})
	}
	var got []window
	for _, w := range windows(rows, des.Minute, 2*des.Minute) {
		w.q = [4]float64{}
		got = append(got, w)
	}
	want := []window{{at: 60, served: 21, failed: 1}, {at: 180, served: 25, failed: 5}, {at: 270, served: 14, failed: 4}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(window{})); diff != "" {
		t.Error(diff)
	}
	if got := windows(rows[:1], des.Hour, des.Minute); len(got) != 1 { // a window is never less than a row
		t.Errorf("%d windows of one row", len(got))
	}
}

// Between two percentiles the tail is straight in the logarithms: halfway from p50 = 1 s
// to p90 = 100 s, at 10 s, it is the geometric mean of 50 % and 10 %. It never exceeds
// everything, and a step where two percentiles coincide.
func TestShareAbove(t *testing.T) {
	shareAbove := func(q [4]float64, x float64) float64 {
		c := tailOf(q, 1)
		return c.above(math.Log(x))
	}
	q := [4]float64{1, 100, 1000, 4000}
	for x, want := range map[float64]float64{1: 0.5, 10: math.Sqrt(0.5 * 0.1), 100: 0.1, 1000: 0.01, 2000: math.Sqrt(0.01 * 0.001), 4000: 0.001, 1e-9: 1, 8000: 0.01 * math.Pow(8, math.Log(0.1)/math.Log(4))} {
		if got := shareAbove(q, x); math.Abs(got-want) > 1e-9 {
			t.Errorf("above %g: %g, want %g", x, got, want)
		}
	}
	flat := [4]float64{1, 1, 1, 1}
	if got := shareAbove(flat, 0.5); got != 0.5 {
		t.Errorf("below a step: %g", got)
	}
	if got := shareAbove(flat, 2); got > 0.01 {
		t.Errorf("above a step: %g", got)
	}
	cut := [4]float64{1, 2, math.NaN(), math.NaN()}
	if low, high := shareAbove(cut, 1.5), shareAbove(cut, 3); low >= 0.5 || low <= 0.1 || high > 0.1 {
		t.Errorf("of a row without tails: %g above 1.5, %g above 3", low, high)
	}
}

// The axis of latency holds every percentile and the SLO, between values 1, 2, 5; alone,
// what there is; with nothing, a second.
func TestLatencyAxis(t *testing.T) {
	f := byHand()
	ends := func(slo float64, ws ...window) [2]float64 {
		f.doc.Summary.SLO.LatencyS = slo
		a := f.latencyAxis(ws)
		return [2]float64{a.Min, a.Max}
	}
	none := window{q: [4]float64{math.NaN(), math.NaN(), math.NaN(), math.NaN()}}
	some := window{q: [4]float64{0.03, 0.06, 0.3, math.NaN()}}
	for what, row := range map[string]struct{ got, want [2]float64 }{
		"SLO above":    {ends(0.7, some, none), [2]float64{0.02, 1}},
		"SLO below":    {ends(0.012, some), [2]float64{0.01, 0.5}},
		"SLO within":   {ends(0.1, some), [2]float64{0.02, 0.5}},
		"no SLO":       {ends(0, some), [2]float64{0.02, 0.5}},
		"SLO alone":    {ends(0.3, none), [2]float64{0.2, 0.5}},
		"nothing":      {ends(0, none), [2]float64{0.005, 2}},
		"on the edges": {ends(0.5, window{q: [4]float64{0.1, 0.1, 0.1, 0.1}}), [2]float64{0.05, 1}},
	} {
		if !cmp.Equal(row.got, row.want, cmpopts.EquateApprox(1e-9, 0)) {
			t.Errorf("%s: %v, want %v", what, row.got, row.want)
		}
	}
}

// The panel names each percentile at its end, in its colour, the highest on top, and the
// SLO with its share and limit.
func TestLatencyPanel(t *testing.T) {
	f := byHand()
	f.doc.Summary.SLO.LatencyS, f.doc.Summary.SLO.Good = 0.5, 0.99
	d := drawOn(180, 2)
	f.latencyPanel(d.panel, windows(f.res.Rows, des.Minute, des.Minute))
	height := map[string]float64{}
	for k, name := range []string{"p50", "p90", "p99", "p99.9"} {
		got, ok := d.find(name)
		if !ok || got.colour != hue(rgb(latencyColours[k])) || got.at.x <= 180 {
			t.Errorf("%s: %+v, %v", name, got, ok)
		}
		height[name] = got.at.y
		v := float64(k+1) / 10
		same(t, name, [][]xy{{{30, v}, {90, 2 * v}, {150, 3 * v}}}, d.lines(latencyColours[k]))
	}
	if height["p50"] >= height["p90"] || height["p90"] >= height["p99"] || height["p99"] >= height["p99.9"] {
		t.Errorf("not in order: %v", height)
	}
	if _, ok := d.find("SLO: 99 % under 500 ms"); !ok {
		t.Errorf("the SLO is not named: %q", d.words())
	}
	same(t, "the SLO", [][]xy{{{0, 0.5}, {180, 0.5}}}, d.lines(ink))
}

// The names of higher percentiles stand above those of lower ones even where their lines
// ended elsewhere.
func TestNamesInOrder(t *testing.T) {
	ends := []endLabel{{value: 1, text: "p99"}, {value: 3, text: "p90"}, {value: 2, text: "p50"}}
	inOrder(ends)
	want := []endLabel{{value: 3.003, text: "p99"}, {value: 3, text: "p90"}, {value: 2, text: "p50"}}
	if diff := cmp.Diff(want, ends, cmp.AllowUnexported(endLabel{}), cmpopts.EquateApprox(0, 1e-9)); diff != "" {
		t.Error(diff)
	}
	pts := []xy{{0, 5}, {1, 7}, {2, math.NaN()}, {3, 0}}
	if got := lastOf(pts); got != 7 {
		t.Errorf("the last value is %g, want 7", got)
	}
	if got := lastOf(pts[2:]); !math.IsNaN(got) {
		t.Errorf("the last of none is %g", got)
	}
}

// A silence reaches half way to the next window, at the end of the run to half the
// distance from the one before, alone half a minute; it is marked along the top and named
// once, in the middle of the longest.
func TestSilenceIsMarked(t *testing.T) {
	same(t, "the last", []span{{250, 350}}, silences([]window{{at: 200, served: 1}, {at: 300, failed: 1}}))
	same(t, "alone", []span{{170, 230}}, silences([]window{{at: 200, failed: 1}}))
	same(t, "wide", []span{{-50, 250}}, silences([]window{{at: 100, failed: 1}, {at: 400, served: 1}}))
	d := drawOn(1000, 10)
	d.silence([]window{{at: 100, failed: 1}, {at: 200, served: 1}, {at: 500, failed: 2}, {at: 600, failed: 2}, {at: 700, failed: 2}, {at: 800, served: 2}})
	bars := d.boxes(rgb(vermilion))
	same(t, "bars", []box{{50, 150, 9.85, 10}, {450, 750, 9.85, 10}}, bars)
	got, _ := d.find("no lines: every request failed")
	width := float64(face(sizeNote, true, slate).Width(got.text)) / 600 * 1000
	if middle := got.at.x + width/2; math.Abs(middle-600) > 2 || len(d.words()) != 1 {
		t.Errorf("%q, in the middle of %g", d.words(), middle)
	}
	d = drawOn(1000, 10)
	d.silence([]window{{at: 50, served: 1}})
	if len(d.canvas.Actions) > 0 {
		t.Error("a silence where requests were served")
	}
}

// CPU: two named lines, and a rule for each policy that tracks CPU, at its share.
func TestCPUPanel(t *testing.T) {
	f := byHand()
	f.res.Config.Policies = []scaling.Policy{&scaling.TargetTracking{Name: "rps", Metric: scaling.ALBRequestCountPerTarget, Target: 40}, &scaling.TargetTracking{Name: "cpu", Target: 62.5}}
	d := drawOn(180, 1)
	f.cpuPanel(d.panel)
	same(t, "the target", [][]xy{{{0, 0.625}, {180, 0.625}}}, d.lines(ink))
	for name, hex := range map[string]uint32{"target of cpu, 62.5 %": ink, "hottest": orange, "average": blue} {
		if got, ok := d.find(name); !ok || got.colour != hue(rgb(hex)) {
			t.Errorf("%s: %+v %v", name, got, ok)
		}
	}
	if len(d.words()) != 3 {
		t.Errorf("%q", d.words())
	}
}
