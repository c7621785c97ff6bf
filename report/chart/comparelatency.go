package chart

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"

	"asgsim/report"
)

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

// smallGap is the room below a small panel for its axis and the next title.
const smallGap = 58

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
	columns, gap := f.columns(), vg.Length(36)
	width := (dataRight - dataLeft - vg.Length(columns-1)*gap) / vg.Length(columns)
	for i := range f.c.Cases {
		left := dataLeft + vg.Length(i%columns)*(width+gap)
		y := top + vg.Length(i/columns)*(height+smallGap)
		x := linear(0, f.end(), apart(timeTicks(&f.c.Cases[0].Config.Calendar, width), f.end()*0.85))
		p := newPanel(pg, left, left+width, y, y+height, x, axis(lo, hi, plot.LogScale{}, sparse(report.Latency)))
		p.grid()
		p.line(lines[i], stroke(rgb(f.colour(i)), 0.9))
		p.page.StrokeLine2(stroke(rgb(ink), 0.8, 4, 2.5), p.rect.Min.X, p.py(slo), p.rect.Max.X, p.py(slo))
		p.title(fit("p99 of "+f.c.Cases[i].Name, face(sizePanel, true, ink), width))
		p.base(true)
	}
}

// columns is in how many columns the small multiples stand: three, or four where three
// would leave the last alone.
func (f *comparison) columns() int {
	if n := len(f.c.Cases); n > 3 && n%3 == 1 {
		return 4
	}
	return 3
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
