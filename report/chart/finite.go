package chart

import (
	"math"

	"gonum.org/v1/plot/vg"
)

// finite is a canvas that leaves out paths through points that are nowhere: the
// rasterizer would follow one to minus infinity and not come back.
type finite struct{ vg.CanvasSizer }

// farthest is how far from the page a point may be, in points: nothing that is meant to
// be seen is so far away.
const farthest = 1e6

func (c finite) Stroke(p vg.Path) {
	if somewhere(p) {
		c.CanvasSizer.Stroke(p)
	}
}

func (c finite) Fill(p vg.Path) {
	if somewhere(p) {
		c.CanvasSizer.Fill(p)
	}
}

func somewhere(p vg.Path) bool {
	at := func(points ...vg.Point) bool {
		for _, q := range points {
			if !(math.Abs(float64(q.X)) < farthest && math.Abs(float64(q.Y)) < farthest) { // NaN is not
				return false
			}
		}
		return true
	}
	for _, c := range p {
		if !at(c.Pos) || !at(c.Control...) {
			return false
		}
	}
	return true
}
