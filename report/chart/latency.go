package chart

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"

	"asgsim/report"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/scaling"
)

// latencyAxis spans the percentiles and the SLO, by the series 1, 2, 5.
func (f *figure) latencyAxis(ws []window) plot.Axis {
	lo, hi := f.doc.Summary.SLO.LatencyS, f.doc.Summary.SLO.LatencyS
	if lo <= 0 {
		lo, hi = math.Inf(1), 0
	}
	if f.long() {
		ws = append(f.dayWindows(), ws...)
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
	var ends []endLabel
	var lines [][]xy
	curves := latencyCurves(ws)
	if f.long() {
		days := latencyCurves(f.dayWindows())
		for k, b := range f.banded(curves, latencyWindow(f.res)) {
			b.line.pts = b.band.outwards(days[k].pts) // not the mean of percentiles, but that of the day
			lines = append(lines, b.around()...)
			fill(p, []banded{b})
			curves[k] = b.line
		}
	}
	for k, c := range curves {
		p.line(c.pts, c.style)
		lines = append(lines, c.pts)
		if last := lastOf(c.pts); !math.IsNaN(last) {
			ends = append(ends, endLabel{last, c.label, latencyColours[k]})
		}
	}
	slices.Reverse(ends)
	if slo := f.doc.Summary.SLO; slo.LatencyS > 0 {
		p.rule(slo.LatencyS, fmt.Sprintf("SLO: %s under %s", report.Share(slo.Good), report.Latency(slo.LatencyS)), ink, lines...)
	}
	p.silence(ws)
	inOrder(ends)
	p.ends(ends)
}

// banded makes bands of the curves of a long run.
func (f *figure) banded(curves []curve, interval des.Duration) []banded {
	edges, _ := stretches(&f.res.Config.Calendar, f.end())
	out := make([]banded, len(curves))
	for k, c := range curves {
		out[k] = bandOf(edges, c, interval.Seconds())
	}
	return out
}

// bandLegend explains the bands of a long run; nil for others.
func (f *figure) bandLegend() []key {
	if !f.long() {
		return nil
	}
	_, stretch := stretches(&f.res.Config.Calendar, f.end())
	return bandKeys("least to most of a "+stretch, "mean")
}

// latencyHead writes the title of the latency panel, whose windows are so long.
func (f *figure) latencyHead(p *panel, length des.Duration) {
	if !f.long() {
		p.title(latencyTitle(length))
		return
	}
	_, stretch := stretches(&f.res.Config.Calendar, f.end())
	p.title("Latency that users felt, log scale", bandKeys("least to most of a "+stretch+"'s hours", "the "+stretch+" as a whole"))
}

// dayWindows are the stretches of a long run as windows.
func (f *figure) dayWindows() []window {
	edges, _ := stretches(&f.res.Config.Calendar, f.end())
	var out []window
	rows := f.res.Rows
	for _, to := range edges[1:] {
		n := 0
		for n < len(rows) && rows[n].At.Seconds() < to {
			n++
		}
		if n > 0 {
			out = append(out, windows(rows[:n], f.res.Interval, des.Duration(n)*f.res.Interval)...)
		}
		rows = rows[n:]
	}
	return out
}

// lastOf is the last value of a line; NaN without any.
func lastOf(pts []xy) float64 {
	for i := len(pts) - 1; i >= 0; i-- {
		if pts[i].y > 0 {
			return pts[i].y
		}
	}
	return math.NaN()
}

// silences are the stretches in which requests failed and none was served.
func silences(ws []window) []span {
	var out []span
	for i, w := range ws {
		if w.served > 0 || w.failed == 0 {
			continue
		}
		half := 30.0
		if i+1 < len(ws) {
			half = (ws[i+1].at - w.at) / 2
		} else if i > 0 {
			half = (w.at - ws[i-1].at) / 2
		}
		if n := len(out); n > 0 && out[n-1].to >= w.at-half-1e-6 {
			out[n-1].to = w.at + half
		} else {
			out = append(out, span{w.at - half, w.at + half})
		}
	}
	return out
}

// silence marks along the top where there are no lines because every request failed, and
// says so once, beside the longest stretch.
func (p *panel) silence(ws []window) {
	const txt = "no lines: every request failed"
	var long span
	for _, s := range silences(ws) {
		x0, x1 := max(p.px(s.from), p.rect.Min.X), min(p.px(s.to), p.rect.Max.X)
		p.page.rect(vg.Rectangle{Min: vg.Point{X: x0, Y: p.rect.Max.Y - 3}, Max: vg.Point{X: max(x1, x0+0.8), Y: p.rect.Max.Y}}, rgb(vermilion))
		if s.to-s.from > long.to-long.from {
			long = s
		}
	}
	if long.to == 0 {
		return
	}
	width := face(sizeNote, true, slate).Width(txt)
	x := (p.px(long.from) + p.px(long.to) - width) / 2
	x = min(max(x, p.rect.Min.X+4), p.rect.Max.X-width-4)
	p.note(vg.Point{X: x, Y: p.rect.Max.Y - 6}, txt, vermilion, text.YTop)
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
	curves := f.cpuCurves()
	var ends []endLabel
	var lines [][]xy
	if f.long() {
		all := f.banded(curves, f.res.Interval)
		fill(p, all)
		for k := range all {
			curves[k] = all[k].line
			lines = append(lines, all[k].around()...)
		}
	}
	for k, c := range curves {
		p.line(c.pts, c.style)
		lines = append(lines, c.pts)
		if last := lastOf(c.pts); !math.IsNaN(last) {
			ends = append(ends, endLabel{last, c.label, [...]uint32{orange, blue}[k]})
		}
	}
	for _, t := range scaling.Goals(f.res.Config.Policies) {
		if t.Source.Metric == cloudwatch.CPUUtilization {
			p.rule(t.Target/100, fmt.Sprintf("target of %s, %g %%", t.Policy, t.Target), ink, lines...)
		}
	}
	p.ends(ends)
}

// single returns the panel rectangle of a page with one panel.
func single(pg *page, x, y plot.Axis, top vg.Length) *panel {
	return newPanel(pg, dataLeft, dataRight, top, pg.height-58, x, y)
}
