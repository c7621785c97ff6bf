package chart

import (
	"image/color"

	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"asgsim/sim/record"
)

// Colours of the house: Okabe and Ito's palette, which colour-blind readers can
// tell apart, on ink and greys (Color Universal Design, 2008).
func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 255}
}

func fade(c color.NRGBA, alpha float64) color.NRGBA {
	c.A = uint8(alpha*255 + 0.5)
	return c
}

const (
	ink       = 0x22262b
	slate     = 0x667080 // secondary text, rules of the second rank
	mist      = 0xe4e7eb // grid
	axisGrey  = 0xb4bac2
	blue      = 0x0072b2
	sky       = 0x56b4e9
	orange    = 0xe69f00
	amber     = 0xf7d48b
	green     = 0x009e73
	vermilion = 0xd55e00
	purple    = 0xcc79a7
	ash       = 0x9aa3ae
	teal      = 0x9dd6c5
	mint      = 0xdcf3eb
	chalk     = 0xd0d5db
	white     = 0xffffff
	violet    = 0x5e3c99 // Spot, in every picture
)

// stateColour is the colour of an instance's state in every picture.
func stateColour(s record.State) color.NRGBA {
	switch s {
	case record.Pending:
		return rgb(amber)
	case record.Booting:
		return rgb(orange)
	case record.Warming:
		return rgb(sky)
	case record.Ready:
		return rgb(blue)
	case record.Unhealthy:
		return rgb(vermilion)
	case record.Standby:
		return rgb(purple)
	case record.Draining:
		return rgb(ash)
	case record.WarmedPending:
		return rgb(mint)
	case record.WarmedStopped, record.WarmedRunning, record.WarmedHibernated:
		return rgb(teal)
	default:
		return rgb(chalk)
	}
}

// Sizes of type in points.
const (
	sizeTitle = vg.Length(15)
	sizeTile  = vg.Length(14)
	sizePanel = vg.Length(10)
	sizeTick  = vg.Length(8.5)
	sizeNote  = vg.Length(7.5)
)

// Column edges shared by all panels of a page, and the page itself.
const (
	pageWidth  = vg.Length(720)
	edgeLeft   = vg.Length(28) // titles, tiles, footer
	dataLeft   = vg.Length(60)
	dataRight  = vg.Length(648)
	edgeRight  = pageWidth - edgeLeft/2
	pixel      = vg.Length(72.0 / dpi)
	dpi        = 192
	lineNormal = vg.Length(1.1)
	lineThin   = vg.Length(0.7)
)

func face(size vg.Length, bold bool, hex uint32) text.Style {
	f := font.Font{Typeface: "Liberation", Variant: "Sans", Size: size}
	if bold {
		f.Weight = xfont.WeightBold
	}
	return text.Style{Color: rgb(hex), Font: f, Handler: text.Plain{Fonts: font.DefaultCache}}
}

// at returns the style with its alignment.
func at(s text.Style, x text.XAlignment, y text.YAlignment) text.Style {
	s.XAlign, s.YAlign = x, y
	return s
}

func stroke(c color.Color, w vg.Length, dashes ...vg.Length) draw.LineStyle {
	return draw.LineStyle{Color: c, Width: w, Dashes: dashes}
}

// bandColour is that of what was at times in service, over white.
func bandColour() color.Color { return fade(rgb(blue), 0.32) }
