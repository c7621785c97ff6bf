package chart

import (
	"fmt"
	"math"
	"slices"

	"asgsim/report/format"
	"asgsim/sim/account"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// mostReplayed is how many recorded metrics a picture shows.
const mostReplayed = 2

// limit is a value of a metric at which something happens.
type limit struct {
	at   float64
	name string
}

// replayed is a recorded metric that something watches, with its limits.
type replayed struct {
	title      string
	at, values []float64 // seconds, and NaN where a datapoint is missing
	limits     []limit
	print      func(float64) string // of its axis; nil: a plain number
}

// replays are the recorded metrics that a picture shows: those that alarms or policies
// watch, each once, by the first of its statistics.
func replaysOf(res *account.Result) []replayed {
	var out []replayed
	shown := map[string]bool{}
	for i := range res.Metrics {
		m := &res.Metrics[i]
		if name := m.Metric.String(); res.Config.Replays(m.Metric) && !shown[name] && len(m.Points) > 0 && len(shown) < mostReplayed {
			shown[name] = true
			title := name + " " + m.Statistic.String() + ", as it was recorded"
			if slices.ContainsFunc(res.Config.Recorded, func(r cloudwatch.Recorded) bool { return r.Metric == m.Metric && r.PerInstance }) {
				title += ", by the instances in service"
			}
			r := replayed{title: title, limits: limitsOf(res.Config, m)}
			r.take(m)
			out = append(out, r)
		}
	}
	return out
}

// take takes the datapoints of a metric at the ends of their periods.
func (r *replayed) take(m *record.Published) {
	var last des.Time
	for _, p := range m.Points {
		if len(r.at) > 0 && p.End.Sub(last) > m.Period*3/2 {
			r.at, r.values = append(r.at, p.End.Seconds()), append(r.values, math.NaN())
		}
		r.at, r.values, last = append(r.at, p.End.Seconds()), append(r.values, p.Value), p.End
	}
}

// span is from the lowest to the highest of zero, the values and the limits.
func (r *replayed) span() (low, high float64) {
	for _, v := range r.values {
		if !math.IsNaN(v) {
			low, high = min(low, v), max(high, v)
		}
	}
	for _, l := range r.limits {
		low, high = min(low, l.at), max(high, l.at)
	}
	if low == high {
		high = low + 1
	}
	return low, high
}

// limitsOf are the thresholds of the alarms, and the targets of the policies, on a metric.
func limitsOf(c *record.Config, m *record.Published) []limit {
	var out []limit
	for i := range c.Alarms {
		if a := &c.Alarms[i]; a.Metric == m.Metric {
			out = append(out, limit{a.Threshold, fmt.Sprintf("alarm %s, %s", a.Name, format.Value(a.Threshold))})
		}
	}
	for _, g := range scaling.Goals(c.Policies) {
		if g.Source.Metric == m.Metric {
			out = append(out, limit{g.Target, fmt.Sprintf("target of %s, %s", g.Policy, format.Value(g.Target))})
		}
	}
	return out
}
