package scenarios

// predictiveKeys documents [policy.N.predictive_scaling].
func predictiveKeys() []Key {
	const p = "policy.N.predictive_scaling."
	const api = "AWS PredictiveScalingConfiguration, API of 2026-08"
	return []Key{
		{Path: p + "mode", Type: Choice, Choices: []string{"ForecastOnly", "ForecastAndScale"}, Default: `"ForecastOnly"`, Source: api, Doc: "ForecastOnly: the forecast is shown and does nothing. ForecastAndScale: at every hour, less the buffer, desired rises to the forecast capacity; it never falls by it. One policy of a group may scale. The forecast (X-25, hidden by AWS) is a seasonal regression on 24 hours to 14 days of hourly requests, for 48 hours, every six hours; before the start they are drawn from the loads, then counted."},
		{Path: p + "predefined_metric_type", Type: Choice, Choices: []string{"ASGCPUUtilization", "ALBRequestCount"}, Required: true, Source: api, Doc: "Pair of metrics: the load of the group is forecast, and divided by target_value (rounded up) is the capacity (X-26, hidden by AWS). ASGNetworkIn and ASGNetworkOut are planned."},
		{Path: p + "target_value", Type: Target, Required: true, Source: api, Doc: "What one instance is to carry: \"50%\" or 50 for ASGCPUUtilization; for ALBRequestCount requests a minute and target, or a rate: \"300/s\"."},
		{Path: p + "scheduling_buffer_time", Type: Duration, Default: `"300s"`, Min: `"0s"`, Max: `"3599s"`, Source: api, Doc: "How long before its hour a capacity is asked for."},
		{Path: p + "max_capacity_breach_behavior", Type: Choice, Choices: []string{"HonorMaxCapacity", "IncreaseMaxCapacity"}, Default: `"HonorMaxCapacity"`, Source: api, Doc: "What happens when the forecast capacity is above max_size: it is cut, or max_size is raised, and stays raised."},
		{Path: p + "max_capacity_buffer", Type: Share, Absent: "none; IncreaseMaxCapacity must have it", Min: `"0%"`, Max: `"100%"`, Source: api, Doc: "How far above the forecast capacity max_size is raised, with IncreaseMaxCapacity."},
	}
}
