package chart

import (
	"fmt"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"

	"asgsim/report"
	"asgsim/report/format"
	"asgsim/sim/account"
	"asgsim/sim/record"
)

// figure is what a picture is drawn from.
type figure struct {
	doc *report.Document
	res *account.Result
}

// Pictures returns all pictures of a run: report, instances, capacity, latency, cost.
func Pictures(doc *report.Document, res *account.Result) []Picture {
	f := &figure{doc, res}
	return []Picture{f.report(), f.instances(), f.capacity(), f.latency(), f.cost()}
}

func (f *figure) end() float64 { return f.res.Config.Duration.Seconds() }

// timeAxis is the x axis that all panels of a page share.
func (f *figure) timeAxis() plot.Axis {
	return linear(0, f.end(), timeTicks(&f.res.Config.Calendar, dataRight-dataLeft))
}

// context is the line below the title.
func (f *figure) context() string {
	s := f.doc.Setup
	parts := []string{f.doc.Inputs.Scenario}
	if v := f.doc.Inputs.Variant; v != "" {
		parts[0] += ", variant " + v
	}
	policies := "fixed fleet"
	if len(s.Policies) > 0 {
		policies = strings.Join(s.Policies, ", ")
	}
	c := f.doc.Summary.Capacity
	size := fmt.Sprintf("%d to %d", c.MinSize, c.MaxSize)
	if c.MinSize == c.MaxSize {
		size = fmt.Sprint(c.MinSize)
	}
	parts = append(parts, s.Dates, s.Timezone, size+" × "+f.types(), policies, "one run")
	return strings.Join(parts, "  ·  ")
}

// types says what the group launches: its type, or how many.
func (f *figure) types() string {
	if n := len(f.res.Config.Template.Mixed); n > 1 {
		return fmt.Sprintf("%d instance types", n)
	}
	return f.doc.Setup.InstanceType
}

// provenance is the foot of every picture.
func (f *figure) provenance() string {
	in := f.doc.Inputs
	parts := []string{f.doc.Tool.Name + " " + f.doc.Tool.Version, fmt.Sprintf("seed %d", in.Seed)}
	if len(in.SHA256) >= 8 {
		parts = append(parts, "scenario sha256 "+in.SHA256[:8])
	}
	if len(in.Sets) > 0 {
		parts = append(parts, "with "+strings.Join(in.Sets, ", "))
	}
	if text := report.Fidelity(&f.doc.Summary); text != "" {
		parts = append(parts, text)
	}
	parts = append(parts, "prices "+in.Prices)
	return strings.Join(parts, "  ·  ")
}

// report is the whole run on one page.
func (f *figure) report() Picture {
	const capTop, capBottom = 146, 346
	fed := f.doc.Summary.Collapse
	room := vg.Length(0)
	weekTop := capBottom + weekAbove + tagsHeight
	if f.weekly() {
		room = weekTop + weekHeight + weekBelow - capBottom
	}
	cpuTop, cpuBottom := 386+room, 446+room
	room += stripsHeight(fed)
	scarceTop := 486 + room
	room += saturationHeight(f.res)
	replays, replaysTop := append(messagesOf(f.res), replaysOf(f.res)...), 486+room
	room += replayedStep * vg.Length(len(replays))
	var (
		latTop, latBottom   = 486 + room, 606 + room
		hourTop, hourBottom = 646 + room, 706 + room
		sumTop, sumBottom   = 746 + room, 826 + room
		zoomTop             = 896 + room
	)
	zooms := f.zooms()
	height := sumBottom + 66
	if len(zooms) > 0 {
		height = zoomTop + f.zoomHeight(zooms) + 66
	}
	return Picture{Name: "report", width: pageWidth, height: height, paint: func(pg *page) {
		pg.header(f.doc.Setup.Title, f.context())
		f.tiles(pg, 64)
		x := f.timeAxis()
		put := func(top, bottom vg.Length, y plot.Axis) *panel {
			return newPanel(pg, dataLeft, dataRight, top, bottom, x, y)
		}

		p := put(capTop, capBottom, linear(0, f.capacityMax(), linearTicks(5, printInstances)))
		f.capacityPanel(p)
		f.capacityTitle(p)
		p.base(f.weekly())
		if f.weekly() {
			weekPanel(pg, f.week(), weekTop, weekTop+weekHeight, f.unit(), f.rate())
			p.foot = axisHeight
		}
		f.zoomTags(p, zooms)

		p = put(cpuTop, cpuBottom, linear(0, 1, linearTicks(2, report.Percent)))
		f.cpuPanel(p)
		p.title("CPU utilization", f.bandLegend())
		p.base(false)
		drawStrips(p, fed)
		if h := saturationHeight(f.res); h > 0 {
			saturationPanel(put(scarceTop, scarceTop+h-resourceBelow, linear(0, 1, linearTicks(1, report.Percent))), f.res)
		}
		for k := range replays {
			top := replaysTop + replayedStep*vg.Length(k)
			low, high := replays[k].span()
			f.replayedPanel(put(top, top+replayedHeight, linear(low, low+1.1*(high-low), linearTicks(3, replays[k].printed()))), &replays[k])
		}

		length := latencyWindow(f.res)
		ws := windows(f.res.Rows, f.res.Interval, length)
		p = put(latTop, latBottom, f.latencyAxis(ws))
		f.latencyPanel(p, ws)
		f.latencyHead(p, length)
		p.base(false)

		p = put(hourTop, hourBottom, linear(0, f.costHourMax(), linearTicks(3, report.Money)))
		f.costHourPanel(p)
		p.title("EC2 cost per hour", f.hourLegend())
		p.base(false)

		p = put(sumTop, sumBottom, linear(0, f.costTotalMax(), linearTicks(4, dollars)))
		f.costTotalPanel(p)
		p.title("EC2 cost so far", f.costLegend())
		p.base(true)
		f.zoomRow(pg, zooms, zoomTop)
		pg.footer(f.provenance())
	}}
}

