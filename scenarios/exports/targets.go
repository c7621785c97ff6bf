package exports

import (
	"strings"

	"asgsim/sim/serving"
)

// balanced are the target groups, with their attributes.
func (r *resources) balanced() {
	r.targets = r.targetGroup(r.groupName(), "target_group.")
	for _, name := range r.entries(otherTable) {
		if r.others == nil {
			r.others = map[string]*resource{}
		}
		r.others[name] = r.targetGroup(name, otherTable+"."+name+".")
	}
}

// otherTable is that of the target groups beside [target_group].
const otherTable = "other_target_group"

// targetGroup is one of them: of its own it has its health check, deregistration delay and
// slow start.
func (r *resources) targetGroup(name, own string) *resource {
	const p = "target_group."
	h := own + "health_check."
	body := (&object{}).put("TargetGroupName", targetGroupName(name)).put("Protocol", "HTTP").put("Port", int64(80)).put("VpcId", vpcInput)
	body.put("HealthCheckIntervalSeconds", r.seconds(h+"interval")).put("HealthCheckTimeoutSeconds", r.seconds(h+"timeout"))
	body.put("HealthyThresholdCount", r.whole(h+"healthy_threshold")).put("UnhealthyThresholdCount", r.whole(h+"unhealthy_threshold"))
	const health = "target_group_health."
	attributes := &object{}
	attributes.put("deregistration_delay.timeout_seconds", r.seconds(own+"deregistration_delay"))
	attributes.put("slow_start.duration_seconds", r.seconds(own+"slow_start"))
	algorithm := r.text(p + "load_balancing_algorithm_type")
	if algorithm == serving.PowerOfTwoChoices.String() {
		r.notes = append(r.notes, Note{p + "load_balancing_algorithm_type", "no load balancer of AWS's has it: round_robin is its default"})
	} else {
		attributes.put("load_balancing.algorithm.type", algorithm)
	}
	if algorithm == serving.WeightedRandom.String() {
		attributes.put("load_balancing.algorithm.anomaly_mitigation", r.text(p+"load_balancing_anomaly_mitigation"))
	}
	attributes.put("load_balancing.cross_zone.enabled", r.truth(p+"load_balancing_cross_zone_enabled"))
	for _, state := range [...]string{"dns_failover", "unhealthy_state_routing"} {
		attributes.put(health+state+".minimum_healthy_targets.count", r.countOrOff(p+health+state+".minimum_healthy_targets_count"))
		attributes.put(health+state+".minimum_healthy_targets.percentage", r.percent(p+health+state+".minimum_healthy_targets_percentage"))
	}
	return r.add(targetGroup, name, body.put("TargetGroupAttributes", attributes))
}

// countOrOff is a whole number, or "off".
func (r *resources) countOrOff(key string) any {
	if s := r.text(key); s != nil {
		return s
	}
	return r.whole(key)
}

// targetGroupName is a name that a target group may have: letters, digits and hyphens, 32
// at most ("CreateTargetGroup", Elastic Load Balancing API, 2026-08).
func targetGroupName(name string) string {
	s := strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' {
			return c
		}
		return '-'
	}, name)
	return strings.Trim(s[:min(len(s), 32)], "-")
}
