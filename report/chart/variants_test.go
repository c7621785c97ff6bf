package chart

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"

	"asgsim/report"
	"asgsim/report/format"
	"asgsim/sim"
	"asgsim/sim/des"
	"asgsim/sim/estimate"
	"asgsim/sim/record"
)

// variants are n cases of three hours in rows of a minute, each with two replications:
// case i has 10 x (i + 1) and two instances more, costs 5 - i dollars a day, and fails
// (i + 1) % of its requests.
func variants(n int) *comparison {
	c := &sim.Comparison{}
	for i := range n {
		line := &sim.Timeline{Interval: des.Minute}
		one, two := &sim.Outcome{}, &sim.Outcome{}
		for k := range 180 {
			line.At = append(line.At, des.Time(k)*minute)
			line.Expected = append(line.Expected, 100)
			line.NeededSLO = append(line.NeededSLO, 4)
			for r, o := range []*sim.Outcome{one, two} {
				o.InService = append(o.InService, uint16(10*(i+1)+2*r))
				o.P99 = append(o.P99, 0.25)
				o.Breached = append(o.Breached, false)
			}
		}
		cfg := &record.Config{Duration: 3 * des.Hour, SLO: record.SLO{Latency: 500 * des.Millisecond, Good: 0.99}}
		cost, bad := float64(5-i), float64(i+1)/100
		c.Cases = append(c.Cases, sim.CaseResult{Name: string(rune('a' + i)), Config: cfg, Timeline: line, Outcomes: []*sim.Outcome{one, two},
			Values: map[string]estimate.Interval{"cost_per_day": {Value: cost, Lo: cost - 1, Hi: cost + 1}, "bad_share": {Value: bad, Lo: bad / 2, Hi: bad * 2}}})
	}
	return &comparison{&report.Comparison{}, c}
}

func (f *comparison) moves(i int) {
	s := &f.c.Cases[i].Outcomes[0].Summary.Capacity
	s.Desired.Max = s.Desired.Min + 1
}

// The base is ink; the others have colours of their own as long as there are any.
func TestColoursOfVariants(t *testing.T) {
	f := variants(1)
	seen := map[uint32]bool{}
	for i := range len(variantColours()) {
		seen[f.colour(i)] = true
	}
	if len(seen) != len(variantColours()) || f.colour(0) != ink {
		t.Errorf("%d colours for %d variants, the base in %06x", len(seen), len(variantColours()), f.colour(0))
	}
	if again := f.colour(len(variantColours())); again != f.colour(1) { // the base's is not given twice
		t.Errorf("after the last colour comes %06x", again)
	}
}

// What is shown closely: the best, else the first after the base, else the base.
func TestFocus(t *testing.T) {
	f := variants(3)
	if got := f.focus(); got != 1 {
		t.Errorf("without a best: %d", got)
	}
	f.doc.Best.Name = "c"
	if got := f.focus(); got != 2 {
		t.Errorf("the best: %d", got)
	}
	if got := variants(1).focus(); got != 0 {
		t.Errorf("alone: %d", got)
	}
}

// The moving fleet that is shown: the best if it moves, else the cheapest that moves and
// meets the SLO, else the first that moves, else the focus.
func TestLiveliest(t *testing.T) {
	f := variants(4)
	check := func(want int, why string) {
		t.Helper()
		if got, reason := f.liveliest(); got != want || reason != why {
			t.Errorf("%d, %q; want %d, %q", got, reason, want, why)
		}
	}
	check(1, "no fleet moves")
	f.moves(1)
	f.moves(2)
	f.moves(3)
	check(1, "no moving fleet is known to meet the SLO")
	f.c.Cases[1].SLO, f.c.Cases[2].SLO = estimate.Pass, estimate.Pass
	check(2, "the cheapest moving fleet that meets the SLO")
	f.c.Cases[0].SLO, f.doc.Best.Name = estimate.Pass, "a" // does not move
	check(2, "the cheapest moving fleet that meets the SLO")
	f.doc.Best.Name = "b"
	check(1, "the best")
}

