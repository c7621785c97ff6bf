package scenarios

import (
	"errors"
	"fmt"
	"slices"

	"asgsim/scenarios/form"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/elb"
)

// mostMetrics is how many metrics an alarm's expression may be over ("Use metric math",
// CloudWatch User Guide, read 2026-11).
const mostMetrics = 10

// mathMetrics reads the metrics by metric math.
func (d *decoder) mathMetrics() []cloudwatch.Math {
	var out []cloudwatch.Math
	for _, name := range d.Entries("metric") {
		p := "metric." + name + ".math"
		if n := d.Find(p); !d.derived[name] || n.Table == nil {
			continue // the check for unknown keys says so
		}
		m := cloudwatch.Math{Metric: cloudwatch.Metric(name)}
		inputs, ok := take(d, p+".metrics", d.mathInputs)
		text, given := d.Text(p + ".expression")
		if m.Inputs, m.Expression = inputs, text; ok && given {
			var wrong *cloudwatch.MathError
			if _, err := m.Compile(); errors.As(err, &wrong) {
				d.Problem(p+".expression", d.At(p+".expression"), form.Wrong("", "at character %d: %s", wrong.At, wrong.Text))
			}
			out = append(out, m)
		}
	}
	return out
}

// mathInputs reads the metrics that an expression is over.
func (d *decoder) mathInputs(n *form.Node, k *Key) ([]cloudwatch.MathInput, *form.Mistake) {
	remedy := "write " + k.Type.Example
	if n.Table == nil || len(n.Table.Keys) == 0 {
		return nil, form.Wrong(remedy, "must be a table of metrics by their ids, not %s", n.Text())
	}
	if len(n.Table.Keys) > mostMetrics {
		return nil, form.Wrong("", "are %d metrics: AWS's alarms take at most %d", len(n.Table.Keys), mostMetrics)
	}
	var out []cloudwatch.MathInput
	for _, id := range n.Table.Keys {
		of := n.Table.Get(id)
		if !cloudwatch.MathID(id) || of.Table == nil {
			return nil, form.Wrong(remedy, "%s: must be an id that begins with a small letter, and a table", id)
		}
		in, b := d.mathInput(id, of.Table)
		if b != nil {
			return nil, b
		}
		out = append(out, in)
	}
	return out, nil
}

// mathInput reads one of them.
func (d *decoder) mathInput(id string, t *form.Table) (cloudwatch.MathInput, *form.Mistake) {
	in := cloudwatch.MathInput{ID: id}
	text := func(key string) (string, *form.Mistake) {
		n := t.Get(key)
		if n == nil {
			return "", nil
		}
		s, b := form.Str(n, "text")
		if b != nil {
			return "", form.Wrong("", "%s.%s %s", id, key, b.Rule)
		}
		return s, nil
	}
	for _, key := range t.Keys {
		if key != "metric_name" && key != "statistic" && key != "target_group" {
			return in, form.Wrong("they are metric_name, statistic and target_group", "%s.%s: is an unknown key", id, key)
		}
	}
	name, b := text("metric_name")
	statistic, b2 := text("statistic")
	group, b3 := text("target_group")
	for _, b := range []*form.Mistake{b, b2, b3} {
		if b != nil {
			return in, b
		}
	}
	metric, produced := cloudwatch.Metric(name), d.produced(name)
	switch {
	case name == "":
		return in, form.Wrong(`write { metric_name = "CPUUtilization" }`, "%s has no metric_name", id)
	case d.derived[name]:
		return in, form.Wrong("write its expression out", "%s: %q is itself by metric math", id, name)
	case !d.replayed[name] && !produced && unqueued(name) != nil:
		return in, unqueued(name)
	case !produced && !d.replayed[name]:
		remedy := "asgsim help metric_name lists those that the simulator produces; replay a recording of another: [metric.NAME.trace]"
		if near := form.Nearest(name, cloudwatch.MetricNames()); near != "" {
			remedy = fmt.Sprintf("did you mean %q?", near)
		}
		return in, form.Wrong(remedy, "%s: does not know %q", id, name)
	}
	in.Metric, in.Statistic = metric, cloudwatch.Statistic{Kind: cloudwatch.Average}
	if statistic != "" {
		var err error
		if in.Statistic, err = cloudwatch.StatisticOf(statistic); err != nil {
			return in, form.Wrong(`it is Average, Sum, Minimum, Maximum, SampleCount or a percentile: "p99"`, "%s: %q is not a statistic", id, statistic)
		}
	}
	if group != "" {
		if first := group == elb.First && len(d.targetGroups) > 0; !metric.ByGroup() || !first && !slices.Contains(d.targetGroups, group) {
			return in, form.Wrong("", "%s: there is no %s of a target group %q", id, name, group)
		}
		in.Metric = ofTarget(metric, group)
	}
	return in, nil
}
