package scenarios

import (
	"cmp"
	"slices"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// tracking reads one target tracking policy.
func (d *decoder) tracking(name string) scaling.TargetTracking {
	p := "policy." + name + ".target_tracking."
	t := scaling.TargetTracking{Name: name, Warmup: scaling.Unset, Repeat: scaling.Unset}
	if d.trackedMetric(p, &t) {
		t.Target, _ = d.target(p+"target_value", t.Metric, t.Custom.Metric)
	} else {
		d.key(p + "target_value")
	}
	t.DisableScaleIn, _ = d.boolean(p + "disable_scale_in")
	if v, ok := d.dur(p + "estimated_instance_warmup"); ok {
		t.Warmup = v
	}
	t.LowRatio, _ = d.number(p + "low_ratio")
	t.HighPeriods, _ = d.count(p + "high_periods")
	t.LowPeriods, _ = d.count(p + "low_periods")
	t.AlarmPeriod = min(des.Minute, cmp.Or(t.Custom.Period, des.Minute))
	if v, ok := d.dur(p + "alarm_period"); ok {
		t.AlarmPeriod = v
		d.metricPeriod(p+"alarm_period", v)
	}
	step, _ := d.choice(p + "in_step")
	t.InStep = scaling.InStep(step)
	if v, ok := d.dur2(p + "repeat"); ok {
		t.Repeat = v
	}
	basis, _ := d.choice(p + "capacity_basis")
	t.Basis = scaling.Basis(basis)
	t.Deadband, _ = d.share(p + "deadband")
	return t
}

// trackedMetric reads the metric of a policy: a predefined one, or the user's.
func (d *decoder) trackedMetric(p string, t *scaling.TargetTracking) bool {
	const form = `write predefined_metric_type = "ASGAverageCPUUtilization", or customized_metric_specification = { metric_name = "CPUUtilization", statistic = "Maximum" }`
	metric, ok := d.choice(p + "predefined_metric_type")
	t.Metric = scaling.Metric(metric)
	path := p + "customized_metric_specification"
	own := d.find(path)
	switch {
	case own == nil:
		if !ok && !d.failed[p+"predefined_metric_type"] && !d.misspelt(p+"predefined_metric_type") && !d.misspelt(path) {
			d.problem(p+"predefined_metric_type", d.at(p+"predefined_metric_type"), wrong(form, "is missing"))
		}
		return ok
	case own.table == nil:
		return false // the check for unknown keys says so
	case ok || d.failed[p+"predefined_metric_type"]:
		d.problem(path, own.at, wrong("a policy tracks one metric: remove one of them", "stands beside predefined_metric_type"))
		return false
	}
	t.Metric = scaling.Customized
	name, ok := d.choice(path + ".metric_name")
	t.Custom = scaling.Custom{Metric: cloudwatch.Metric(name), Statistic: d.statistic(path + ".statistic")}
	t.Custom.Period, _ = d.dur(path + ".period")
	d.metricPeriod(path+".period", t.Custom.Period)
	d.fine(path+".period", t.Custom.Metric, t.Custom.Period)
	return ok && !d.failed[path+".statistic"]
}

// metricPeriod refuses periods that alarms do not have.
func (d *decoder) metricPeriod(path string, v des.Duration) {
	if d.ok(path) && !cloudwatch.FinePeriod(v) {
		if v < des.Minute {
			d.problem(path, d.at(path), wrong("", "must be 10s, 30s or whole minutes, not %s", v))
			return
		}
		d.wholeMinutes(path, v)
	}
}

// fine refuses a period below a minute of a metric that AWS publishes.
func (d *decoder) fine(path string, m cloudwatch.Metric, v des.Duration) {
	if d.ok(path) && v < des.Minute && !m.Fine() {
		d.problem(path, d.at(path), wrong("write \"60s\", or watch CPUUtilization", "is too short for %s, which AWS publishes no more often than every minute: %s", m, v))
	}
}

// finelyWatched reports whether anything watches a metric with periods below a
// minute, which the instances then publish.
func finelyWatched(w *record.Config) bool {
	for i := range w.Tracking {
		if p := w.Tracking[i].Custom.Period; p > 0 && p < des.Minute {
			return true
		}
	}
	for i := range w.Alarms {
		if w.Alarms[i].Period < des.Minute {
			return true
		}
	}
	for i := range w.Expressions {
		f, err := scaling.Compile(w.Expressions[i].Text)
		if err == nil && slices.ContainsFunc(f.Refs, func(r scaling.MetricRef) bool { return r.Period < des.Minute }) {
			return true
		}
	}
	return false
}

// statistic reads a statistic of CloudWatch.
func (d *decoder) statistic(path string) cloudwatch.Statistic {
	v, _ := take(d, path, func(n *node, _ *Key) (cloudwatch.Statistic, *bad) {
		s, b := str(n, "a statistic")
		if b != nil {
			return cloudwatch.Statistic{}, b
		}
		v, err := cloudwatch.StatisticOf(s)
		if err != nil {
			return v, wrong("it is Average, Sum, Minimum, Maximum, SampleCount or a percentile: \"p99\"", "is not a statistic: %q", s)
		}
		return v, nil
	})
	return v
}

// target reads the target value of a metric: percent, requests a minute, bytes,
// or the unit of the user's metric.
func (d *decoder) target(path string, m scaling.Metric, own cloudwatch.Metric) (float64, bool) {
	return take(d, path, func(n *node, _ *Key) (float64, *bad) {
		v, b := targetValue(n, m, own)
		switch {
		case b != nil:
			return 0, b
		case m == scaling.ASGAverageCPUUtilization && (v <= 0 || v > 100):
			return 0, wrong("", "must be above 0%%, at most 100%%, not %s", unquoted(n.text()))
		case v <= 0 || v > 1e15 || m == scaling.ALBRequestCountPerTarget && v > 1e9:
			return 0, wrong("", "must be above 0, not %s", unquoted(n.text()))
		}
		return v, nil
	})
}

// targetValue reads a number, or text with the metric's unit.
func targetValue(n *node, m scaling.Metric, own cloudwatch.Metric) (float64, *bad) {
	v, err := number64(n)
	text, isText := n.text2()
	bytes := m == scaling.ASGAverageNetworkIn || m == scaling.ASGAverageNetworkOut || m == scaling.Customized && (own == cloudwatch.NetworkIn || own == cloudwatch.NetworkOut)
	switch {
	case isText && bytes:
		v, b := size(text)
		if b != nil {
			return 0, wrong(`write "60MB", or bytes: 60000000`, "%s", b.rule)
		}
		return v, nil
	case m == scaling.Customized:
		return level(n, own)
	case isText && m == scaling.ASGAverageCPUUtilization:
		s, b := share(text)
		if b != nil {
			return 0, wrong(`write "50%" or 50`, "%s", b.rule)
		}
		return s * 100, nil
	case isText:
		r, b := rate(text)
		if b != nil {
			return 0, wrong(`write "300/s", or AWS's own form, requests a minute: 18000`, "%s", b.rule)
		}
		return r * 60, nil
	case err != nil && bytes:
		return 0, wrong(`write "60MB", or bytes: 60000000`, "%s", err.rule)
	case err != nil:
		return 0, wrong(`write "50%" or 50 for CPU, "300/s" or 18000 a minute for requests`, "%s", err.rule)
	}
	return v, nil
}
