package chart

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"

	"asgsim/report/format"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

const (
	replayedHeight vg.Length = 60
	replayedStep             = replayedHeight + 40
	// mostReplayed is how many recorded metrics a picture shows.
	mostReplayed = 2
)

// limit is a value of a metric at which something happens.
type limit struct {
	at   float64
	name string
}

// replayed is a recorded metric that something watches, with its limits.
type replayed struct {
	title  string
	pts    []xy
	limits []limit
}

// replays are the recorded metrics that a picture shows: those that alarms or policies
// watch, each once, by the first of its statistics.
func (f *figure) replays() []replayed {
	var out []replayed
	shown := map[string]bool{}
	for i := range f.res.Metrics {
		m := &f.res.Metrics[i]
		if name := m.Metric.String(); f.res.Config.Replays(m.Metric) && !shown[name] && len(m.Points) > 0 && len(out) < mostReplayed {
			shown[name] = true
			title := name + " " + m.Statistic.String() + ", as it was recorded"
			if slices.ContainsFunc(f.res.Config.Recorded, func(r cloudwatch.Recorded) bool { return r.Metric == m.Metric && r.PerInstance }) {
				title += ", by the instances in service"
			}
			out = append(out, replayed{title, datapoints(m), f.limitsOf(m)})
		}
	}
	return out
}

// datapoints are a metric's at the ends of their periods; a gap is where one is missing.
func datapoints(m *record.Published) []xy {
	var pts []xy
	var last des.Time
	for _, p := range m.Points {
		if len(pts) > 0 && p.End.Sub(last) > m.Period*3/2 {
			pts = append(pts, xy{p.End.Seconds(), math.NaN()})
		}
		pts, last = append(pts, xy{p.End.Seconds(), p.Value}), p.End
	}
	return pts
}

// limitsOf are the thresholds of the alarms, and the targets of the policies, on a metric.
func (f *figure) limitsOf(m *record.Published) []limit {
	var out []limit
	for i := range f.res.Config.Alarms {
		if a := &f.res.Config.Alarms[i]; a.Metric == m.Metric {
			out = append(out, limit{a.Threshold, fmt.Sprintf("alarm %s, %s", a.Name, format.Value(a.Threshold))})
		}
	}
	for _, g := range scaling.Goals(f.res.Config.Policies) {
		if g.Source.Metric == m.Metric {
			out = append(out, limit{g.Target, fmt.Sprintf("target of %s, %s", g.Policy, format.Value(g.Target))})
		}
	}
	return out
}

// axis holds the values and the limits.
func (r *replayed) axis() plot.Axis {
	low, high := 0.0, 0.0
	for _, p := range r.pts {
		if !math.IsNaN(p.y) {
			low, high = min(low, p.y), max(high, p.y)
		}
	}
	for _, l := range r.limits {
		low, high = min(low, l.at), max(high, l.at)
	}
	if low == high {
		high = low + 1
	}
	return linear(low, low+1.1*(high-low), linearTicks(3, format.Value))
}

// replayedPanel draws a recorded metric.
func (f *figure) replayedPanel(p *panel, r *replayed) {
	p.grid()
	f.bands(p)
	p.line(r.pts, stroke(rgb(blue), lineNormal))
	for _, l := range r.limits {
		p.rule(l.at, l.name, ink, r.pts)
	}
	p.title(r.title)
	p.base(false)
}
