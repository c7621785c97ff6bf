package scenarios

import (
	"asgsim/scenarios/form"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// gcpAutoscalerTable is [policy.N.gcp_autoscaler].
type gcpAutoscalerTable struct{}

func (gcpAutoscalerTable) kind() string { return "gcp_autoscaler" }

func (gcpAutoscalerTable) keys(p string) []Key {
	const api = "Google Compute Engine AutoscalingPolicy"
	return []Key{
		{Path: p + "mode", Type: Choice, Choices: optionNames(enum(scaling.GCPOff)), Default: `"ON"`, Source: api, Doc: "What the group does with the recommended size: follows it, follows it upwards only, or nothing. The bounds are min_size and max_size of the group."},
		{Path: p + "cpu_utilization.target", Type: Share, Absent: "60%, or no signal where load_balancing_utilization is given", Above: `"0%"`, Max: `"100%"`, Source: api, Doc: "CPU that the VMs are held at: the size is their CPU added up, divided by this, rounded up."},
		{Path: p + "load_balancing_utilization.target", Type: Share, Absent: "no signal", Above: `"0%"`, Max: `"100%"`, Source: api, Doc: "Share of max_rate_per_instance that the VMs are held at. Of several signals the one that asks for most counts."},
		{Path: p + "load_balancing_utilization.max_rate_per_instance", Type: Rate, Absent: "none; load_balancing_utilization.target must have it", Above: `"0/s"`, Source: "Google Compute Engine BackendService", Doc: "Requests a second of a VM that count as 100 %."},
		{Path: p + "cooldown_period", Type: Duration, Default: `"60s"`, Min: `"0s"`, Max: `"3600s"`, Source: api, Doc: "Initialization period: VMs that run for less are not looked at."},
		{Path: p + "stabilization_period", Type: Duration, Default: `"10m"`, Min: `"0s"`, Max: `"3600s"`, Source: api, Doc: "The size serves the highest load of this long; of the initialization period where that is longer."},
		{Path: p + "scale_in_control.max_scaled_in_replicas", Type: Count, Unit: "instances", Absent: "no such bound", Min: "0", Max: "100000", Source: api, Doc: "How far at most the size falls below the highest recommended in the window, in VMs."},
		{Path: p + "scale_in_control.max_scaled_in_percent", Type: Share, Absent: "no such bound", Above: `"0%"`, Max: `"100%"`, Source: api, Doc: "The same as a share of that highest size, rounded up (max_scaled_in_replicas.percent)."},
		{Path: p + "scale_in_control.time_window", Type: Duration, Default: `"10m"`, Min: `"60s"`, Max: `"3600s"`, Source: api, Doc: "Window of the scale-in control."},
		{Path: p + "metric_delay", Type: Duration, Default: `"60s"`, Min: `"0s"`, Max: `"10m"`, Doc: "End of a minute to when the autoscaler knows its metrics. Google does not say; as for CloudWatch here. It looks once a minute."},
	}
}

func (gcpAutoscalerTable) read(d *decoder, p, name string, _ *record.Config) scaling.Policy {
	g := &scaling.GCPAutoscaler{Name: name}
	g.Mode, _ = choose(d, p+"mode", enum(scaling.GCPOff))
	cpu, hasCPU := d.Share(p + "cpu_utilization.target")
	balancing, hasBalancing := d.Share(p + "load_balancing_utilization.target")
	rate, hasRate := d.Rate(p + "load_balancing_utilization.max_rate_per_instance")
	g.CPU, g.Balancing, g.MaxRate = 100*cpu, 100*balancing, rate
	if !hasCPU && !hasBalancing && !d.FailedBelow(p) {
		g.CPU = 60
	}
	if hasBalancing && !hasRate && !d.Failed(p+"load_balancing_utilization.max_rate_per_instance") {
		q := p + "load_balancing_utilization.target"
		d.Problem(q, d.At(q), form.Wrong(`write max_rate_per_instance = "300/s" beside it`, "is a share of max_rate_per_instance, which is missing"))
	}
	g.Init, _ = d.dur(p + "cooldown_period")
	g.Stabilization, _ = d.dur(p + "stabilization_period")
	g.Delay, _ = d.dur(p + "metric_delay")
	fixed, hasFixed := d.Count(p + "scale_in_control.max_scaled_in_replicas")
	percent, hasPercent := d.Share(p + "scale_in_control.max_scaled_in_percent")
	window, _ := d.dur(p + "scale_in_control.time_window")
	switch q := p + "scale_in_control.max_scaled_in_percent"; {
	case hasFixed && hasPercent:
		d.Problem(q, d.At(q), form.Wrong("remove one of them", "stands beside max_scaled_in_replicas"))
	case hasFixed || hasPercent:
		g.In = &scaling.ScaleInControl{Fixed: fixed, Percent: 100 * percent, Window: window}
	}
	return g
}
