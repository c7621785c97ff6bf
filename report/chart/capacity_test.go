package chart

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"asgsim/report/story"
	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

const minute = des.Time(des.Minute)

func same(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(xy{}, box{}, stroked{}, filled{}, written{}, span{}, zone{}), cmpopts.EquateApprox(0, 1e-6), cmpopts.EquateNaNs()); diff != "" {
		t.Errorf("%s: -want +got\n%s", what, diff)
	}
}

// Each state is an area from the axis to the top of all states below it and of its own,
// so that what is visible of it is its number of instances.
func TestStatesAreStacked(t *testing.T) {
	f := byHand()
	f.res.Capacity[0].States = record.States{Ready: 1, Warming: 2}
	f.res.Capacity[1].States = record.States{Ready: 2, Booting: 1, Unhealthy: 1, Pending: 2, Standby: 1, Draining: 1, Terminating: 1,
		WarmedStopped: 1, WarmedRunning: 1, WarmedHibernated: 1, WarmedPending: 1, WarmedTerminating: 1}
	d := drawOn(180, 20)
	f.capacityPanel(d.panel)
	tops := map[record.State][2]float64{record.Ready: {1, 2}, record.Warming: {3, 2}, record.Booting: {3, 3}, record.Unhealthy: {3, 4}, record.Pending: {3, 6},
		record.Standby: {3, 7}, record.Draining: {3, 10}, record.WarmedStopped: {3, 13}, record.WarmedPending: {3, 14}}
	_, areas, _ := d.marks()
	for s, want := range tops {
		found := slices.ContainsFunc(areas, func(a filled) bool {
			top := []xy{{0, 0}, {0, want[0]}, {60, want[0]}, {60, want[1]}, {180, want[1]}, {180, 0}}
			if want[0] == want[1] {
				top = []xy{{0, 0}, {0, want[0]}, {180, want[0]}, {180, 0}}
			}
			return a.colour == hue(stateColour(s)) && cmp.Equal(a.pts, top, cmp.AllowUnexported(xy{}))
		})
		if !found {
			t.Errorf("%v does not reach %v", s, want)
		}
	}
}

// The legend names what is on the panel and nothing else: states that occur, Spot and
// slow start where there are any, forecasts, and the estimates with the SLO's first.
func TestCapacityLegend(t *testing.T) {
	f := byHand()
	f.res.Capacity[1].States = record.States{Ready: 2, Pending: 1}
	states, lines := f.capacityLegend()
	same(t, "states", []string{"ready", "pending"}, names(states))
	same(t, "lines", []string{"desired", "needed for the SLO (estimate)", "needed for the target (estimate)", "load, requests/s (right)"}, names(lines))

	f.res.Capacity[0].SlowStart = 1
	f.res.Rows[2].ForecastCapacity = 7
	f.doc.Summary.Spot = &account.SpotSummary{}
	f.res.FailOpens = []record.FailOpen{{To: minute}}
	for i := range f.res.Rows {
		f.res.Rows[i].NeededSLO, f.res.Rows[i].NeededTarget = -1, -1
	}
	f.res.Rows[1].NeededTarget = 0 // needs none, which is an answer
	states, lines = f.capacityLegend()
	same(t, "states", []string{"ready", "pending", "capacity forecast", "load forecast", "Spot", "in slow start"}, names(states))
	same(t, "lines", []string{"desired", "needed for the target (estimate)", "balancer fails open (foot)", "load, requests/s (right)"}, names(lines))
}

// The axis holds what runs and what is desired; the estimates up to half as much again,
// max_size only if it is no further away. Then 16 % of room.
func TestCapacityMax(t *testing.T) {
	of := func(s record.States, desired, limit, slo, target int) float64 {
		f := byHand()
		f.res.Capacity = []record.CapacityChange{{States: s, Desired: desired, MaxSize: limit}}
		f.res.Rows = []record.Row{{NeededSLO: slo, NeededTarget: target}}
		return f.capacityMax() / 1.16
	}
	all := record.States{Ready: 2, Pending: 3, Draining: 1, Terminating: 1, WarmedStopped: 1}
	for _, row := range []struct {
		what string
		got  float64
		want float64
	}{
		{"nothing", of(record.States{}, 0, 0, -1, -1), 1},
		{"all states", of(all, 5, 100, -1, -1), 8},
		{"desired above them", of(all, 9, 100, -1, -1), 9},
		{"the SLO's need", of(all, 5, 100, 11, 4), 11},
		{"the target's need", of(all, 5, 100, 4, 10), 10},
		{"a need far above", of(all, 5, 100, 50, -1), 12},
		{"a limit in reach", of(all, 5, 12, -1, -1), 12},
		{"a limit below", of(all, 5, 6, -1, -1), 8},
		{"a limit just out of reach", of(all, 5, 13, -1, -1), 8},
	} {
		if math.Abs(row.got-row.want) > 1e-9 {
			t.Errorf("%s: %g, want %g", row.what, row.got, row.want)
		}
	}
}

