package chart

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// badFloor keeps shares of zero on a log axis: a third of the least share above
// zero.
func (f *comparison) badFloor() float64 {
	least := 1 - f.c.Cases[0].Config.SLO.Good
	if least <= 0 {
		least = 0.01
	}
	for i := range f.c.Cases {
		if v := f.c.Cases[i].Values["bad_share"].Value; v > 0 {
			least = math.Min(least, v)
		}
	}
	return least / 3
}

// pareto draws slow or failed against cost, with intervals, the SLO, and the
// front: the variants that no other beats in both.
func (f *comparison) pareto(p *panel) {
	type dot struct {
		x, y, x0, x1, y0, y1 float64
		name                 string
		hex                  uint32
	}
	var dots []dot
	var unknown []string
	floor := f.badFloor()
	lox, hix, loy, hiy := math.Inf(1), 0.0, math.Inf(1), 0.0
	for i := range f.c.Cases {
		cost, bad := f.c.Cases[i].Values[f.c.Money().Key], f.c.Cases[i].Values["bad_share"]
		if math.IsNaN(cost.Value) || math.IsNaN(bad.Value) {
			unknown = append(unknown, f.c.Cases[i].Name)
			continue
		}
		d := dot{x: cost.Value, y: math.Max(bad.Value, floor), name: f.c.Cases[i].Name, hex: f.colour(i)}
		d.x0, d.x1, d.y0, d.y1 = d.x, d.x, d.y, d.y
		if !math.IsInf(cost.Half(), 0) && !math.IsInf(bad.Half(), 0) {
			d.x0, d.x1, d.y0, d.y1 = cost.Lo, cost.Hi, math.Max(bad.Lo, floor), math.Max(bad.Hi, floor)
		}
		dots = append(dots, d)
		lox, hix, loy, hiy = math.Min(lox, d.x0), math.Max(hix, d.x1), math.Min(loy, d.y0), math.Max(hiy, d.y1)
	}
	if len(dots) == 0 {
		lox, loy, hiy = 0, floor, floor
	}
	if hix == 0 { // nothing costs anything
		hix = 1
	}
	slo := 1 - f.c.Cases[0].Config.SLO.Good
	if slo > 0 {
		loy, hiy = math.Min(loy, slo), math.Max(hiy, slo)
	}
	loy, _ = log125(loy * 0.9)
	_, hiy = log125(math.Min(hiy*1.1, 1))
	pad := math.Max((hix-lox)*0.12, hix*0.02)
	p.x = linear(math.Max(0, lox-pad), hix+pad*1.8, linearTicks(4, dollars))
	p.y = axis(loy, math.Max(hiy, loy*10), plot.LogScale{}, logTicks(shareTick))
	p.grid()
	p.title("Slow or failed, against " + strings.TrimSuffix(f.c.Money().Title, "/day") + " a day")
	p.base(true)
	if len(unknown) > 0 {
		sty := at(face(sizeNote, false, slate), text.XRight, text.YTop)
		p.page.write(sty, vg.Point{X: p.rect.Max.X - 4, Y: p.rect.Max.Y - 4}, fit("no request ended: "+strings.Join(unknown, ", "), sty, p.rect.Max.X-p.rect.Min.X-8))
	}
	if slo > 0 {
		// The rule's name keeps away from where names of points will stand.
		before := len(p.taken)
		for _, d := range dots {
			p.taken = append(p.taken, around(vg.Point{X: p.px(d.x), Y: p.py(d.y)}, 5, 10+face(sizeNote, true, d.hex).Width(d.name), 16))
		}
		after := len(p.taken)
		p.rule(slo, "SLO: at most "+shareTick(slo), ink)
		p.taken = append(p.taken[:before:before], p.taken[after:]...)
	}
	for _, d := range dots {
		p.taken = append(p.taken, around(vg.Point{X: p.px(d.x), Y: p.py(d.y)}, 5, 5, 5))
	}
	sort.Slice(dots, func(i, j int) bool { return dots[i].x < dots[j].x || dots[i].x == dots[j].x && dots[i].y < dots[j].y })
	var front []xy
	best := math.Inf(1)
	for _, d := range dots {
		if d.y < best {
			front, best = append(front, xy{d.x, d.y}), d.y
		}
	}
	p.line(front, stroke(rgb(slate), 0.8, 3, 2.5))
	for _, d := range dots {
		sty := stroke(fade(rgb(d.hex), 0.75), 1.4)
		p.page.StrokeLine2(sty, p.px(d.x0), p.py(d.y), p.px(d.x1), p.py(d.y))
		p.page.StrokeLine2(sty, p.px(d.x), p.py(d.y0), p.px(d.x), p.py(d.y1))
		p.page.dot(vg.Point{X: p.px(d.x), Y: p.py(d.y)}, 3.2, d.hex)
	}
	for _, d := range dots {
		p.tag(vg.Point{X: p.px(d.x), Y: p.py(d.y)}, d.name, d.hex)
	}
}

// around is the box of so much to the left, to the right and on both sides in
// height of a point.
func around(pt vg.Point, left, right, height vg.Length) vg.Rectangle {
	return vg.Rectangle{Min: vg.Point{X: pt.X - left, Y: pt.Y - height}, Max: vg.Point{X: pt.X + right, Y: pt.Y + height}}
}

// dot fills a small disc.
func (pg *page) dot(pt vg.Point, r vg.Length, hex uint32) {
	pg.SetColor(rgb(hex))
	var path vg.Path
	path.Move(vg.Point{X: pt.X + r, Y: pt.Y})
	path.Arc(pt, r, 0, 2*math.Pi)
	path.Close()
	pg.Fill(path)
}

// tag writes a name beside a point: to the right, else left, above or below,
// wherever nothing is in the way.
func (p *panel) tag(pt vg.Point, name string, hex uint32) {
	sty := face(sizeNote, true, hex)
	w := sty.Width(name)
	for _, off := range []vg.Point{{X: 6, Y: 5}, {X: 6, Y: -6}, {X: -6 - w, Y: 5}, {X: -6 - w, Y: -6}, {X: 6, Y: 14}, {X: 6, Y: -15}, {X: -6 - w, Y: 14}, {X: -6 - w, Y: -15}, {X: 6, Y: 23}, {X: 6, Y: -24}} {
		at := vg.Point{X: pt.X + off.X, Y: pt.Y + off.Y}
		box := vg.Rectangle{Min: vg.Point{X: at.X - 1, Y: at.Y - 4}, Max: vg.Point{X: at.X + w + 1, Y: at.Y + 4}}
		free := box.Min.X >= p.rect.Min.X && box.Max.X <= p.rect.Max.X+10 && box.Min.Y >= p.rect.Min.Y && box.Max.Y <= p.rect.Max.Y+4
		for _, t := range p.taken {
			free = free && !overlap(box, t)
		}
		if free {
			p.page.write(textAt(sty), at, name)
			p.taken = append(p.taken, box)
			return
		}
	}
}

func textAt(sty text.Style) text.Style { return at(sty, text.XLeft, text.YCenter) }

func shareTick(v float64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.4f", 100*v), "0"), ".") + " %"
}
