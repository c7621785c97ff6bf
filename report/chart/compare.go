package chart

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"

	"asgsim/report"
	"asgsim/sim"
)

// comparison is what the picture of a comparison is drawn from.
type comparison struct {
	doc *report.Comparison
	c   *sim.Comparison
}

// variantColours tell variants apart; the base is ink.
func variantColours() []uint32 {
	return []uint32{ink, blue, vermilion, green, purple, orange, sky, slate}
}

func (f *comparison) colour(i int) uint32 {
	list := variantColours()
	if i == 0 {
		return list[0]
	}
	return list[1+(i-1)%(len(list)-1)]
}

// Comparison returns the picture of a comparison: cost against service, the
// capacity of all variants over what is needed, zoomed on the worst hour, how far
// replications differ, latency, and cost by hour of the day.
func Comparison(doc *report.Comparison, c *sim.Comparison) Picture {
	f := &comparison{doc, c}
	const (
		paretoTop, paretoBottom = 92, 292
		capTop, capBottom       = 350, 500
		zoomTop, zoomBottom     = 574, 694
		fanTop, fanBottom       = 768, 888
		latTop, latHeight       = 962, 74
	)
	rows := (len(c.Cases) + 2) / 3
	height := vg.Length(latTop+rows*(latHeight+44)) + 34
	return Picture{Name: "compare", width: pageWidth, height: height, paint: func(pg *page) {
		pg.header("Which variant? "+doc.Title, f.context())
		half := (dataLeft + dataRight) / 2
		f.pareto(newPanel(pg, dataLeft, half-26, paretoTop, paretoBottom, plot.Axis{}, plot.Axis{}))
		f.byHour(newPanel(pg, half+34, dataRight, paretoTop, paretoBottom, plot.Axis{}, plot.Axis{}))

		at := f.at()
		whole := linear(at[0], f.end(), timeTicks(&c.Cases[0].Config.Calendar, dataRight-dataLeft))
		top := f.capacityMax()
		p := newPanel(pg, dataLeft, dataRight, capTop, capBottom, whole, linear(0, top, linearTicks(5, printInstances)))
		f.capacities(p, "In service, mean of the replications", true)

		from, to, why := f.worstHour()
		x := linear(from, to, timeTicks(&c.Cases[0].Config.Calendar, half-26-dataLeft))
		p = newPanel(pg, dataLeft, half-26, zoomTop, zoomBottom, x, linear(0, f.capacityMaxIn(from, to), linearTicks(4, printInstances)))
		f.capacities(p, "The worst hour: "+why, false)
		x = linear(from, to, timeTicks(&c.Cases[0].Config.Calendar, dataRight-half-34))
		p = newPanel(pg, half+34, dataRight, zoomTop, zoomBottom, x, plot.Axis{})
		f.latencies(p, from, to)

		p = newPanel(pg, dataLeft, dataRight, fanTop, fanBottom, whole, linear(0, top, linearTicks(4, printInstances)))
		f.fan(p, f.liveliest())
		f.multiples(pg, latTop, latHeight)
		pg.footer(f.provenance())
	}}
}

func (f *comparison) context() string {
	best := "no best variant: " + f.doc.Best.Reason
	if f.doc.Best.Name != "" {
		best = "best: " + f.doc.Best.Name + ", " + f.doc.Best.Reason
	}
	n := fmt.Sprintf("%d variants × %d replications", len(f.doc.Variants), f.doc.Replications)
	if f.doc.Interrupted {
		n += " (interrupted)"
	}
	return strings.Join([]string{f.doc.Inputs.Scenario, f.doc.Dates, n, best}, "  ·  ")
}

func (f *comparison) provenance() string {
	in := f.doc.Inputs
	parts := []string{f.doc.Tool.Name + " " + f.doc.Tool.Version, fmt.Sprintf("seed %d", in.Seed)}
	if len(in.SHA256) >= 8 {
		parts = append(parts, "scenario sha256 "+in.SHA256[:8])
	}
	parts = append(parts, "the same requests in every variant", "prices "+f.c.Cases[0].Config.BillBasis())
	return strings.Join(parts, "  ·  ")
}

// at are the instants of the rows in seconds.
func (f *comparison) at() []float64 {
	out := make([]float64, len(f.c.Cases[0].Timeline.At))
	for i, t := range f.c.Cases[0].Timeline.At {
		out[i] = t.Seconds()
	}
	return out
}

func (f *comparison) end() float64 { return f.c.Cases[0].Config.Duration.Seconds() }

