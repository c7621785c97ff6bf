package scenarios

import (
	"asgsim/scenarios/form"
	"asgsim/sim"
)

// gateKeys documents [gate.N].
func gateKeys() []Key {
	return []Key{
		{Path: "gate.N.metric", Type: Choice, Choices: metricKeys(), Required: true, Sample: `"p99"`, Doc: "The figure that must keep the limit: one of those that compare prints."},
		{Path: "gate.N.max", Type: Limit, Absent: "no upper limit", Doc: "The figure must not be above this: \"400ms\" for latencies, \"0.5%\" for shares, \"$40\" for money, \"12min\" or 12 for minutes."},
		{Path: "gate.N.min", Type: Limit, Absent: "no lower limit", Doc: "The figure must not be below this; a gate has max, min or both."},
	}
}

// gates reads [gate.N]: one limit for max and one for min.
func (d *decoder) gates() []sim.Gate {
	var out []sim.Gate
	for _, name := range d.Entries("gate") {
		p := "gate." + name + "."
		i, ok := d.Choice(p + "metric")
		if !ok {
			d.Key(p + "max")
			d.Key(p + "min")
			continue
		}
		metric, _ := sim.MetricOf(d.Key(p + "metric").Choices[i])
		g := sim.Gate{Name: name, Metric: metric}
		upper, hasMax := d.limit(p+"max", g.Metric)
		lower, hasMin := d.limit(p+"min", g.Metric)
		if d.Failed(p+"max") || d.Failed(p+"min") {
			continue
		}
		if hasMax {
			g.Limit, g.Text = upper, g.Metric.Key+"<="+d.written(p+"max")
			out = append(out, g)
		}
		if hasMin {
			g.AtLeast, g.Limit, g.Text = true, lower, g.Metric.Key+">="+d.written(p+"min")
			out = append(out, g)
		}
		switch {
		case !hasMax && !hasMin:
			d.Problem("gate."+name, d.At("gate."+name), form.Wrong("write max or min", "has no limit"))
		case hasMax && hasMin && lower > upper:
			d.Problem(p+"min", d.At(p+"min"), form.Wrong("swap them", "is above max: %s > %s", d.written(p+"min"), d.written(p+"max")))
		}
	}
	return out
}

// limit reads a value in a metric's unit.
func (d *decoder) limit(path string, m sim.Metric) (float64, bool) {
	return take(d, path, func(n *form.Node, _ *Key) (float64, *form.Mistake) {
		switch n.Scalar.(type) {
		case string, int64, float64:
		default:
			return 0, form.Wrong(`write for example max = "400ms"`, "must be a limit, not %s", n.Text())
		}
		v, err := ParseLimit(m, form.Unquoted(n.TOML()))
		if err != nil {
			return 0, form.Wrong("", "is no limit of %s: %v", m.Key, err)
		}
		return v, nil
	})
}

// written returns a value as the user wrote it, without quotes.
func (d *decoder) written(path string) string { return form.Unquoted(d.Find(path).TOML()) }
