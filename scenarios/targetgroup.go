package scenarios

import (
	"slices"

	"asgsim/scenarios/form"
	"asgsim/sim/elb"
	"asgsim/sim/serving"
)

// healthThresholds is the table of the thresholds of healthy targets.
const healthThresholds = "target_group.target_group_health."

// balancerKeys documents [load_balancer] and [target_group].
func balancerKeys() []Key {
	const guide = "AWS User Guide for Application Load Balancers, 2023-04-06"
	const api = "AWS ELBv2 API, 2026-08"
	keys := []Key{
		{Path: "load_balancer.load_balancer_type", Type: Choice, Choices: []string{"application", "none"}, Default: `"application"`, Source: api, Doc: "Type of the load balancer. none: clients spread their requests by themselves, and nothing is billed. network and gateway are planned."},
		{Path: "load_balancer.idle_timeout", Type: Duration, Default: `"60s"`, Min: `"1s"`, Max: `"4000s"`, Source: guide, Doc: "An attempt without an answer for this long gets a 504."},
		{Path: "load_balancer.rules", Type: Count, Default: "10", Min: "0", Max: "200", Doc: "Listener rules evaluated a request; the first 10 are free."},
		{Path: "load_balancer.price", Type: Price, Default: `"$0.0225/h"`, Source: "AWS price list, us-east-1, 2026", Doc: "Price of the load balancer itself."},
		{Path: "load_balancer.lcu_price", Type: Price, Default: `"$0.008/h"`, Source: "AWS price list, us-east-1, 2026", Doc: "Price of a load balancer capacity unit."},

		{Path: "target_group.load_balancing_algorithm_type", Type: Choice, Choices: optionNames(listed(serving.Algorithms())), Default: `"round_robin"`, Source: guide, Doc: "How the balancer picks a target. power_of_two_choices is not AWS's: of two drawn targets the one with fewer requests in flight, to compare with."},
		{Path: "target_group.load_balancing_cross_zone_enabled", Type: Bool, Default: "true", Source: guide, Doc: "true: every node sends to targets of all zones. false: to those of its own zone."},
		{Path: "target_group.deregistration_delay", Type: Duration, Default: `"300s"`, Min: `"0s"`, Max: `"3600s"`, Source: api, Doc: "How long a target drains at most before it goes; shorter once nothing is in flight."},
		{Path: "target_group.deregistration_completes", Type: Choice, Choices: []string{"idle", "delay"}, Default: `"idle"`, Source: "ALB guide, Edit target group attributes, read 2026-11", Doc: "When a draining target is drained: as soon as nothing is in flight on it and no connection to it is active, as AWS documents, or only when deregistration_delay is over: the worst case, of connections that stay busy."},
		{Path: "target_group.slow_start", Type: Duration, Default: `"0s"`, Min: `"0s"`, Max: `"900s"`, Source: guide, Doc: "A target that becomes healthy gets a share that grows linearly over this time, 30s to 900s; 0s: its full share at once. With round_robin only."},
		{Path: "target_group.slow_start_floor", Type: Share, Absent: "1 by the number of healthy targets", Above: `"0%"`, Max: `"100%"`, Source: "undocumented by AWS, X-27; ALB guide, Edit target group attributes, read 2026-11: the share grows linearly; from what it does not say", Doc: "Least part of a full share that a target in slow start gets."},
		{Path: anomalyMitigation, Type: Choice, Choices: []string{"off", "on"}, Default: `"off"`, Source: api, Doc: "on: of three healthy targets or more, one with an outsized share of errors (5XX, connections refused or reset) gets a weight that falls every five seconds until it recovers or is negligible: automatic target weights. With weighted_random only."},
		{Path: "target_group.anomaly_ratio", Type: Number, Default: "3", Min: "1", Max: "1000", Source: atw + "outsized", Doc: "How many times the others' share of errors a target's must be to be outsized."},
		{Path: "target_group.anomaly_share", Type: Share, Default: `"5%"`, Above: `"0%"`, Max: `"100%"`, Source: atw + "outsized", Doc: "Least share of errors that is outsized."},
		{Path: "target_group.anomaly_window", Type: Duration, Default: `"30s"`, Min: `"5s"`, Max: `"1h"`, Source: atw + "about every five seconds", Doc: "Over what time answers are looked at."},
		{Path: "target_group.anomaly_floor", Type: Share, Default: `"1%"`, Above: `"0%"`, Max: `"100%"`, Source: atw + "until the traffic is negligible", Doc: "Least weight of an anomalous target; it halves down to it and doubles back."},
		{Path: healthThresholds + "dns_failover.minimum_healthy_targets_count", Type: CountOrOff, Default: "1", Min: "1", Max: "1000", Source: api, Doc: "With fewer healthy targets a zone is taken out of DNS, unless all would be; the guide has it off. Only without cross-zone balancing does a zone have targets of its own."},
		{Path: healthThresholds + "dns_failover.minimum_healthy_targets_percentage", Type: ShareOrOff, Default: `"off"`, Min: `"1%"`, Max: `"100%"`, Source: api, Doc: "The same as a share of the zone's registered targets; either is enough. Clients follow at once here, within a minute in AWS."},
		{Path: healthThresholds + "unhealthy_state_routing.minimum_healthy_targets_count", Type: CountOrOff, Default: "1", Min: "1", Max: "1000", Source: api, Doc: "With fewer healthy targets requests go to all of them, healthy or not."},
		{Path: healthThresholds + "unhealthy_state_routing.minimum_healthy_targets_percentage", Type: ShareOrOff, Default: `"off"`, Min: `"1%"`, Max: `"100%"`, Source: api, Doc: "The same as a share of the registered targets; either is enough."},
	}
	return slices.Concat(keys, healthCheckKeys("target_group."), otherGroupKeys())
}

