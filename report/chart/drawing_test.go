package chart

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"
)

// drawing is a panel of 600 by 200 points that records what is drawn on it.
type drawing struct {
	*panel
	canvas *recorder.Canvas
}

// drawOn returns an empty panel with linear axes from zero to right and top.
func drawOn(right, top float64) *drawing {
	c := &recorder.Canvas{}
	pg := &page{Canvas: draw.NewCanvas(c, 720, 300), height: 300}
	none := plot.ConstantTicks(nil)
	return &drawing{newPanel(pg, 50, 650, 50, 250, linear(0, right, none), linear(0, top, none)), c}
}

// stroked is a line that was drawn, filled an area, in the panel's units; written a text.
type (
	stroked struct {
		colour string
		dashed bool
		pts    []xy
	}
	filled struct {
		colour string
		pts    []xy
	}
	written struct {
		colour, text string
		at           xy
	}
)

// hue is a colour as the house writes it, "0072b2", with its opacity where it is veiled.
func hue(c color.Color) string {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	s := fmt.Sprintf("%02x%02x%02x", n.R, n.G, n.B)
	if n.A != 255 {
		s += fmt.Sprintf("/%.2f", float64(n.A)/255)
	}
	return s
}

// marks reads back what was drawn, in order.
func (d *drawing) marks() (lines []stroked, areas []filled, texts []written) {
	var c color.Color = color.Black
	dashed := false
	unit := func(p vg.Point) xy {
		x := d.x.Min + float64((p.X-d.rect.Min.X)/(d.rect.Max.X-d.rect.Min.X))*(d.x.Max-d.x.Min)
		y := d.y.Min + float64((p.Y-d.rect.Min.Y)/(d.rect.Max.Y-d.rect.Min.Y))*(d.y.Max-d.y.Min)
		return xy{math.Round(x*1e6) / 1e6, math.Round(y*1e6) / 1e6}
	}
	path := func(p vg.Path) (out []xy) {
		for _, k := range p {
			if k.Type != vg.CloseComp {
				out = append(out, unit(k.Pos))
			}
		}
		return out
	}
	for _, a := range d.canvas.Actions {
		switch a := a.(type) {
		case *recorder.SetColor:
			c = a.Color
		case *recorder.SetLineDash:
			dashed = len(a.Dashes) > 0
		case *recorder.Stroke:
			lines = append(lines, stroked{hue(c), dashed, path(a.Path)})
		case *recorder.Fill:
			areas = append(areas, filled{hue(c), path(a.Path)})
		case *recorder.FillString:
			texts = append(texts, written{hue(c), a.String, unit(a.Point)})
		}
	}
	return lines, areas, texts
}

// lines are the lines of one colour.
func (d *drawing) lines(hex uint32) (out [][]xy) {
	all, _, _ := d.marks()
	for _, l := range all {
		if l.colour == hue(rgb(hex)) {
			out = append(out, l.pts)
		}
	}
	return out
}

// box is what an area covers.
type box struct{ from, to, lo, hi float64 }

// boxes are what the areas of one colour cover.
func (d *drawing) boxes(c color.Color) (out []box) {
	_, areas, _ := d.marks()
	for _, a := range areas {
		if a.colour != hue(c) {
			continue
		}
		b := box{math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)}
		for _, p := range a.pts {
			b = box{math.Min(b.from, p.x), math.Max(b.to, p.x), math.Min(b.lo, p.y), math.Max(b.hi, p.y)}
		}
		out = append(out, b)
	}
	return out
}

// words are the texts, in the order in which they were written.
func (d *drawing) words() (out []string) {
	_, _, texts := d.marks()
	for _, t := range texts {
		out = append(out, t.text)
	}
	return out
}

// find is the text s.
func (d *drawing) find(s string) (written, bool) {
	_, _, texts := d.marks()
	for _, t := range texts {
		if t.text == s {
			return t, true
		}
	}
	return written{}, false
}

// names are those of the entries of a legend.
func names(keys []key) (out []string) {
	for _, k := range keys {
		out = append(out, k.name)
	}
	return out
}
