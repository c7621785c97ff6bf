package chart

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"asgsim/report"
	"asgsim/sim/record"
)

// capacityPanel draws the states, the limits, breached time and the moments.
func (f *figure) capacityPanel(p *panel) {
	p.grid()
	f.bands(p)
	if f.long() {
		f.overview().draw(p)
	} else {
		f.minutes(p)
	}
	f.limits(p)
	f.failOpens(p)
	f.faultsThatLast(p)
	f.warmUpNote(p)
	f.breachNote(p)
	f.discs(p)
}

// minutes draws the stacked states with the load behind them, and the desired and the
// needed capacity.
func (f *figure) minutes(p *panel) {
	res := f.res
	end := f.end()
	f.load(p)
	stack := stacked(res.Capacity)
	for k := len(stack) - 1; k >= 0; k-- {
		p.area(stairs(stack[k], end), stateColour(layers()[k].state))
	}
	f.loadLine(p)
	f.needed(p)
	desired := f.desiredCurve()
	p.line(desired.pts, desired.style)
	f.spotCapacity(p)
	f.slowStart(p)
	f.forecasts(p)
}

// long reports whether the panels show what each day was like instead of every minute.
func (f *figure) long() bool { return f.res.Config.Duration > longRun }

// rate is what the load is counted in.
func (f *figure) rate() string {
	if f.res.Config.Queue != nil {
		return "messages/s"
	}
	return "requests/s"
}

// overview is the capacity of a long run.
func (f *figure) overview() *overview {
	res := f.res
	edges, name := stretches(&res.Config.Calendar, f.end())
	of := func(get func(record.CapacityChange) int) envelope {
		return envelopeOf(edges, capacitySteps(res.Capacity, get))
	}
	o := &overview{stretch: name, rate: f.rate(), inService: of(func(c record.CapacityChange) int { return c.States.InService() }),
		desired: of(func(c record.CapacityChange) int { return c.Desired }),
		load:    envelopeOf(edges, rowSteps(res.Rows, func(r record.Row) float64 { return r.Expected })), right: f.loadAxis()}
	if f.hasSpot() {
		spot := of(func(c record.CapacityChange) int { return c.Spot })
		o.lines = append(o.lines, curve{"Spot, mean", spot.middles(spot.mean), spotStyle()})
	}
	if f.hasNeeded(forecast) {
		e := envelopeOf(edges, f.forecastSteps())
		o.lines = append(o.lines, curve{"capacity forecast, mean", e.middles(e.mean), forecastStyle()})
	}
	if f.stormy() {
		sent := envelopeOf(edges, rowSteps(res.Rows, func(r record.Row) float64 { return f.attempts(&r) }))
		o.retried = &curve{"with retries, most", sent.corners(sent.most), attemptsStyle()}
	}
	return o
}

// capacityLegend names what the panel shows; only states that occur.
func (f *figure) capacityLegend() (states, lines []key) {
	if f.long() {
		return f.overview().legend()
	}
	for _, l := range layers() {
		for _, c := range f.res.Capacity {
			if l.count(c.States) > 0 {
				states = append(states, swatch(l.name, stateColour(l.state)))
				break
			}
		}
	}
	if f.hasNeeded(forecast) {
		states = append(states, key{name: "capacity forecast", style: forecastStyle()}, key{name: "load forecast", style: loadForecastStyle()})
	}
	if f.hasSpot() {
		states = append(states, key{name: "Spot", style: spotStyle()})
	}
	if f.hasSlowStart() {
		states = append(states, key{name: "in slow start", style: slowStyle()})
	}
	lines = append(lines, key{name: "desired", style: stroke(rgb(ink), 1.2)})
	needed := f.neededCurves()
	slices.Reverse(needed)
	for _, c := range needed {
		lines = append(lines, key{name: c.label, style: c.style})
	}
	if len(f.res.FailOpens) > 0 {
		lines = append(lines, swatch("balancer fails open (foot)", failOpenColour()))
	}
	lines = append(lines, swatch("load, "+f.rate()+" (right)", rgb(chalk)))
	if f.stormy() {
		lines = append(lines, key{name: "with retries", style: attemptsStyle()})
	}
	return states, lines
}

func (f *figure) hasNeeded(get func(record.Row) int) bool {
	for _, r := range f.res.Rows {
		if get(r) >= 0 {
			return true
		}
	}
	return false
}

