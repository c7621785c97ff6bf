package chart

import (
	"gonum.org/v1/plot/vg/draw"

	"asgsim/sim/record"
)

// slowStyle is the line of the targets in slow start.
func slowStyle() draw.LineStyle { return stroke(rgb(slate), 1.1, 1.5, 1.5) }

// hasSlowStart reports whether any target was ever in slow start.
func (f *figure) hasSlowStart() bool {
	for _, c := range f.res.Capacity {
		if c.SlowStart > 0 {
			return true
		}
	}
	return false
}

// slowStart draws how many targets have less than a full share of the requests.
func (f *figure) slowStart(p *panel) {
	if !f.hasSlowStart() {
		return
	}
	pts := stairs(capacitySteps(f.res.Capacity, func(c record.CapacityChange) int { return c.SlowStart }), f.end())
	p.line(pts, stroke(fade(rgb(white), 0.75), 2.4))
	p.line(pts, slowStyle())
}
