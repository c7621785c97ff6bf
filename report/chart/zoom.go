package chart

import (
	"fmt"
	"math"
	"sort"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"

	"asgsim/sim/des"
	"asgsim/sim/record"
)

// zoom is a stretch where much happens in little time, drawn at its own scale.
type zoom struct {
	span
	name string          // "A"
	rows []int           // ordinals of the instances that change in it
	sent *record.Traffic // what was sent to the struck instance; nil without a fault
}

// zoomRows is how many instances a zoom shows at most.
const zoomRows = 16

// zooms chooses at most two stretches by rule: a fault that struck an instance
// (a scripted one if there is one, else the first), from a minute before it until
// its replacement serves; and of the 20 minutes around each moment those with
// most changes of state, trimmed to the changes. They do not overlap. Runs of
// under an hour need none.
func (f *figure) zooms() []zoom {
	if f.res.Config.Duration < des.Hour {
		return nil
	}
	var out []zoom
	if s, ordinal, ok := f.faultSpan(); ok {
		out = append(out, f.watched(f.zoom(s), ordinal))
	}
	best, most := span{}, 3 // fewer changes are not worth a zoom
	for _, m := range f.doc.Story.Numbered() {
		s := f.clip(span{m.At.Seconds() - 240, m.At.Seconds() + 960})
		if len(out) > 0 && s.from < out[0].to && out[0].from < s.to {
			continue
		}
		n := f.changes(s)
		if m.Label == "reclaim" || m.Label == "replace" || m.Label == "hook" {
			n *= 3 // what happens to a few instances tells more than an ordinary scaling
		}
		if n > most {
			best, most = s, n
		}
	}
	if best.to > 0 {
		z := f.zoom(f.trim(best))
		for _, i := range f.doc.Summary.Incidents {
			if i.AtS >= z.from && i.AtS < z.to && z.sent == nil {
				z = f.watched(z, f.ordinal(i.Instance))
			}
		}
		out = append(out, z)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].from < out[j].from })
	for i := range out {
		out[i].name = string(rune('A' + i))
	}
	return out
}

// watched adds to a zoom what was sent to a struck instance, if that was watched.
func (f *figure) watched(z zoom, ordinal int) zoom {
	for _, w := range f.res.Traffic {
		if w.Ordinal == ordinal && len(w.Struck) > 1 && w.From.Seconds() >= z.from-1 && w.From.Seconds() < z.to {
			z.sent = w
		}
	}
	return z
}

// ordinal is that of the instance with an id; -1: none.
func (f *figure) ordinal(id string) int {
	for i := range f.res.Instances {
		if f.res.Instances[i].ID == id {
			return i
		}
	}
	return -1
}

// faultSpan is the stretch around the fault worth seeing, and the ordinal of the
// instance it struck.
func (f *figure) faultSpan() (span, int, bool) {
	var seen *record.Injection
	for i := range f.res.Faults {
		inj := &f.res.Faults[i]
		if inj.Ordinal >= 0 && (seen == nil || inj.Scripted && !seen.Scripted) {
			seen = inj
		}
	}
	if seen == nil {
		return span{}, 0, false
	}
	at, length := seen.At.Seconds(), 480.0
	for _, i := range f.doc.Summary.Incidents {
		if i.Fault == seen.Name && i.AtS == at && i.ReplaceS != nil {
			length = math.Min(1800, *i.ReplaceS+60)
		}
	}
	return f.clip(span{at - 60, at + length}), seen.Ordinal, true
}

// trim narrows a stretch to the changes in it, with a minute before and two after.
func (f *figure) trim(s span) span {
	first, last := s.to, s.from
	for i := range f.res.Instances {
		for _, c := range f.res.Instances[i].Changes {
			if t := c.At.Seconds(); t > s.from && t < s.to {
				first, last = math.Min(first, t), math.Max(last, t)
			}
		}
	}
	return f.clip(span{math.Max(s.from, first-60), math.Min(s.to, last+120)})
}

// clip moves a stretch into the run and rounds it to whole minutes.
func (f *figure) clip(s span) span {
	from := math.Max(0, math.Floor(s.from/60)*60)
	return span{from, math.Min(f.end(), math.Ceil(s.to/60)*60)}
}

func (f *figure) changes(s span) int {
	n := 0
	for i := range f.res.Instances {
		n += changesIn(&f.res.Instances[i], s)
	}
	return n
}

func changesIn(in *record.Instance, s span) int {
	n := 0
	for _, c := range in.Changes {
		if t := c.At.Seconds(); t > s.from && t < s.to {
			n++
		}
	}
	return n
}

// struckIn reports whether a fault strikes an instance in a span; one that goes on working
// does not change by it.
func (f *figure) struckIn(ordinal int, s span) bool {
	for i := range f.res.Faults {
		if inj := &f.res.Faults[i]; inj.Skipped == "" && inj.Ordinal == ordinal && inj.At.Seconds() >= s.from && inj.At.Seconds() < s.to {
			return true
		}
	}
	return false
}

func (f *figure) zoom(s span) zoom {
	z := zoom{span: s}
	for i := range f.res.Instances {
		if changesIn(&f.res.Instances[i], s) > 0 || f.struckIn(i, s) {
			z.rows = append(z.rows, i)
		}
	}
	for _, inj := range f.res.Faults { // those struck come first if not all fit
		for k, ord := range z.rows {
			if ord == inj.Ordinal && k >= zoomRows {
				copy(z.rows[1:k+1], z.rows[:k])
				z.rows[0] = ord
			}
		}
	}
	z.rows = z.rows[:min(len(z.rows), zoomRows)]
	sort.Ints(z.rows)
	return z
}

