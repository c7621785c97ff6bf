package scenarios

import (
	"asgsim/sim"
)

// gates reads [gate.N]: one limit for max and one for min.
func (d *decoder) gates() []sim.Gate {
	var out []sim.Gate
	for _, name := range d.entries("gate") {
		p := "gate." + name + "."
		i, ok := d.choice(p + "metric")
		if !ok {
			d.key(p + "max")
			d.key(p + "min")
			continue
		}
		metric, _ := sim.MetricOf(d.key(p + "metric").Choices[i])
		g := sim.Gate{Name: name, Metric: metric}
		upper, hasMax := d.limit(p+"max", g.Metric)
		lower, hasMin := d.limit(p+"min", g.Metric)
		if d.failed[p+"max"] || d.failed[p+"min"] {
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
			d.problem("gate."+name, d.at("gate."+name), wrong("write max or min", "has no limit"))
		case hasMax && hasMin && lower > upper:
			d.problem(p+"min", d.at(p+"min"), wrong("swap them", "is above max: %s > %s", d.written(p+"min"), d.written(p+"max")))
		}
	}
	return out
}

// limit reads a value in a metric's unit.
func (d *decoder) limit(path string, m sim.Metric) (float64, bool) {
	return take(d, path, func(n *node, _ *Key) (float64, *bad) {
		switch n.scalar.(type) {
		case string, int64, float64:
		default:
			return 0, wrong(`write for example max = "400ms"`, "must be a limit, not %s", n.text())
		}
		v, err := ParseLimit(m, unquoted(n.text()))
		if err != nil {
			return 0, wrong("", "is no limit of %s: %v", m.Key, err)
		}
		return v, nil
	})
}

// written returns a value as the user wrote it, without quotes.
func (d *decoder) written(path string) string { return unquoted(d.find(path).text()) }
