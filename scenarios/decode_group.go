package scenarios

import (
	"asgsim/sim/asg"
	"asgsim/sim/billing"
	"asgsim/sim/elb"
	"asgsim/sim/scaling"
	"asgsim/sim/serving"
	"asgsim/sim/world"
)

// connectTimeout is the balancer's to a target (User Guide for Application Load
// Balancers, troubleshooting, 2023-04-06); AWS has no setting for it.
const connectTimeout = 10_000_000_000

// balancer reads [load_balancer] and [target_group].
func (d *decoder) balancer() elb.Config {
	c := elb.Config{ConnectTimeout: connectTimeout}
	d.choice("load_balancer.load_balancer_type")
	c.IdleTimeout, _ = d.dur("load_balancer.idle_timeout")
	algorithm, _ := d.choice("target_group.load_balancing_algorithm_type")
	c.Algorithm = serving.Algorithm(algorithm)
	c.CrossZone, _ = d.boolean("target_group.load_balancing_cross_zone_enabled")
	c.DeregistrationDelay, _ = d.dur("target_group.deregistration_delay")
	const h = "target_group.health_check."
	c.Check.Interval, _ = d.dur(h + "interval")
	c.Check.Timeout, _ = d.dur(h + "timeout")
	if d.ok(h+"interval", h+"timeout") && c.Check.Timeout >= c.Check.Interval {
		d.problem(h+"timeout", d.at(h+"timeout"), wrong("", "must be below interval: %s >= %s", c.Check.Timeout, c.Check.Interval))
	}
	c.Check.HealthyThreshold, _ = d.count(h + "healthy_threshold")
	c.Check.UnhealthyThreshold, _ = d.count(h + "unhealthy_threshold")
	work, _ := d.dur(h + "work")
	c.Check.Work = work.Seconds()
	return c
}

// group reads [auto_scaling_group].
func (d *decoder) group() asg.Config {
	const p = "auto_scaling_group."
	c := asg.Config{Desired: asg.Settled, Warmup: scaling.Unset}
	c.Name, _ = d.text(p + "name")
	c.Min, _ = d.count(p + "min_size")
	c.Max, _ = d.count(p + "max_size")
	if d.ok(p+"min_size", p+"max_size") && c.Min > c.Max {
		d.problem(p+"min_size", d.at(p+"min_size"), wrong("", "is above max_size: %d > %d", c.Min, c.Max))
	}
	initial, _ := d.choice("initial")
	c.Cold = initial == 1
	if v, ok := d.count(p + "desired_capacity"); ok {
		c.Desired = v
		if d.ok(p+"min_size", p+"max_size") && (v < c.Min || v > c.Max) {
			d.problem(p+"desired_capacity", d.at(p+"desired_capacity"), wrong("", "must be between min_size and max_size: %d is not in %d to %d", v, c.Min, c.Max))
		}
	} else if c.Cold {
		c.Desired = c.Min
	}
	c.Zones, _ = d.names(p + "availability_zones")
	if d.ok(p+"availability_zones") && len(c.Zones) == 0 {
		d.problem(p+"availability_zones", d.at(p+"availability_zones"), wrong(`write for example ["a", "b"]`, "names no zone"))
	}
	check, _ := d.choice(p + "health_check_type")
	c.HealthCheckELB = check == 1
	c.Grace, _ = d.dur(p + "health_check_grace_period")
	if v, ok := d.dur(p + "default_instance_warmup"); ok {
		c.Warmup = v
	}
	c.Cooldown, _ = d.dur(p + "default_cooldown")
	d.lifecycle(&c)
	c.Reconcile, _ = d.random(p+"reconcile_delay", false)
	c.HealthPeriod, _ = d.dur(p + "health_check_period")
	c.ImpairedWait, _ = d.dur(p + "impaired_wait")
	c.ShuttingDown, _ = d.random(p+"shutting_down", false)
	at, _ := d.choice(p + "in_service_at")
	c.AtBootDone = at == 1
	c.AllBad, _ = d.count(p + "all_unhealthy_batch")
	return c
}

