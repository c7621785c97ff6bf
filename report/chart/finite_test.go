package chart

import (
	"bytes"
	"math"
	"testing"

	"gonum.org/v1/plot/vg"

	"asgsim/sim/estimate"
)

// A point that is nowhere is not drawn, and the rest of the picture is.
func TestNowhereIsNotDrawn(t *testing.T) {
	draw := func(points ...vg.Point) []byte {
		p := Picture{Name: "x", width: 100, height: 100, paint: func(pg *page) {
			pg.dot(vg.Point{X: 50, Y: 50}, 3, ink)
			for _, at := range points {
				pg.dot(at, 3, ink)
				pg.StrokeLine2(stroke(rgb(ink), 1), 0, 0, at.X, at.Y)
			}
		}}
		var b bytes.Buffer
		if err := p.Encode(&b, PNG); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	nan, inf := vg.Length(math.NaN()), vg.Length(math.Inf(-1))
	if !bytes.Equal(draw(), draw(vg.Point{X: nan, Y: 5}, vg.Point{X: 5, Y: inf}, vg.Point{X: 5, Y: 1e18})) {
		t.Error("something was drawn")
	}
	if bytes.Equal(draw(), draw(vg.Point{X: 20, Y: 20})) {
		t.Error("nothing was drawn")
	}
}

// A variant of which no request ended has no place among the others, and is named.
func TestParetoNamesWhoServedNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("a fifth of a second or more")
	}
	doc, c := compared(t, "wrong-timezone", 1, "duration=10m")
	for i := range c.Cases[1:] {
		c.Cases[1+i].Values["bad_share"] = estimate.Interval{Value: math.NaN(), Lo: math.NaN(), Hi: math.NaN()}
	}
	f := &comparison{c: c, doc: doc}
	d := drawOn(300, 200)
	f.pareto(d.panel)
	found := false
	for _, w := range d.words() {
		found = found || w == "no request ended: "+c.Cases[1].Name
	}
	if !found {
		t.Errorf("%q", d.words())
	}
	c.Cases[0].Values["bad_share"] = c.Cases[1].Values["bad_share"]
	d = drawOn(300, 200)
	f.pareto(d.panel)
	if len(d.words()) == 0 {
		t.Error("nothing without any")
	}
}
