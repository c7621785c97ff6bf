package chart

import (
	"fmt"

	"image/color"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// failOpenColour marks the stretches in which the balancer fails open.
func failOpenColour() color.Color { return rgb(ink) }

const failOpenHeight = vg.Length(4)

// failOpens draws a band along the foot of the panel while the balancer sends requests
// to targets that are not healthy, and names it where there is room.
func (f *figure) failOpens(p *panel) {
	const txt = "fails open"
	named := false
	for _, o := range f.res.FailOpens {
		x0, x1 := max(p.px(o.From.Seconds()), p.rect.Min.X), min(p.px(o.To.Seconds()), p.rect.Max.X)
		if x1 < p.rect.Min.X || x0 > p.rect.Max.X {
			continue
		}
		x1 = max(x1, x0+0.8)
		p.page.rect(vg.Rectangle{Min: vg.Point{X: x0, Y: p.rect.Min.Y}, Max: vg.Point{X: x1, Y: p.rect.Min.Y + failOpenHeight}}, rgb(white))
		p.page.rect(vg.Rectangle{Min: vg.Point{X: x0, Y: p.rect.Min.Y + 0.8}, Max: vg.Point{X: x1, Y: p.rect.Min.Y + failOpenHeight - 0.8}}, failOpenColour())
		if sty := face(sizeNote, true, ink); !named && sty.Width(txt)+8 < x1-x0 {
			p.note(vg.Point{X: x0 + 4, Y: p.rect.Min.Y + failOpenHeight + 2}, txt, ink, text.YBottom)
			named = true
		}
	}
}

// lastingRows is how many rows of faults are drawn at most.
const lastingRows = 4

// faultsThatLast draws a band above the foot of the panel for as long as a fault lasts, and
// names it. Where faults overlap their bands lie above each other.
func (f *figure) faultsThatLast(p *panel) {
	const band, row = vg.Length(3), vg.Length(15)
	foot := p.rect.Min.Y + 2
	if len(f.res.FailOpens) > 0 {
		foot += failOpenHeight + 12
	}
	sty := face(sizeNote, true, ink)
	ends := map[int]vg.Length{} // by row, of the last name
	hidden := 0
	for _, l := range lastings(f.res, f.end()) {
		x0, x1 := max(p.px(l.from), p.rect.Min.X), min(p.px(l.to), p.rect.Max.X)
		if x1 < p.rect.Min.X || x0 > p.rect.Max.X {
			continue
		}
		if l.row >= lastingRows {
			hidden++
			continue
		}
		x1 = max(x1, x0+1.5)
		y := foot + row*vg.Length(l.row)
		p.page.rect(vg.Rectangle{Min: vg.Point{X: x0 - 0.8, Y: y - 0.8}, Max: vg.Point{X: x1 + 0.8, Y: y + band + 0.8}}, rgb(white))
		p.page.rect(vg.Rectangle{Min: vg.Point{X: x0, Y: y}, Max: vg.Point{X: x1, Y: y + band}}, rgb(ink))
		x := min(x0+4, p.rect.Max.X-sty.Width(l.name)-4)
		if x < ends[l.row] {
			continue
		}
		ends[l.row] = x + sty.Width(l.name) + 8
		p.note(vg.Point{X: x, Y: y + band + 2}, l.name, ink, text.YBottom)
	}
	if hidden > 0 {
		more := fmt.Sprintf("and %d more, at the same time as these", hidden)
		p.note(vg.Point{X: p.rect.Max.X - sty.Width(more) - 4, Y: foot + row*lastingRows}, more, ink, text.YBottom)
	}
}
