package chart

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"

	"asgsim/report/format"
	"asgsim/scenarios/backtest"
	"asgsim/sim/des"
)

// Backtest draws record and simulation together, and the difference below.
func Backtest(r *backtest.Result, cal *des.Calendar, provenance string) Picture {
	f := &backtested{r: r, cal: cal, end: r.Hours * 3600}
	f.choose()
	height := 84 + vg.Length(len(f.panels))*panelStep + 60
	return Picture{Name: "backtest", width: pageWidth, height: height, paint: func(pg *page) {
		pg.rect(vg.Rectangle{Max: vg.Point{X: pageWidth, Y: height}}, rgb(white))
		pg.header("Backtest: "+r.Scenario, f.context())
		for k, p := range f.panels {
			top := 96 + vg.Length(k)*panelStep
			f.draw(newPanel(pg, dataLeft, dataRight, top, top+panelHigh, f.time(), plot.Axis{}), &p, k == len(f.panels)-1)
		}
		pg.footer(provenance)
	}}
}

const (
	panelStep = vg.Length(124)
	panelHigh = vg.Length(84)
)

// backtested is a picture of a backtest being drawn.
type backtested struct {
	r      *backtest.Result
	cal    *des.Calendar
	end    float64
	panels []lane
}

// lane is one panel.
type lane struct {
	line       *backtest.Line
	difference bool // of the line, instead of itself
}

// choose takes the lines that are recorded: instances first, with the difference below.
func (f *backtested) choose() {
	for _, key := range []string{"instances", "desired", "cpu", "p50", "p99", "errors"} {
		for k := range f.r.Lines {
			l := &f.r.Lines[k]
			if l.Key != key || key == "desired" && len(f.panels) > 0 || key == "errors" && !anyAbove(l) {
				continue
			}
			f.panels = append(f.panels, lane{line: l})
			if l.Unit == "instances" {
				f.panels = append(f.panels, lane{line: l, difference: true})
			}
		}
	}
	if len(f.panels) == 0 {
		f.panels = append(f.panels, lane{line: &f.r.Lines[0]})
	}
}

// anyAbove reports whether anything of a line is above 0.
func anyAbove(l *backtest.Line) bool {
	for k := range l.Recorded {
		if l.Recorded[k] > 0 || l.High[k] > 0 {
			return true
		}
	}
	return false
}

// context is the line below the title.
func (f *backtested) context() string {
	text := "from " + f.r.From + ", " + format.Duration(f.end)
	if f.r.Runs > 1 {
		text += fmt.Sprintf("; mean and range of %d runs", f.r.Runs)
	}
	for _, e := range f.r.Errors {
		if e.Key == "instances" || e.Key == "cpu" || e.Key == "p99" {
			text += fmt.Sprintf("; %s off by %s", e.What, format.Error(e.MAPE.Value))
		}
	}
	return text
}

func (f *backtested) time() plot.Axis {
	return linear(0, f.end, timeTicks(f.cal, dataRight-dataLeft))
}

// draw draws one panel.
func (f *backtested) draw(p *panel, c *lane, last bool) {
	l := c.line
	recorded, mean := f.points(l.Recorded), f.points(l.Mean)
	if c.difference {
		f.difference(p, l, last)
		return
	}
	low, high := f.points(l.Low), f.points(l.High)
	top, bottom := 0.0, math.Inf(1)
	for _, pts := range [][]xy{recorded, high} {
		for _, q := range pts {
			if !math.IsNaN(q.y) {
				top, bottom = math.Max(top, q.y), math.Min(bottom, q.y)
			}
		}
	}
	title, unit := l.What, func(v float64) string { return fmt.Sprintf("%.0f", v) }
	switch l.Unit {
	case "s":
		unit = format.Latency
		title = "TargetResponseTime " + l.What
	case "share":
		unit = format.Percent
	}
	if top == 0 {
		top = 1
	}
	if l.Unit == "share" && top < 0.05 {
		unit = format.Error
	}
	p.y = linear(0, top*1.12, linearTicks(3, unit))
	p.grid()
	keys := []key{{name: "recorded", style: stroke(rgb(ink), 1.2)}, {name: "simulated", style: stroke(rgb(blue), 1.4)}}
	if f.r.Runs > 1 {
		p.ribbon(low, high, fade(rgb(sky), 0.45))
		keys = append(keys, swatch("all runs", fade(rgb(sky), 0.45)))
	}
	p.title(title, keys)
	p.line(mean, stroke(rgb(blue), 1.4))
	p.line(recorded, stroke(rgb(ink), 0.9))
	p.base(last)
}

// difference draws simulated less recorded.
func (f *backtested) difference(p *panel, l *backtest.Line, last bool) {
	most := 1.0
	pts := make([]xy, 0, len(l.Recorded))
	for k, q := range f.points(l.Mean) {
		d := q.y - l.Recorded[k]
		pts = append(pts, xy{q.x, d})
		if !math.IsNaN(d) {
			most = math.Max(most, math.Abs(d))
		}
	}
	p.y = linear(-most*1.15, most*1.15, linearTicks(3, signedWhole))
	p.grid()
	p.title("difference: simulated less recorded, " + l.What)
	zero := p.py(0)
	p.page.StrokeLine2(stroke(rgb(axisGrey), 0.9), p.rect.Min.X, zero, p.rect.Max.X, zero)
	p.line(pts, stroke(rgb(vermilion), 1.1))
	p.base(last)
}

// ribbon fills between two lines, in pieces, where both are known.
func (p *panel) ribbon(low, high []xy, c color.Color) {
	for from := 0; from < len(low)-1; {
		to := from
		for to < len(low) && to <= from+strokePiece && !math.IsNaN(low[to].y) && !math.IsNaN(high[to].y) {
			to++
		}
		if to-from > 1 {
			p.between(low[from:to], high[from:to], c)
		}
		from = max(from+1, to-1)
	}
}

// signedWhole labels whole differences, and no others.
func signedWhole(v float64) string {
	if v != math.Trunc(v) {
		return ""
	}
	if v == 0 {
		return "0"
	}
	return fmt.Sprintf("%+.0f", v)
}

// points are the values of bins at their middles.
func (f *backtested) points(v []float64) []xy {
	out := make([]xy, len(v))
	for k := range v {
		out[k] = xy{math.Min((float64(k)+0.5)*f.r.BinS, f.end), v[k]}
	}
	return out
}
