package scenarios

import (
	"fmt"
	"maps"
	"slices"

	"asgsim/scenarios/form"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/record"
)

// recordedKeys documents [metric.N].
func recordedKeys() []Key {
	const p = "metric.N.trace."
	return []Key{
		{Path: "metric.N.metric_name", Type: Text, Absent: "its name here", Doc: "What CloudWatch calls the metric. It says so to export; a run does not ask."},
		{Path: "metric.N.namespace", Type: Text, Absent: "export asks for it", Sample: `"AWS/SQS"`, Doc: "Its namespace, for export."},
		{Path: "metric.N.dimensions", Type: Dimensions, Absent: "none", Doc: "Its dimensions, for export."},
		{Path: "metric.N.math.expression", Type: Text, Required: true, Sample: `"m1 / m2"`, Source: "CloudWatch guide, Use metric math, read 2026-11", Doc: "Instead of a recording, metric math over the metrics below by their ids: + - * / ^, parentheses, comparisons, && and ||, IF, FILL with a number or REPEAT, PERIOD, MIN, MAX, SUM and AVG of [m1, m2] or METRICS(), ABS, CEIL, FLOOR, LOG, LOG10. Powers and products come first, as everywhere; -a^b and a^b^c, of which AWS does not say what they come to, need parentheses. It has a datapoint for every period of the alarm or policy for which all that it asks for have one; other functions are refused."},
		{Path: "metric.N.math.metrics", Type: MathMetrics, Required: true, Doc: "What the expression is over: by id, which begins with a small letter, a metric_name (one that the simulator produces, or a [metric.N] with a trace), its statistic (Average unless given), and perhaps the target_group whose it is."},
		{Path: p + "file", Type: Text, Required: true, Sample: `"queue.json"`, Doc: "The recorded datapoints of a metric that the simulator does not produce, such as the messages of a queue: a file of any kind that [load.N.trace] reads, of whatever unit. An [alarm.N], a customized_metric_specification or a formula names it by N and sees its datapoints as they were recorded, however the group scales: what the group did to it then is in it. Missing datapoints are missing, before the recording and after it too."},
		{Path: p + "column", Type: Text, Absent: "the only one", Doc: "Which values: the header of the column, the label of the metric, the statistic."},
		{Path: p + "scale", Type: Number, Default: "1", Above: "0", Max: "1000000000", Doc: "Multiplies every value."},
		{Path: p + "per_instance", Type: Bool, Default: "false", Doc: "true: each value is divided by the instances in service at that time of the run, as by the expression m1 / m2 with GroupInServiceInstances: the backlog per instance, which target tracking can hold (EC2 Auto Scaling guide, Scaling policy based on Amazon SQS, read 2026-11). The recorded backlog itself stays what it was."},
		{Path: p + "start", Type: When, Absent: "what its own times say", Doc: "Instant of the run at which the period of the first datapoint begins."},
		{Path: p + "delay", Type: Duration, Default: `"60s"`, Min: `"0s"`, Max: `"1h"`, Doc: "End of a period to the publication of its datapoint."},
	}
}

// metrics reads the recorded metrics; those by metric math are read once the target groups
// are known.
func (d *decoder) metrics() []cloudwatch.Recorded {
	d.replayed, d.derived = map[string]bool{}, map[string]bool{}
	var out []cloudwatch.Recorded
	for _, name := range d.Entries("metric") {
		p := "metric." + name
		if d.Find(p+".math") != nil {
			d.derived[name] = true
			if d.Find(p+".trace") != nil {
				d.Problem(p+".math", d.At(p+".math"), form.Wrong("remove one of them", "stands beside a trace: a metric is recorded, or by metric math"))
			}
		} else {
			d.replayed[name] = true
		}
		if own := d.produced(name); own {
			d.Problem(p, d.At(p), form.Wrong("call it otherwise", "is the name of a metric that the simulator produces itself"))
		}
		d.Text(p + ".metric_name")
		d.Text(p + ".namespace")
		d.dimensions(p + ".dimensions")
		if n := d.Find(p + ".trace"); n != nil && n.Table == nil || d.derived[name] {
			continue // the check for unknown keys says so
		}
		if m, ok := d.metricTrace(p + ".trace"); ok {
			m.Metric = cloudwatch.Metric(name)
			out = append(out, m)
		}
	}
	return out
}

// replayedMetrics are the recorded metrics in the order of their names, then those by metric
// math, then those of a queue.
func (d *decoder) replayedMetrics() []cloudwatch.Metric {
	var out []cloudwatch.Metric
	for _, name := range slices.Sorted(maps.Keys(d.replayed)) {
		out = append(out, cloudwatch.Metric(name))
	}
	for _, name := range slices.Sorted(maps.Keys(d.derived)) {
		out = append(out, cloudwatch.Metric(name))
	}
	if d.drains() {
		out = append(out, cloudwatch.QueueMetrics()...)
	}
	return out
}

// dimensions reads a table of texts.
func (d *decoder) dimensions(path string) {
	take(d, path, func(n *form.Node, k *Key) (int, *form.Mistake) {
		remedy := "write " + k.Type.Example
		if n.Table == nil {
			return 0, form.Wrong(remedy, "must be a table of texts, not %s", n.Text())
		}
		for _, key := range n.Table.Keys {
			if _, b := form.Str(n.Table.Get(key), "text"); b != nil {
				return 0, form.Wrong(remedy, "the value of %s %s", key, b.Rule)
			}
		}
		return len(n.Table.Keys), nil
	})
}

// metric reads the name of a metric: one that the simulator produces, or a recorded one.
func (d *decoder) metric(path string) (cloudwatch.Metric, bool) {
	return take(d, path, func(n *form.Node, k *Key) (cloudwatch.Metric, *form.Mistake) {
		name, b := form.Str(n, "text")
		if b != nil {
			return "", b
		}
		if d.replayed[name] || d.derived[name] {
			return cloudwatch.Metric(name), nil
		}
		if d.produced(name) {
			return cloudwatch.Metric(name), nil
		}
		if b := unqueued(name); b != nil {
			return "", b
		}
		known := slices.Concat(slices.Sorted(maps.Keys(d.replayed)), slices.Sorted(maps.Keys(d.derived)), k.Choices)
		if near := form.Nearest(name, known); near != "" {
			return "", form.Wrong(fmt.Sprintf("did you mean %q?", near), "does not know %q", name)
		}
		table := name
		if !form.ValidName(name) {
			table = "NAME"
		}
		return "", form.Wrong(fmt.Sprintf("replay a recording of it: [metric.%s.trace] with file = \"...\"; asgsim help metric_name lists those that it produces", table),
			"does not know %q: the simulator does not produce it", name)
	})
}

// watchedRecordings warns of recordings whose datapoints are longer than the periods of
// the alarms that watch them.
func (d *decoder) watchedRecordings(w *record.Config) {
	for _, m := range w.Recorded {
		for i := range w.Alarms {
			if a := &w.Alarms[i]; a.Metric == m.Metric && a.Period < m.LeastPeriod() {
				d.Warn("alarm."+a.Name+".period", fmt.Sprintf("write %s, or take a recording by the minute", formatDuration(m.LeastPeriod())),
					"is %s, and the recording of %s has a datapoint every %s: in between it sees none", a.Period, m.Metric, m.Period)
			}
		}
	}
}