// badFloor keeps shares of zero on a log axis: a third of the least share above
// zero.
func (f *comparison) badFloor() float64 {
	least := 1 - f.c.Cases[0].Config.SLO.Good
	if least <= 0 {
		least = 0.01
	}
	for i := range f.c.Cases {
		if v := f.c.Cases[i].Values["bad_share"].Value; v > 0 {
			least = math.Min(least, v)
		}
	}
	return least / 3
}

// pareto draws slow or failed against cost, with intervals, the SLO, and the
// front: the variants that no other beats in both.
func (f *comparison) pareto(p *panel) {
	type dot struct {
		x, y, x0, x1, y0, y1 float64
		name                 string
		hex                  uint32
	}
	var dots []dot
	floor := f.badFloor()
	lox, hix, loy, hiy := math.Inf(1), 0.0, math.Inf(1), 0.0
	for i := range f.c.Cases {
		cost, bad := f.c.Cases[i].Values["cost_per_day"], f.c.Cases[i].Values["bad_share"]
		d := dot{x: cost.Value, y: math.Max(bad.Value, floor), name: f.c.Cases[i].Name, hex: f.colour(i)}
		d.x0, d.x1, d.y0, d.y1 = d.x, d.x, d.y, d.y
		if !math.IsInf(cost.Half(), 0) && !math.IsInf(bad.Half(), 0) {
			d.x0, d.x1, d.y0, d.y1 = cost.Lo, cost.Hi, math.Max(bad.Lo, floor), math.Max(bad.Hi, floor)
		}
		dots = append(dots, d)
		lox, hix, loy, hiy = math.Min(lox, d.x0), math.Max(hix, d.x1), math.Min(loy, d.y0), math.Max(hiy, d.y1)
	}
	slo := 1 - f.c.Cases[0].Config.SLO.Good
	if slo > 0 {
		loy, hiy = math.Min(loy, slo), math.Max(hiy, slo)
	}
	loy, _ = log125(loy * 0.9)
	_, hiy = log125(math.Min(hiy*1.1, 1))
	pad := math.Max((hix-lox)*0.12, hix*0.02)
	p.x = linear(math.Max(0, lox-pad), hix+pad*1.8, linearTicks(4, dollars))
	p.y = axis(loy, math.Max(hiy, loy*10), plot.LogScale{}, logTicks(shareTick))
	p.grid()
	p.title("Slow or failed, against EC2 cost a day")
	p.base(true)
	for _, d := range dots {
		pt := vg.Point{X: p.px(d.x), Y: p.py(d.y)}
		p.taken = append(p.taken, vg.Rectangle{Min: vg.Point{X: pt.X - 5, Y: pt.Y - 5}, Max: vg.Point{X: pt.X + 5, Y: pt.Y + 5}})
	}
	if slo > 0 {
		p.rule(slo, "SLO: at most "+shareTick(slo), ink)
	}
	sort.Slice(dots, func(i, j int) bool { return dots[i].x < dots[j].x || dots[i].x == dots[j].x && dots[i].y < dots[j].y })
	var front []xy
	best := math.Inf(1)
	for _, d := range dots {
		if d.y < best {
			front, best = append(front, xy{d.x, d.y}), d.y
		}
	}
	p.line(front, stroke(rgb(slate), 0.8, 3, 2.5))
	for _, d := range dots {
		sty := stroke(fade(rgb(d.hex), 0.75), 1.4)
		p.page.StrokeLine2(sty, p.px(d.x0), p.py(d.y), p.px(d.x1), p.py(d.y))
		p.page.StrokeLine2(sty, p.px(d.x), p.py(d.y0), p.px(d.x), p.py(d.y1))
		p.page.dot(vg.Point{X: p.px(d.x), Y: p.py(d.y)}, 3.2, d.hex)
	}
	for _, d := range dots {
		p.tag(vg.Point{X: p.px(d.x), Y: p.py(d.y)}, d.name, d.hex)
	}
}

// dot fills a small disc.
func (pg *page) dot(pt vg.Point, r vg.Length, hex uint32) {
	pg.SetColor(rgb(hex))
	var path vg.Path
	path.Move(vg.Point{X: pt.X + r, Y: pt.Y})
	path.Arc(pt, r, 0, 2*math.Pi)
	path.Close()
	pg.Fill(path)
}

