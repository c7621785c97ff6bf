package chart

import (
	"image/color"
	"math"
	"sort"

	"gonum.org/v1/plot/vg"
)

// envelope is what a quantity was within each stretch of a long run: at least, in the mean
// over time and at most. NaN where it had no value.
type envelope struct {
	edges             []float64 // seconds: those of stretch k are k and k+1
	least, mean, most []float64
}

// envelopeOf returns the envelope of a quantity whose steps hold until the next, the last
// to the last edge; NaN is no value. A stretch knows all values it saw, however briefly.
func envelopeOf(edges []float64, steps []step) envelope {
	n := len(edges) - 1
	e := envelope{edges: edges, least: make([]float64, n), mean: make([]float64, n), most: make([]float64, n)}
	for k := range n {
		from, to := edges[k], edges[k+1]
		least, most, sum, known := math.Inf(1), math.Inf(-1), 0.0, 0.0
		first := max(sort.Search(len(steps), func(i int) bool { return steps[i].x > from })-1, 0)
		for i := first; i < len(steps) && steps[i].x < to; i++ {
			until := to
			if i+1 < len(steps) {
				until = math.Min(to, steps[i+1].x)
			}
			v, length := steps[i].y, until-math.Max(from, steps[i].x)
			if math.IsNaN(v) || length <= 0 {
				continue
			}
			least, most = math.Min(least, v), math.Max(most, v)
			sum += v * length
			known += length
		}
		if known == 0 {
			least, most = math.NaN(), math.NaN()
		}
		e.least[k], e.mean[k], e.most[k] = least, sum/known, most
	}
	return e
}

// corners are those of one of the envelope's values as steps.
func (e *envelope) corners(values []float64) []xy {
	steps := make([]step, len(values))
	for k, v := range values {
		steps[k] = step{e.edges[k], v}
	}
	return stairs(steps, e.edges[len(values)])
}

// middles is a line through the middles of the stretches, drawn out to both ends.
func (e *envelope) middles(values []float64) []xy {
	out := make([]xy, len(values))
	for k, v := range values {
		out[k] = xy{(e.edges[k] + e.edges[k+1]) / 2, v}
	}
	return e.outwards(out)
}

// outwards draws a line out to both ends of the run.
func (e *envelope) outwards(pts []xy) []xy {
	if len(pts) == 0 {
		return nil
	}
	out := append([]xy{{e.edges[0], pts[0].y}}, pts...)
	return append(out, xy{e.edges[len(e.edges)-1], pts[len(pts)-1].y})
}

// fill fills from the least to the most, a piece for each run of stretches that have values.
func (e *envelope) fill(p *panel, c color.Color) {
	edges, low, high := e.edges, e.least, e.most
	y := func(v float64) vg.Length { return min(max(p.py(v), p.rect.Min.Y), p.rect.Max.Y) }
	x := func(v float64) vg.Length { return min(max(p.px(v), p.rect.Min.X), p.rect.Max.X) }
	for k := 0; k < len(low); {
		from := k
		var up, down []vg.Point
		for ; k < len(low) && !math.IsNaN(low[k]); k++ {
			x0, x1 := x(edges[k]), x(edges[k+1])
			up = append(up, vg.Point{X: x0, Y: y(high[k])}, vg.Point{X: x1, Y: y(high[k])})
			down = append(down, vg.Point{X: x0, Y: y(low[k])}, vg.Point{X: x1, Y: y(low[k])})
		}
		if k == from {
			k++
			continue
		}
		for i := len(down) - 1; i >= 0; i-- {
			up = append(up, down[i])
		}
		p.page.FillPolygon(c, up)
	}
}

// peakIn is the highest of some values; NaN is none.
func peakIn(values []float64) float64 {
	top := 0.0
	for _, v := range values {
		if !math.IsNaN(v) {
			top = math.Max(top, v)
		}
	}
	return top
}
