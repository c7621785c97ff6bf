package scenarios

import (
	"cmp"

	"asgsim/scenarios/form"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// targetTrackingTable is [policy.N.target_tracking].
type targetTrackingTable struct{}

func (targetTrackingTable) kind() string { return "target_tracking" }

func (targetTrackingTable) keys(p string) []Key {
	const api = "AWS TargetTrackingConfiguration, API of 2026-08"
	return []Key{
		{Path: p + "predefined_metric_type", Type: Choice, Choices: optionNames(enum(scaling.ASGAverageNetworkOut)), Absent: "customized_metric_specification, one of the two", Source: api, Doc: "The metric that is held at its target."},
		{Path: p + "customized_metric_specification.metric_name", Type: Choice, Choices: cloudwatch.MetricNames(), Required: true, Source: api, Doc: "A metric of one's own choice instead: { metric_name = \"CPUUtilization\", statistic = \"Maximum\" }. It must fall in proportion as instances are added; RequestCount and response times do not. Or the name of a [metric.N], which is recorded: with per_instance it falls so."},
		{Path: p + "customized_metric_specification.statistic", Type: Stat, Default: `"Average"`, Doc: "Average, Sum, Minimum, Maximum, SampleCount or a percentile such as p99, of a minute."},
		{Path: p + "customized_metric_specification.period", Type: Duration, Default: `"60s"`, Min: `"10s"`, Max: `"60s"`, Source: api, Doc: "Period of a datapoint: 10s, 30s or 60s. Below 60s the metric is one that the instances publish themselves at high resolution, as by the CloudWatch agent: CPUUtilization only; it is billed as a custom metric of each instance."},
		targetGroupKey(p, "of ALBRequestCountPerTarget, whose resource label says so in AWS, and of a customized RequestCountPerTarget"),
		{Path: p + "target_value", Type: Target, Required: true, Source: api, Doc: "\"50%\" or 50 for CPU; for ALBRequestCountPerTarget requests a minute and target, or a rate: \"300/s\"; bytes or a size, \"60MB\", of an instance for the network, in a minute with detailed monitoring and in five with basic; else in the metric's unit."},
		{Path: p + "disable_scale_in", Type: Bool, Default: "false", Source: api, Doc: "true: the policy never removes instances."},
		{Path: p + "estimated_instance_warmup", Type: Duration, Absent: "default_instance_warmup, else default_cooldown", Min: `"0s"`, Max: `"86400s"`, Source: api, Doc: "Warm-up of this policy."},
		{Path: p + "low_ratio", Type: Number, Default: "0.7", Above: "0", Max: "1", Source: "undocumented by AWS, X-1; Application Auto Scaling guide, How target tracking scaling works, read 2026-11: usually more than 10 % below the target", Doc: "Threshold of the scale-in alarm as a share of the target; seen: 0.7, seldom 0.9."},
		{Path: p + "high_periods", Type: Count, Unit: "periods", Default: "3", Min: "1", Max: "60", Source: "undocumented by AWS", Doc: "Datapoints above the target that scale out."},
		{Path: p + "low_periods", Type: Count, Unit: "periods", Default: "15", Min: "1", Max: "120", Source: "undocumented by AWS", Doc: "Datapoints below the low threshold that scale in."},
		{Path: p + "alarm_period", Type: Duration, Absent: "60s, or the period of a metric with less", Min: `"10s"`, Max: `"3600s"`, Source: "Application Auto Scaling guide, How target tracking scaling works, read 2026-11: by the minute, however seldom the metric comes (X-7); less for a customized metric of less, PutScalingPolicy, API of 2026-11", Doc: "Period of both alarms, whatever the monitoring: 10s, 30s or whole minutes. AWS has tuned new policies by itself since 2024, by a rule it does not tell (X-11, autotune); high_periods = 1 with a period of 10s is the fastest that can be."},
		{Path: p + "in_step", Type: Choice, Choices: optionNames(enum(scaling.InProportional)), Default: `"tenth"`, Source: "undocumented by AWS, X-2; EC2 Auto Scaling guide, Target tracking scaling policies, read 2026-11: more gradually than out, and not where the metric would swing back", Doc: "What one scale-in removes at most: a tenth of the capacity (at least 1), one instance, or all that are too many."},
		{Path: p + "repeat", Type: Lasting, Absent: "every evaluation; the default cooldown where no warm-up is given", Min: `"0s"`, Max: `"1d"`, Source: "undocumented by AWS, X-3; CloudWatch guide, Using CloudWatch alarms, read 2026-11: an alarm invokes its action once a minute as long as it lasts", Doc: "Least time between two actions while an alarm stays in ALARM."},
		{Path: p + "capacity_basis", Type: Choice, Choices: optionNames(enum(scaling.BasisDesired)), Default: `"contributors"`, Source: "undocumented by AWS, X-5; EC2 Auto Scaling guide, Target tracking scaling policies, read 2026-11: the metric is that of the instances that are not warming up", Doc: "The capacity that the metric is taken to describe: the instances, or targets, that the datapoint is an average over (the fleet then settles on a constant load), those that are warm now, or the desired capacity (with these two an old datapoint is multiplied by a fleet that has changed since, and the fleet swings)."},
		{Path: p + "deadband", Type: Share, Default: `"0%"`, Min: `"0%"`, Max: `"100%"`, Source: "EC2 Auto Scaling guide, Target tracking scaling policies, read 2026-11: it scales out when the metric is above the target, X-6", Doc: "Share of the target by which the metric must exceed it."},
	}
}

func (targetTrackingTable) read(d *decoder, p, name string, _ *record.Config) scaling.Policy {
	t := &scaling.TargetTracking{Name: name, Warmup: scaling.Unset, Repeat: scaling.Unset}
	if d.trackedMetric(p, t) {
		t.Target, _ = d.target(p+"target_value", t.Metric, t.Custom.Metric)
	} else {
		d.Key(p + "target_value")
	}
	switch path := p + "target_group"; t.Metric {
	case scaling.Customized:
		t.Custom.Metric = d.ofGroup(path, t.Custom.Metric)
	case scaling.ALBRequestCountPerTarget:
		_, t.Group = d.ofGroup(path, cloudwatch.RequestCountPerTarget).Split()
	default:
		d.ofGroup(path, cloudwatch.Metric(t.Metric.String()))
	}
	t.DisableScaleIn, _ = d.Bool(p + "disable_scale_in")
	if v, ok := d.dur(p + "estimated_instance_warmup"); ok {
		t.Warmup = v
	}
	t.LowRatio, _ = d.Number(p + "low_ratio")
	t.HighPeriods, _ = d.Count(p + "high_periods")
	t.LowPeriods, _ = d.Count(p + "low_periods")
	t.AlarmPeriod = cmp.Or(t.Custom.Period, des.Minute)
	if v, ok := d.dur(p + "alarm_period"); ok {
		t.AlarmPeriod = v
		d.metricPeriod(p+"alarm_period", v)
	}
	t.InStep, _ = choose(d, p+"in_step", enum(scaling.InProportional))
	if v, ok := d.lasting(p + "repeat"); ok {
		t.Repeat = v
	}
	t.Basis, _ = choose(d, p+"capacity_basis", enum(scaling.BasisDesired))
	t.Deadband, _ = d.Share(p + "deadband")
	return t
}

// trackedMetric reads the metric of a policy: a predefined one, or the user's.
func (d *decoder) trackedMetric(p string, t *scaling.TargetTracking) bool {
	const forms = `write predefined_metric_type = "ASGAverageCPUUtilization", or customized_metric_specification = { metric_name = "CPUUtilization", statistic = "Maximum" }`
	metric, ok := choose(d, p+"predefined_metric_type", enum(scaling.ASGAverageNetworkOut))
	t.Metric = metric
	path := p + "customized_metric_specification"
	own := d.Find(path)
	switch {
	case own == nil:
		if !ok && !d.Failed(p+"predefined_metric_type") && !d.Misspelt(p+"predefined_metric_type") && !d.Misspelt(path) {
			d.Problem(p+"predefined_metric_type", d.At(p+"predefined_metric_type"), form.Wrong(forms, "is missing"))
		}
		return ok
	case own.Table == nil:
		return false // the check for unknown keys says so
	case ok || d.Failed(p+"predefined_metric_type"):
		d.Problem(path, own.At, form.Wrong("a policy tracks one metric: remove one of them", "stands beside predefined_metric_type"))
		return false
	}
	t.Metric = scaling.Customized
	name, ok := d.metric(path + ".metric_name")
	t.Custom = scaling.Custom{Metric: name, Statistic: d.statistic(path + ".statistic")}
	t.Custom.Period, _ = d.dur(path + ".period")
	d.countless(path+".statistic", t.Custom.Metric, t.Custom.Statistic)
	d.metricPeriod(path+".period", t.Custom.Period)
	d.fine(path+".period", t.Custom.Metric, t.Custom.Period)
	return ok && !d.Failed(path+".statistic")
}

// target reads the target value of a metric: percent, requests a minute, bytes,
// or the unit of the user's metric.
func (d *decoder) target(path string, m scaling.Metric, own cloudwatch.Metric) (float64, bool) {
	return take(d, path, func(n *form.Node, _ *Key) (float64, *form.Mistake) {
		v, b := targetValue(n, m, own)
		switch {
		case b != nil:
			return 0, b
		case m == scaling.ASGAverageCPUUtilization && (v <= 0 || v > 100):
			return 0, form.Wrong("", "must be above 0%%, at most 100%%, not %s", form.Unquoted(n.Text()))
		case v <= 0 || v > 1e15 || m == scaling.ALBRequestCountPerTarget && v > 1e9:
			return 0, form.Wrong("", "must be above 0, not %s", form.Unquoted(n.Text()))
		}
		return v, nil
	})
}

// targetValue reads a number, or text with the metric's unit.
func targetValue(n *form.Node, m scaling.Metric, own cloudwatch.Metric) (float64, *form.Mistake) {
	v, err := form.Float(n)
	text, isText := n.Str()
	bytes := m == scaling.ASGAverageNetworkIn || m == scaling.ASGAverageNetworkOut || m == scaling.Customized && (own == cloudwatch.NetworkIn || own == cloudwatch.NetworkOut)
	switch {
	case isText && bytes:
		v, b := form.ParseSize(text)
		if b != nil {
			return 0, form.Wrong(`write "60MB", or bytes: 60000000`, "%s", b.Rule)
		}
		return v, nil
	case m == scaling.Customized:
		return level(n, own)
	case isText && m == scaling.ASGAverageCPUUtilization:
		s, b := form.ParseShare(text)
		if b != nil {
			return 0, form.Wrong(`write "50%" or 50`, "%s", b.Rule)
		}
		return s * 100, nil
	case isText:
		r, b := form.ParseRate(text)
		if b != nil {
			return 0, form.Wrong(`write "300/s", or AWS's own form, requests a minute: 18000`, "%s", b.Rule)
		}
		return r * 60, nil
	case err != nil && bytes:
		return 0, form.Wrong(`write "60MB", or bytes: 60000000`, "%s", err.Rule)
	case err != nil:
		return 0, form.Wrong(`write "50%" or 50 for CPU, "300/s" or 18000 a minute for requests`, "%s", err.Rule)
	}
	return v, nil
}

// lasting reads a duration or "every_evaluation", which is 0.
func (d *decoder) lasting(path string) (des.Duration, bool) {
	return form.Ordered(d.Reader, path, func(n *form.Node, _ *Key) (des.Duration, *form.Mistake) {
		if n.Scalar == "every_evaluation" {
			return 0, nil
		}
		return form.WithUnit(n, "a duration", "s", duration)
	})
}