// tag writes a name beside a point: to the right, else left, above or below,
// wherever nothing is in the way.
func (p *panel) tag(pt vg.Point, name string, hex uint32) {
	sty := face(sizeNote, true, hex)
	w := sty.Width(name)
	for _, off := range []vg.Point{{X: 6, Y: 5}, {X: 6, Y: -6}, {X: -6 - w, Y: 5}, {X: -6 - w, Y: -6}, {X: 6, Y: 14}, {X: 6, Y: -15}, {X: -6 - w, Y: 14}, {X: -6 - w, Y: -15}, {X: 6, Y: 23}, {X: 6, Y: -24}} {
		at := vg.Point{X: pt.X + off.X, Y: pt.Y + off.Y}
		box := vg.Rectangle{Min: vg.Point{X: at.X - 1, Y: at.Y - 4}, Max: vg.Point{X: at.X + w + 1, Y: at.Y + 4}}
		free := box.Min.X >= p.rect.Min.X && box.Max.X <= p.rect.Max.X+10 && box.Min.Y >= p.rect.Min.Y && box.Max.Y <= p.rect.Max.Y+4
		for _, t := range p.taken {
			free = free && !overlap(box, t)
		}
		if free {
			p.page.write(textAt(sty), at, name)
			p.taken = append(p.taken, box)
			return
		}
	}
}

func textAt(sty text.Style) text.Style { return at(sty, text.XLeft, text.YCenter) }

func shareTick(v float64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.4f", 100*v), "0"), ".") + " %"
}

// focus is the variant that is shown closely: the best, else the first after the
// base, else the base.
func (f *comparison) focus() int {
	for i := range f.c.Cases {
		if f.c.Cases[i].Name == f.doc.Best.Name {
			return i
		}
	}
	return min(1, len(f.c.Cases)-1)
}

// liveliest is the focus if its fleet moves, else the first whose does.
func (f *comparison) liveliest() int {
	moves := func(i int) bool {
		s := f.c.Cases[i].Outcomes[0].Summary.Capacity
		return s.Desired.Min != s.Desired.Max
	}
	if i := f.focus(); moves(i) {
		return i
	}
	for i := range f.c.Cases {
		if moves(i) {
			return i
		}
	}
	return f.focus()
}

// byHour draws the EC2 cost of the base and of the focus by hour of the local
// day, the area between them being the saving.
func (f *comparison) byHour(p *panel) {
	other := f.focus()
	if other == 0 && len(f.c.Cases) > 1 {
		other = 1
	}
	days := f.c.Cases[0].Config.Duration.Hours() / 24
	curve := func(i int) []step {
		var out []step
		for h := range 24 {
			sum := 0.0
			for _, o := range f.c.Cases[i].Outcomes {
				sum += o.CostByHour[h]
			}
			out = append(out, step{float64(h), sum / float64(len(f.c.Cases[i].Outcomes)) / math.Max(days, 1.0/24)})
		}
		return out
	}
	base, there := curve(0), curve(other)
	top := 0.0
	for h := range 24 {
		top = math.Max(top, math.Max(base[h].y, there[h].y))
	}
	p.x = linear(0, 24, hourTicks())
	p.y = linear(0, top*1.15+1e-9, linearTicks(4, report.Money))
	p.grid()
	for h := range 24 {
		hex := uint32(green)
		if there[h].y > base[h].y {
			hex = vermilion
		}
		p.page.rect(vg.Rectangle{Min: vg.Point{X: p.px(float64(h)), Y: p.py(math.Min(base[h].y, there[h].y))}, Max: vg.Point{X: p.px(float64(h + 1)), Y: p.py(math.Max(base[h].y, there[h].y))}}, fade(rgb(hex), 0.22))
	}
	p.line(stairs(base, 24), stroke(rgb(f.colour(0)), lineNormal))
	p.line(stairs(there, 24), stroke(rgb(f.colour(other)), lineNormal))
	var keys []key
	for _, i := range []int{0, other} {
		keys = append(keys, key{name: f.c.Cases[i].Name, style: stroke(rgb(f.colour(i)), 1.4)})
		if other == 0 {
			break
		}
	}
	p.title("EC2 cost by hour of the day", keys)
	p.base(true)
}

func hourTicks() plot.TickerFunc {
	return func(lo, hi float64) []plot.Tick {
		var out []plot.Tick
		for h := 0; h <= 24; h += 4 {
			out = append(out, plot.Tick{Value: float64(h), Label: fmt.Sprintf("%02d:00", h%24)})
		}
		return out
	}
}

// meanInService is the mean over the replications, by row.
func (f *comparison) meanInService(i int) []step {
	at := f.at()
	out := make([]step, len(at))
	for k := range at {
		sum := 0.0
		for _, o := range f.c.Cases[i].Outcomes {
			sum += float64(o.InService[k])
		}
		out[k] = step{at[k], sum / float64(len(f.c.Cases[i].Outcomes))}
	}
	return out
}

func (f *comparison) capacityMax() float64 { return f.capacityMaxIn(0, f.end()) }

