package scenarios

import (
	"asgsim/scenarios/form"
	"asgsim/sim/asg"
	"asgsim/sim/scaling"
)

// groupKeys documents [auto_scaling_group].
func groupKeys() []Key {
	const api = "AWS CreateAutoScalingGroup, API of 2026-08"
	return []Key{
		{Path: "auto_scaling_group.name", Type: Text, Absent: "the scenario's name", Doc: "Name of the group in activities."},
		{Path: "auto_scaling_group.min_size", Type: Count, Unit: "instances", Required: true, Min: "0", Max: "100000", Source: api, Doc: "Least number of instances; of units where a mixed instances policy has weights, as max_size and desired_capacity are."},
		{Path: "auto_scaling_group.max_size", Type: Count, Unit: "instances", Required: true, Min: "0", Max: "100000", Source: api, Doc: "Greatest number of instances."},
		{Path: "auto_scaling_group.desired_capacity", Type: Count, Unit: "instances", Absent: "what the policies settle at for the load at start (min_size in AWS)", Min: "0", Max: "100000", Source: api, Doc: "Instances at the start."},
		{Path: capacityType, Type: Choice, Choices: []string{"units", "vcpu"}, Default: `"units"`, Source: "AWS CreateAutoScalingGroup, API of 2026-08", Doc: "With instance_requirements: what min_size, max_size and desired_capacity count. vcpu: an instance counts for its vCPUs. memory-mib is not modelled."},
		{Path: "auto_scaling_group.availability_zones", Type: NameList, Default: `["a", "b", "c"]`, Doc: "Zones over which instances are spread: short names, or those of AWS. In another region than us-east-1, whose prices are known, instance.price must be given."},
		{Path: "auto_scaling_group.health_check_type", Type: Choice, Choices: []string{"EC2", "ELB", "EBS", "ELB,EBS"}, Default: `"EC2"`, Source: api, Doc: "EC2: only dead instances are replaced. ELB: also those that fail the target group's health checks. EBS: also those whose attached EBS status check is impaired. ELB,EBS: either."},
		{Path: "auto_scaling_group.health_check_grace_period", Type: Duration, Default: `"0s"`, Terraform: `"300s"`, Console: `"300s"`, Min: `"0s"`, Max: `"7200s"`, Source: api, Doc: "Failed balancer checks are ignored for this long after an instance is in service."},
		{Path: "auto_scaling_group.default_instance_warmup", Clear: true, Type: Duration, Absent: "unset: policies fall back on default_cooldown", Min: `"0s"`, Max: `"3600s"`, Source: api, Doc: "A new instance's metrics are left out, and scale-in waits, for this long."},
		{Path: "auto_scaling_group.default_cooldown", Type: Duration, Default: `"300s"`, Min: `"0s"`, Max: `"86400s"`, Source: api, Doc: "Used where no warm-up is given."},
		{Path: "auto_scaling_group.termination_policies", Type: NameList, Default: `["Default"]`, Source: api, Doc: "Which instance of the fullest zone goes first, each policy choosing among those the one before left: OldestInstance, NewestInstance, ClosestToNextInstanceHour, OldestLaunchTemplate, AllocationStrategy, Default (last). In a mixed group the purchase option over its share goes first."},
		{Path: "auto_scaling_group.reconcile_delay", Type: Random, Default: `{ triangular = ["5s", "10s", "30s"] }`, Source: "undocumented by AWS, X-12", Doc: "Change of the desired capacity to the action it starts."},
		{Path: "auto_scaling_group.health_check_phase", Type: Duration, Absent: "drawn by the seed, the same for the whole run", Min: `"0s"`, Max: `"1h"`, Source: "undocumented by AWS", Doc: "When the first health check of the group falls after the first period."},
		{Path: "auto_scaling_group.replacement_delay", Type: Random, Default: `"31s"`, Source: "undocumented by AWS; EC2 Auto Scaling guide, View the reason for health check failures, read 2026-11: the launch comes while the instance terminates; 31 s were seen", Doc: "Time from the beginning of an unhealthy instance's termination to the launch of another."},
		{Path: "auto_scaling_group.health_check_period", Type: Duration, Default: `"60s"`, Min: `"1s"`, Max: `"1h"`, Source: "undocumented by AWS, X-13; EC2 Auto Scaling guide, About the health checks, read 2026-11: periodically", Doc: "Period of the group's own health check."},
		{Path: "auto_scaling_group.impaired_wait", Type: Duration, Default: `"300s"`, Min: `"0s"`, Max: `"1d"`, Source: "undocumented by AWS, X-14; EC2 Auto Scaling guide, About the health checks, read 2026-11: a few minutes", Doc: "Impaired EC2 status check to unhealthy."},
		{Path: "auto_scaling_group.shutting_down", Type: Random, Default: `{ uniform = ["20s", "65s"] }`, Source: "undocumented by AWS", Doc: "Terminate call to terminated."},
		{Path: "auto_scaling_group.in_service_at", Type: Choice, Choices: []string{"running", "boot_done"}, Default: `"running"`, Source: "undocumented by AWS, X-4; EC2 Auto Scaling guide, About the health checks, read 2026-11: once launched, and registered with the balancer", Doc: "When an instance is in service: at EC2 state running, or when the application is up."},
		{Path: "auto_scaling_group.boot_timeout", Type: Duration, Default: `"1h"`, Min: `"1m"`, Max: `"48h"`, Source: "undocumented by AWS; the default heartbeat timeout of the hook one would use", Doc: "Where the group waits for the application (in_service_at = \"boot_done\", a warm pool), a launch that is not up by then has failed."},
		{Path: "auto_scaling_group.all_unhealthy_batch", Type: Count, Unit: "instances", Default: "1", Min: "1", Max: "1000", Source: "undocumented by AWS, X-20; EC2 Auto Scaling guide, About the health checks, read 2026-11: it can be much fewer than a tenth at a time", Doc: "Replacements at a time while the balancer finds every instance unhealthy."},
	}
}

