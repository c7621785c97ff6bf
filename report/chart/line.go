package chart

import (
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// xy is a point in data coordinates: seconds and a value; NaN breaks a line.
type xy struct{ x, y float64 }

// curve is a line of a panel: what it is called, what it shows, in the panel's unit, and
// how it is drawn. Panels draw what these functions return, and tests read it.
type curve struct {
	label string
	pts   []xy
	style draw.LineStyle
}

// strokePiece is the number of points stroked at a time. The rasterizer's cost
// grows with the square of the number of points on a scan line: a jagged line of
// 10,000 points takes seconds whole and milliseconds in pieces.
const strokePiece = 64

// line strokes a line through pts, decimated to what a pixel column can show.
func (p *panel) line(pts []xy, sty draw.LineStyle) {
	for _, run := range p.runs(pts) {
		thin := decimate(run)
		if len(sty.Dashes) > 0 {
			p.page.StrokeLines(sty, thin)
			continue
		}
		for i := 0; i+1 < len(thin); i += strokePiece - 1 {
			p.page.StrokeLines(sty, thin[i:min(i+strokePiece, len(thin))])
		}
	}
}

// runs converts pts to canvas coordinates, clipped to the panel, split at NaN.
func (p *panel) runs(pts []xy) [][]vg.Point {
	var runs [][]vg.Point
	var run []vg.Point
	for _, q := range pts {
		if math.IsNaN(q.y) || math.IsInf(q.y, 0) {
			if len(run) > 1 {
				runs = append(runs, run)
			}
			run = nil
			continue
		}
		run = append(run, vg.Point{X: p.px(q.x), Y: p.py(q.y)})
	}
	if len(run) > 1 {
		runs = append(runs, run)
	}
	clip := draw.Canvas{Rectangle: p.rect}
	return clip.ClipLinesXY(runs...)
}

// decimate keeps of each pixel column the first, lowest, highest and last point,
// and drops points inside horizontal runs. The stroke covers the same pixels.
func decimate(in []vg.Point) []vg.Point {
	if len(in) < 3 {
		return in
	}
	out := make([]vg.Point, 0, min(len(in), 4096))
	for i := 0; i < len(in); {
		col := math.Floor(float64(in[i].X / pixel))
		j, lo, hi := i, i, i
		for ; j < len(in) && math.Floor(float64(in[j].X/pixel)) == col; j++ {
			if in[j].Y < in[lo].Y {
				lo = j
			}
			if in[j].Y > in[hi].Y {
				hi = j
			}
		}
		for _, k := range [4]int{i, min(lo, hi), max(lo, hi), j - 1} {
			out = keep(out, in[k])
		}
		i = j
	}
	return out
}

// keep appends q to out, replacing the last point where q prolongs a horizontal run.
func keep(out []vg.Point, q vg.Point) []vg.Point {
	n := len(out)
	if n > 0 && out[n-1] == q {
		return out
	}
	if n > 1 && out[n-1].Y == q.Y && out[n-2].Y == q.Y {
		out[n-1] = q
		return out
	}
	return append(out, q)
}

// step is a value that holds from x on.
type step = xy

// stairs returns the corners of a step function that ends at end.
func stairs(steps []step, end float64) []xy {
	out := make([]xy, 0, 2*len(steps)+1)
	for i, s := range steps {
		if i > 0 && steps[i-1].y == s.y {
			continue
		}
		if n := len(out); n > 0 {
			out = append(out, xy{s.x, out[n-1].y})
		}
		out = append(out, s)
	}
	if n := len(out); n > 0 {
		out = append(out, xy{end, out[n-1].y})
	}
	return out
}
