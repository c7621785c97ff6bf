package chart

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"

	"asgsim/report"
)

// The panel of the average week is so high, and needs so much room above for the labels of
// the panel there and its own title, and below for its labels.
const (
	weekHeight = vg.Length(96)
	weekAbove  = axisHeight + 40
	weekBelow  = vg.Length(16)
	axisHeight = vg.Length(22) // the labels of a time axis, two lines
)

// weekTicks label midnights with the day and noons with the time.
func weekTicks(float64, float64) []plot.Tick {
	var out []plot.Tick
	for k, day := range [...]string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"} {
		out = append(out, plot.Tick{Value: float64(24 * k), Label: day}, plot.Tick{Value: float64(24*k + 12), Label: "12:00"})
	}
	return out
}

// axes are those of a panel of the week: hours, what is in service, requests a second.
func (w *week) axes() (x, y, right plot.Axis) {
	top, peak := math.Max(1, math.Max(peakIn(w.high[:]), peakIn(w.mean[:]))), math.Max(1e-9, peakIn(w.load[:]))
	return linear(0, weekHours, plot.TickerFunc(weekTicks)), linear(0, top*1.16, linearTicks(4, printInstances)), linear(0, peak/0.98, linearTicks(4, report.Rate))
}

// weekPanel draws the average week between two heights of a page: the mean load behind
// what was in service.
func weekPanel(pg *page, w *week, top, bottom vg.Length, unit, rate string) {
	x, y, right := w.axes()
	p := newPanel(pg, dataLeft, dataRight, top, bottom, x, y)
	p.grid()
	edges := make([]float64, weekHours+1)
	for h := range edges {
		edges[h] = float64(h)
	}
	over := *p
	over.y = right
	e := &envelope{edges: edges, least: w.low[:], mean: w.mean[:], most: w.high[:]}
	if peakIn(w.load[:]) > 0 {
		load := e.corners(w.load[:])
		over.area(load, rgb(mist))
		over.line(load, stroke(rgb(slate), 0.8))
		over.rightLabels()
	}
	e.fill(p, bandColour())
	mean := e.corners(e.mean)
	p.line(mean, stroke(fade(rgb(white), 0.75), 2.8))
	p.line(mean, stroke(rgb(blue), 1.5))
	p.title("The average week, "+unit, []key{swatch("in service, 10 to 90 % of the time", bandColour()),
		{name: "mean", style: stroke(rgb(blue), 1.5)}, {name: "load, mean, " + rate + " (right)", style: stroke(rgb(slate), 0.8)}})
	p.base(true)
}