// capacityMax is the upper end of the capacity axis. The needed lines and max_size
// may be far above anything that runs; they are shown up to 1.5 times the rest.
func (f *figure) capacityMax() float64 {
	top, limit := 1.0, 0.0
	for _, c := range f.res.Capacity {
		s := c.States
		top = math.Max(top, float64(s.InService()+s.Pending+s.Draining+s.Terminating+s.Pool()))
		top = math.Max(top, float64(c.Desired))
		limit = math.Max(limit, float64(c.MaxSize))
	}
	need := 0.0
	for _, r := range f.res.Rows {
		need = math.Max(need, math.Max(float64(r.NeededSLO), float64(r.NeededTarget)))
	}
	top = math.Max(top, math.Min(need, 1.5*top))
	if limit <= 1.5*top {
		top = math.Max(top, limit)
	}
	return top * 1.16
}

// forecast is the capacity that predictive scaling foresaw; -1 without one.
func forecast(r record.Row) int {
	if r.ForecastCapacity <= 0 {
		return -1
	}
	return r.ForecastCapacity
}

func forecastStyle() draw.LineStyle     { return stroke(rgb(vermilion), 1.2, 5, 2.5) }
func loadForecastStyle() draw.LineStyle { return stroke(rgb(slate), 1, 2, 2) }

// forecasts draws what predictive scaling foresaw: capacity, and the load behind it.
func (f *figure) forecasts(p *panel) {
	if !f.hasNeeded(forecast) {
		return
	}
	over := *p
	over.y = f.loadAxis()
	over.line(rowLine(f.res.Rows, f.res.Interval, func(r record.Row) float64 {
		if forecast(r) < 0 {
			return math.NaN()
		}
		return r.ForecastRate
	}), loadForecastStyle())
	p.line(stairs(f.forecastSteps(), f.end()), forecastStyle())
}

// forecastSteps is the capacity that was foreseen; NaN where none was.
func (f *figure) forecastSteps() []step {
	return rowSteps(f.res.Rows, func(r record.Row) float64 {
		if v := forecast(r); v >= 0 {
			return float64(v)
		}
		return math.NaN()
	})
}

func (f *figure) needed(p *panel) {
	for _, c := range f.neededCurves() {
		veil := stroke(fade(rgb(white), 0.75), c.style.Width+1.4)
		p.line(c.pts, veil)
		p.line(c.pts, c.style)
	}
}

// peakLoad is the highest expected rate of the run; in a retry storm the highest rate of
// attempts where that is more.
func (f *figure) peakLoad() float64 {
	peak := 0.0
	for k := range f.res.Rows {
		peak = math.Max(peak, f.res.Rows[k].Expected)
		if f.stormy() {
			peak = math.Max(peak, f.attempts(&f.res.Rows[k]))
		}
	}
	return peak
}

// stormy reports whether retries are a good part of the load at some time.
func (f *figure) stormy() bool {
	c := f.doc.Summary.Collapse
	return c != nil && len(c.Storms) > 0
}

// attempts is how many attempts a second were sent in a row.
func (f *figure) attempts(r *record.Row) float64 {
	return float64(r.Sent) / math.Min(f.res.Interval.Seconds(), f.end()-r.At.Seconds())
}

func attemptsStyle() draw.LineStyle { return stroke(rgb(slate), 1.2, 3, 1.5) }

// loadAxis is the right axis: the peak nearly fills the panel, so that the load
// stays above the capacity it asks for.
func (f *figure) loadAxis() plot.Axis {
	return linear(0, math.Max(f.peakLoad(), 1e-9)/0.98, linearTicks(4, report.Rate))
}

// load draws the expected rate as a grey area and labels the right edge.
func (f *figure) load(p *panel) {
	if f.peakLoad() <= 0 {
		return
	}
	right := *p
	right.y = f.loadAxis()
	right.area(rowLine(f.res.Rows, f.res.Interval, func(r record.Row) float64 { return r.Expected }), rgb(mist))
	right.rightLabels()
}

func (f *figure) loadLine(p *panel) {
	over := *p
	over.y = f.loadAxis()
	pts := rowLine(f.res.Rows, f.res.Interval, func(r record.Row) float64 { return r.Expected })
	over.line(pts, stroke(fade(rgb(white), 0.55), 1.9))
	over.line(pts, stroke(rgb(slate), 0.8))
	if f.stormy() {
		pts = rowLine(f.res.Rows, f.res.Interval, func(r record.Row) float64 { return f.attempts(&r) })
		over.line(pts, stroke(fade(rgb(white), 0.75), 2.4))
		over.line(pts, attemptsStyle())
	}
}

