package chart

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"

	"asgsim/report"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// latencyNames are the percentiles drawn, with their colours.
func latencyNames() [4]endLabel {
	return [4]endLabel{{text: "p50", hex: blue}, {text: "p90", hex: green}, {text: "p99", hex: vermilion}, {text: "p99.9", hex: purple}}
}

// latencyAxis spans the percentiles and the SLO, by the series 1, 2, 5.
func (f *figure) latencyAxis(ws []window) plot.Axis {
	lo, hi := f.doc.Summary.SLO.LatencyS, f.doc.Summary.SLO.LatencyS
	if lo <= 0 {
		lo, hi = math.Inf(1), 0
	}
	for _, w := range ws {
		for _, v := range w.q {
			if v > 0 {
				lo, hi = math.Min(lo, v), math.Max(hi, v)
			}
		}
	}
	if hi == 0 {
		lo, hi = 0.01, 1
	}
	lo, _ = log125(lo * 0.95)
	_, hi = log125(hi * 1.05)
	return axis(lo, hi, plot.LogScale{}, logTicks(report.Latency))
}

// latencyPanel draws percentiles of served requests with the SLO as a rule.
func (f *figure) latencyPanel(p *panel, ws []window) {
	p.grid()
	f.bands(p)
	names := latencyNames()
	var ends []endLabel
	var curves [][]xy
	for k := len(names) - 1; k >= 0; k-- {
		pts := make([]xy, len(ws))
		last := math.NaN()
		for i, w := range ws {
			pts[i] = xy{w.at, w.q[k]}
			if w.q[k] > 0 {
				last = w.q[k]
			}
		}
		curves = append(curves, pts)
		width := lineNormal
		if k == 3 {
			width = 0.8
		}
		p.line(pts, stroke(rgb(names[k].hex), width))
		if !math.IsNaN(last) {
			ends = append(ends, endLabel{last, names[k].text, names[k].hex})
		}
	}
	if slo := f.doc.Summary.SLO; slo.LatencyS > 0 {
		p.rule(slo.LatencyS, fmt.Sprintf("SLO: %s under %s", report.Share(slo.Good), report.Latency(slo.LatencyS)), ink, curves...)
	}
	p.silence(ws)
	inOrder(ends)
	p.ends(ends)
}

// silence says why there are no lines in the longest stretch in which no request was
// served, where there is room for the words.
func (p *panel) silence(ws []window) {
	const txt = "every request failed"
	var long span
	from := math.NaN()
	for _, w := range ws {
		switch {
		case w.served > 0 || w.failed == 0:
			from = math.NaN()
		case math.IsNaN(from):
			from = w.at
		case w.at-from > long.to-long.from:
			long = span{from, w.at}
		}
	}
	width := face(sizeNote, true, slate).Width(txt)
	x0, x1 := p.px(long.from), p.px(long.to)
	if width+8 < x1-x0 {
		p.note(vg.Point{X: (x0 + x1 - width) / 2, Y: (p.rect.Min.Y + p.rect.Max.Y) / 2}, txt, vermilion, text.YCenter)
	}
}

// inOrder raises the names of higher percentiles, which come first, to those of the
// lower ones: where lines end at different times their last values may be in another order.
func inOrder(ends []endLabel) {
	for i := len(ends) - 2; i >= 0; i-- {
		ends[i].value = math.Max(ends[i].value, 1.001*ends[i+1].value)
	}
}

// latencyTitle states how long a window is.
func latencyTitle(length des.Duration) string {
	unit := map[des.Duration]string{des.Minute: "each minute", 5 * des.Minute: "windows of 5 minutes",
		15 * des.Minute: "windows of 15 minutes", des.Hour: "windows of an hour"}[length]
	if unit == "" {
		unit = "windows of " + length.String()
	}
	return "Latency that users felt, log scale, " + unit
}

// cpuPanel draws the group's average and hottest CPU, with the targets of
// policies that track it.
func (f *figure) cpuPanel(p *panel) {
	p.grid()
	f.bands(p)
	rows, iv := f.res.Rows, f.res.Interval
	hot := rowLine(rows, iv, cpuHottest)
	mean := rowLine(rows, iv, cpuMean)
	p.line(hot, stroke(rgb(orange), 0.8))
	p.line(mean, stroke(rgb(blue), lineNormal))
	for _, t := range f.res.Config.Tracking {
		if t.Source().Metric == cloudwatch.CPUUtilization {
			p.rule(t.Target/100, fmt.Sprintf("target of %s, %g %%", t.Name, t.Target), ink, hot, mean)
		}
	}
	var ends []endLabel
	for _, l := range []struct {
		pts  []xy
		name string
		hex  uint32
	}{{hot, "hottest", orange}, {mean, "average", blue}} {
		for i := len(l.pts) - 1; i >= 0; i-- {
			if !math.IsNaN(l.pts[i].y) {
				ends = append(ends, endLabel{l.pts[i].y, l.name, l.hex})
				break
			}
		}
	}
	p.ends(ends)
}

// single returns the panel rectangle of a page with one panel.
func single(pg *page, x, y plot.Axis, top vg.Length) *panel {
	return newPanel(pg, dataLeft, dataRight, top, pg.height-58, x, y)
}
