package chart

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"

	"asgsim/report"
	"asgsim/sim/account"
	"asgsim/sim/record"
)

// saving returns the saving that tiles and cost panels speak of: the first that
// is no estimate, else the first; nil without any.
func (f *figure) saving() *account.Saving {
	return report.Headline(f.doc.Summary.Savings)
}

// costRate is EC2 dollars an hour as the rows state it.
func costRate(rows []record.Row) []step {
	return rowSteps(rows, func(r record.Row) float64 { return r.CostPerHour })
}

// costTotal is the cumulative EC2 cost: nothing when counting begins, then what
// the rows state for their ends; the last is the summary's.
func (f *figure) costTotal() []xy {
	out := []xy{{f.res.Config.WarmUp.Seconds(), 0}}
	for _, r := range f.res.Rows {
		if end := r.At.Add(f.res.Interval).Seconds(); end > out[0].x && end < f.end() {
			out = append(out, xy{end, r.Cost})
		}
	}
	return append(out, xy{f.end(), f.doc.Summary.Cost.EC2})
}

// baselineHour is what the baseline costs an hour.
func (f *figure) baselineHour(s *account.Saving) float64 {
	return s.BaselineUS / (f.res.Config.Duration - f.res.Config.WarmUp).Hours()
}

// otherTerms is what a row's fleet would cost an hour all on demand: what is paid
// for Spot, by the ratio of the two over the run.
func (f *figure) otherTerms(r record.Row) float64 {
	spot := f.doc.Summary.Spot
	if spot == nil || spot.USD == 0 {
		return r.CostPerHour
	}
	return r.CostPerHour - r.SpotPerHour + r.SpotPerHour*spot.OnDemandUSD/spot.USD
}

// baselineTotal is the cumulative cost of a baseline: of a fixed fleet a straight
// line, of the same fleet on other terms a curve that ends at its cost.
func (f *figure) baselineTotal(s *account.Saving) []xy {
	from := f.res.Config.WarmUp.Seconds()
	straight := []xy{{from, 0}, {f.end(), s.BaselineUS}}
	sum, out := 0.0, []xy{{from, 0}}
	for _, r := range f.res.Rows {
		if end := math.Min(r.At.Add(f.res.Interval).Seconds(), f.end()); end > from {
			sum += f.otherTerms(r) * f.res.Interval.Hours()
			out = append(out, xy{end, sum})
		}
	}
	if s.Instances > 0 || sum == 0 {
		return straight
	}
	for i := range out {
		out[i].y *= s.BaselineUS / sum
	}
	return out
}

func (f *figure) costHourMax() float64 {
	top := 0.0
	for _, s := range costRate(f.res.Rows) {
		top = math.Max(top, s.y)
	}
	switch s := f.saving(); {
	case s == nil:
	case s.Instances > 0:
		top = math.Max(top, f.baselineHour(s))
	default:
		for _, r := range f.res.Rows {
			top = math.Max(top, f.otherTerms(r))
		}
	}
	if top == 0 {
		return 1
	}
	return top * 1.18
}

// costHourPanel draws EC2 dollars an hour with the baseline as a rule.
func (f *figure) costHourPanel(p *panel) {
	p.grid()
	f.bands(p)
	if f.long() {
		f.costHourBands(p)
		return
	}
	pts := stairs(costRate(f.res.Rows), f.end())
	p.area(pts, fade(rgb(green), 0.24))
	f.spotCost(p)
	p.line(pts, stroke(rgb(green), lineNormal))
	f.hourBaseline(p, stairs(rowSteps(f.res.Rows, f.otherTerms), f.end()), pts)
}

// hourBaseline draws what the baseline costs an hour: a fixed fleet as a rule whose name
// keeps clear of the curves, the same fleet on other terms as the line it is given.
func (f *figure) hourBaseline(p *panel, terms []xy, curves ...[]xy) {
	switch s := f.saving(); {
	case s == nil:
	case s.Instances > 0:
		hour := f.baselineHour(s)
		p.rule(hour, fmt.Sprintf("%s: %d × %s, %s/h", baseline(s), s.Instances, f.doc.Setup.InstanceType, report.Money(hour)), slate, curves...)
	default:
		p.line(terms, stroke(rgb(slate), lineNormal, 4, 2.5))
	}
}

