package chart

import (
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// tiles writes the key figures in a row.
func (f *figure) tiles(pg *page, top vg.Length) {
	all := f.doc.Tiles()
	width := (edgeRight - edgeLeft) / vg.Length(len(all))
	for i, t := range all {
		hex := uint32(ink)
		if t.Alarm {
			hex = vermilion
		}
		x := edgeLeft + vg.Length(i)*width
		pg.write(at(face(sizeTile, true, hex), text.XLeft, text.YTop), vg.Point{X: x, Y: pg.down(top)}, t.Value)
		pg.write(at(face(sizeNote, false, slate), text.XLeft, text.YTop), vg.Point{X: x, Y: pg.down(top + 19)}, fit(t.Name, face(sizeNote, false, slate), width-6))
	}
}

// fit shortens a text that is wider than width.
func fit(txt string, sty text.Style, width vg.Length) string {
	for r := []rune(txt); sty.Width(txt) > width && len(r) > 1; {
		r = r[:len(r)-1]
		txt = string(r) + "…"
	}
	return txt
}
