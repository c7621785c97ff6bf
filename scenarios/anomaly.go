package scenarios

import (
	"asgsim/scenarios/form"
	"asgsim/sim/des"
	"asgsim/sim/elb"
	"asgsim/sim/serving"
)

const (
	anomalyMitigation = "target_group.load_balancing_anomaly_mitigation"
	atw               = "undocumented by AWS, X-30; Automatic Target Weights, announced 2023-11-26, read 2026-11: "
)

// mitigation reads the anomaly mitigation of [target_group].
func (d *decoder) mitigation(a serving.Algorithm) elb.Mitigation {
	var m elb.Mitigation
	m.On = d.is(anomalyMitigation, "on")
	m.Ratio, _ = d.Number("target_group.anomaly_ratio")
	m.Share, _ = d.Share("target_group.anomaly_share")
	m.Window, _ = d.dur("target_group.anomaly_window")
	m.Floor, _ = d.Share("target_group.anomaly_floor")
	if rest := m.Window % (5 * des.Second); rest != 0 {
		d.Problem("target_group.anomaly_window", d.At("target_group.anomaly_window"), form.Wrong("", "must be whole fives of seconds, as weights are looked at, not %s", m.Window))
	}
	if m.On && a != serving.WeightedRandom && !d.Failed("target_group.load_balancing_algorithm_type") {
		d.Problem(anomalyMitigation, d.At(anomalyMitigation), form.Wrong(`choose load_balancing_algorithm_type = "weighted_random"`, "works with weighted_random only"))
	}
	if usual := (elb.Mitigation{Ratio: 3, Share: 0.05, Window: 30 * des.Second, Floor: 0.01}); m.On || m == usual {
		return m
	}
	for _, key := range [...]string{"ratio", "share", "window", "floor"} {
		if p := "target_group.anomaly_" + key; d.IsGiven(p) && !d.Failed(p) && !d.Failed(anomalyMitigation) {
			d.Problem(p, d.At(p), form.Wrong(`write load_balancing_anomaly_mitigation = "on", or leave it out`, "is of anomaly mitigation, which is off"))
			break
		}
	}
	return m
}