// min_size and max_size that never change are rules over the whole run with their names;
// one rule if they are the same, a note if max_size is beyond the axis.
func TestFixedLimits(t *testing.T) {
	rules := func(low, high int) *drawing {
		f := byHand()
		f.res.Capacity = []record.CapacityChange{{MinSize: low, MaxSize: high}, {At: minute, MinSize: low, MaxSize: high}}
		d := drawOn(180, 20)
		f.limits(d.panel)
		return d
	}
	level := func(v float64) []xy { return []xy{{0, v}, {180, v}} }
	d := rules(1, 9) // too low for a name inside the area
	same(t, "rules", [][]xy{level(1), level(9)}, d.lines(ink))
	same(t, "names", []string{"min_size 1", "max_size 9"}, d.words())
	d = rules(4, 4)
	same(t, "one size", [][]xy{level(4)}, d.lines(ink))
	same(t, "one name", []string{"max_size 4"}, d.words())
	d = rules(0, 21)
	same(t, "far above", []string{"min_size 0", "max_size 21, far above"}, d.words())
	if got := d.lines(ink); len(got) != 1 {
		t.Errorf("lines beyond the axis: %v", got)
	}
}

// Limits that change are steps, and the name says which changed.
func TestLimitsThatChange(t *testing.T) {
	steps := func(second record.CapacityChange) *drawing {
		f := byHand()
		second.At = minute
		f.res.Capacity = []record.CapacityChange{{MinSize: 2, MaxSize: 8}, second}
		d := drawOn(180, 20)
		f.limits(d.panel)
		return d
	}
	d := steps(record.CapacityChange{MinSize: 2, MaxSize: 9})
	same(t, "both", [][]xy{{{0, 2}, {180, 2}}, {{0, 8}, {60, 8}, {60, 9}, {180, 9}}}, d.lines(ink))
	same(t, "name", []string{"max_size 8, changes in the run"}, d.words())
	d = steps(record.CapacityChange{MinSize: 3, MaxSize: 8})
	same(t, "min only", [][]xy{{{0, 2}, {60, 2}, {60, 3}, {180, 3}}, {{0, 8}, {180, 8}}}, d.lines(ink))
	same(t, "its name", []string{"max_size 8"}, d.words())
}

// The name of min_size is white on the area of the fleet, and ink where the fleet is
// smaller than that at the panel's left.
func TestNameOfMinSize(t *testing.T) {
	for inService, want := range map[int]string{4: "ffffff", 3: hue(rgb(ink))} {
		f := byHand()
		f.res.Capacity = []record.CapacityChange{{States: record.States{Ready: inService}}, {At: 2 * minute, States: record.States{}}}
		d := drawOn(180, 20)
		f.minRule(d.panel, 4)
		if got, ok := d.find("min_size 4"); !ok || got.colour != want {
			t.Errorf("%d in service: %+v, want %s", inService, got, want)
		}
		same(t, "the rule", [][]xy{{{0, 4}, {180, 4}}}, d.lines(white))
	}
}

// What is not counted is shaded from the start to the end of the warm-up, what was
// breached by its minutes, minutes in a row as one.
func TestBands(t *testing.T) {
	f := byHand()
	f.res.Config.WarmUp = 90 * des.Second
	f.res.Rows[0].Breached, f.res.Rows[1].Breached = true, true
	d := drawOn(180, 20)
	f.bands(d.panel)
	same(t, "warm-up", []box{{0, 90, 0, 20}}, d.boxes(fade(rgb(chalk), 0.45)))
	same(t, "breached", []box{{0, 120, 0, 20}}, d.boxes(fade(rgb(vermilion), 0.2)))
	f.res.Rows[1].Breached, f.res.Rows[2].Breached = false, true
	same(t, "apart", []span{{0, 60}, {120, 180}}, breaches(f.res))
	d = drawOn(180, 20)
	d.x.Min = 100 // a zoom that begins after the warm-up and within no breach
	f.bands(d.panel)
	if got := d.boxes(fade(rgb(chalk), 0.45)); got != nil {
		t.Errorf("warm-up shaded in a zoom after it: %v", got)
	}
	same(t, "cut", []box{{120, 180, 0, 20}}, d.boxes(fade(rgb(vermilion), 0.2)))
}

