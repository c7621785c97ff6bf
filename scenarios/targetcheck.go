package scenarios

import (
	"asgsim/scenarios/form"
	"asgsim/sim/des"
	"asgsim/sim/elb"
	"asgsim/sim/serving"
)

// healthCheckKeys documents the health check of a target group.
func healthCheckKeys(p string) []Key {
	const guide = "AWS User Guide for Application Load Balancers, 2023-04-06"
	return []Key{
		{Path: p + "health_check.interval", Type: Duration, Default: `"30s"`, Min: `"5s"`, Max: `"300s"`, Source: guide, Doc: "Time between two probes of a target."},
		{Path: p + "health_check.timeout", Type: Duration, Default: `"5s"`, Terraform: `"6s"`, Min: `"2s"`, Max: `"120s"`, Source: guide, Doc: "A probe unanswered for this long has failed."},
		{Path: p + "health_check.healthy_threshold", Type: Count, Unit: "probes", Default: "5", Terraform: "3", Min: "2", Max: "10", Source: guide, Doc: "Good probes in a row that make an unhealthy target healthy; a new one needs a single one."},
		{Path: p + "health_check.unhealthy_threshold", Type: Count, Unit: "probes", Default: "2", Terraform: "3", Min: "2", Max: "10", Source: guide, Doc: "Failed probes in a row that make a target unhealthy."},
		{Path: p + "health_check.work", Type: Duration, Default: `"1ms"`, Min: `"0s"`, Max: `"10s"`, Doc: "CPU time a probe costs the target; it waits in the same queue as requests."},
	}
}

// healthCheck reads the health check of a target group.
func (d *decoder) healthCheck(p string) elb.HealthCheck {
	h := p + "health_check."
	var c elb.HealthCheck
	c.Interval, _ = d.dur(h + "interval")
	c.Timeout, _ = d.dur(h + "timeout")
	if d.OK(h+"interval", h+"timeout") && c.Timeout >= c.Interval {
		d.Problem(h+"timeout", d.At(h+"timeout"), form.Wrong("", "must be below interval: %s >= %s", c.Timeout, c.Interval))
	}
	c.HealthyThreshold, _ = d.Count(h + "healthy_threshold")
	c.UnhealthyThreshold, _ = d.Count(h + "unhealthy_threshold")
	work, _ := d.dur(h + "work")
	c.Work = work.Seconds()
	return c
}

// slowStart reads slow_start of a target group.
func (d *decoder) slowStart(p string, a serving.Algorithm) des.Duration {
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
