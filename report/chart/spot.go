package chart

import (
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"asgsim/sim/record"
)

// spotStyle is the line of the capacity that is Spot.
func spotStyle() draw.LineStyle { return stroke(rgb(violet), 1.2, 3, 1.5) }

// hasSpot reports whether the group has Spot Instances.
func (f *figure) hasSpot() bool { return f.doc.Summary.Spot != nil }

// spotCapacity draws how much of the capacity is Spot.
func (f *figure) spotCapacity(p *panel) {
	if !f.hasSpot() {
		return
	}
	pts := stairs(capacitySteps(f.res.Capacity, func(c record.CapacityChange) int { return c.Spot }), f.end())
	p.line(pts, stroke(fade(rgb(white), 0.75), 2.6))
	p.line(pts, spotStyle())
}

// spotCost shades what of the cost an hour is Spot.
func (f *figure) spotCost(p *panel) {
	if f.hasSpot() {
		p.area(stairs(rowSteps(f.res.Rows, func(r record.Row) float64 { return r.SpotPerHour }), f.end()), fade(rgb(violet), 0.4))
	}
}

// hourLegend names the parts of the cost an hour where there are two, and bands.
func (f *figure) hourLegend() []key {
	if !f.hasSpot() {
		return f.bandLegend()
	}
	if f.long() {
		return append(f.bandLegend(), swatch("Spot, mean", fade(rgb(violet), 0.4)))
	}
	out := []key{swatch("Spot", fade(rgb(violet), 0.4)), swatch("On-Demand", fade(rgb(green), 0.24))}
	if s := f.saving(); s != nil && s.Instances == 0 {
		out = append(out, key{name: baseline(s), style: stroke(rgb(slate), lineNormal, 4, 2.5)})
	}
	return out
}

// spotMark marks the row of a Spot Instance at the left edge.
func (f *figure) spotMark(p *panel, in *record.Instance, r row) {
	if in.Spot {
		p.page.rect(vg.Rectangle{Min: vg.Point{X: p.rect.Min.X - 3, Y: r.top - r.height}, Max: vg.Point{X: p.rect.Min.X - 0.5, Y: r.top}}, rgb(violet))
	}
}
