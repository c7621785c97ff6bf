package chart

import (
	"fmt"
	"math"
	"sort"

	"gonum.org/v1/plot/vg"

	"asgsim/report"
)

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
		p.title(title, rowsOf(keys, legendColumns)...)
	} else {
		p.title(title)
	}
	p.base(true)
}

// The legend of the capacities: entries a row, and the distance of rows.
const (
	legendColumns = 4
	legendLeading = 14
)

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
func (f *comparison) fan(p *panel, i int, why string) {
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
	p.title(fmt.Sprintf("%s (%s): in service over %s", f.c.Cases[i].Name, why, report.Plural(n, "replication")),
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
