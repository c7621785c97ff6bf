package chart

import (
	"image/color"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// panel is one coordinate system on a page. Its rectangle is exactly the data
// area, so panels of equal edges are aligned to the pixel.
type panel struct {
	page  *page
	rect  vg.Rectangle
	x, y  plot.Axis
	foot  vg.Length      // how high the labels of its time axis are, where others stand below them
	lift  vg.Length      // how much higher the title sits, to make room for discs
	taken []vg.Rectangle // texts and discs inside the panel that others must avoid
}

// newPanel returns a panel whose data area lies between the given edges, with
// top and bottom counted from the top of the page.
func newPanel(pg *page, left, right, top, bottom vg.Length, x, y plot.Axis) *panel {
	return &panel{page: pg, x: x, y: y, rect: vg.Rectangle{
		Min: vg.Point{X: left, Y: pg.down(bottom)}, Max: vg.Point{X: right, Y: pg.down(top)}}}
}

func axis(lo, hi float64, scale plot.Normalizer, ticks plot.Ticker) plot.Axis {
	a := plot.Axis{Min: lo, Max: hi, Scale: scale}
	a.Tick.Marker = ticks
	return a
}

func linear(lo, hi float64, ticks plot.Ticker) plot.Axis {
	return axis(lo, hi, plot.LinearScale{}, ticks)
}

func (p *panel) px(v float64) vg.Length {
	return p.rect.Min.X + vg.Length(p.x.Norm(v))*(p.rect.Max.X-p.rect.Min.X)
}

// py clamps to a little beyond the panel, where lines are clipped: a log axis
// has no place for zero.
func (p *panel) py(v float64) vg.Length {
	if _, log := p.y.Scale.(plot.LogScale); log && v < p.y.Min/2 {
		v = p.y.Min / 2
	}
	return p.rect.Min.Y + vg.Length(p.y.Norm(v))*(p.rect.Max.Y-p.rect.Min.Y)
}

// grid draws the grid and the labels of the y axis: below everything else.
func (p *panel) grid() {
	for _, t := range p.x.Tick.Marker.Ticks(p.x.Min, p.x.Max) {
		x := p.px(t.Value)
		p.page.StrokeLine2(stroke(rgb(mist), 0.5), x, p.rect.Min.Y, x, p.rect.Max.Y)
	}
	sty := at(face(sizeTick, false, ink), text.XRight, text.YCenter)
	for _, t := range p.y.Tick.Marker.Ticks(p.y.Min, p.y.Max) {
		y := p.py(t.Value)
		p.page.StrokeLine2(stroke(rgb(mist), lineThin), p.rect.Min.X, y, p.rect.Max.X, y)
		p.page.write(sty, vg.Point{X: p.rect.Min.X - 4, Y: y}, t.Label)
	}
}

// rightLabels writes the labels of the y axis, all but the first, at the right edge.
func (p *panel) rightLabels() {
	sty := at(face(sizeNote, false, slate), text.XLeft, text.YCenter)
	for _, t := range p.y.Tick.Marker.Ticks(0, p.y.Max)[1:] {
		y := p.py(t.Value)
		p.page.StrokeLine2(stroke(rgb(axisGrey), 0.7), p.rect.Max.X, y, p.rect.Max.X+3, y)
		p.page.write(sty, vg.Point{X: p.rect.Max.X + 6, Y: y}, t.Label)
	}
}

// base draws the time axis: above everything else. Only the last panel of a
// column is labelled.
func (p *panel) base(labelled bool) {
	y := p.rect.Min.Y
	p.page.StrokeLine2(stroke(rgb(axisGrey), 0.9), p.rect.Min.X, y, p.rect.Max.X, y)
	sty := at(face(sizeTick, false, ink), text.XCenter, text.YTop)
	for _, t := range p.x.Tick.Marker.Ticks(p.x.Min, p.x.Max) {
		x := p.px(t.Value)
		p.page.StrokeLine2(stroke(rgb(axisGrey), 0.9), x, y, x, y-3)
		for i, line := range strings.Split(t.Label, "\n") {
			if labelled {
				p.page.write(sty, vg.Point{X: x, Y: y - 5 - vg.Length(i)*(sizeTick+1.5)}, line)
			}
		}
	}
}

// key is an entry of a legend.
type key struct {
	name  string
	style draw.LineStyle
	area  bool // a swatch; else a piece of line
	mark  bool // the cross of a fault
}

func swatch(name string, c color.Color) key {
	return key{name: name, style: stroke(c, 0), area: true}
}

// title writes the panel's title and, to its right on the same line, its legend.
// More rows of legend push the title up.
func (p *panel) title(txt string, rows ...[]key) {
	sty := at(face(sizePanel, true, ink), text.XLeft, text.YBottom)
	const leading = vg.Length(14)
	rows = fold(rows, p.rect.Max.X+(edgeRight-dataRight)-(p.rect.Min.X+sty.Width(txt)+18))
	y := p.rect.Max.Y + 8 + p.lift
	if len(rows) > 1 {
		y += leading * vg.Length(len(rows)-1)
	}
	p.page.write(sty, vg.Point{X: p.rect.Min.X, Y: y}, txt)
	x := p.rect.Min.X + sty.Width(txt) + 18
	for i, r := range rows {
		p.legend(x, y+1.2-leading*vg.Length(i), r)
	}
}

// fold breaks rows of a legend that are wider than width.
func fold(rows [][]key, width vg.Length) [][]key {
	var out [][]key
	for _, row := range rows {
		from, used := 0, vg.Length(0)
		for i, k := range row {
			w := k.width()
			if used+w > width && i > from {
				out = append(out, row[from:i])
				from, used = i, 0
			}
			used += w + legendGap
		}
		out = append(out, row[from:])
	}
	return out
}

// legendGap is the room between two entries of a legend.
const legendGap = vg.Length(11)

// sample is the width of what stands before an entry's name.
func (k key) sample() vg.Length {
	switch {
	case k.mark:
		return 8
	case k.area:
		return 10
	}
	return 13
}

func (k key) width() vg.Length { return k.sample() + 4 + face(sizeTick, false, ink).Width(k.name) }

// legend writes the entries in a row from x on.
func (p *panel) legend(x, y vg.Length, entries []key) {
	sty := at(face(sizeTick, false, ink), text.XLeft, text.YBottom)
	for _, k := range entries {
		mid := y + 3.6
		width := k.sample()
		switch {
		case k.mark:
			p.page.cross(vg.Point{X: x + 4, Y: mid}, 2.6)
		case k.area:
			p.page.rect(vg.Rectangle{Min: vg.Point{X: x, Y: mid - 3.2}, Max: vg.Point{X: x + width, Y: mid + 3.2}}, k.style.Color)
		default:
			p.page.StrokeLine2(k.style, x, mid, x+width, mid)
		}
		x += width + 4
		p.page.write(sty, vg.Point{X: x, Y: y}, k.name)
		x += sty.Width(k.name) + legendGap
	}
}

// rule draws a horizontal dashed line at v with its name on it: at the left or
// right end, above or below, wherever the given curves are least in the way.
func (p *panel) rule(v float64, name string, hex uint32, curves ...[]xy) {
	y := p.py(v)
	p.page.StrokeLine2(stroke(rgb(hex), 0.9, 4, 2.5), p.rect.Min.X, y, p.rect.Max.X, y)
	sty := face(sizeNote, true, hex)
	left, right := p.rect.Min.X+4, p.rect.Max.X-4-sty.Width(name)
	best, fewest := vg.Point{}, -1
	var align text.YAlignment
	for _, c := range []struct {
		pt vg.Point
		y  text.YAlignment
	}{{vg.Point{X: left, Y: y + 2.5}, text.YBottom}, {vg.Point{X: right, Y: y + 2.5}, text.YBottom},
		{vg.Point{X: left, Y: y - 2.5}, text.YTop}, {vg.Point{X: right, Y: y - 2.5}, text.YTop}} {
		box := at(sty, text.XLeft, c.y).Rectangle(name).Add(c.pt)
		if box.Max.Y > p.rect.Max.Y+8 || box.Min.Y < p.rect.Min.Y {
			continue
		}
		if n := p.crossings(box, curves); fewest < 0 || n < fewest {
			best, align, fewest = c.pt, c.y, n
		}
	}
	if fewest >= 0 {
		p.note(best, name, hex, align)
	}
}

// crossings counts the points of the curves in a box, and texts that are there.
func (p *panel) crossings(box vg.Rectangle, curves [][]xy) int {
	n := 0
	for _, t := range p.taken {
		if overlap(box, t) {
			n += 1000
		}
	}
	for _, c := range curves {
		for i := 1; i < len(c); i++ {
			x0, x1 := p.px(c[i-1].x), p.px(c[i].x)
			y0, y1 := p.py(c[i-1].y), p.py(c[i].y)
			if x1 >= box.Min.X && x0 <= box.Max.X && max(y0, y1) >= box.Min.Y && min(y0, y1) <= box.Max.Y {
				n++
			}
		}
	}
	return n
}

// note writes a small bold text on a white veil so that it stays legible on
// whatever is below.
func (p *panel) note(pt vg.Point, txt string, hex uint32, y text.YAlignment) {
	sty := at(face(sizeNote, true, hex), text.XLeft, y)
	box := sty.Rectangle(txt).Add(pt)
	p.page.rect(vg.Rectangle{Min: vg.Point{X: box.Min.X - 2, Y: box.Min.Y - 0.5}, Max: vg.Point{X: box.Max.X + 2, Y: box.Max.Y + 1}}, fade(rgb(white), 0.72))
	p.page.write(sty, pt, txt)
	p.taken = append(p.taken, box)
}

// band shades the panel between two instants over its whole height.
func (p *panel) band(from, to float64, c color.Color) {
	x0, x1 := max(p.px(from), p.rect.Min.X), min(p.px(to), p.rect.Max.X)
	if x1 <= x0 {
		return
	}
	p.page.rect(vg.Rectangle{Min: vg.Point{X: x0, Y: p.rect.Min.Y}, Max: vg.Point{X: x1, Y: p.rect.Max.Y}}, c)
}

// area fills between a line and the axis.
func (p *panel) area(pts []xy, c color.Color) {
	for _, run := range p.runs(pts) {
		n := len(run)
		if n < 2 {
			continue
		}
		poly := append([]vg.Point{{X: run[0].X, Y: p.rect.Min.Y}}, run...)
		poly = append(poly, vg.Point{X: run[n-1].X, Y: p.rect.Min.Y})
		p.page.FillPolygon(c, poly)
	}
}

// ends writes names at the right ends of lines, moved apart so that none overlap.
func (p *panel) ends(names []endLabel) {
	if len(names) == 0 {
		return
	}
	ys := make([]vg.Length, len(names))
	heights := make([]vg.Length, len(names))
	for i, n := range names {
		ys[i] = p.py(n.value)
		heights[i] = vg.Length(strings.Count(n.text, "\n")+1) * (sizeTick + 1.5)
	}
	spread(ys, heights, p.rect.Min.Y-6, p.rect.Max.Y+6)
	for i, n := range names {
		sty := at(face(sizeTick, true, n.hex), text.XLeft, text.YCenter)
		p.page.write(sty, vg.Point{X: p.rect.Max.X + 5, Y: ys[i]}, n.text)
	}
}

// endLabel is the name of a line, written where it ends.
type endLabel struct {
	value float64
	text  string
	hex   uint32
}

func overlap(a, b vg.Rectangle) bool {
	return a.Min.X < b.Max.X && b.Min.X < a.Max.X && a.Min.Y < b.Max.Y && b.Min.Y < a.Max.Y
}