// The shaded beginning is named where there is room for the name.
func TestWarmUpIsNamedWhereThereIsRoom(t *testing.T) {
	f := byHand()
	for at, want := range map[des.Duration]bool{0: false, 20 * des.Second: false, des.Minute: true} {
		f.res.Config.WarmUp = at
		d := drawOn(180, 20)
		f.warmUpNote(d.panel)
		if got, ok := d.find("warm-up, not counted"); ok != want || ok && (got.at.x < 0 || got.at.x > 5) {
			t.Errorf("%v: named %v, %+v", at, ok, got)
		}
	}
}

// The breached minutes are named beside the longest stretch, not over another text.
func TestBreachNote(t *testing.T) {
	f := byHand()
	f.res.Config.Duration = 100 * des.Minute
	f.res.Rows = nil
	for i := range 100 {
		f.res.Rows = append(f.res.Rows, record.Row{At: des.Time(i) * minute, Breached: i == 10 || i >= 30 && i < 33 || i == 50})
	}
	f.doc.Summary.SLO.BreachedMinutes = 5
	d := drawOn(6000, 20)
	f.breachNote(d.panel)
	got, _ := d.find("SLO breached 5 minutes")
	if right := 33 * 60.0; got.at.x < right || got.at.x > right+60 {
		t.Errorf("%+v, want just right of %g s", got, right)
	}
	if got.at.y < 18 || got.at.y > 20 {
		t.Errorf("%+v, want just under the top", got)
	}
	for i := range f.res.Rows {
		f.res.Rows[i].Breached = i >= 90
	}
	d = drawOn(6000, 20)
	f.breachNote(d.panel)
	got, _ = d.find("SLO breached 5 minutes")
	if end := got.at.x + float64(face(sizeNote, true, ink).Width(got.text))*10; end < 5340 || end > 5400 {
		t.Errorf("at the end of the run %+v, want just left of 5400 s", got)
	}
	for i := range f.res.Rows {
		f.res.Rows[i].Breached = true
	}
	d = drawOn(6000, 20)
	f.breachNote(d.panel)
	if got, ok := d.find("SLO breached 5 minutes"); !ok || got.at.x < 0 || got.at.x > 60 {
		t.Errorf("all breached: %+v, want within its beginning", got)
	}
	for i := range f.res.Rows {
		f.res.Rows[i].Breached = false
	}
	d = drawOn(6000, 20)
	f.breachNote(d.panel)
	if w := d.words(); w != nil {
		t.Errorf("nothing was breached: %q", w)
	}
}

// The load is an area on its own axis, which the peak fills to 98 %; its values stand at
// the right edge. A run without load has none.
func TestLoadBehindTheCapacity(t *testing.T) {
	f := byHand()
	for i, v := range []float64{49, 98, 24.5} {
		f.res.Rows[i].Expected = v
	}
	if got := f.loadAxis().Max; math.Abs(got-100) > 1e-9 {
		t.Errorf("the axis ends at %g for a peak of 98", got)
	}
	d := drawOn(180, 20)
	f.load(d.panel)
	_, areas, texts := d.marks()
	same(t, "area", []filled{{hue(rgb(mist)), []xy{{30, 0}, {30, 9.8}, {90, 19.6}, {150, 4.9}, {150, 0}}}}, areas)
	at := map[string]bool{}
	for _, x := range texts {
		at[x.text] = x.at.x > 180
	}
	same(t, "labels", map[string]bool{"25/s": true, "50/s": true, "75/s": true, "100/s": true}, at)
	d = drawOn(180, 20)
	f.loadLine(d.panel)
	same(t, "line", [][]xy{{{30, 9.8}, {90, 19.6}, {150, 4.9}}}, d.lines(slate))
	for i := range f.res.Rows {
		f.res.Rows[i].Expected = 0
	}
	d = drawOn(180, 20)
	f.load(d.panel)
	if len(d.canvas.Actions) > 0 {
		t.Error("a load is drawn where there is none")
	}
}

