package scenarios

import (
	"asgsim/scenarios/form"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// azureAutoscaleTable is [policy.N.azure_autoscale], a rule of the one autoscale setting.
type azureAutoscaleTable struct{}

func (azureAutoscaleTable) kind() string { return "azure_autoscale" }

// Azure's names.

func azureStatistics() []option[scaling.AzureStatistic] {
	return []option[scaling.AzureStatistic]{{"Average", scaling.AzureAverage}, {"Min", scaling.AzureMinimum}, {"Max", scaling.AzureMaximum}, {"Sum", scaling.AzureSum}}
}

func azureAggregations() []option[scaling.AzureStatistic] {
	return []option[scaling.AzureStatistic]{
		{"Average", scaling.AzureAverage}, {"Minimum", scaling.AzureMinimum}, {"Maximum", scaling.AzureMaximum},
		{"Total", scaling.AzureSum}, {"Count", scaling.AzureCount}, {"Last", scaling.AzureLast},
	}
}

func azureOperators() []option[scaling.AzureOperator] {
	return []option[scaling.AzureOperator]{
		{"GreaterThan", scaling.AzureGreaterThan}, {"GreaterThanOrEqual", scaling.AzureGreaterThanOrEqual}, {"LessThan", scaling.AzureLessThan},
		{"LessThanOrEqual", scaling.AzureLessThanOrEqual}, {"Equals", scaling.AzureEquals}, {"NotEquals", scaling.AzureNotEquals},
	}
}

func azureDirections() []option[bool] { return []option[bool]{{"Increase", true}, {"Decrease", false}} }

func (azureAutoscaleTable) keys(p string) []Key {
	const api = "Azure Monitor autoscale settings"
	return []Key{
		{Path: p + "metric_name", Type: Choice, Choices: optionNames(enum(scaling.TotalRequests)), Required: true, Source: api, Doc: "The metric of this rule. Each [policy.N.azure_autoscale] is one rule, and those in force are one profile: any rule scales out, by the largest result; scaling in takes all of them, and never where the result would call for scaling out again. Percentage CPU in percent; network in bytes of a VM and minute; TotalRequests (of an application gateway) a minute."},
		{Path: p + "statistic", Type: Choice, Choices: optionNames(azureStatistics()), Default: `"Average"`, Source: api, Doc: "How the VMs' values of a time grain are summed up."},
		{Path: p + "time_aggregation", Type: Choice, Choices: optionNames(azureAggregations()), Default: `"Average"`, Source: api, Doc: "How the time grains of the window are summed up."},
		{Path: p + "time_grain", Type: Duration, Default: `"1m"`, Min: `"1m"`, Max: `"12h"`, Source: api, Doc: "Granularity of the metric; whole minutes."},
		{Path: p + "time_window", Type: Duration, Default: `"10m"`, Min: `"5m"`, Max: `"12h"`, Source: api, Doc: "How far back the rule looks; whole minutes, at least time_grain. Ten minutes are the portal's default."},
		{Path: p + "operator", Type: Choice, Choices: optionNames(azureOperators()), Required: true, Source: api, Doc: "How the metric compares with the threshold where the rule fires."},
		{Path: p + "threshold", Type: Level, Required: true, Min: "0", Max: "1e15", Source: api, Doc: "In the metric's unit: 70 or \"70%\" for Percentage CPU."},
		{Path: p + "divide_by_instance_count", Type: Bool, Default: "false", Source: api, Doc: "true: the value is divided by the number of instances, as one wants for TotalRequests."},
		{Path: p + "scale_action.direction", Type: Choice, Choices: optionNames(azureDirections()), Required: true, Source: api, Doc: "Whether the rule scales out or in."},
		{Path: p + "scale_action.type", Type: Choice, Choices: optionNames(enum(scaling.ExactCount)), Default: `"ChangeCount"`, Source: api, Doc: "What value means: instances, percent of the instances (rounded, at least one: Azure does not say), or the count itself."},
		{Path: p + "scale_action.value", Type: Count, Required: true, Min: "0", Max: "100000", Source: api, Doc: "By how much, or to how many."},
		{Path: p + "scale_action.cooldown", Type: Duration, Default: `"5m"`, Min: `"1m"`, Max: `"7d"`, Source: api, Doc: "Time since the last scale action of the profile before this rule acts."},
		{Path: p + "metric_delay", Type: Duration, Default: `"60s"`, Min: `"0s"`, Max: `"10m"`, Doc: "End of a minute to when the engine knows its metrics. Azure does not say; as for CloudWatch here. The engine runs once a minute."},
	}
}

func (azureAutoscaleTable) read(d *decoder, p, name string, w *record.Config) scaling.Policy {
	rule := d.azureRule(p, name)
	for _, policy := range w.Policies {
		if setting, ok := policy.(*scaling.AzureAutoscale); ok {
			setting.Rules = append(setting.Rules, rule)
			return setting
		}
	}
	return &scaling.AzureAutoscale{Rules: []scaling.AzureRule{rule}}
}

// azureRule reads a rule.
func (d *decoder) azureRule(p, name string) scaling.AzureRule {
	r := scaling.AzureRule{Name: name}
	r.Metric, _ = choose(d, p+"metric_name", enum(scaling.TotalRequests))
	r.Statistic, _ = choose(d, p+"statistic", azureStatistics())
	r.Aggregation, _ = choose(d, p+"time_aggregation", azureAggregations())
	r.Operator, _ = choose(d, p+"operator", azureOperators())
	r.Increase, _ = choose(d, p+"scale_action.direction", azureDirections())
	r.Action, _ = choose(d, p+"scale_action.type", enum(scaling.ExactCount))
	r.Grain, _ = d.dur(p + "time_grain")
	r.Window, _ = d.dur(p + "time_window")
	r.Threshold, _ = form.Ordered(d.Reader, p+"threshold", func(n *form.Node, _ *Key) (float64, *form.Mistake) {
		if text, isText := n.Str(); isText && r.Metric == scaling.PercentageCPU {
			v, b := form.ParseShare(text)
			return 100 * v, b
		}
		return form.Float(n)
	})
	r.PerInstance, _ = d.Bool(p + "divide_by_instance_count")
	r.Value, _ = d.Count(p + "scale_action.value")
	r.Cooldown, _ = d.dur(p + "scale_action.cooldown")
	r.Delay, _ = d.dur(p + "metric_delay")
	d.wholeMinutes(p+"time_grain", r.Grain)
	d.wholeMinutes(p+"time_window", r.Window)
	if d.OK(p+"time_grain", p+"time_window") && r.Window < r.Grain {
		d.Problem(p+"time_window", d.At(p+"time_window"), form.Wrong("", "must be at least time_grain: %s < %s", r.Window, r.Grain))
	}
	if d.OK(p+"scale_action.value", p+"scale_action.type") && r.Action != scaling.ExactCount && r.Value == 0 {
		d.Problem(p+"scale_action.value", d.At(p+"scale_action.value"), form.Wrong("", "changes nothing: 0"))
	}
	return r
}

// wholeMinutes refuses a duration that is not whole minutes.
func (d *decoder) wholeMinutes(path string, v des.Duration) {
	if d.OK(path) && v%des.Minute != 0 {
		d.Problem(path, d.At(path), form.Wrong("write "+formatDuration(minute(v)), "must be whole minutes, not %s", v))
	}
}
