package scenarios

import (
	"asgsim/scenarios/form"
	"asgsim/sim/asg"
	"asgsim/sim/billing"
	"asgsim/sim/elb"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
	"asgsim/sim/serving"
)

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
	c.SlowStart = d.slowStart(c.Algorithm)
	c.SlowFloor, _ = d.Share("target_group.slow_start_floor")
	c.Health = d.targetGroupHealth()
	const h = "target_group.health_check."
	c.Check.Interval, _ = d.dur(h + "interval")
	c.Check.Timeout, _ = d.dur(h + "timeout")
	if d.OK(h+"interval", h+"timeout") && c.Check.Timeout >= c.Check.Interval {
		d.Problem(h+"timeout", d.At(h+"timeout"), form.Wrong("", "must be below interval: %s >= %s", c.Check.Timeout, c.Check.Interval))
	}
	c.Check.HealthyThreshold, _ = d.Count(h + "healthy_threshold")
	c.Check.UnhealthyThreshold, _ = d.Count(h + "unhealthy_threshold")
	work, _ := d.dur(h + "work")
	c.Check.Work = work.Seconds()
	return c
}

// group reads [auto_scaling_group].
func (d *decoder) group() asg.Config {
	const p = "auto_scaling_group."
	c := asg.Config{Desired: asg.Settled, Warmup: scaling.Unset}
	c.Name, _ = d.Text(p + "name")
	c.Min, _ = d.Count(p + "min_size")
	c.Max, _ = d.Count(p + "max_size")
	if d.OK(p+"min_size", p+"max_size") && c.Min > c.Max {
		d.Problem(p+"min_size", d.At(p+"min_size"), form.Wrong("lower it, or raise max_size", "is above max_size: %d > %d", c.Min, c.Max))
	}
	c.Cold = d.is("initial", "cold")
	if v, ok := d.Count(p + "desired_capacity"); ok {
		c.Desired = v
		if d.OK(p+"min_size", p+"max_size") && (v < c.Min || v > c.Max) {
			d.Problem(p+"desired_capacity", d.At(p+"desired_capacity"), form.Wrong("", "must be between min_size and max_size: %d is not in %d to %d", v, c.Min, c.Max))
		}
	} else if c.Cold {
		c.Desired = c.Min
	}
	c.Zones, _ = d.Names(p + "availability_zones")
	if d.OK(p+"availability_zones") && len(c.Zones) == 0 {
		d.Problem(p+"availability_zones", d.At(p+"availability_zones"), form.Wrong(`write for example ["a", "b"]`, "names no zone"))
	}
	c.HealthCheckELB = d.is(p+"health_check_type", "ELB")
	c.Grace, _ = d.dur(p + "health_check_grace_period")
	if v, ok := d.dur(p + "default_instance_warmup"); ok {
		c.Warmup = v
	}
	c.Cooldown, _ = d.dur(p + "default_cooldown")
	d.lifecycle(&c)
	c.Reconcile, _ = d.random(p+"reconcile_delay", false)
	c.HealthPeriod, _ = d.dur(p + "health_check_period")
	phase, given := d.dur(p + "health_check_phase")
	c.HealthPhase, c.HealthDrawn = phase, !given
	c.ReplaceAfter, _ = d.random(p+"replacement_delay", false)
	c.ImpairedWait, _ = d.dur(p + "impaired_wait")
	c.ShuttingDown, _ = d.random(p+"shutting_down", false)
	c.AtBootDone = d.is(p+"in_service_at", "boot_done")
	c.BootTimeout, _ = d.dur(p + "boot_timeout")
	c.AllBad, _ = d.Count(p + "all_unhealthy_batch")
	return c
}

// bill reads what usage costs.
func (d *decoder) bill(w *record.Config) billing.Config {
	var c billing.Config
	c.Discount, _ = d.Share("discount.share")
	c.BalancerHour, _ = d.price("load_balancer.price")
	c.LCUHour, _ = d.price("load_balancer.lcu_price")
	if w.Template.Detailed {
		c.MonitoringHour = detailedMonitoringHour
	}
	if finelyWatched(w) {
		c.FineHour = customMetricHour
	}
	c.RequestBytes, _ = d.Size("request.request_bytes")
	c.ResponseBytes, _ = d.Size("request.response_bytes")
	c.RequestsPerConnection, _ = d.Number("request.requests_per_connection")
	open, _ := d.dur("request.connection_duration")
	c.ConnectionSeconds = open.Seconds()
	c.Rules, _ = d.Count("load_balancer.rules")
	for _, key := range []string{"request.request_bytes", "request.response_bytes", "request.requests_per_connection", "request.connection_duration"} {
		if !d.IsGiven(key) && !d.Failed(key) {
			w.Assumed = append(w.Assumed, record.Assumption{Key: key, Value: lookup(key).Default})
		}
	}
	return c
}