// The mean over replications, and the axis with a tenth of room above all of them and
// the need, in the stretch that is shown.
func TestCapacityOfVariants(t *testing.T) {
	f := variants(2)
	if got := f.meanInService(1); got[3] != (step{180, 21}) || len(got) != 180 {
		t.Errorf("%v, want the mean of 20 and 22 at 180 s", got[3])
	}
	if got := f.capacityMax(); math.Abs(got-22*1.1) > 1e-9 {
		t.Errorf("the axis ends at %g", got)
	}
	f.c.Cases[0].Timeline.NeededSLO[10], f.c.Cases[1].Outcomes[0].InService[20] = 40, 50
	for _, row := range []struct{ from, to, want float64 }{{0, 10800, 55}, {600, 600, 44}, {601, 1199, 24.2}, {1200, 1300, 55}} {
		if got := f.capacityMaxIn(row.from, row.to); math.Abs(got-row.want) > 1e-9 {
			t.Errorf("from %g to %g: %g, want %g", row.from, row.to, got, row.want)
		}
	}
}

// Capacities over the need, which has gaps where the estimate has no answer; the legend
// has four entries a row.
func TestCapacitiesAreDrawnOverTheNeed(t *testing.T) {
	f := variants(4)
	f.c.Cases[0].Timeline.NeededSLO[100] = -1
	d := drawOn(10800, 50)
	f.capacities(d.panel, "In service", true)
	same(t, "need", []box{{0, 6000, 0, 4}, {6060, 10800, 0, 4}}, d.boxes(fade(rgb(chalk), 0.75))[:2])
	for i, want := range []float64{11, 21, 31, 41} {
		if got := d.lines(f.colour(i))[0]; len(got) != 2 || got[0] != (xy{0, want}) || got[1] != (xy{10800, want}) {
			t.Errorf("variant %d: %v", i, got)
		}
	}
	need, _ := d.find("needed for the SLO (estimate)")
	c, _ := d.find("c")
	last, ok := d.find("d")
	if !ok || need.at.y != c.at.y || last.at.y >= c.at.y {
		t.Errorf("%+v and %+v above %+v", need, c, last)
	}
	d = drawOn(10800, 50)
	f.capacities(d.panel, "The worst hour", false)
	same(t, "unnamed", []string{"The worst hour"}, d.words())
}

// The hour with the most breached minutes of one run ends half an hour after its last; it
// stays in the run. Without any, the hour around the highest load.
func TestWorstHour(t *testing.T) {
	f := variants(2)
	check := func(from, to float64, why string) {
		t.Helper()
		if a, b, reason := f.worstHour(); a != from || b != to || reason != why {
			t.Errorf("%g to %g, %s; want %g to %g, %s", a, b, reason, from, to, why)
		}
	}
	f.c.Cases[0].Timeline.Expected[60] = 200
	check(90*60+1800-5400, 90*60+1800, "the highest load (nothing was breached)")
	breached := f.c.Cases[1].Outcomes[1].Breached
	breached[30] = true
	check(0, 30*60+1800, "most breached minutes")
	breached[100], breached[130], breached[159] = true, true, true // the first and the last are within an hour
	check(5400, 10800, "most breached minutes")
	breached[159], breached[160] = false, true // and now they are not: 130 and 100 were first with two
	check(130*60+1800-5400, 130*60+1800, "most breached minutes")
}

