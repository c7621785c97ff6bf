package chart

import "image/color"

// banded is a curve of a long run: from least to most as a band, and a line within it.
type banded struct {
	band envelope
	line curve
}

// bandOf makes of a curve with a point in the middle of each interval, so many seconds
// long, its band by stretches and the line of their means.
func bandOf(edges []float64, c curve, interval float64) banded {
	steps := make([]step, len(c.pts))
	for i, q := range c.pts {
		steps[i] = step{q.x - interval/2, q.y}
	}
	e := envelopeOf(edges, steps)
	return banded{e, curve{c.label, e.middles(e.mean), c.style}}
}

// fill draws the bands, all below the lines.
func fill(p *panel, all []banded) {
	for i := range all {
		all[i].band.fill(p, fade(color.NRGBAModel.Convert(all[i].line.style.Color).(color.NRGBA), 0.3))
	}
}

// around are the lines that names had better keep clear of.
func (b *banded) around() [][]xy {
	return [][]xy{b.line.pts, b.band.corners(b.band.least), b.band.corners(b.band.most)}
}

// bandKeys explain lines with bands in a panel of several colours.
func bandKeys(band, line string) []key {
	return []key{swatch(band, fade(rgb(slate), 0.3)), {name: line, style: stroke(rgb(slate), 1.5)}}
}
