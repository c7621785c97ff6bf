package chart

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"strings"

	"git.sr.ht/~sbinet/gg"
	_ "gonum.org/v1/plot" // fills font.DefaultCache with the Liberation fonts
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"

	"asgsim/report/clean"
)

// Picture is one drawing, ready to be encoded.
type Picture struct {
	Name          string // without extension: "report"
	width, height vg.Length
	paint         func(*page)
}

// Format is a picture file format.
type Format string

// The formats.
const (
	PNG Format = "png"
	SVG Format = "svg"
)

// FormatOf returns the format a file name asks for by its extension.
func FormatOf(name string) (Format, error) {
	switch low := strings.ToLower(name); {
	case strings.HasSuffix(low, ".png"):
		return PNG, nil
	case strings.HasSuffix(low, ".svg"):
		return SVG, nil
	}
	return "", fmt.Errorf("%s: a picture is a .png or a .svg file", name)
}

// Encode draws the picture and writes it. The same picture is the same bytes.
func (p Picture) Encode(w io.Writer, f Format) error {
	if f == SVG {
		c := vgsvg.New(p.width, p.height)
		p.draw(c)
		var buf bytes.Buffer
		if _, err := c.WriteTo(&buf); err != nil {
			return fmt.Errorf("encode %s.svg: %w", p.Name, err)
		}
		out := bytes.ReplaceAll(buf.Bytes(), []byte("font-family:Liberation Sans;"), []byte("font-family:'Liberation Sans',Arial,sans-serif;"))
		_, err := w.Write(out)
		return err
	}
	c := canvas(p.width, p.height)
	p.draw(c)
	fast := png.Encoder{CompressionLevel: png.BestSpeed} // a third less time for files 4 % larger
	if err := fast.Encode(w, c.Image()); err != nil {
		return fmt.Errorf("encode %s.png: %w", p.Name, err)
	}
	return nil
}

// canvas is vgimg's for a size, but on pixels of our own: given a size alone it makes
// them, copies them for its context and drops the first, which for a page of 20 MB takes
// longer than all that is drawn on it.
func canvas(width, height vg.Length) *vgimg.Canvas {
	dots := func(l vg.Length) int { return int(l.Dots(dpi) + 0.5) }
	img := image.NewRGBA(image.Rect(0, 0, dots(width), dots(height)))
	ctx := gg.NewContextForRGBA(img)
	ctx.SetLineCapButt()
	ctx.InvertY()
	return vgimg.NewWith(vgimg.UseImageWithContext(img, ctx), vgimg.UseDPI(dpi))
}

func (p Picture) draw(c vg.CanvasSizer) *page {
	pg := &page{Canvas: draw.New(finite{c}), height: p.height}
	p.paint(pg)
	return pg
}

// page is a canvas that knows the texts on it. Its origin is the lower left
// corner; layouts count from the top, see down.
type page struct {
	draw.Canvas
	height vg.Length
	labels []label
}

// label is a text that was drawn and the box it fills.
type label struct {
	text string
	box  vg.Rectangle
}

// down converts a distance from the top edge to a y coordinate.
func (pg *page) down(d vg.Length) vg.Length { return pg.height - d }

// write draws txt at pt and remembers its box.
func (pg *page) write(sty text.Style, pt vg.Point, txt string) {
	txt = clean.Line(txt)
	pg.FillText(sty, pt, txt)
	pg.labels = append(pg.labels, label{txt, sty.Rectangle(txt).Add(pt)})
}

// rect fills a rectangle.
func (pg *page) rect(r vg.Rectangle, c color.Color) {
	pg.FillPolygon(c, []vg.Point{r.Min, {X: r.Max.X, Y: r.Min.Y}, r.Max, {X: r.Min.X, Y: r.Max.Y}})
}

// disc draws a number in white on an ink disc, with a thin white rim.
func (pg *page) disc(pt vg.Point, radius vg.Length, n int) {
	for _, d := range []struct {
		r   vg.Length
		hex uint32
	}{{radius + 0.8, white}, {radius, ink}} {
		pg.SetColor(rgb(d.hex))
		var path vg.Path
		path.Move(vg.Point{X: pt.X + d.r, Y: pt.Y})
		path.Arc(pt, d.r, 0, 2*3.141592653589793)
		path.Close()
		pg.Fill(path)
	}
	sty := at(face(radius*1.42, true, white), text.XCenter, text.YCenter)
	pg.FillText(sty, vg.Point{X: pt.X, Y: pt.Y + radius*0.04}, fmt.Sprint(n))
	box := vg.Rectangle{Min: vg.Point{X: pt.X - radius, Y: pt.Y - radius}, Max: vg.Point{X: pt.X + radius, Y: pt.Y + radius}}
	pg.labels = append(pg.labels, label{fmt.Sprintf("disc %d", n), box})
}

// cross marks a point with a cross on a white rim.
func (pg *page) cross(pt vg.Point, d vg.Length) {
	for _, s := range []struct {
		hex   uint32
		width vg.Length
	}{{white, 2.8}, {ink, 1.3}} {
		pg.StrokeLine2(stroke(rgb(s.hex), s.width), pt.X-d, pt.Y-d, pt.X+d, pt.Y+d)
		pg.StrokeLine2(stroke(rgb(s.hex), s.width), pt.X-d, pt.Y+d, pt.X+d, pt.Y-d)
	}
}

// header writes the title and the line of context below it.
func (pg *page) header(title, context string) {
	pg.write(at(face(sizeTitle, true, ink), text.XLeft, text.YTop), vg.Point{X: edgeLeft, Y: pg.down(20)}, fit(title, face(sizeTitle, true, ink), edgeRight-edgeLeft))
	pg.write(at(face(sizeTick, false, slate), text.XLeft, text.YTop), vg.Point{X: edgeLeft, Y: pg.down(40)}, fit(context, face(sizeTick, false, slate), edgeRight-edgeLeft))
}

// partsOf is between the parts of the provenance.
const partsOf = "  ·  "

// footer writes where the picture comes from.
func (pg *page) footer(provenance string) {
	sty, width := at(face(sizeNote, false, slate), text.XLeft, text.YBottom), edgeRight-edgeLeft
	first, rest := provenance, ""
	for sty.Width(first) > width {
		k := strings.LastIndex(first, partsOf)
		if k < 0 {
			break
		}
		first = first[:k]
	}
	if len(first) < len(provenance) {
		rest = provenance[len(first)+len(partsOf):]
	}
	if rest == "" {
		pg.write(sty, vg.Point{X: edgeLeft, Y: 14}, fit(first, sty, width))
		return
	}
	pg.write(sty, vg.Point{X: edgeLeft, Y: 19}, fit(first, sty, width))
	pg.write(sty, vg.Point{X: edgeLeft, Y: 8}, fit(rest, sty, width))
}
