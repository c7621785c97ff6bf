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
		note := face(sizeNote, false, slate)
		for k, line := range twoLines(t.Name, note, width-6) {
			pg.write(at(note, text.XLeft, text.YTop), vg.Point{X: x, Y: pg.down(top + 19 + vg.Length(k)*(sizeNote+1.5))}, line)
		}
	}
}
