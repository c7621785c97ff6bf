package chart

import (
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