// The height of the panel of a recorded metric, and how far they stand apart.
const (
	replayedHeight vg.Length = 60
	replayedStep             = replayedHeight + 40
)

// replayedPanel draws a recorded metric with its limits.
func (f *figure) replayedPanel(p *panel, r *replayed) {
	p.grid()
	f.bands(p)
	pts := make([]xy, len(r.at))
	for i := range pts {
		pts[i] = xy{r.at[i], r.values[i]}
	}
	p.line(pts, stroke(rgb(blue), lineNormal))
	for _, l := range r.limits {
		p.rule(l.at, l.name, ink, pts)
	}
	p.title(r.title)
	p.base(false)
}

// printed is how the values on its axis are written.
func (r *replayed) printed() func(float64) string {
	if r.print != nil {
		return r.print
	}
	return format.Value
}

// capacityTitle writes the title with the states, and below them the lines.
func (f *figure) capacityTitle(p *panel) {
	states, lines := f.capacityLegend()
	p.title("Capacity, "+f.unit(), states, lines)
}

// unit is what capacity is counted in.
func (f *figure) unit() string {
	if u := f.doc.Summary.Capacity.Unit; u != "" {
		return u
	}
	return "instances"
}

// weekly reports whether the average week is drawn.
func (f *figure) weekly() bool { return f.res.Config.Duration-f.res.Config.WarmUp >= weekRun }

// week is the average week of the run after its warm-up.
func (f *figure) week() *week {
	load := rowSteps(f.res.Rows, func(r record.Row) float64 { return r.Expected })
	return averageWeek(&f.res.Config.Calendar, inService(f.res.Capacity), load, f.res.Config.WarmUp.Seconds(), f.end())
}

func (f *figure) costLegend() []key {
	out := []key{{name: "this run", style: stroke(rgb(green), 1.5)}}
	if s := f.saving(); s != nil {
		out = append(out, key{name: report.BaselineName(s), style: stroke(rgb(slate), lineNormal, 4, 2.5)})
	}
	return out
}

func dollars(v float64) string {
	if v == float64(int64(v)) {
		return fmt.Sprintf("$%d", int64(v))
	}
	return report.Money(v)
}

// capacity, latency and cost are the single panels, larger.
func (f *figure) capacity() Picture {
	const top, bottom = 102, 362
	height := vg.Length(bottom + 58)
	if f.weekly() {
		height += weekAbove + weekHeight
	}
	return f.onePage("capacity", height, func(pg *page, x plot.Axis) {
		p := newPanel(pg, dataLeft, dataRight, top, bottom, x, linear(0, f.capacityMax(), linearTicks(6, printInstances)))
		f.capacityPanel(p)
		f.capacityTitle(p)
		p.base(true)
		if f.weekly() {
			weekPanel(pg, f.week(), bottom+weekAbove, bottom+weekAbove+weekHeight, f.unit(), f.rate())
		}
	})
}

func (f *figure) latency() Picture {
	return f.onePage("latency", 400, func(pg *page, x plot.Axis) {
		length := latencyWindow(f.res)
		ws := windows(f.res.Rows, f.res.Interval, length)
		p := single(pg, x, f.latencyAxis(ws), 86)
		f.latencyPanel(p, ws)
		f.breachNote(p)
		f.latencyHead(p, length)
		p.base(true)
	})
}

func (f *figure) cost() Picture {
	return f.onePage("cost", 460, func(pg *page, x plot.Axis) {
		p := newPanel(pg, dataLeft, dataRight, 86, 206, x, linear(0, f.costHourMax(), linearTicks(4, report.Money)))
		f.costHourPanel(p)
		p.title("EC2 cost per hour", f.hourLegend())
		p.base(false)
		p = single(pg, x, linear(0, f.costTotalMax(), linearTicks(5, dollars)), 250)
		f.costTotalPanel(p)
		p.title("EC2 cost so far", f.costLegend())
		p.base(true)
	})
}

func (f *figure) onePage(name string, height vg.Length, paint func(*page, plot.Axis)) Picture {
	return Picture{Name: name, width: pageWidth, height: height, paint: func(pg *page) {
		pg.header(f.doc.Setup.Title, f.context())
		paint(pg, f.timeAxis())
		pg.footer(f.provenance())
	}}
}

// Names returns the names of all pictures, without extension.
func Names() []string { return []string{"report", "instances", "capacity", "latency", "cost"} }
