package chart

import "gonum.org/v1/plot/vg"

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

func overlap(a, b vg.Rectangle) bool {
	return a.Min.X < b.Max.X && b.Min.X < a.Max.X && a.Min.Y < b.Max.Y && b.Min.Y < a.Max.Y
}
