package sim

import (
	"fmt"
	"math"
	"reflect"

	"asgsim/sim/des"
	"asgsim/sim/estimate"
	"asgsim/sim/record"
)

// Margin is the smallest difference of a metric that matters.
type Margin struct {
	Metric   Metric
	Relative float64 // a share of the base's value
	Absolute float64 // in the metric's base unit; the larger of the two counts
}

// DefaultMargin is what matters of a metric where nobody says otherwise: 1 % of money
// and hours, 5 % of a latency or a number, a tenth of a percentage point of a share, a
// minute.
func DefaultMargin(m *Metric) Margin {
	out := Margin{Metric: *m}
	switch m.Unit {
	case USD, Hours:
		out.Relative = 0.01
	case Seconds, Number:
		out.Relative = 0.05
	case Share:
		out.Absolute = 0.001
	case Minutes:
		out.Absolute = 1
	}
	return out
}

// Margin is the smallest difference of a metric that matters in the plan.
func (p *Plan) Margin(m *Metric) Margin {
	for _, x := range p.Margins {
		if x.Metric.Key == m.Key {
			return x
		}
	}
	return DefaultMargin(m)
}

// Of is the margin for a base's value, in the metric's base unit.
func (m *Margin) Of(base float64) float64 {
	if v := m.Relative * math.Abs(base); !math.IsNaN(v) {
		return math.Max(m.Absolute, v)
	}
	return m.Absolute
}

// Effect is what a difference comes to, by one rule from its interval and the
// smallest difference that matters.
type Effect uint8

// The effects.
const (
	Unknown Effect = iota // no interval: one replication, or a figure that is not there
	Exactly               // the same in every replication
	Same                  // the whole interval lies within what matters (equivalence: R. L. Berger and J. C. Hsu, Statistical Science 11(4), 1996)
	Less                  // the interval excludes zero and more than what matters is possible
	More
	Unclear // the interval holds zero and a difference that matters
)

var effectNames = [...]string{"unknown", "exactly_the_same", "the_same", "less", "more", "unclear"}

// String returns the effect in lower case, for programs.
func (e Effect) String() string { return effectNames[e] }

// EffectOf judges a difference against a margin in its own unit.
func EffectOf(d estimate.Interval, margin float64) Effect {
	switch {
	case math.IsNaN(d.Value) || math.IsInf(d.Lo, 0) || math.IsInf(d.Hi, 0):
		return Unknown
	case d.Exact && d.Value == 0:
		return Exactly
	case d.Lo >= -margin && d.Hi <= margin:
		return Same
	case d.Lo > 0:
		return More
	case d.Hi < 0:
		return Less
	}
	return Unclear
}

// effect judges a difference from a case.
func (c *Comparison) effect(m *Metric, d estimate.Interval, from *CaseResult) Effect {
	margin := c.Plan.Margin(m)
	return EffectOf(d, margin.Of(from.Values[m.Key].Value))
}

// Effect is what the difference of a metric of case i to the base comes to.
func (c *Comparison) Effect(i int, key string) Effect {
	r := &c.Cases[i]
	d, ok := r.Diffs[key]
	if !ok || r.Unlike != "" {
		return Unknown
	}
	return c.effect(c.metric(key), d, &c.Cases[0])
}

// Money is the metric that decides what is cheaper: cash where any case has
// commitments, else EC2 at list price.
func (c *Comparison) Money() *Metric {
	for i := range c.Cases {
		if v, ok := c.Cases[i].Values["cash_per_day"]; ok && !math.IsNaN(v.Value) {
			return c.metric("cash_per_day")
		}
	}
	return c.metric("cost_per_day")
}

// unlike says why a case is about something else than the base: another window or
// other requests; its differences are then no policy's. Empty where they meet the
// same.
func unlike(base, x *record.Config) string {
	switch {
	case base.Duration != x.Duration || base.WarmUp != x.WarmUp || base.Calendar.Start != x.Calendar.Start:
		return fmt.Sprintf("is about another window (%s from %s, not %s from %s)", x.Duration-x.WarmUp, x.Calendar.Local(des.Time(x.WarmUp)).DayClock(), base.Duration-base.WarmUp, base.Calendar.Local(des.Time(base.WarmUp)).DayClock())
	case base.SLO != x.SLO:
		return "has another SLO"
	}
	if a, b := expected(base), expected(x); !reflect.DeepEqual(a, b) {
		return fmt.Sprintf("meets another load (%s requests expected, not %s)", grouped(total(b)), grouped(total(a)))
	}
	return ""
}

// expected is the expected number of requests of each load in 1,000 parts of the run.
func expected(c *record.Config) map[string][]float64 {
	const parts = 1000
	out := map[string][]float64{}
	for _, l := range c.Loads {
		list := make([]float64, parts)
		for k := range list {
			list[k] = l.Curve.Integral(des.Time(float64(c.Duration)*float64(k)/parts), des.Time(float64(c.Duration)*float64(k+1)/parts))
		}
		out[fmt.Sprintf("%s %+v", l.Name, l.Arrivals)] = list
	}
	return out
}

func total(loads map[string][]float64) float64 {
	sum := 0.0
	for _, l := range loads {
		for _, v := range l {
			sum += v
		}
	}
	return sum
}

// grouped prints a number whole, with a comma, from a million on to three digits.
func grouped(v float64) string {
	switch v = math.Round(v); {
	case v >= 1e6:
		return fmt.Sprintf("%.3g M", v/1e6)
	case v >= 1e3:
		return fmt.Sprintf("%.0f,%03.0f", math.Floor(v/1000), math.Mod(v, 1000))
	}
	return fmt.Sprintf("%.0f", v)
}