func (f *comparison) capacityMaxIn(from, to float64) float64 {
	top := 1.0
	at := f.at()
	for k := range at {
		if at[k] < from || at[k] > to {
			continue
		}
		top = math.Max(top, float64(f.c.Cases[0].Timeline.NeededSLO[k]))
		for i := range f.c.Cases {
			for _, o := range f.c.Cases[i].Outcomes {
				top = math.Max(top, float64(o.InService[k]))
			}
		}
	}
	return top * 1.1
}

// capacities draws the mean capacity of every variant over what is needed for the
// SLO, which is an area.
func (f *comparison) capacities(p *panel, title string, named bool) {
	p.grid()
	var need []step
	for k, n := range f.c.Cases[0].Timeline.NeededSLO {
		v := math.NaN()
		if n >= 0 {
			v = float64(n)
		}
		need = append(need, step{f.c.Cases[0].Timeline.At[k].Seconds(), v})
	}
	p.area(stairs(need, f.end()), fade(rgb(chalk), 0.75))
	keys := []key{swatch("needed for the SLO (estimate)", fade(rgb(chalk), 0.75))}
	for i := len(f.c.Cases) - 1; i >= 0; i-- {
		p.line(stairs(f.meanInService(i), f.end()), stroke(rgb(f.colour(i)), lineNormal))
	}
	for i := range f.c.Cases {
		keys = append(keys, key{name: f.c.Cases[i].Name, style: stroke(rgb(f.colour(i)), 1.4)})
	}
	if named {
		p.title(title, rowsOf(keys, 3)...)
	} else {
		p.title(title)
	}
	p.base(true)
}

// rowsOf breaks a legend into rows.
func rowsOf(keys []key, n int) [][]key {
	var out [][]key
	for i := 0; i < len(keys); i += n {
		out = append(out, keys[i:min(i+n, len(keys))])
	}
	return out
}

// worstHour is the hour with the most breached minutes over all variants and
// replications; without any, the one in which the load is highest.
func (f *comparison) worstHour() (from, to float64, why string) {
	at := f.at()
	perHour := max(1, int(3600/f.c.Cases[0].Timeline.Interval.Seconds()))
	best, most := 0, 0
	for i := range f.c.Cases {
		for _, o := range f.c.Cases[i].Outcomes {
			run := 0
			for k := range o.Breached {
				if o.Breached[k] {
					run++
				}
				if k >= perHour && o.Breached[k-perHour] {
					run--
				}
				if run > most {
					most, best = run, k
				}
			}
		}
	}
	why = "most breached minutes"
	if most == 0 {
		why = "the highest load (nothing was breached)"
		top := 0.0
		for k, v := range f.c.Cases[0].Timeline.Expected {
			if v > top {
				top, best = v, k+perHour/2
			}
		}
	}
	best = min(best, len(at)-1)
	to = math.Min(at[best]+1800, f.end())
	return math.Max(0, to-5400), to, why
}

// latencies draws every variant's p99 in the worst hour.
func (f *comparison) latencies(p *panel, from, to float64) {
	slo := f.c.Cases[0].Config.SLO.Latency.Seconds()
	lo, hi := slo, slo
	var lines [][]xy
	for i := range f.c.Cases {
		pts := f.medianP99(i)
		for _, q := range pts {
			if q.x >= from && q.x <= to && q.y > 0 {
				lo, hi = math.Min(lo, q.y), math.Max(hi, q.y)
			}
		}
		lines = append(lines, pts)
	}
	lo, _ = log125(lo * 0.9)
	_, hi = log125(hi * 1.1)
	p.y = axis(lo, hi, plot.LogScale{}, logTicks(report.Latency))
	p.grid()
	for i := len(lines) - 1; i >= 0; i-- {
		p.line(lines[i], stroke(rgb(f.colour(i)), lineNormal))
	}
	p.rule(slo, "SLO "+report.Latency(slo), ink, lines...)
	p.title("p99 in it, median of the replications")
	p.base(true)
}

// medianP99 is the median over the replications, by row.
func (f *comparison) medianP99(i int) []xy {
	at := f.at()
	half := f.c.Cases[0].Timeline.Interval.Seconds() / 2
	out := make([]xy, len(at))
	for k := range at {
		var v []float64
		for _, o := range f.c.Cases[i].Outcomes {
			if x := float64(o.P99[k]); !math.IsNaN(x) {
				v = append(v, x)
			}
		}
		out[k] = xy{at[k] + half, quantileOf(v, 0.5)}
	}
	return out
}