// costHourBands draws the same for a long run: what was paid at all hours of a day, at
// times, and in the mean; of Spot and of the baseline the mean.
func (f *figure) costHourBands(p *panel) {
	edges, _ := stretches(&f.res.Config.Calendar, f.end())
	of := func(get func(record.Row) float64) envelope { return envelopeOf(edges, rowSteps(f.res.Rows, get)) }
	e := envelopeOf(edges, costRate(f.res.Rows))
	least, most := e.corners(e.least), e.corners(e.most)
	p.area(least, fade(rgb(green), 0.6))
	e.fill(p, fade(rgb(green), 0.3))
	if f.hasSpot() {
		spot := of(func(r record.Row) float64 { return r.SpotPerHour })
		p.area(spot.corners(spot.mean), fade(rgb(violet), 0.4))
	}
	mean := e.middles(e.mean)
	p.line(mean, stroke(fade(rgb(white), 0.85), 2.8))
	p.line(mean, stroke(rgb(green), 1.5))
	terms := of(f.otherTerms)
	f.hourBaseline(p, terms.middles(terms.mean), least, most, mean)
}

func (f *figure) costTotalMax() float64 {
	top := f.doc.Summary.Cost.EC2
	if s := f.saving(); s != nil {
		top = math.Max(top, s.BaselineUS)
	}
	if top == 0 {
		return 1
	}
	return top * 1.08
}

// costTotalPanel draws cumulative EC2 dollars against the baseline and labels
// the gap at the end.
func (f *figure) costTotalPanel(p *panel) {
	p.grid()
	f.bands(p)
	curves, s := f.costCurves(), f.saving()
	total := curves[0]
	ends := []endLabel{{total.pts[len(total.pts)-1].y, report.Money(total.pts[len(total.pts)-1].y), green}}
	for _, base := range curves[1:] {
		if s.Comparable {
			f.gap(p, total.pts, base.pts)
		}
		p.line(base.pts, base.style)
		ends = append(ends, endLabel{s.BaselineUS, report.Money(s.BaselineUS), slate})
	}
	p.line(total.pts, total.style)
	p.ends(ends)
	if s != nil {
		f.gapNote(p, s)
	}
}

// gap shades between the two cumulative curves.
func (f *figure) gap(p *panel, total, base []xy) {
	below, above := p.runs(total), p.runs(base)
	if len(below) != 1 || len(above) != 1 {
		return
	}
	poly := append([]vg.Point(nil), decimate(above[0])...)
	thin := decimate(below[0])
	for i := len(thin) - 1; i >= 0; i-- {
		poly = append(poly, thin[i])
	}
	p.page.FillPolygon(fade(rgb(green), 0.10), poly)
}

// gapNote writes the gap in dollars between the curves, near the end, with a bracket.
func (f *figure) gapNote(p *panel, s *account.Saving) {
	end := p.rect.Max.X - 5
	lo, hi := p.py(f.doc.Summary.Cost.EC2), p.py(s.BaselineUS)
	if hi < lo {
		lo, hi = hi, lo
	}
	if hi-lo < 9 {
		return
	}
	if s.Comparable {
		p.page.StrokeLine2(stroke(rgb(ink), 0.8), end, lo+1.5, end, hi-1.5)
	}
	txt := gapText(s)
	sty := at(face(sizeNote, true, ink), text.XRight, text.YCenter)
	pt := vg.Point{X: end - 4, Y: (lo + hi) / 2}
	box := sty.Rectangle(txt).Add(pt)
	p.page.rect(vg.Rectangle{Min: vg.Point{X: box.Min.X - 2, Y: box.Min.Y - 1}, Max: vg.Point{X: box.Max.X + 2, Y: box.Max.Y + 1}}, fade(rgb(white), 0.72))
	p.page.write(sty, pt, txt)
}

func gapText(s *account.Saving) string {
	name := baseline(s)
	list := ""
	if s.CashUSD != nil { // the curves are of list prices
		list = " at list price"
	}
	switch {
	case s.Estimate:
		return "an estimate: no saving is claimed against it"
	case !s.Comparable:
		return "not comparable: this run misses its SLO"
	case s.USD < 0:
		return fmt.Sprintf("%s more%s than %s (%s)", report.Money(-s.USD), list, name, report.Percent(-s.Share))
	}
	return fmt.Sprintf("%s less%s than %s (%s)", report.Money(s.USD), list, name, report.Percent(s.Share))
}

// baseline is the name of a baseline without its size.
func baseline(s *account.Saving) string {
	name, _, _ := strings.Cut(report.BaselineName(s), " (")
	return name
}
