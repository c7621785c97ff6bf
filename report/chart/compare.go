package chart

import (
	"fmt"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"

	"asgsim/report"
	"asgsim/sim"
	"asgsim/sim/estimate"
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
	const paretoTop, paretoBottom, latHeight = 92, 292, 74
	// The legend of the capacities names every variant; its rows push down the rest.
	down := vg.Length(legendLeading * ((len(c.Cases)+legendColumns)/legendColumns - 1))
	capTop, capBottom := 350+down, 500+down
	zoomTop, zoomBottom := 574+down, 694+down
	fanTop, fanBottom := 768+down, 888+down
	latTop := 962 + down
	rows := (len(c.Cases) + f.columns() - 1) / f.columns()
	height := latTop + vg.Length(rows*(latHeight+smallGap)) + 34
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
		shown, why := f.liveliest()
		f.fan(p, shown, why)
		f.multiples(pg, latTop, latHeight)
		pg.footer(f.provenance())
	}}
}

func (f *comparison) context() string {
	best, _, _ := strings.Cut(f.doc.Best.Reason, ";")
	if f.doc.Best.Name != "" {
		best = "best: " + f.doc.Best.Name + ", " + best
	}
	n := report.Plural(len(f.doc.Variants), "variant") + " × " + report.Plural(f.doc.Replications, "replication")
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
	requests := "the same requests in every variant"
	if slices.ContainsFunc(f.doc.Variants, func(v report.Variant) bool { return v.SimulatedShare != nil }) {
		requests = "sampled: the same requests wherever variants serve the same seconds"
	}
	parts = append(parts, requests, "prices "+f.c.Cases[0].Config.BillBasis())
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

// liveliest is the variant whose moving fleet is shown, and why it is that one: the best
// if its fleet moves, else the cheapest that moves of those that meet the SLO, else the
// first that moves.
func (f *comparison) liveliest() (shown int, why string) {
	moves := func(i int) bool {
		s := f.c.Cases[i].Outcomes[0].Summary.Capacity
		return s.Desired.Min != s.Desired.Max
	}
	if i := f.focus(); moves(i) && f.c.Cases[i].Name == f.doc.Best.Name {
		return i, "the best"
	}
	first, cheapest := -1, -1
	cost := func(i int) float64 { return f.c.Cases[i].Values["cost_per_day"].Value }
	for i := range f.c.Cases {
		if !moves(i) {
			continue
		}
		if first < 0 {
			first = i
		}
		if f.c.Cases[i].SLO == estimate.Pass && (cheapest < 0 || cost(i) < cost(cheapest)) {
			cheapest = i
		}
	}
	switch {
	case cheapest >= 0:
		return cheapest, "the cheapest moving fleet that meets the SLO"
	case first >= 0:
		return first, "no moving fleet is known to meet the SLO"
	}
	return f.focus(), "no fleet moves"
}
