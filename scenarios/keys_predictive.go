package scenarios

import "asgsim/sim/scaling"

// predictiveKeys documents [policy.N.predictive_scaling].
func predictiveKeys() []Key {
	const p = "policy.N.predictive_scaling."
	const api = "AWS PredictiveScalingConfiguration, API of 2026-08"
	return []Key{
		{Path: p + "mode", Type: Choice, Choices: []string{"ForecastOnly", "ForecastAndScale"}, Default: `"ForecastOnly"`, Source: api, Doc: "ForecastOnly: the forecast is shown and does nothing. ForecastAndScale: at every hour, less the buffer, desired rises to the forecast capacity; it never falls by it. One policy of a group may scale. The forecast is made from 24 hours to 14 days of hourly requests, for 48 hours, every six hours; before the start they are drawn from the loads, then counted."},
		{Path: p + "predefined_metric_type", Type: Choice, Choices: scaling.Pairs(), Required: true, Source: api, Doc: "Pair of metrics: the load of the group is forecast, and divided by target_value is the capacity."},
		{Path: p + "target_value", Type: Target, Required: true, Source: api, Doc: "What one instance is to carry: \"50%\" or 50 for ASGCPUUtilization; for ALBRequestCount requests a minute and target, or a rate: \"300/s\"; bytes or a size, \"60MB\", of an instance for the network, in a minute with detailed monitoring and in five with basic."},
		{Path: p + "capacity_rounding", Type: Choice, Choices: []string{"up", "nearest"}, Default: `"up"`, Source: "undocumented by AWS, X-26", Doc: "How load by target_value becomes a number of instances; at least one where there is load."},
		{Path: p + "forecast_model", Type: Choice, Choices: scaling.Models(), Default: `"seasonal_regression"`, Source: "undocumented by AWS, X-25", Doc: "How the load is forecast; all predictive policies in force must have the same. seasonal_regression: by ridge regression on the same hour of the day before, of the week before and of the mean day. hour_of_week_mean: the mean of the same hour of the week (of the day, with less than a week of history), or what the last such hour had where that is more. seasonal_naive: the same hour a week ago, or a day."},
		{Path: p + "scheduling_buffer_time", Type: Duration, Default: `"300s"`, Min: `"0s"`, Max: `"3599s"`, Source: api, Doc: "How long before its hour a capacity is asked for."},
		{Path: p + "max_capacity_breach_behavior", Type: Choice, Choices: []string{"HonorMaxCapacity", "IncreaseMaxCapacity"}, Default: `"HonorMaxCapacity"`, Source: api, Doc: "What happens when the forecast capacity is above max_size: it is cut, or max_size is raised, and stays raised."},
		{Path: p + "max_capacity_buffer", Type: Share, Absent: "none; IncreaseMaxCapacity must have it", Min: `"0%"`, Max: `"100%"`, Source: api, Doc: "How far above the forecast capacity max_size is raised, with IncreaseMaxCapacity."},
	}
}
