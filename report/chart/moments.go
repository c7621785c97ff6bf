package chart

import (
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"

	"asgsim/sim/collapse"
)

// discs numbers the moments on the panel, each on a short stem above its point.
func (f *figure) discs(p *panel) {
	const r = vg.Length(5.6)
	type mark struct {
		foot, centre vg.Point
		n            int
	}
	var marks []mark
	for _, m := range f.doc.Story.Numbered() {
		foot := vg.Point{X: p.px(m.At.Seconds()), Y: min(p.py(m.Value), p.rect.Max.Y-2)}
		if inside(foot.X, p.rect.Min.X, p.rect.Max.X) {
			centre := p.place(foot, r)
			p.taken = append(p.taken, square(centre, r))
			marks = append(marks, mark{foot, centre, m.N})
		}
	}
	for _, m := range marks {
		p.page.StrokeLine2(stroke(rgb(white), 2), m.foot.X, m.foot.Y, m.centre.X, m.centre.Y)
		p.page.StrokeLine2(stroke(rgb(ink), 0.9), m.foot.X, m.foot.Y, m.centre.X, m.centre.Y)
	}
	for _, m := range marks {
		p.page.disc(m.centre, r, m.n)
	}
}

// place finds the free spot for a disc nearest to straight above its foot.
func (p *panel) place(foot vg.Point, r vg.Length) vg.Point {
	for up := r + 5; up < 90; up += 4 {
		for _, side := range []vg.Length{0, 1, -1, 2, -2} {
			c := vg.Point{X: foot.X + side*(2*r+3), Y: foot.Y + up}
			fits := c.X > p.rect.Min.X+r && c.X < p.rect.Max.X-r && c.Y < p.rect.Max.Y-r
			if fits && !p.hits(c, r+1.2) {
				return c
			}
		}
	}
	for down := r + 5; down < 200; down += 4 {
		c := vg.Point{X: min(max(foot.X, p.rect.Min.X+r), p.rect.Max.X-r), Y: foot.Y - down}
		if !p.hits(c, r+1.2) {
			return c
		}
	}
	return foot
}

func inside(v, lo, hi vg.Length) bool { return v >= lo-0.01 && v <= hi+0.01 }

func square(c vg.Point, r vg.Length) vg.Rectangle {
	return vg.Rectangle{Min: vg.Point{X: c.X - r, Y: c.Y - r}, Max: vg.Point{X: c.X + r, Y: c.Y + r}}
}

// hits reports whether a disc would touch something that is already there.
func (p *panel) hits(c vg.Point, r vg.Length) bool {
	for _, t := range p.taken {
		if overlap(square(c, r), t) {
			return true
		}
	}
	return false
}

// drawStrips draws the stretches of a collapse below the panel, the name in the bar, or after it where it is short.
func drawStrips(p *panel, c *collapse.Findings) {
	inside, beside := at(face(sizeNote, true, white), text.XCenter, text.YCenter), at(face(sizeNote, true, ink), text.XLeft, text.YCenter)
	for k, row := range strips(c) {
		top := p.rect.Min.Y - 5 - stripStep*vg.Length(k)
		free := p.rect.Min.X // where the next name may begin
		for _, s := range row {
			x0, x1 := max(p.px(s.from), p.rect.Min.X), min(p.px(s.to), p.rect.Max.X)
			if x1 <= p.rect.Min.X || x0 >= p.rect.Max.X {
				continue
			}
			x1 = max(x1, x0+1)
			p.page.rect(vg.Rectangle{Min: vg.Point{X: x0, Y: top - stripHeight}, Max: vg.Point{X: x1, Y: top}}, rgb(ink))
			middle, width := top-stripHeight/2, inside.Width(s.name)
			switch {
			case width+8 <= x1-x0:
				p.page.write(inside, vg.Point{X: (x0 + x1) / 2, Y: middle}, s.name)
			case x0 >= free && x1+4+width <= p.rect.Max.X:
				p.page.write(beside, vg.Point{X: x1 + 4, Y: middle}, s.name)
				free = x1 + 8 + width
			case x0-4-width >= free:
				before := beside
				before.XAlign = text.XRight
				p.page.write(before, vg.Point{X: x0 - 4, Y: middle}, s.name)
				free = x1
			}
		}
	}
}
