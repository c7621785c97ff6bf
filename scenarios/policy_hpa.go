package scenarios

import (
	"asgsim/scenarios/form"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// kubernetesHPATable is [policy.N.kubernetes_hpa].
type kubernetesHPATable struct{}

func (kubernetesHPATable) kind() string { return "kubernetes_hpa" }

func (kubernetesHPATable) keys(p string) []Key {
	const api = "Kubernetes autoscaling/v2"
	out := []Key{
		{Path: p + "average_utilization", Type: Share, Required: true, Min: `"1%"`, Max: `"100%"`, Source: api, Doc: "CPU that the instances, taken as pods that ask for all their CPU, are held at; whole percent."},
		{Path: p + "sync_period", Type: Duration, Default: `"15s"`, Min: `"1s"`, Max: `"1h"`, Source: api, Doc: "How often the autoscaler looks; the group's alarms play no part."},
		{Path: p + "metric_resolution", Type: Duration, Default: `"15s"`, Min: `"1s"`, Max: `"10m"`, Source: "Kubernetes metrics-server, --metric-resolution", Doc: "How often the metrics server asks the nodes for CPU: the autoscaler has the mean between its last two answers. The server's manifest sets 15s, its built-in default is 60s."},
		{Path: p + "metric_delay", Type: Duration, Default: `"10s"`, Min: `"0s"`, Max: `"10m"`, Doc: "How old what a node answers is: the kubelet's housekeeping counts CPU every 10 to 15 seconds."},
		{Path: p + "tolerance", Type: Share, Default: `"10%"`, Min: `"0%"`, Max: `"100%"`, Source: api, Doc: "Nothing is done while the metric is this near to its target."},
	}
	for _, way := range [...]struct{ name, window, pods string }{{"scale_up", `"0s"`, "4"}, {"scale_down", `"300s"`, "0"}} {
		q := p + way.name + "."
		out = append(out,
			Key{Path: q + "stabilization_window", Type: Duration, Default: way.window, Min: `"0s"`, Max: `"3600s"`, Source: api, Doc: "Of the numbers asked for in this time the most cautious counts."},
			Key{Path: q + "pods", Type: Count, Unit: "instances", Default: way.pods, Min: "0", Max: "100000", Source: api, Doc: "Most instances changed within a period; 0: no such rule."},
			Key{Path: q + "percent", Type: Count, Unit: "percent", Default: "100", Min: "0", Max: "100000", Source: api, Doc: "Most percent of the instances changed within a period; 0: no such rule."},
			Key{Path: q + "period", Type: Duration, Default: `"15s"`, Min: `"1s"`, Max: `"1800s"`, Source: api, Doc: "Period of both rules."},
			Key{Path: q + "select", Type: Choice, Choices: optionNames(enum(scaling.SelectDisabled)), Default: `"Max"`, Source: api, Doc: "Which rule counts: the one that allows more, or less; Disabled: no change this way."})
	}
	return out
}

func (kubernetesHPATable) read(d *decoder, p, name string, _ *record.Config) scaling.Policy {
	h := &scaling.KubernetesHPA{Name: name}
	target, ok := d.Share(p + "average_utilization")
	h.Target = float64(int(target*100 + 0.5))
	if ok && (h.Target-target*100 > 1e-6 || target*100-h.Target > 1e-6) {
		d.Problem(p+"average_utilization", d.At(p+"average_utilization"), form.Wrong("", "must be whole percent, as in Kubernetes"))
	}
	h.SyncPeriod, _ = d.dur(p + "sync_period")
	h.Resolution, _ = d.dur(p + "metric_resolution")
	h.Delay, _ = d.dur(p + "metric_delay")
	h.Tolerance, _ = d.Share(p + "tolerance")
	h.Up, h.Down = d.behavior(p+"scale_up."), d.behavior(p+"scale_down.")
	return h
}

// behavior reads how one direction is slowed down.
func (d *decoder) behavior(p string) scaling.Behavior {
	var b scaling.Behavior
	b.Window, _ = d.dur(p + "stabilization_window")
	pods, _ := d.Count(p + "pods")
	percent, _ := d.Count(p + "percent")
	period, _ := d.dur(p + "period")
	if pods > 0 {
		b.Rules = append(b.Rules, scaling.RateRule{Value: pods, Period: period})
	}
	if percent > 0 {
		b.Rules = append(b.Rules, scaling.RateRule{Percent: true, Value: percent, Period: period})
	}
	b.Select, _ = choose(d, p+"select", enum(scaling.SelectDisabled))
	return b
}