// Quantiles by rank: of ten values the median is the sixth, the least and the greatest at
// the ends.
func TestQuantileOf(t *testing.T) {
	for p, want := range map[float64]float64{0: 1, 0.5: 6, 0.25: 3, 0.975: 10, 1: 10} {
		if got := quantileOf([]float64{10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, p); got != want {
			t.Errorf("%g: %g, want %g", p, got, want)
		}
	}
	if got := quantileOf(nil, 0.5); !math.IsNaN(got) {
		t.Errorf("of none: %g", got)
	}
}

// The fan: the middle 95 %, the middle half and the median of the replications.
func TestFan(t *testing.T) {
	f := variants(1)
	one := f.c.Cases[0].Outcomes[0]
	f.c.Cases[0].Outcomes = nil
	for r := range 40 {
		o := &sim.Outcome{}
		for range one.InService {
			o.InService = append(o.InService, uint16(r))
		}
		f.c.Cases[0].Outcomes = append(f.c.Cases[0].Outcomes, o)
	}
	d := drawOn(10800, 50)
	f.fan(d.panel, 0, "the best")
	_, areas, _ := d.marks()
	same(t, "95 %", []xy{{0, 1}, {10800, 1}, {10800, 39}, {0, 39}}, areas[0].pts)
	same(t, "half", []xy{{0, 10}, {10800, 10}, {10800, 30}, {0, 30}}, areas[1].pts)
	same(t, "median", []xy{{0, 20}, {10800, 20}}, d.lines(ink)[0])
	if _, ok := d.find("a (the best): in service over 40 replications"); !ok {
		t.Errorf("%q", d.words())
	}
}

// A variant's p99 is the median of the replications that served, in the middle of the row.
func TestMedianP99(t *testing.T) {
	f := variants(1)
	a, b := f.c.Cases[0].Outcomes[0], f.c.Cases[0].Outcomes[1]
	f.c.Cases[0].Outcomes = append(f.c.Cases[0].Outcomes, &sim.Outcome{P99: b.P99})
	a.P99[2], b.P99[2] = 1, 0.5
	a.P99[3] = float32(math.NaN())
	got := f.medianP99(0)
	same(t, "p99", []xy{{150, 0.5}, {210, 0.25}}, got[2:4])
	a.P99[4], b.P99[4] = float32(math.NaN()), float32(math.NaN())
	if got := f.medianP99(0)[4].y; !math.IsNaN(got) {
		t.Errorf("of none: %g", got)
	}
}

// The worst hour's latency: lines in the variants' colours on an axis of what is shown,
// with the SLO as a rule.
func TestLatenciesOfVariants(t *testing.T) {
	f := variants(2)
	for _, o := range f.c.Cases[1].Outcomes {
		o.P99[0], o.P99[100] = 30, 3 // the first lies outside the hour
	}
	d := drawOn(10800, 1)
	d.x.Min = 3600
	f.latencies(d.panel, 3600, 7200)
	if d.y.Min != 0.2 || d.y.Max != 5 {
		t.Errorf("the axis spans %g to %g", d.y.Min, d.y.Max)
	}
	if _, ok := d.find("SLO 500 ms"); !ok || len(d.lines(blue)) == 0 {
		t.Errorf("%q", d.words())
	}
}

// Dollars by hour of the local day: the mean of the replications over the days, the
// base's against the focus', green where that is cheaper.
func TestCostByHourOfDay(t *testing.T) {
	f := variants(2)
	for i := range f.c.Cases {
		f.c.Cases[i].Config.Duration = 2 * des.Day
		for r, o := range f.c.Cases[i].Outcomes {
			for h := range o.CostByHour {
				o.CostByHour[h] = float64(8 + 4*r - 4*i) // 8 and 12 for the base, 4 and 8 for the other
			}
		}
	}
	for _, o := range f.c.Cases[1].Outcomes {
		o.CostByHour[23] = 16
	}
	d := drawOn(1, 1)
	f.byHour(d.panel)
	if d.x.Min != 0 || d.x.Max != 24 || math.Abs(d.y.Max-8*1.15) > 1e-6 {
		t.Errorf("axes to %g and %g", d.x.Max, d.y.Max)
	}
	same(t, "base", []xy{{0, 5}, {24, 5}}, d.lines(ink)[0])
	same(t, "other", []xy{{0, 3}, {23, 3}, {23, 8}, {24, 8}}, d.lines(blue)[0])
	if got := d.boxes(fade(rgb(green), 0.22)); len(got) != 23 || got[1] != (box{1, 2, 3, 5}) {
		t.Errorf("%d hours are cheaper, the second %v", len(got), got[1])
	}
	same(t, "dearer", []box{{23, 24, 5, 8}}, d.boxes(fade(rgb(vermilion), 0.22)))
	ticks := hourTicks()(0, 24)
	if len(ticks) != 7 || ticks[1].Label != "04:00" || ticks[1].Value != 4 || ticks[6].Label != "00:00" {
		t.Errorf("%v", ticks)
	}
	f = variants(1)
	d = drawOn(1, 1)
	f.byHour(d.panel) // there is no other
	if w := strings.Join(d.words(), " "); !strings.Contains(w, "EC2 cost by hour of the day a 00:00") {
		t.Errorf("%q", w)
	}
	f = variants(3)
	f.doc.Best.Name = "a" // the best is the base: it is compared with the next
	d = drawOn(1, 1)
	f.byHour(d.panel)
	if w := strings.Join(d.words(), " "); !strings.HasSuffix(strings.Split(w, "EC2 cost")[1], "of the day a b 00:00 04:00 08:00 12:00 16:00 20:00 00:00") {
		t.Errorf("%q", w)
	}
}

// Shares of zero lie on the floor of the log axis: a third of the least share that is
// not zero, the SLO's among them.
func TestBadFloor(t *testing.T) {
	f := variants(3)
	if got := f.badFloor(); math.Abs(got-0.01/3) > 1e-12 {
		t.Errorf("%g, want a third of 1 %%", got)
	}
	f.c.Cases[2].Values["bad_share"] = estimate.Interval{Value: 0.003}
	f.c.Cases[1].Values["bad_share"] = estimate.Interval{}
	if got := f.badFloor(); math.Abs(got-0.001) > 1e-12 {
		t.Errorf("%g, want a third of 0.3 %%", got)
	}
	f.c.Cases[0].Config.SLO.Good = 1
	f.c.Cases = f.c.Cases[:1]
	f.c.Cases[0].Values["bad_share"] = estimate.Interval{Value: 0.5}
	if got := f.badFloor(); math.Abs(got-0.01/3) > 1e-12 {
		t.Errorf("without a share allowed %g", got)
	}
}

// Cost against service: intervals as crosses, and the front of the variants that no other
// beats in both. Of $5 and 1 %, $4 and 2 %, $3 and 3 % none is beaten; at 2 % for $6 one is.
func TestPareto(t *testing.T) {
	f := variants(3)
	worse := variants(1).c.Cases[0]
	worse.Name = "w"
	worse.Values = map[string]estimate.Interval{"cost_per_day": {Value: 6, Lo: math.Inf(-1), Hi: math.Inf(1)}, "bad_share": {Value: 0.02, Lo: 0.02, Hi: 0.02}}
	f.c.Cases = append(f.c.Cases, worse)
	d := drawOn(1, 1)
	f.pareto(d.panel)
	unit := func(x, y float64) vg.Point { return vg.Point{X: d.px(x), Y: d.py(y)} }
	var strokes [][]vg.Point
	for _, a := range d.canvas.Actions {
		if s, ok := a.(*recorder.Stroke); ok {
			var pts []vg.Point
			for _, k := range s.Path {
				pts = append(pts, k.Pos)
			}
			strokes = append(strokes, pts)
		}
	}
	drawn := func(pts ...vg.Point) bool {
		for _, s := range strokes {
			ok := len(s) == len(pts)
			for i := range pts {
				ok = ok && math.Abs(float64(s[i].X-pts[i].X)) < 1e-6 && math.Abs(float64(s[i].Y-pts[i].Y)) < 1e-6
			}
			if ok {
				return true
			}
		}
		return false
	}
	if !drawn(unit(3, 0.03), unit(4, 0.02), unit(5, 0.01)) {
		t.Error("no such front")
	}
	if !drawn(unit(3, 0.02), unit(5, 0.02)) || !drawn(unit(4, 0.01), unit(4, 0.04)) {
		t.Error("the interval of $4 and 2 % is not its cross")
	}
	if !drawn(unit(6, 0.02), unit(6, 0.02)) {
		t.Error("without an interval there is no cross")
	}
	// $2 to $6 with 12 % of room at the left and nearly twice that at the right.
	if math.Abs(d.x.Min-1.52) > 1e-9 || math.Abs(d.x.Max-6.864) > 1e-9 || d.y.Min != 0.002 || d.y.Max != 0.1 {
		t.Errorf("axes: $%g to $%g, %g to %g", d.x.Min, d.x.Max, d.y.Min, d.y.Max)
	}
	// Money is along the foot, the share up the side.
	for _, want := range []string{"$2", "$4", "$6"} {
		if got, ok := d.find(want); !ok || got.at.y >= 0 {
			t.Errorf("%s is not below the axis: %+v", want, got)
		}
	}
	for _, want := range []string{"a", "b", "c", "w", "SLO: at most 1 %", "Slow or failed, against EC2 cost a day"} {
		if _, ok := d.find(want); !ok {
			t.Errorf("%q is not written: %q", want, d.words())
		}
	}
}

// A point's name stands at its right, at its left where the panel ends, elsewhere where
// another is.
func TestTag(t *testing.T) {
	place := func(x float64, taken ...vg.Rectangle) xy {
		d := drawOn(600, 200)
		d.taken = taken
		d.tag(vg.Point{X: d.px(x), Y: d.py(100)}, "name", ink)
		got, _ := d.find("name")
		return xy{got.at.x - x, got.at.y - 100}
	}
	free := place(300)
	if free.x != 6 || free.y < 0 || free.y > 5 {
		t.Errorf("free: %v", free)
	}
	if got := place(598); got.x >= -6 || got.y != free.y {
		t.Errorf("at the right edge: %v", got)
	}
	d := drawOn(600, 200)
	if got := place(300, vg.Rectangle{Min: vg.Point{X: d.px(310), Y: d.py(104)}, Max: vg.Point{X: d.px(320), Y: d.py(105)}}); got.x != 6 || math.Abs(got.y-(free.y-11)) > 1e-6 {
		t.Errorf("a text above: %v, free %v", got, free)
	}
}

// Three small panels a row, four where three would leave one alone.
func TestColumns(t *testing.T) {
	for n, want := range map[int]int{1: 3, 3: 3, 4: 4, 5: 3, 6: 3, 7: 4, 8: 3} {
		if got := variants(n).columns(); got != want {
			t.Errorf("%d variants: %d columns, want %d", n, got, want)
		}
	}
	if got := rowsOf(make([]key, 8), 4); len(got) != 2 || len(got[1]) != 4 {
		t.Errorf("%v", got)
	}
	if got := rowsOf(make([]key, 9), 4); len(got) != 3 || len(got[2]) != 1 {
		t.Errorf("%v", got)
	}
}

// The small panels: each variant's line in its colour on one scale, side by side, then
// below; where the next panel begins the time is not labelled.
func TestMultiples(t *testing.T) {
	f := variants(4)
	f.c.Cases[3].Outcomes[0].P99[9], f.c.Cases[3].Outcomes[1].P99[9] = 4, 4
	c := &recorder.Canvas{}
	pg := &page{Canvas: draw.NewCanvas(c, 720, 300), height: 300}
	f.multiples(pg, 10, 74)
	boxes := map[string]vg.Rectangle{}
	for _, l := range pg.labels {
		boxes[l.text] = l.box
	}
	width := (dataRight - dataLeft - 3*36) / 4
	if y := boxes["p99 of a"].Min.Y; y < pg.down(10) || y > pg.down(0) { // above its panel, which begins ten points from the top
		t.Errorf("the first title stands at %v", y)
	}
	for i, name := range []string{"p99 of a", "p99 of b", "p99 of c", "p99 of d"} {
		if got, want := boxes[name].Min.X, dataLeft+vg.Length(i)*(width+36); math.Abs(float64(got-want)) > 1e-6 {
			t.Errorf("%s at %v, want %v", name, got, want)
		}
	}
	if _, ok := boxes["1 s"]; !ok || strings.Contains(allText(pg), "10 s") {
		t.Errorf("labels of 0.2 s to 5 s: %q", allText(pg))
	}
	ticks := apart(hourTicks(), 15)(0, 24)
	if ticks[3].Label != "12:00" || ticks[4].Label != " " {
		t.Errorf("%v", ticks)
	}
	powers := labels(sparse(format.Latency)(0.05, 20))
	if powers != "100 ms | 1 s | 10 s" {
		t.Errorf("%s", powers)
	}
	if got := labels(sparse(format.Latency)(0.1, 1)); got != "100 ms | 1 s" {
		t.Errorf("%s", got)
	}
}

// Shares on the log axis have the digits they need.
func TestShareTick(t *testing.T) {
	for v, want := range map[float64]string{0.1: "10 %", 1: "100 %", 0.005: "0.5 %", 0.00001: "0.001 %"} {
		if got := shareTick(v); got != want {
			t.Errorf("%g: %q, want %q", v, got, want)
		}
	}
}

// The line of context: scenario, dates, how many, and what is best; a run cut short says so.
func TestContextOfAComparison(t *testing.T) {
	f := variants(2)
	f.doc.Inputs.Scenario, f.doc.Dates, f.doc.Replications, f.doc.Variants = "shop", "2 March", 3, make([]report.Variant, 2)
	f.doc.Best.Reason = "none is known to meet the SLO; more replications may tell"
	if got := f.context(); got != "shop  ·  2 March  ·  2 variants × 3 replications  ·  none is known to meet the SLO" {
		t.Error(got)
	}
	f.doc.Best.Name, f.doc.Best.Reason, f.doc.Interrupted, f.doc.Replications = "b", "the cheapest", true, 1
	if got := f.context(); got != "shop  ·  2 March  ·  2 variants × 1 replication (interrupted)  ·  best: b, the cheapest" {
		t.Error(got)
	}
}