// group reads [auto_scaling_group].
func (d *decoder) group() asg.Config {
	const p = "auto_scaling_group."
	c := asg.Config{Desired: asg.Settled, Warmup: scaling.Unset}
	c.Name, _ = d.Text(p + "name")
	c.Min, _ = d.Count(p + "min_size")
	c.Max, _ = d.Count(p + "max_size")
	if d.OK(p+"min_size", p+"max_size") && c.Min > c.Max {
		if d.At(p+"max_size").Set != "" && d.At(p+"min_size").Set == "" {
			d.Problem(p+"max_size", d.At(p+"max_size"), form.Wrong("raise it, or lower min_size", "is below min_size: %d < %d", c.Max, c.Min))
		} else {
			d.Problem(p+"min_size", d.At(p+"min_size"), form.Wrong("lower it, or raise max_size", "is above max_size: %d > %d", c.Min, c.Max))
		}
	}
	c.Cold = d.is("initial", "cold")
	if v, ok := d.Count(p + "desired_capacity"); ok {
		c.Desired = v
		if d.OK(p+"min_size", p+"max_size") && (v < c.Min || v > c.Max) {
			d.Problem(p+"desired_capacity", d.At(p+"desired_capacity"), form.Wrong("change it, or the bounds", "must be between min_size and max_size: %d is not in %d to %d", v, c.Min, c.Max))
		}
	} else if c.Cold {
		c.Desired = c.Min
	}
	c.Zones, _ = d.Names(p + "availability_zones")
	if d.OK(p+"availability_zones") && len(c.Zones) == 0 {
		d.Problem(p+"availability_zones", d.At(p+"availability_zones"), form.Wrong(`write for example ["a", "b"]`, "names no zone"))
	}
	checks, _ := d.Choice(p + "health_check_type") // EC2; ELB; EBS; ELB,EBS
	c.HealthCheckELB, c.HealthCheckEBS = checks == 1 || checks == 3, checks >= 2
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
