package scenarios

import (
	"asgsim/scenarios/form"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// comparisons are AWS's names.
func comparisons() []option[cloudwatch.Comparison] {
	return []option[cloudwatch.Comparison]{
		{"GreaterThanThreshold", cloudwatch.GreaterThan}, {"LessThanThreshold", cloudwatch.LessThan},
		{"GreaterThanOrEqualToThreshold", cloudwatch.GreaterOrEqual}, {"LessThanOrEqualToThreshold", cloudwatch.LessOrEqual},
	}
}

// treatments of missing data, by AWS's names.
func treatments() []option[cloudwatch.Missing] {
	return []option[cloudwatch.Missing]{
		{"missing", cloudwatch.TreatMissing}, {"ignore", cloudwatch.TreatIgnore},
		{"breaching", cloudwatch.TreatBreaching}, {"notBreaching", cloudwatch.TreatNotBreaching},
	}
}

// alarmKeys documents [alarm.N].
func alarmKeys() []Key {
	const alarm = "AWS PutMetricAlarm, API of 2026-08"
	return []Key{
		{Path: "alarm.N.metric_name", Type: Choice, Choices: cloudwatch.MetricNames(), Required: true, Source: alarm, Doc: "The metric the alarm watches, whether a policy follows it or not; its datapoints are in metrics.csv: of EC2 over the group (those of CPU credits need a burstable type), of the load balancer or the queue, of the group, of its warm pool or of its forecast; or the name of a [metric.N], which is recorded."},
		targetGroupKey("alarm.N.", "of RequestCount, RequestCountPerTarget, HealthyHostCount or UnHealthyHostCount"),
		{Path: "alarm.N.statistic", Type: Stat, Default: `"Average"`, Doc: "Average, Sum, Minimum, Maximum, SampleCount or a percentile such as p99."},
		{Path: "alarm.N.period", Type: Duration, Default: `"60s"`, Min: `"10s"`, Max: `"1d"`, Doc: "Length of a datapoint: whole minutes; 10s or 30s for CPUUtilization, then published by the instances themselves at high resolution and billed as a custom metric of each."},
		{Path: "alarm.N.evaluation_periods", Type: Count, Unit: "periods", Required: true, Min: "1", Max: "1440", Source: alarm, Doc: "Datapoints that are looked at; period times this is at most a day."},
		{Path: "alarm.N.datapoints_to_alarm", Type: Count, Unit: "periods", Absent: "evaluation_periods", Min: "1", Max: "1440", Source: alarm, Doc: "Of those, how many must breach."},
		{Path: "alarm.N.comparison_operator", Type: Choice, Choices: optionNames(comparisons()), Required: true, Source: alarm, Doc: "How a datapoint breaches the threshold."},
		{Path: "alarm.N.threshold", Type: Level, Required: true, Source: alarm, Doc: "In the metric's unit: \"70%\" or 70 for CPU, \"300ms\" or 0.3 for TargetResponseTime and ApproximateAgeOfOldestMessage, a bare number otherwise."},
		{Path: "alarm.N.treat_missing_data", Type: Choice, Choices: optionNames(treatments()), Default: `"missing"`, Source: alarm, Doc: "What a missing datapoint counts as."},
	}
}

// alarm reads one [alarm.N].
func (d *decoder) alarm(name string) cloudwatch.Definition {
	p := "alarm." + name + "."
	a := cloudwatch.Definition{Name: name}
	metric, ok := d.metric(p + "metric_name")
	a.Metric = d.ofGroup(p+"target_group", metric)
	a.Statistic = d.statistic(p + "statistic")
	if ok {
		d.burstableMetric(p+"metric_name", a.Metric)
		d.countless(p+"statistic", a.Metric, a.Statistic)
		if kind := a.Statistic.Kind; a.Metric.Counts() && kind != cloudwatch.Sum && kind != cloudwatch.SampleCount {
			d.Warn(p+"statistic", `write statistic = "Sum"`, "is %v: every request is a sample of 1, so %s is 1 whenever there is one", a.Statistic, a.Metric)
		}
	}
	a.Period, _ = d.dur(p + "period")
	d.metricPeriod(p+"period", a.Period)
	a.Evaluate, _ = d.Count(p + "evaluation_periods")
	a.Datapoints = a.Evaluate
	if m, given := d.Count(p + "datapoints_to_alarm"); given {
		a.Datapoints = m
		if d.OK(p+"evaluation_periods") && m > a.Evaluate {
			d.Problem(p+"datapoints_to_alarm", d.At(p+"datapoints_to_alarm"), form.Wrong("", "must be at most evaluation_periods: %d > %d", m, a.Evaluate))
		}
	}
	if ok {
		d.fine(p+"period", a.Metric, a.Period)
	}
	if d.OK(p+"period", p+"evaluation_periods") && des.Duration(a.Evaluate)*a.Period > des.Day {
		d.Problem(p+"evaluation_periods", d.At(p+"evaluation_periods"), form.Wrong("", "look back more than a day: %d x %s", a.Evaluate, a.Period))
	}
	a.Comparison, _ = choose(d, p+"comparison_operator", comparisons())
	if ok {
		a.Threshold, _ = take(d, p+"threshold", func(n *form.Node, _ *Key) (float64, *form.Mistake) { return level(n, a.Metric) })
	} else {
		d.Key(p + "threshold")
	}
	a.Missing, _ = choose(d, p+"treat_missing_data", treatments())
	return a
}

// countless refuses the number of samples of a recorded metric, which its datapoints do
// not say.
func (d *decoder) countless(path string, m cloudwatch.Metric, s cloudwatch.Statistic) {
	if d.derived[string(m)] && d.IsGiven(path) && s.Kind != cloudwatch.Average {
		d.Problem(path, d.At(path), form.Wrong("leave it out", "stands beside %s, which is by metric math: its metrics have statistics of their own", m))
	}
	if d.replayed[string(m)] && s.Kind == cloudwatch.SampleCount {
		d.Problem(path, d.At(path), form.Wrong(`name the statistic that was recorded, such as "Average"; a recorded SampleCount is a metric of its own, whose "Sum" is meant`, "is SampleCount, which the recording of %s does not know", m))
	}
}

// burstableMetric refuses metrics of CPU credits where no type has them.
func (d *decoder) burstableMetric(path string, m cloudwatch.Metric) {
	if !m.Credits() || d.Failed("instance.type") || d.IsGiven("auto_scaling_group.mixed_instances_policy") {
		return
	}
	name, _ := d.Find("instance.type").Str()
	if kind, ok := d.list.lookup(name); ok && kind.Burst.PerHour == 0 && !d.IsGiven("instance.baseline") {
		d.Problem(path, d.At(path), form.Wrong("watch CPUUtilization, or take a burstable type such as t3.medium", "is of burstable instances: a %s has no CPU credits, and no %s", name, m))
	}
}

// level reads a value of a metric: a bare number in its unit, "70%" for CPU,
// "300ms" for response times.
func level(n *form.Node, m cloudwatch.Metric) (float64, *form.Mistake) {
	text, isText := n.Str()
	if !isText {
		return form.Float(n)
	}
	switch m {
	case cloudwatch.CPUUtilization:
		v, b := form.ParseShare(text)
		return v * 100, b
	case cloudwatch.TargetResponseTime, cloudwatch.OldestMessage:
		v, b := duration(text)
		return v.Seconds(), b
	}
	return 0, form.Wrong("write a bare number", "must be a number of %s, not %s", m.Unit(), n.Text())
}

// metricPeriod refuses periods that alarms do not have.
func (d *decoder) metricPeriod(path string, v des.Duration) {
	if d.OK(path) && !cloudwatch.FinePeriod(v) {
		if v < des.Minute {
			d.Problem(path, d.At(path), form.Wrong("", "must be 10s, 30s or whole minutes, not %s", v))
			return
		}
		d.wholeMinutes(path, v)
	}
}

// fine refuses a period below a minute of a metric that AWS publishes.
func (d *decoder) fine(path string, m cloudwatch.Metric, v des.Duration) {
	if d.OK(path) && v < des.Minute && !m.Fine() {
		d.Problem(path, d.At(path), form.Wrong("write \"60s\", or watch CPUUtilization", "is too short for %s, which is published no more often than every minute: %s", m, v))
	}
}

// statistic reads a statistic of CloudWatch.
func (d *decoder) statistic(path string) cloudwatch.Statistic {
	v, _ := take(d, path, func(n *form.Node, _ *Key) (cloudwatch.Statistic, *form.Mistake) {
		s, b := form.Str(n, "a statistic")
		if b != nil {
			return cloudwatch.Statistic{}, b
		}
		v, err := cloudwatch.StatisticOf(s)
		if err != nil {
			return v, form.Wrong("it is Average, Sum, Minimum, Maximum, SampleCount or a percentile: \"p99\"", "is not a statistic: %q", s)
		}
		return v, nil
	})
	return v
}
