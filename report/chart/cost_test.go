package chart

import (
	"math"
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/des"
)

// onDemand is byHand with a third of its $60 an hour for Spot that would cost twice as
// much on demand: $40 + 2 x $20 = $80 an hour, $4 in three minutes.
func onDemand() *figure {
	f := byHand()
	for i := range f.res.Rows {
		f.res.Rows[i].SpotPerHour = 20
	}
	f.doc.Summary.Spot = &account.SpotSummary{USD: 1, OnDemandUSD: 2}
	f.doc.Summary.Savings = []account.Saving{{Baseline: "all_on_demand", BaselineUS: 4, USD: 1, Share: 0.25, Comparable: true}}
	return f
}

// What the same fleet would cost on demand: Spot at the run's ratio of both prices.
func TestOtherTerms(t *testing.T) {
	f := onDemand()
	if got := f.otherTerms(f.res.Rows[0]); got != 80 {
		t.Errorf("$%g an hour, want $80", got)
	}
	f.doc.Summary.Spot.USD = 0 // nothing was paid for Spot
	if got := f.otherTerms(f.res.Rows[0]); got != 60 {
		t.Errorf("without Spot $%g, want $60", got)
	}
}

// A baseline of fixed size costs evenly: $4 in 3 minutes of which one is not counted are
// $120 an hour and a straight line from the end of the warm-up. One on other terms costs
// in proportion to the fleet, and ends at its cost.
func TestBaselines(t *testing.T) {
	f := byHand()
	f.res.Config.WarmUp = des.Minute
	if got := f.baselineHour(f.saving()); math.Abs(got-120) > 1e-9 {
		t.Errorf("$%g an hour, want $120", got)
	}
	same(t, "fixed", []xy{{60, 0}, {180, 4}}, f.baselineTotal(f.saving()))
	same(t, "this run", []xy{{60, 0}, {120, 2}, {180, 3}}, f.costTotal())

	f = onDemand()
	f.res.Rows[0].CostPerHour, f.res.Rows[0].SpotPerHour = 20, 0 // a quarter of what the others cost on demand
	same(t, "on other terms", []xy{{0, 0}, {60, 4. / 9}, {120, 20. / 9}, {180, 4}}, f.baselineTotal(f.saving()))
	f.res.Config.WarmUp = des.Minute
	same(t, "after the warm-up", []xy{{60, 0}, {120, 2}, {180, 4}}, f.baselineTotal(f.saving()))
	for i := range f.res.Rows {
		f.res.Rows[i].CostPerHour, f.res.Rows[i].SpotPerHour = 0, 0
	}
	same(t, "of nothing", []xy{{60, 0}, {180, 4}}, f.baselineTotal(f.saving()))
}

// The axes hold the run and its baseline: 18 % and 8 % of room, a dollar if all is free.
func TestCostAxes(t *testing.T) {
	free := byHand()
	for i := range free.res.Rows {
		free.res.Rows[i].CostPerHour = 0
	}
	free.doc.Summary.Savings, free.doc.Summary.Cost.EC2 = nil, 0
	alone := byHand()
	alone.doc.Summary.Savings = nil
	cheap := byHand()
	cheap.doc.Summary.Savings[0].BaselineUS = 1
	for what, row := range map[string][2]float64{
		"an hour, baseline":   {byHand().costHourMax(), 80 * 1.18},
		"an hour, cheap base": {cheap.costHourMax(), 60 * 1.18},
		"an hour, on demand":  {onDemand().costHourMax(), 80 * 1.18},
		"an hour, alone":      {alone.costHourMax(), 60 * 1.18},
		"an hour, free":       {free.costHourMax(), 1},
		"total, baseline":     {byHand().costTotalMax(), 4 * 1.08},
		"total, cheap base":   {cheap.costTotalMax(), 3 * 1.08},
		"total, alone":        {alone.costTotalMax(), 3 * 1.08},
		"total, free":         {free.costTotalMax(), 1},
	} {
		if math.Abs(row[0]-row[1]) > 1e-9 {
			t.Errorf("%s: %g, want %g", what, row[0], row[1])
		}
	}
}