// tracking reads one target tracking policy.
func (d *decoder) tracking(name string) scaling.TargetTracking {
	p := "policy." + name + ".target_tracking."
	t := scaling.TargetTracking{Name: name, Warmup: scaling.Unset, Repeat: scaling.Unset}
	metric, ok := d.choice(p + "predefined_metric_type")
	t.Metric = scaling.Metric(metric)
	if ok {
		t.Target, _ = d.target(p+"target_value", t.Metric)
	} else {
		d.key(p + "target_value")
	}
	t.DisableScaleIn, _ = d.boolean(p + "disable_scale_in")
	if v, ok := d.dur(p + "estimated_instance_warmup"); ok {
		t.Warmup = v
	}
	t.LowRatio, _ = d.number(p + "low_ratio")
	t.HighPeriods, _ = d.count(p + "high_periods")
	t.LowPeriods, _ = d.count(p + "low_periods")
	t.AlarmPeriod, _ = d.dur(p + "alarm_period")
	step, _ := d.choice(p + "in_step")
	t.InStep = scaling.InStep(step)
	if v, ok := d.dur2(p + "repeat"); ok {
		t.Repeat = v
	}
	basis, _ := d.choice(p + "capacity_basis")
	t.Basis = scaling.Basis(basis)
	t.Deadband, _ = d.share(p + "deadband")
	return t
}

// target reads the target value of a metric: percent, or requests a minute.
func (d *decoder) target(path string, m scaling.Metric) (float64, bool) {
	return take(d, path, func(n *node, _ *Key) (float64, *bad) {
		v, err := number64(n)
		text, isText := n.text2()
		switch {
		case isText && m == scaling.ASGAverageCPUUtilization:
			s, b := share(text)
			if b != nil {
				return 0, wrong(`write "50%" or 50`, "%s", b.rule)
			}
			v = s * 100
		case isText:
			r, b := rate(text)
			if b != nil {
				return 0, wrong(`write "300/s", or AWS's own form, requests a minute: 18000`, "%s", b.rule)
			}
			v = r * 60
		case err != nil:
			return 0, wrong(`write "50%" or 50 for CPU, "300/s" or 18000 a minute for requests`, "%s", err.rule)
		}
		if m == scaling.ASGAverageCPUUtilization && (v <= 0 || v > 100) {
			return 0, wrong("", "must be above 0%%, at most 100%%, not %s", unquoted(n.text()))
		}
		if v <= 0 || v > 1e9 {
			return 0, wrong("", "must be above 0, not %s", unquoted(n.text()))
		}
		return v, nil
	})
}

// bill reads what usage costs.
func (d *decoder) bill(w *world.Config) billing.Config {
	var c billing.Config
	c.InstanceHour = w.Template.Type.Price
	if v, ok := d.price("instance.price"); ok {
		c.InstanceHour, c.OwnPrice = v, true
	} else if w.Template.Type.Name != "" && !d.failed["instance.price"] {
		d.replaceNote("instance.price", formatMoney(c.InstanceHour), "default: list price of "+pricesFrom)
	}
	c.Discount, _ = d.share("discount.share")
	c.BalancerHour, _ = d.price("load_balancer.price")
	c.LCUHour, _ = d.price("load_balancer.lcu_price")
	if w.Template.Detailed {
		c.MonitoringHour = detailedMonitoringHour
	}
	c.RequestBytes, _ = d.size("request.request_bytes")
	c.ResponseBytes, _ = d.size("request.response_bytes")
	c.RequestsPerConnection, _ = d.number("request.requests_per_connection")
	open, _ := d.dur("request.connection_duration")
	c.ConnectionSeconds = open.Seconds()
	c.Rules, _ = d.count("load_balancer.rules")
	return c
}
