package scenarios

import (
	"cmp"

	"asgsim/scenarios/form"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
	"asgsim/workload"
)

// predictiveScalingTable is [policy.N.predictive_scaling].
type predictiveScalingTable struct{}

func (predictiveScalingTable) kind() string { return "predictive_scaling" }

// predictiveModes say whether the forecast scales.
func predictiveModes() []option[bool] {
	return []option[bool]{{"ForecastOnly", false}, {"ForecastAndScale", true}}
}

// roundings say whether to the nearest.
func roundings() []option[bool] { return []option[bool]{{"up", false}, {"nearest", true}} }

// breachBehaviors say whether max_size is raised.
func breachBehaviors() []option[bool] {
	return []option[bool]{{"HonorMaxCapacity", false}, {"IncreaseMaxCapacity", true}}
}

func (predictiveScalingTable) keys(p string) []Key {
	const api = "AWS PredictiveScalingConfiguration, API of 2026-08"
	return []Key{
		{Path: p + "mode", Type: Choice, Choices: optionNames(predictiveModes()), Default: `"ForecastOnly"`, Source: api, Doc: "ForecastOnly: the forecast is shown and does nothing. ForecastAndScale: at every hour, less the buffer, desired rises to the forecast capacity; it never falls by it. One policy of a group may scale. The forecast is made from 24 hours to 14 days of hourly requests, for 48 hours, every six hours; before the start they are drawn from the loads, then counted."},
		{Path: p + "predefined_metric_type", Type: Choice, Choices: optionNames(enum(scaling.ASGNetworkOut)), Required: true, Source: api, Doc: "Pair of metrics: the load of the group is forecast, and divided by target_value is the capacity."},
		{Path: p + "target_value", Type: Target, Required: true, Source: api, Doc: "What one instance is to carry: \"50%\" or 50 for ASGCPUUtilization; for ALBRequestCount requests a minute and target, or a rate: \"300/s\"; bytes or a size, \"60MB\", of an instance for the network, in a minute with detailed monitoring and in five with basic."},
		targetGroupKey(p, "of ALBRequestCount; its part of all requests of the run is taken of those that are forecast"),
		{Path: p + "capacity_rounding", Type: Choice, Choices: optionNames(roundings()), Default: `"up"`, Source: "undocumented by AWS, X-26; GetPredictiveScalingForecast, API of 2026-11: the least capacity that is needed", Doc: "How load by target_value becomes a number of instances; at least one where there is load."},
		{Path: p + "forecast_model", Type: Choice, Choices: optionNames(enum(scaling.NaiveSeason)), Default: `"seasonal_regression"`, Source: "undocumented by AWS, X-25; GetPredictiveScalingForecast, API of 2026-11: from the history of the load and an analysis of its trends", Doc: "How the load is forecast; all predictive policies in force must have the same. seasonal_regression: by ridge regression on the same hour of the day before, of the week before and of the mean day. hour_of_week_mean: the mean of the same hour of the week (of the day, with less than a week of history), or what the last such hour had where that is more. seasonal_naive: the same hour a week ago, or a day."},
		{Path: p + "scheduling_buffer_time", Type: Duration, Default: `"300s"`, Min: `"0s"`, Max: `"3599s"`, Source: api, Doc: "How long before its hour a capacity is asked for."},
		{Path: p + "max_capacity_breach_behavior", Type: Choice, Choices: optionNames(breachBehaviors()), Default: `"HonorMaxCapacity"`, Source: api, Doc: "What happens when the forecast capacity is above max_size: it is cut, or max_size is raised, and stays raised."},
		{Path: p + "max_capacity_buffer", Type: Share, Absent: "none; IncreaseMaxCapacity must have it", Min: `"0%"`, Max: `"100%"`, Source: api, Doc: "How far above the forecast capacity max_size is raised, with IncreaseMaxCapacity."},
	}
}

func (predictiveScalingTable) read(d *decoder, p, name string, w *record.Config) scaling.Policy {
	t := &scaling.Predictive{Name: name}
	t.Scale, _ = choose(d, p+"mode", predictiveModes())
	pair, ok := choose(d, p+"predefined_metric_type", enum(scaling.ASGNetworkOut))
	if t.Pair = pair; ok {
		t.Target, _ = d.target(p+"target_value", t.Pair.Metric(), "")
	} else {
		d.Key(p + "target_value")
	}
	if path := p + "target_group"; t.Pair == scaling.ALBRequestCount {
		_, t.Group = d.ofGroup(path, cloudwatch.RequestCountPerTarget).Split()
	} else {
		d.ofGroup(path, cloudwatch.CPUUtilization)
	}
	t.Model, _ = choose(d, p+"forecast_model", enum(scaling.NaiveSeason))
	t.Near, _ = choose(d, p+"capacity_rounding", roundings())
	t.Buffer, _ = d.dur(p + "scheduling_buffer_time")
	t.Increase, _ = choose(d, p+"max_capacity_breach_behavior", breachBehaviors())
	buffer, has := d.Share(p + "max_capacity_buffer")
	t.MaxBuffer = buffer
	switch {
	case d.Failed(p+"max_capacity_buffer") || d.Failed(p+"max_capacity_breach_behavior"):
	case t.Increase && !has:
		d.Problem(p+"max_capacity_buffer", d.At(p+"max_capacity_breach_behavior"), form.Wrong(`write max_capacity_buffer = "10%"`, "is missing: IncreaseMaxCapacity needs it"))
	case !t.Increase && has:
		d.Problem(p+"max_capacity_buffer", d.At(p+"max_capacity_buffer"), form.Wrong(`write max_capacity_breach_behavior = "IncreaseMaxCapacity", or leave it out`, "is only for IncreaseMaxCapacity"))
	}
	var first *scaling.Predictive
	for _, policy := range w.Policies {
		if other, ok := policy.(*scaling.Predictive); ok {
			first = cmp.Or(first, other)
			d.beside(p, t, first, other)
		}
	}
	d.history(p, w)
	return t
}

// beside checks a predictive policy against an earlier one, and its model against the
// first's.
func (d *decoder) beside(p string, t, first, other *scaling.Predictive) {
	if first == other && other.Model != t.Model && d.OK(p+"forecast_model") {
		d.Problem(p+"forecast_model", d.At(p+"forecast_model"), form.Wrong("give all the same, or compare them as variants", "is %s, of policy %s %s: there is one forecast of the load", t.Model, other.Name, other.Model))
	}
	if t.Scale && other.Scale {
		d.Problem(p+"mode", d.At(p+"mode"), form.Wrong(`set mode = "ForecastOnly" in one of them`, "is ForecastAndScale, as of policy %s: one predictive policy of a group may scale", other.Name))
	}
}

// history warns of a forecast that has nothing to go by at the start.
func (d *decoder) history(p string, w *record.Config) {
	for i := range w.Loads {
		since := workload.Since(w.Loads[i].Curve)
		if hours := int(des.Time(0).Sub(max(since, -des.Time(workload.Past))) / des.Hour); hours < scaling.HistoryLeast {
			d.Warn(p+"mode", "set start a day or more, best two weeks, after the trace begins",
				"has %d hours of history, as load %s is not known before: nothing is forecast for the first %d hours", hours, w.Loads[i].Name, scaling.HistoryLeast-hours)
			return
		}
	}
}