// Dollars an hour: the run as an area, Spot's part in it, a fixed baseline as a rule with
// its size and price, one on other terms as a line.
func TestCostPerHour(t *testing.T) {
	f := byHand()
	f.doc.Setup.InstanceType = "c7g.large"
	d := drawOn(180, 200)
	f.costHourPanel(d.panel)
	same(t, "run", []box{{0, 180, 0, 60}}, d.boxes(fade(rgb(green), 0.24)))
	same(t, "baseline", [][]xy{{{0, 80}, {180, 80}}}, d.lines(slate))
	same(t, "its name", []string{"always-on: 20 × c7g.large, $80.00/h"}, d.words())
	if got := d.boxes(fade(rgb(violet), 0.4)); got != nil {
		t.Errorf("Spot in a group without: %v", got)
	}
	f = onDemand()
	d = drawOn(180, 200)
	f.costHourPanel(d.panel)
	same(t, "Spot", []box{{0, 180, 0, 20}}, d.boxes(fade(rgb(violet), 0.4)))
	same(t, "on demand", [][]xy{{{0, 80}, {180, 80}}}, d.lines(slate))
	same(t, "legend", []string{"Spot", "On-Demand", "all on demand"}, names(f.hourLegend()))
	if got := byHand().hourLegend(); got != nil {
		t.Errorf("a legend for one part: %v", got)
	}
	f.doc.Summary.Savings[0].Instances = 3
	same(t, "a fixed baseline is named by its rule", []string{"Spot", "On-Demand"}, names(f.hourLegend()))
}

// Dollars so far: both ends are labelled with their cost in their colours, the gap is
// shaded only if the run may be compared, and the note stands in its middle.
func TestCostSoFar(t *testing.T) {
	f := byHand()
	d := drawOn(180, 5)
	f.costTotalPanel(d.panel)
	for text, hex := range map[string]uint32{"$3.00": green, "$4.00": slate} {
		if got, ok := d.find(text); !ok || got.colour != hue(rgb(hex)) || got.at.x < 180 {
			t.Errorf("%s: %+v", text, got)
		}
	}
	same(t, "gap", []box{{0, 180, 0, 4}}, d.boxes(fade(rgb(green), 0.10)))
	note, ok := d.find("$1.00 less than always-on (25 %)")
	if !ok || note.at.y < 3 || note.at.y > 4 {
		t.Errorf("%+v %q", note, d.words())
	}
	if bracket := d.lines(ink); len(bracket) != 1 || bracket[0][0].y < 3 || bracket[0][1].y > 4 || bracket[0][0].y > bracket[0][1].y {
		t.Errorf("bracket %v", bracket)
	}
	f.doc.Summary.Savings[0].Comparable = false
	d = drawOn(180, 5)
	f.costTotalPanel(d.panel)
	if got := d.boxes(fade(rgb(green), 0.10)); got != nil || d.lines(ink) != nil {
		t.Errorf("a gap that says nothing is shaded: %v", got)
	}
	f.doc.Summary.Savings[0].BaselineUS = 3.1 // 4 points above the run's end: no room for a note
	d = drawOn(180, 5)
	f.costTotalPanel(d.panel)
	if _, ok := d.find("not comparable: this run misses its SLO"); ok {
		t.Error("a note without room")
	}
	f.doc.Summary.Savings = nil
	d = drawOn(180, 5)
	f.costTotalPanel(d.panel)
	same(t, "alone", []string{"$3.00"}, d.words())
	same(t, "legend", []string{"this run"}, names(f.costLegend()))
	same(t, "legend", []string{"this run", "always-on (20)"}, names(byHand().costLegend()))
}

// A note claims nothing where there is nothing to claim, and says what its prices are.
func TestGapTextOfNoClaim(t *testing.T) {
	cash := 0.5
	for want, s := range map[string]account.Saving{
		"an estimate: no saving is claimed against it":   {USD: 1, Estimate: true, Comparable: true},
		"not comparable: this run misses its SLO":        {USD: 1},
		"$1.00 less at list price than always-on (25 %)": {USD: 1, Share: 0.25, Comparable: true, CashUSD: &cash},
		"$1.00 more at list price than always-on (25 %)": {USD: -1, Share: -0.25, Comparable: true, CashUSD: &cash},
		"$0.00 less than always-on (0 %)":                {Comparable: true},
	} {
		s.Baseline, s.Instances = "always-on", 20
		if got := gapText(&s); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Whole dollars have no cents on an axis.
func TestDollars(t *testing.T) {
	for v, want := range map[float64]string{0: "$0", 5: "$5", 2.5: "$2.50", 1200: "$1200"} {
		if got := dollars(v); got != want {
			t.Errorf("%g: %s, want %s", v, got, want)
		}
	}
}
