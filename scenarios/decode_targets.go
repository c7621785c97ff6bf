package scenarios

import (
	"asgsim/sim/des"
	"asgsim/sim/elb"
	"asgsim/sim/serving"
)

// slowStart reads [target_group] slow_start.
func (d *decoder) slowStart(a serving.Algorithm) des.Duration {
	const p = "target_group.slow_start"
	v, ok := d.dur(p)
	switch {
	case !ok || v == 0:
	case v < 30*des.Second:
		d.problem(p, d.at(p), wrong("", "must be 0s or 30s to 900s, not %s", v))
	case !a.SlowStarts() && !d.failed["target_group.load_balancing_algorithm_type"]:
		d.problem(p, d.at(p), wrong(`choose load_balancing_algorithm_type = "round_robin"`, "works with round_robin only"))
	}
	return v
}

// targetGroupHealth reads [target_group.target_group_health].
func (d *decoder) targetGroupHealth() elb.TargetGroupHealth {
	const dns, routing = healthThresholds + "dns_failover.", healthThresholds + "unhealthy_state_routing."
	h := elb.TargetGroupHealth{DNSFailover: d.least(dns), Routing: d.least(routing)}
	const count, share = "minimum_healthy_targets_count", "minimum_healthy_targets_percentage"
	if a, b := h.DNSFailover.Count, h.Routing.Count; d.ok(dns+count, routing+count) && a != elb.Off && b != elb.Off && a < b {
		d.problem(dns+count, d.at(dns+count), wrong("", "must be at least that of unhealthy_state_routing: %d < %d", a, b))
	}
	if a, b := h.DNSFailover.Share, h.Routing.Share; d.ok(dns+share, routing+share) && a > 0 && b > 0 && a < b {
		d.problem(dns+share, d.at(dns+share), wrong("", "must be at least that of unhealthy_state_routing: %s < %s", unquoted(formatShare(a)), unquoted(formatShare(b))))
	}
	return h
}

// least reads how many targets must be healthy.
func (d *decoder) least(p string) elb.Least {
	l := elb.Least{Count: 1}
	if v, ok := orOff(d, p+"minimum_healthy_targets_count", whole); ok {
		if l.Count = v; v == 0 {
			l.Count = elb.Off
		}
	}
	l.Share, _ = orOff(d, p+"minimum_healthy_targets_percentage", func(n *node) (float64, *bad) { return withUnit(n, "a percentage", "%", share) })
	return l
}

// orOff reads a value with a range, or "off", which is zero.
func orOff[T int | float64](d *decoder, path string, parse func(*node) (T, *bad)) (T, bool) {
	return take(d, path, func(n *node, k *Key) (T, *bad) {
		if n.scalar == "off" {
			return 0, nil
		}
		v, b := parse(n)
		if b != nil {
			return 0, wrong("", "must be %s, or \"off\", not %s", k.Range(), n.text())
		}
		low, _ := parse(setValue(k.Min))
		high, _ := parse(setValue(k.Max))
		if v < low || v > high {
			return 0, wrong("", "must be %s, or \"off\", not %s", k.Range(), unquoted(n.text()))
		}
		return v, nil
	})
}
