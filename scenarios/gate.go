package scenarios

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"asgsim/scenarios/form"
	"asgsim/sim"
	"asgsim/sim/des"
)

// ParseGate reads a gate as a flag writes it: a metric, <= or >=, and a limit in
// the metric's unit: "p99<=400ms", "good_share>=99.5%", "cost_per_day<=$40".
func ParseGate(s string) (sim.Gate, error) {
	for _, op := range []string{"<=", ">="} {
		key, limit, ok := strings.Cut(s, op)
		if !ok {
			continue
		}
		key, limit = strings.TrimSpace(key), strings.TrimSpace(limit)
		m, err := gateMetric(key)
		if err != nil {
			return sim.Gate{}, err
		}
		v, err := ParseLimit(m, limit)
		if err != nil {
			return sim.Gate{}, fmt.Errorf("gate %q: %w", s, err)
		}
		return sim.Gate{Name: s, Metric: m, AtLeast: op == ">=", Limit: v, Text: key + op + limit}, nil
	}
	return sim.Gate{}, fmt.Errorf("gate %q: must be a metric, <= or >=, and a limit, such as \"p99<=400ms\"", s)
}

// gateMetric finds a metric by its key, or suggests the one that was meant.
func gateMetric(key string) (sim.Metric, error) {
	if m, ok := sim.MetricOf(key); ok {
		return m, nil
	}
	keys := metricKeys()
	if near := form.Nearest(key, keys); near != "" {
		return sim.Metric{}, fmt.Errorf("unknown metric %q: did you mean %q?", key, near)
	}
	return sim.Metric{}, fmt.Errorf("unknown metric %q: there are %s", key, strings.Join(keys, ", "))
}

func metricKeys() []string {
	var keys []string
	for _, m := range sim.Metrics() {
		keys = append(keys, m.Key)
	}
	return keys
}

// ParseLimit reads a limit in a metric's unit: "400ms" for latencies, "0.5%" for
// shares, "$40" for money, "12" or "12min" for minutes, a plain number else. It lies
// within what the metric can be: a gate beyond that says nothing.
func ParseLimit(m sim.Metric, s string) (float64, error) {
	var v float64
	var err error
	what := "a number, such as 24"
	switch m.Unit {
	case sim.Seconds:
		var d des.Duration
		d, err = ParseDuration(s)
		v, what = d.Seconds(), "a duration with its unit, such as \"400ms\""
	case sim.Share:
		v, err = ParseShare(s)
		what = "a percentage, such as \"99.5%\""
	case sim.USD:
		v, err = plainLimit(strings.TrimPrefix(s, "$"))
		what = "dollars, such as \"$40\""
	case sim.Minutes:
		v, err = plainLimit(strings.TrimSuffix(s, "min"))
		what = "minutes, such as 12 or \"12min\""
	case sim.Hours:
		v, err = plainLimit(strings.TrimSuffix(s, "h"))
		what = "hours, such as 600 or \"600h\""
	default:
		v, err = plainLimit(s)
	}
	low, high := m.Range()
	switch {
	case err != nil:
		return 0, fmt.Errorf("limit %q: must be %s", s, what)
	case v < low || v > high || v > mostLimit:
		bound := "0 or more"
		if high == 1 {
			bound = "0% to 100%"
		}
		return 0, fmt.Errorf("limit %q: is beyond what %s can be; must be %s, of %s", s, m.Key, what, bound)
	}
	return v, nil
}

// mostLimit is the largest limit, far beyond any figure.
const mostLimit = 1e15

func plainLimit(digits string) (float64, error) {
	v, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
	if err == nil && (math.IsNaN(v) || math.IsInf(v, 0)) {
		err = errors.New("not a finite number")
	}
	return v, err
}

// ParsePrecision reads "cost_per_day<1%": a metric, and how narrow its interval is
// to become. cost stands for cost_per_day.
func ParsePrecision(s string) (sim.Precision, error) {
	key, limit, ok := strings.Cut(s, "<")
	if !ok {
		return sim.Precision{}, fmt.Errorf("precision %q: must be a metric, < and a percentage, such as \"cost<1%%\"", s)
	}
	key = strings.TrimSpace(key)
	if key == "cost" {
		key = "cost_per_day"
	}
	m, err := gateMetric(key)
	if err != nil {
		return sim.Precision{}, err
	}
	v, err := ParseShare(strings.TrimSpace(limit))
	if err != nil || v <= 0 {
		return sim.Precision{}, fmt.Errorf("precision %q: the width must be a percentage above 0, such as \"1%%\"", s)
	}
	return sim.Precision{Metric: m, Half: v}, nil
}

// ParseMargin reads the smallest difference of a metric that matters: a metric, = and a
// percentage of the base's value, or percentage points for shares: "cost=1%",
// "bad_share=0.1pp".
func ParseMargin(s string) (sim.Margin, error) {
	key, text, ok := strings.Cut(s, "=")
	if !ok {
		return sim.Margin{}, fmt.Errorf("--matters %q: must be a metric, = and a difference, such as \"cost=1%%\" or \"bad_share=0.1pp\"", s)
	}
	if key = strings.TrimSpace(key); key == "cost" {
		key = "cost_per_day"
	}
	m, err := gateMetric(key)
	if err != nil {
		return sim.Margin{}, err
	}
	text = strings.TrimSpace(text)
	digits, points := strings.CutSuffix(text, "pp")
	percent := false
	if !points {
		digits, percent = strings.CutSuffix(text, "%")
	}
	v, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
	switch {
	case err != nil || !points && !percent || !(v >= 0 && v <= 1e6):
		return sim.Margin{}, fmt.Errorf("--matters %q: the difference must be a percentage of at least 0, such as \"1%%\", or for shares points, such as \"0.1pp\"", s)
	case points && m.Unit != sim.Share:
		return sim.Margin{}, fmt.Errorf("--matters %q: percentage points are for shares; write a percentage of the base, such as \"1%%\"", s)
	case points:
		return sim.Margin{Metric: m, Absolute: v / 100}, nil
	}
	return sim.Margin{Metric: m, Relative: v / 100}, nil
}

// ParseFailOn reads a limit on a difference to the base: a metric, > or <, and a
// signed percentage of the base or percentage points: "cost>+5%", "good_share<-1pp".
func ParseFailOn(s string) (sim.DiffGate, error) {
	for _, op := range []string{">", "<"} {
		key, limit, ok := strings.Cut(s, op)
		if !ok {
			continue
		}
		key, limit = strings.TrimSpace(key), strings.TrimSpace(limit)
		if key == "cost" {
			key = "cost_per_day"
		}
		m, err := gateMetric(key)
		if err != nil {
			return sim.DiffGate{}, err
		}
		g := sim.DiffGate{Metric: m, Above: op == ">", Text: s}
		digits, points := strings.CutSuffix(limit, "pp")
		if !points {
			var percent bool
			if digits, percent = strings.CutSuffix(limit, "%"); !percent {
				break
			}
		}
		v, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
		if err != nil || v != v || v > 1e6 || v < -1e6 {
			break
		}
		if points && m.Unit != sim.Share {
			return sim.DiffGate{}, fmt.Errorf("--fail-on %q: percentage points are for shares; write a percentage of the base, such as \"+5%%\"", s)
		}
		g.Limit, g.Points = v/100, points
		return g, nil
	}
	return sim.DiffGate{}, fmt.Errorf("--fail-on %q: must be a metric, > or <, and a difference to the base, such as \"cost>+5%%\" or \"good_share<-1pp\"", s)
}
