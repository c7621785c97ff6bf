package chart

import (
	"math"
	"testing"
)

// A stretch's band holds all that was, however briefly; its mean is over time, and what is
// unknown counts for nothing.
func TestEnvelope(t *testing.T) {
	nan := math.NaN()
	e := envelopeOf([]float64{0, 100, 200, 300}, []step{{0, 2}, {50, 6}, {90, 4}, {150, nan}, {180, 1}, {199, 9}, {200, nan}})
	same(t, "least", []float64{2, 1, nan}, e.least)
	same(t, "most", []float64{6, 9, nan}, e.most)
	same(t, "mean", []float64{(50*2 + 40*6 + 10*4) / 100., (50*4 + 19*1 + 1*9) / 70., nan}, e.mean)
	late := envelopeOf([]float64{0, 100, 200}, []step{{150, 3}}) // unknown before its first step, and held to the end
	same(t, "late", []float64{nan, 3}, late.mean)
	same(t, "no steps", []float64{nan, nan}, func() []float64 { e := envelopeOf([]float64{0, 1, 2}, nil); return e.mean }())
}

// The band is drawn over the whole of each stretch, in pieces where there is nothing; the
// line goes through the middles and out to both ends.
func TestEnvelopeIsDrawn(t *testing.T) {
	nan := math.NaN()
	d := drawOn(180, 20)
	e := &envelope{edges: []float64{0, 60, 90, 120, 180}, least: []float64{1, 2, nan, 3}, mean: []float64{2, 3, nan, 3}, most: []float64{4, 5, nan, 30}}
	e.fill(d.panel, rgb(blue))
	_, areas, _ := d.marks()
	same(t, "pieces", []filled{
		{hue(rgb(blue)), []xy{{0, 4}, {60, 4}, {60, 5}, {90, 5}, {90, 2}, {60, 2}, {60, 1}, {0, 1}}},
		{hue(rgb(blue)), []xy{{120, 20}, {180, 20}, {180, 3}, {120, 3}}}, // cut off at the top of the panel
	}, areas)
	same(t, "line", []xy{{0, 2}, {30, 2}, {75, 3}, {105, nan}, {150, 3}, {180, 3}}, e.middles(e.mean))
	same(t, "corners", []xy{{0, 2}, {60, 2}, {60, 3}, {90, 3}, {90, nan}, {120, nan}, {120, 3}, {180, 3}}, e.corners(e.mean))
}

// A curve of means of intervals lies in the stretch in which its intervals do.
func TestBandOf(t *testing.T) {
	b := bandOf([]float64{0, 120, 240}, curve{label: "a", pts: []xy{{30, 1}, {90, 3}, {150, 7}, {210, 5}}}, 60)
	same(t, "least", []float64{1, 5}, b.band.least)
	same(t, "most", []float64{3, 7}, b.band.most)
	same(t, "line", []xy{{0, 2}, {60, 2}, {180, 6}, {240, 6}}, b.line.pts)
}
