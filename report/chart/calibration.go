package chart

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"

	"asgsim/report/format"
	"asgsim/scenarios/calibrate"
)

// Calibration draws what was fitted against what was recorded: CPU over the requests of
// one instance, and response times over them.
func Calibration(title, provenance string, r *calibrate.Result) Picture {
	const height = vg.Length(400)
	return Picture{Name: "calibration", width: pageWidth, height: height, paint: func(pg *page) {
		pg.rect(vg.Rectangle{Max: vg.Point{X: pageWidth, Y: height}}, rgb(white))
		pg.header(title, "recorded bins against what the fitted values say")
		const top, bottom, gap = 92, 340, 62
		middle := (dataLeft + edgeRight) / 2
		cpuFit(newPanel(pg, dataLeft, middle-gap/2, top, bottom, plot.Axis{}, plot.Axis{}), &r.Plot)
		latencyFit(newPanel(pg, middle+gap/2, edgeRight-8, top, bottom, plot.Axis{}, plot.Axis{}), &r.Plot)
		pg.footer(provenance)
	}}
}

// mostDots is how many bins are drawn: more are every other, every third one.
const mostDots = 1500

func cpuFit(p *panel, f *calibrate.Plot) {
	rate, top := 0.0, 0.1
	for _, d := range f.CPU {
		rate, top = math.Max(rate, d.Rate), math.Max(top, d.CPU)
	}
	p.x = linear(0, math.Max(rate, 1e-3)*1.05, linearTicks(5, format.Value))
	p.y = linear(0, math.Min(1, top*1.1), linearTicks(5, format.Percent))
	p.grid()
	var line []xy
	for _, d := range f.Fitted {
		line = append(line, xy{d.Rate, d.CPU})
	}
	fit := stroke(rgb(ink), lineNormal)
	keys := []key{swatch("recorded", rgb(sky)), swatch("left out", rgb(vermilion)), {name: "fitted", style: fit}}
	if len(line) == 0 {
		keys = keys[:2]
	}
	p.title("CPU", keys)
	for k := 0; k < len(f.CPU); k += 1 + len(f.CPU)/mostDots {
		d := f.CPU[k]
		hex, r := uint32(sky), vg.Length(1.3)
		if d.Left {
			hex, r = vermilion, 2
		}
		p.page.dot(vg.Point{X: p.px(d.Rate), Y: p.py(d.CPU)}, r, hex)
	}
	p.line(line, fit)
	p.base(true)
	p.below("requests a second of one instance")
}

func latencyFit(p *panel, f *calibrate.Plot) {
	rate, low, high := 0.0, math.Inf(1), 0.0
	for _, d := range f.Latency {
		rate, low, high = math.Max(rate, d.Rate), math.Min(low, d.P50), math.Max(high, d.P99)
	}
	p.x = linear(0, math.Max(rate, 1e-3)*1.05, linearTicks(5, format.Value))
	if !(low > 0) || math.IsInf(low, 0) {
		low, high = 0.01, 1
	}
	low, _ = log125(low * 0.9)
	_, high = log125(high * 1.1)
	p.y = axis(low, math.Max(high, low*10), plot.LogScale{}, logTicks(format.Latency))
	p.grid()
	names := [...]string{"p50", "p90", "p99"}
	var keys []key
	for i, name := range names {
		keys = append(keys, key{name: name, style: stroke(rgb(latencyColours[i]), 1.4)})
	}
	p.title("TargetResponseTime", keys)
	of := func(t calibrate.Tails) [3]float64 { return [3]float64{t.P50, t.P90, t.P99} }
	for k := 0; k < len(f.Latency); k += 1 + len(f.Latency)/mostDots {
		for i, v := range of(f.Latency[k]) {
			if v > 0 {
				p.page.dot(vg.Point{X: p.px(f.Latency[k].Rate), Y: p.py(v)}, 1.1, pale(latencyColours[i]))
			}
		}
	}
	for i := range names {
		var line []xy
		for _, t := range f.Curve {
			line = append(line, xy{t.Rate, of(t)[i]})
		}
		p.line(line, stroke(rgb(white), 3))
		p.line(line, stroke(rgb(latencyColours[i]), 1.6))
	}
	p.base(true)
	p.below("requests a second of one instance; dots: recorded, lines: fitted")
}

// pale is a colour half way to white.
func pale(hex uint32) uint32 {
	half := func(shift uint) uint32 { return (hex>>shift&0xff + 0xff) / 2 << shift }
	return half(16) | half(8) | half(0)
}

// below writes what the x axis shows.
func (p *panel) below(what string) {
	p.page.write(at(face(sizeTick, false, slate), text.XCenter, text.YTop), vg.Point{X: (p.rect.Min.X + p.rect.Max.X) / 2, Y: p.rect.Min.Y - 20}, what)
}