// Predictive scaling's forecasts: the capacity in steps, the load behind it through the
// middles of the rows on the load's axis, where there is a forecast.
func TestForecasts(t *testing.T) {
	f := byHand()
	for i, c := range []int{-1, 4, 6} {
		f.res.Rows[i].Expected, f.res.Rows[i].ForecastCapacity, f.res.Rows[i].ForecastRate = 98, c, []float64{math.NaN(), 50, 75}[i]
	}
	d := drawOn(180, 20)
	f.forecasts(d.panel)
	same(t, "capacity", [][]xy{{{60, 4}, {120, 4}, {120, 6}, {180, 6}}}, d.lines(vermilion))
	same(t, "load", [][]xy{{{90, 10}, {150, 15}}}, d.lines(slate))
	for i := range f.res.Rows {
		f.res.Rows[i].ForecastCapacity = -1
	}
	d = drawOn(180, 20)
	f.forecasts(d.panel)
	if len(d.canvas.Actions) > 0 {
		t.Error("a forecast is drawn where there is none")
	}
}

// Spot and slow start are lines of their numbers.
func TestPartsOfTheFleet(t *testing.T) {
	f := byHand()
	f.doc.Summary.Spot = &account.SpotSummary{}
	f.res.Capacity[0].Spot, f.res.Capacity[1].Spot = 1, 3
	f.res.Capacity[1].SlowStart = 2
	d := drawOn(180, 20)
	f.spotCapacity(d.panel)
	f.slowStart(d.panel)
	same(t, "Spot", [][]xy{{{0, 1}, {60, 1}, {60, 3}, {180, 3}}}, d.lines(violet))
	same(t, "slow start", [][]xy{{{0, 0}, {60, 0}, {60, 2}, {180, 2}}}, d.lines(slate))
}

// Where the balancer fails open, a band stands on the foot, named once where the name
// has room; what is outside the panel is left out.
func TestFailOpenIsABand(t *testing.T) {
	f := byHand()
	f.res.FailOpens = []record.FailOpen{{From: 10 * des.Time(des.Second), To: 12 * des.Time(des.Second)}, {From: minute, To: 2 * minute}, {From: 130 * des.Time(des.Second), To: 3 * minute}, {From: 4 * minute, To: 5 * minute}}
	d := drawOn(180, 20)
	f.failOpens(d.panel)
	var spans []span
	for _, b := range d.boxes(failOpenColour()) {
		spans = append(spans, span{b.from, b.to})
		if b.hi > 0.5 {
			t.Errorf("the band reaches %g of 20", b.hi)
		}
	}
	same(t, "bands", []span{{10, 12}, {60, 120}, {130, 180}}, spans)
	same(t, "names", []string{"fails open"}, d.words())
	if got, _ := d.find("fails open"); got.at.x < 60 || got.at.x > 62 {
		t.Errorf("the name stands at %g s", got.at.x)
	}
}

// The discs of the moments stand above their points, in their order.
func TestDiscsStandAboveTheirMoments(t *testing.T) {
	f := byHand()
	f.doc.Story = &story.Story{Moments: []story.Moment{{N: 1, At: minute, Value: 4}, {At: minute, Value: 5}, {N: 2, At: 2 * minute, Value: 6}, {N: 3, At: 9 * minute, Value: 1}}}
	d := drawOn(180, 20)
	f.discs(d.panel)
	_, _, texts := d.marks()
	if len(texts) != 2 || texts[0].text != "1" || texts[1].text != "2" {
		t.Fatalf("%+v", texts)
	}
	_, discs, _ := d.marks()
	if len(discs) != 4 || texts[0].colour != "ffffff" {
		t.Fatalf("%d discs and rims, numbers %+v", len(discs), texts)
	}
	for k, x := range discs { // a white rim below each disc
		if want := [2]uint32{white, ink}[k%2]; x.colour != hue(rgb(want)) {
			t.Errorf("disc %d is %s", k/2, x.colour)
		}
	}
	stems := d.lines(ink)
	for i, want := range []xy{{60, 4}, {120, 6}} {
		if foot, centre := stems[i][0], stems[i][1]; foot != want || centre.x != foot.x || centre.y <= foot.y+0.5 || centre.y > foot.y+2 {
			t.Errorf("the stem runs from %v to %v", foot, centre)
		}
	}
}