// limits draws min_size and max_size as rules; where they change in the run, as steps.
func (f *figure) limits(p *panel) {
	first := f.res.Capacity[0]
	fixed := true
	for _, c := range f.res.Capacity {
		fixed = fixed && c.MinSize == first.MinSize && c.MaxSize == first.MaxSize
	}
	if !fixed {
		for _, c := range f.limitCurves() {
			p.line(c.pts, c.style)
		}
		name := fmt.Sprintf("max_size %d", first.MaxSize)
		if slices.ContainsFunc(f.res.Capacity, func(c record.CapacityChange) bool { return c.MaxSize != first.MaxSize }) {
			name += ", changes in the run"
		}
		if at := float64(first.MaxSize); at < p.y.Max {
			p.note(vg.Point{X: p.rect.Min.X + 4, Y: p.py(at) + 2.5}, name, ink, text.YBottom)
		}
		return
	}
	if first.MinSize != first.MaxSize {
		f.minRule(p, first.MinSize)
	}
	name := fmt.Sprintf("max_size %d", first.MaxSize)
	if float64(first.MaxSize) > p.y.Max {
		p.note(vg.Point{X: p.rect.Min.X + 4, Y: p.rect.Max.Y - 3}, name+", far above", ink, text.YTop)
		return
	}
	p.rule(float64(first.MaxSize), name, ink, f.busy()...)
}

// busy returns what the names of the limits should keep clear of: the fleet and
// the moments with their stems.
func (f *figure) busy() [][]xy {
	out := [][]xy{stairs(inService(f.res.Capacity), f.end())}
	for _, m := range f.doc.Story.Numbered() {
		t := m.At.Seconds()
		out = append(out, []xy{{t, m.Value}, {t, m.Value * 1.5}, {t, m.Value}})
	}
	return out
}

// minRule draws min_size: its name in white inside the area where there is room
// below the line, else above it.
func (f *figure) minRule(p *panel, size int) {
	name, y := fmt.Sprintf("min_size %d", size), p.py(float64(size))
	if y-p.rect.Min.Y < 13 {
		p.rule(float64(size), name, ink, f.busy()...)
		return
	}
	p.page.StrokeLine2(stroke(rgb(white), 0.9, 4, 2.5), p.rect.Min.X, y, p.rect.Max.X, y)
	sty := at(face(sizeNote, true, white), text.XLeft, text.YTop)
	pt := vg.Point{X: p.rect.Min.X + 4, Y: y - 2}
	lowest := math.Inf(1)
	for _, c := range f.res.Capacity {
		if x := p.px(c.At.Seconds()); x < pt.X+sty.Width(name)+4 {
			lowest = math.Min(lowest, float64(c.States.InService()))
		}
	}
	veil := fade(rgb(blue), 0.85)
	if lowest < float64(size) {
		sty.Color, veil = rgb(ink), fade(rgb(white), 0.72)
	}
	box := sty.Rectangle(name).Add(pt)
	p.page.rect(vg.Rectangle{Min: vg.Point{X: box.Min.X - 2, Y: box.Min.Y - 0.5}, Max: vg.Point{X: box.Max.X + 2, Y: box.Max.Y + 0.5}}, veil)
	p.page.write(sty, pt, name)
	p.taken = append(p.taken, box)
}

// bands shades what is not counted and what was breached.
func (f *figure) bands(p *panel) {
	if w := f.res.Config.WarmUp.Seconds(); w > p.x.Min {
		p.band(p.x.Min, w, fade(rgb(chalk), 0.45))
	}
	for _, b := range breaches(f.res) {
		p.band(b.from, b.to, fade(rgb(vermilion), 0.2))
	}
}

// warmUpNote names the shaded beginning where there is room.
func (f *figure) warmUpNote(p *panel) {
	const txt = "warm-up, not counted"
	from, to := p.px(p.x.Min), p.px(f.res.Config.WarmUp.Seconds())
	if face(sizeNote, true, slate).Width(txt)+8 < to-from {
		p.note(vg.Point{X: from + 4, Y: p.rect.Max.Y - 3}, txt, slate, text.YTop)
	}
}

// breachNote says how many minutes were breached, beside the longest stretch.
func (f *figure) breachNote(p *panel) {
	spans := breaches(f.res)
	if len(spans) == 0 {
		return
	}
	long := spans[0]
	for _, s := range spans {
		if s.to-s.from > long.to-long.from {
			long = s
		}
	}
	txt := fmt.Sprintf("SLO breached %s", report.Minutes(float64(f.doc.Summary.SLO.BreachedMinutes)))
	width := face(sizeNote, true, ink).Width(txt)
	sty := at(face(sizeNote, true, vermilion), text.XLeft, text.YTop)
	for _, x := range []vg.Length{p.px(long.to) + 4, p.px(long.from) - 4 - width, p.px(long.from) + 4, p.rect.Max.X - 4 - width} {
		pt := vg.Point{X: x, Y: p.rect.Max.Y - 3}
		box := sty.Rectangle(txt).Add(pt)
		if box.Min.X >= p.rect.Min.X+2 && box.Max.X <= p.rect.Max.X && p.crossings(box, nil) == 0 {
			p.note(pt, txt, vermilion, text.YTop)
			return
		}
	}
}
