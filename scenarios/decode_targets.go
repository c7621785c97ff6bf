package scenarios

import (
	"asgsim/scenarios/form"
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
		d.Problem(p, d.At(p), form.Wrong("", "must be 0s or 30s to 900s, not %s", v))
	case !a.SlowStarts() && !d.Failed("target_group.load_balancing_algorithm_type"):
		d.Problem(p, d.At(p), form.Wrong(`choose load_balancing_algorithm_type = "round_robin"`, "works with round_robin only"))
	}
	return v
}

// targetGroupHealth reads [target_group.target_group_health].
func (d *decoder) targetGroupHealth() elb.TargetGroupHealth {
	const dns, routing = healthThresholds + "dns_failover.", healthThresholds + "unhealthy_state_routing."
	h := elb.TargetGroupHealth{DNSFailover: d.least(dns), Routing: d.least(routing)}
	const count, share = "minimum_healthy_targets_count", "minimum_healthy_targets_percentage"
	if a, b := h.DNSFailover.Count, h.Routing.Count; d.OK(dns+count, routing+count) && a != elb.Off && b != elb.Off && a < b {
		d.Problem(dns+count, d.At(dns+count), form.Wrong("", "must be at least that of unhealthy_state_routing: %d < %d", a, b))
	}
	if a, b := h.DNSFailover.Share, h.Routing.Share; d.OK(dns+share, routing+share) && a > 0 && b > 0 && a < b {
		d.Problem(dns+share, d.At(dns+share), form.Wrong("", "must be at least that of unhealthy_state_routing: %s < %s", form.Unquoted(formatShare(a)), form.Unquoted(formatShare(b))))
	}
	return h
}

// least reads how many targets must be healthy.
func (d *decoder) least(p string) elb.Least {
	l := elb.Least{Count: 1}
	if v, ok := orOff(d, p+"minimum_healthy_targets_count", form.Whole); ok {
		if l.Count = v; v == 0 {
			l.Count = elb.Off
		}
	}
	l.Share, _ = orOff(d, p+"minimum_healthy_targets_percentage", func(n *form.Node) (float64, *form.Mistake) {
		return form.WithUnit(n, "a percentage", "%", form.ParseShare)
	})
	return l
}

// orOff reads a value with a range, or "off", which is zero.
func orOff[T int | float64](d *decoder, path string, parse func(*form.Node) (T, *form.Mistake)) (T, bool) {
	return take(d, path, func(n *form.Node, k *Key) (T, *form.Mistake) {
		if n.Scalar == "off" {
			return 0, nil
		}
		v, b := parse(n)
		if b != nil {
			return 0, form.Wrong("", "must be %s, or \"off\", not %s", k.Range(), n.Text())
		}
		low, _ := parse(form.Literal(k.Min))
		high, _ := parse(form.Literal(k.Max))
		if v < low || v > high {
			return 0, form.Wrong("", "must be %s, or \"off\", not %s", k.Range(), form.Unquoted(n.Text()))
		}
		return v, nil
	})
}