// quantileOf is the p-quantile of unsorted values; NaN of none.
func quantileOf(v []float64, p float64) float64 {
	if len(v) == 0 {
		return math.NaN()
	}
	sort.Float64s(v)
	return v[min(len(v)-1, int(p*float64(len(v))))]
}

// fan draws how far the replications of one variant differ: median, the middle
// half, and the middle 95 %.
func (f *comparison) fan(p *panel, i int) {
	at := f.at()
	band := func(q float64) []step {
		out := make([]step, len(at))
		for k := range at {
			v := make([]float64, len(f.c.Cases[i].Outcomes))
			for r, o := range f.c.Cases[i].Outcomes {
				v[r] = float64(o.InService[k])
			}
			out[k] = step{at[k], quantileOf(v, q)}
		}
		return out
	}
	hex := f.colour(i)
	p.grid()
	for _, b := range []struct{ lo, hi, alpha float64 }{{0.025, 0.975, 0.18}, {0.25, 0.75, 0.32}} {
		p.between(stairs(band(b.lo), f.end()), stairs(band(b.hi), f.end()), fade(rgb(hex), b.alpha))
	}
	p.line(stairs(band(0.5), f.end()), stroke(rgb(hex), lineNormal))
	n := len(f.c.Cases[i].Outcomes)
	p.title(fmt.Sprintf("%s: in service over %d replications", f.c.Cases[i].Name, n),
		[]key{{name: "median", style: stroke(rgb(hex), 1.4)}, swatch("middle half", fade(rgb(hex), 0.42)), swatch("middle 95 %", fade(rgb(hex), 0.18))})
	p.base(true)
}

// between fills between two step lines, piece by piece of the lower one.
func (p *panel) between(lo, hi []xy, c interface{ RGBA() (r, g, b, a uint32) }) {
	poly := make([]vg.Point, 0, len(lo)+len(hi))
	for _, q := range lo {
		poly = append(poly, vg.Point{X: p.px(q.x), Y: p.py(q.y)})
	}
	for i := len(hi) - 1; i >= 0; i-- {
		poly = append(poly, vg.Point{X: p.px(hi[i].x), Y: p.py(hi[i].y)})
	}
	if len(poly) > 2 {
		p.page.FillPolygon(c, poly)
	}
}

// multiples draws each variant's p99 over the whole run, small, on one scale.
func (f *comparison) multiples(pg *page, top, height vg.Length) {
	slo := f.c.Cases[0].Config.SLO.Latency.Seconds()
	lo, hi := slo, slo
	var lines [][]xy
	for i := range f.c.Cases {
		pts := f.medianP99(i)
		for _, q := range pts {
			if q.y > 0 {
				lo, hi = math.Min(lo, q.y), math.Max(hi, q.y)
			}
		}
		lines = append(lines, pts)
	}
	lo, _ = log125(lo * 0.9)
	_, hi = log125(hi * 1.1)
	const columns, gap = 3, 36
	width := (dataRight - dataLeft - (columns-1)*gap) / columns
	for i := range f.c.Cases {
		left := dataLeft + vg.Length(i%columns)*(width+gap)
		y := top + vg.Length(i/columns)*(height+44)
		x := linear(0, f.end(), apart(timeTicks(&f.c.Cases[0].Config.Calendar, width), f.end()*0.85))
		p := newPanel(pg, left, left+width, y, y+height, x, axis(lo, hi, plot.LogScale{}, sparse(report.Latency)))
		p.grid()
		p.line(lines[i], stroke(rgb(f.colour(i)), 0.9))
		p.page.StrokeLine2(stroke(rgb(ink), 0.8, 4, 2.5), p.rect.Min.X, p.py(slo), p.rect.Max.X, p.py(slo))
		p.title(fit("p99 of "+f.c.Cases[i].Name, face(sizePanel, true, ink), width))
		p.base(true)
	}
}

// apart drops the labels beyond limit, where the next panel's begin.
func apart(t plot.TickerFunc, limit float64) plot.TickerFunc {
	return func(lo, hi float64) []plot.Tick {
		out := t(lo, hi)
		for i := range out {
			if out[i].Value > limit {
				out[i].Label = " "
			}
		}
		return out
	}
}

// sparse labels powers of ten only.
func sparse(label func(float64) string) plot.TickerFunc {
	return func(lo, hi float64) []plot.Tick {
		var out []plot.Tick
		for e := math.Floor(math.Log10(lo)); e <= math.Ceil(math.Log10(hi)); e++ {
			if v := math.Pow(10, e); v >= lo*0.999 && v <= hi*1.001 {
				out = append(out, plot.Tick{Value: v, Label: label(v)})
			}
		}
		return out
	}
}