// connectTimeout is the balancer's to a target (User Guide for Application Load
// Balancers, troubleshooting, 2023-04-06); AWS has no setting for it.
const connectTimeout = 10_000_000_000

// balancer reads [load_balancer] and [target_group].
func (d *decoder) balancer() elb.Config {
	c := elb.Config{ConnectTimeout: connectTimeout}
	c.IdleTimeout, _ = d.dur("load_balancer.idle_timeout")
	c.Algorithm, _ = choose(d, "target_group.load_balancing_algorithm_type", listed(serving.Algorithms()))
	c.CrossZone, _ = d.Bool("target_group.load_balancing_cross_zone_enabled")
	c.DeregistrationDelay, _ = d.dur("target_group.deregistration_delay")
	c.WaitOut = d.is("target_group.deregistration_completes", "delay")
	c.SlowStart = d.slowStart("target_group.slow_start", c.Algorithm)
	c.SlowFloor, _ = d.Share("target_group.slow_start_floor")
	c.Mitigation = d.mitigation(c.Algorithm)
	c.Health = d.targetGroupHealth()
	c.Check = d.healthCheck("target_group.")
	c.Others = d.otherGroups(c.Algorithm)
	return c
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
	if v, ok := orOff(d, p+"minimum_healthy_targets_count", func(n *form.Node, _ *Key) (int, *form.Mistake) { return form.Whole(n) }); ok {
		if l.Count = v; v == 0 {
			l.Count = elb.Off
		}
	}
	l.Share, _ = orOff(d, p+"minimum_healthy_targets_percentage", form.Percent)
	return l
}

// orOff reads a value with a range, or "off", which is zero.
func orOff[T int | float64](d *decoder, path string, parse func(*form.Node, *Key) (T, *form.Mistake)) (T, bool) {
	return take(d, path, func(n *form.Node, k *Key) (T, *form.Mistake) {
		if n.Scalar == "off" {
			return 0, nil
		}
		v, b := parse(n, k)
		if b != nil {
			return 0, form.Wrong("", "must be %s, or \"off\", not %s", k.Range(), n.Text())
		}
		low, _ := parse(form.Literal(k.Min), k)
		high, _ := parse(form.Literal(k.Max), k)
		if v < low || v > high {
			return 0, form.Wrong("", "must be %s, or \"off\", not %s", k.Range(), form.Unquoted(n.Text()))
		}
		return v, nil
	})
}