// Heights of a zoom: of an instance's row, and of the strip of requests below the
// rows of a fault.
const (
	zoomRow     = vg.Length(22)
	zoomRowLow  = vg.Length(11)
	zoomLeast   = vg.Length(66)
	zoomStrip   = vg.Length(48)
	zoomBetween = vg.Length(26) // above the strip, for its title
)

func (f *figure) zoomHeight(zs []zoom) vg.Length {
	height := vg.Length(0)
	for i := range zs {
		height = max(height, zs[i].height())
	}
	return height
}

// height is that of one zoom, with its strip of requests.
func (z *zoom) height() vg.Length {
	h := z.rowsHeight()
	if z.sent != nil {
		h += zoomBetween + zoomStrip
	}
	return h
}

func (z *zoom) rowsHeight() vg.Length {
	n := vg.Length(len(z.rows))
	return min(n*zoomRow, max(zoomLeast, n*zoomRowLow))
}

// tagsHeight is how much room the names of zooms take below a panel.
const tagsHeight = vg.Length(10)

// zoomTags marks the zoomed stretches below the axis of a panel.
func (f *figure) zoomTags(p *panel, zs []zoom) {
	sty := at(face(sizeNote, true, ink), text.XCenter, text.YTop)
	width := sty.Width("zoom A") + 6
	xs, widths := make([]vg.Length, len(zs)), make([]vg.Length, len(zs))
	for i, z := range zs {
		xs[i], widths[i] = (p.px(z.from)+p.px(z.to))/2, width
	}
	spread(xs, widths, p.rect.Min.X-width/2, p.rect.Max.X+width/2)
	y := p.rect.Min.Y - p.foot
	for i, z := range zs {
		x0, x1 := p.px(z.from), p.px(z.to)
		p.page.rect(vg.Rectangle{Min: vg.Point{X: x0, Y: y - 5}, Max: vg.Point{X: max(x1, x0+2), Y: y - 2}}, rgb(ink))
		p.page.write(sty, vg.Point{X: xs[i], Y: y - 7}, "zoom "+z.name)
	}
}

// zoomRow draws the zooms side by side.
func (f *figure) zoomRow(pg *page, zs []zoom, top vg.Length) {
	if len(zs) == 0 {
		return
	}
	gap := vg.Length(70)
	width := (dataRight - dataLeft - gap*vg.Length(len(zs)-1)) / vg.Length(len(zs))
	for i, z := range zs {
		left := dataLeft + vg.Length(i)*(width+gap)
		x := linear(z.from, z.to, timeTicks(&f.res.Config.Calendar, width))
		p := newPanel(pg, left, left+width, top, top+z.rowsHeight(), x, linear(0, 1, linearTicks(1, func(float64) string { return "" })))
		f.zoomPanel(p, z)
		p.base(z.sent == nil)
		if z.sent != nil {
			f.zoomSent(newPanel(pg, left, left+width, top+z.height()-zoomStrip, top+z.height(), x, linear(0, z.sentMost(), linearTicks(2, perSecond))), z)
		}
	}
}

// sentMost is the top of the strip's axis.
func (z *zoom) sentMost() float64 {
	most := 1.0
	for i := range z.sent.Struck {
		most = math.Max(most, math.Max(z.sent.Struck[i], z.sent.Others[i]))
	}
	return most * 1.15
}

func perSecond(v float64) string { return fmt.Sprintf("%.0f/s", v) }

// zoomSent draws what the balancer sent to the struck instance, and to each of the
// others.
func (f *figure) zoomSent(p *panel, z zoom) {
	p.grid()
	f.bands(p)
	struck, others := f.sent(z.sent, z.sent.Struck, z), f.sent(z.sent, z.sent.Others, z)
	one, rest := stroke(rgb(vermilion), 1.6), stroke(rgb(blue), 1.2)
	p.line(others, rest)
	p.line(struck, one)
	p.title("Requests", []key{{name: "to " + shortID(&f.res.Instances[z.sent.Ordinal]), style: one}, {name: "to each of the others, mean", style: rest}})
	p.base(true)
}

// sent are the steps of a rate within a zoom.
func (f *figure) sent(w *record.Traffic, rates []float64, z zoom) []xy {
	var out []xy
	for i, v := range rates {
		from := w.From.Seconds() + float64(i)*w.Interval.Seconds()
		if to := from + w.Interval.Seconds(); to <= z.to {
			out = append(out, xy{from, v}, xy{to, v})
		}
	}
	return out
}

// zoomPanel draws one row per instance that changes in the stretch.
func (f *figure) zoomPanel(p *panel, z zoom) {
	cal := &f.res.Config.Calendar
	from, to := cal.Local(seconds(z.from)), cal.Local(seconds(z.to))
	p.verticals()
	f.bands(p)
	h := min((p.rect.Max.Y-p.rect.Min.Y)/vg.Length(len(z.rows)), 22) // no rows, none is drawn
	sty := at(face(sizeNote, false, ink), text.XRight, text.YCenter)
	for k, ord := range z.rows {
		in := &f.res.Instances[ord]
		r := row{top: p.rect.Max.Y - vg.Length(k)*h, height: h}
		p.page.write(sty, vg.Point{X: p.rect.Min.X - 4, Y: r.top - h/2}, shortID(in)+" "+shortZone(in.Zone))
		f.lifeline(p, in, r, true)
	}
	f.hairlines(p)
	p.lift = 7
	p.title(fmt.Sprintf("Zoom %s: %s to %s, the instances that change", z.name, from.DayClock(), to.Clock()))
}

func shortID(in *record.Instance) string {
	if len(in.ID) > 5 {
		return "…" + in.ID[len(in.ID)-4:]
	}
	return in.ID
}
