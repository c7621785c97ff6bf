package scenarios

import (
	"strings"
	"testing"

	"asgsim/sim/asg"
	"asgsim/sim/billing"
	"asgsim/sim/des"
	"asgsim/sim/scaling"
)

// AWS's own way of writing a value is taken wherever AWS has one: whole seconds,
// percent, enumerations, text for booleans and prices.
func TestValuesAsAWSWritesThem(t *testing.T) {
	w := loadLifecycle(t, `
health_check_grace_period = 90
default_instance_warmup = 60
default_cooldown = 120
max_instance_lifetime = 172800
instance_maintenance_policy = { min_healthy_percentage = 90, max_healthy_percentage = 120 }
[hook.CPUAlarmHigh]
lifecycle_transition = "autoscaling:EC2_INSTANCE_LAUNCHING"
heartbeat_timeout = 300
duration = "10s"
[hook.down]
lifecycle_transition = "autoscaling:EC2_INSTANCE_TERMINATING"
success = "0%"
[target_group]
deregistration_delay = 30
slow_start = 30
load_balancing_cross_zone_enabled = "use_load_balancer_configuration"
health_check = { interval = 10, timeout = 5 }
[load_balancer]
idle_timeout = 45
[event.r.instance_refresh]
at = "1h"
min_healthy_percentage = 50
checkpoint_percentages = [20, 100]
checkpoint_delay = 600
`)
	g, b := &w.Group, &w.Balancer
	for what, got := range map[string][2]des.Duration{
		"grace": {g.Grace, 90 * des.Second}, "warm-up": {g.Warmup, des.Minute}, "cooldown": {g.Cooldown, 2 * des.Minute}, "lifetime": {g.Lifetime, 2 * des.Day},
		"heartbeat": {g.Hooks[0].Timeout, 5 * des.Minute}, "drain": {b.DeregistrationDelay, 30 * des.Second}, "slow start": {b.SlowStart, 30 * des.Second},
		"interval": {b.Check.Interval, 10 * des.Second}, "idle": {b.IdleTimeout, 45 * des.Second}, "checkpoint": {w.Events[0].Refresh.CheckpointDelay, 10 * des.Minute},
	} {
		if got[0] != got[1] {
			t.Errorf("%s: %v, want %v", what, got[0], got[1])
		}
	}
	if !g.Hooks[0].Launching || g.Hooks[0].Name != "CPUAlarmHigh" || g.Hooks[1].Launching || g.Hooks[1].Success != 0 || !b.CrossZone {
		t.Errorf("%+v, cross zone %v", g.Hooks, b.CrossZone)
	}
	if m := *g.Maintenance; m.MinHealthy != 0.9 || m.MaxHealthy != 1.2 {
		t.Errorf("%+v", m)
	}
	if r := w.Events[0].Refresh; r.Pace.MinHealthy != 0.5 || len(r.Checkpoints) != 2 || r.Checkpoints[0] != 0.2 {
		t.Errorf("%+v", r)
	}
	if got := loadError(t, base, "slo.latency=2", "instance.boot_cpu=20"); !strings.Contains(got, `slo.latency: has no unit: 2`) || !strings.Contains(got, `instance.boot_cpu: has no unit: 20`) {
		t.Errorf("keys that are not AWS's carry their unit: %s", got)
	}
	if got := loadError(t, base, "target_group.deregistration_delay=-1", "auto_scaling_group.health_check_grace_period=7201"); strings.Count(got, "\n") != 1 {
		t.Errorf("ranges hold for bare numbers: %s", got)
	}
}

// What is legal in AWS and looks odd.
func TestOddValuesThatAWSAllows(t *testing.T) {
	w := loadLifecycle(t, "max_instance_lifetime = 0\n")
	if w.Group.Lifetime != 0 {
		t.Errorf("lifetime %v", w.Group.Lifetime)
	}
	if w = &load(t, base, "auto_scaling_group.min_size=0", "auto_scaling_group.max_size=0").Configs[0].World; w.Group.Max != 0 {
		t.Errorf("max_size %d", w.Group.Max)
	}
	for text, want := range map[string]billing.USD{`"0.05"`: billing.Dollars(0.05), `"$0.05/h"`: billing.Dollars(0.05), `""`: 0} {
		w = loadLifecycle(t, `
[auto_scaling_group.mixed_instances_policy]
overrides = [{ instance_type = "c7g.large" }]
instances_distribution = { on_demand_percentage_above_base_capacity = 0, spot_instance_pools = 0, spot_max_price = `+text+` }
`)
		if w.Template.Spot.MaxPrice != want || w.Group.Mixed.SpotPools != 2 {
			t.Errorf("spot_max_price %s: %v; %d pools", text, w.Template.Spot.MaxPrice, w.Group.Mixed.SpotPools)
		}
	}
}

// All unknown instance types are told at once.
func TestUnknownInstanceTypesAtOnce(t *testing.T) {
	got := loadError(t, base+"[auto_scaling_group.mixed_instances_policy]\noverrides = [{ instance_type = \"c7g.lrge\" }, { instance_type = \"c7g.large\" }, { instance_type = \"zz9.large\" }, { instance_type = \"m7g.lage\" }]\n")
	for _, want := range []string{`override 1 is not a known instance type: "c7g.lrge"`, `override 3 is not a known instance type: "zz9.large"`, `override 4 is not a known instance type: "m7g.lage"`} {
		if !strings.Contains(got, want) {
			t.Errorf("not said: %s in\n%s", want, got)
		}
	}
}

func TestRatesInThousandsAndMillions(t *testing.T) {
	for text, want := range map[string]float64{"1.2M/min": 20_000, "72M/h": 20_000, "3k/s": 3000, "1G/d": 1e9 / 86400} {
		if got, err := ParseRate(text); err != nil || got < want*(1-1e-12) || got > want*(1+1e-12) {
			t.Errorf("%s is %v, %v, want %v", text, got, err, want)
		}
	}
	if _, err := ParseRate("1m/s"); err == nil {
		t.Error("m is no million")
	}
}

// Terraform's provider sends min_size, max_size and desired_capacity of 0 where they
// are left out, and leaves -1 out ("aws_autoscaling_schedule", Terraform AWS
// provider, 2026-08); AWS then refuses an action whose bounds exclude each other.
func TestSchedulesAsTerraformFillsThem(t *testing.T) {
	const head = "defaults = \"terraform\"\n"
	action := func(lines string) string { return base + "[schedule.x]\nstart_time = \"12:00\"\n" + lines }
	for lines, want := range map[string][3]int{
		"": {0, 0, 0},
		"min_size = -1\nmax_size = -1\ndesired_capacity = 3": {asg.Keep, asg.Keep, 3},
		"min_size = 2\nmax_size = 4\ndesired_capacity = -1":  {2, 4, asg.Keep},
		"max_size = 4": {0, 4, 0},
		"min_size = -1\nmax_size = 5\ndesired_capacity = 5": {asg.Keep, 5, 5},
	} {
		s := load(t, head+action(lines)).Configs[0].World.Schedule[0]
		if got := [3]int{s.Min, s.Max, s.Desired}; got != want {
			t.Errorf("%q: %v, want %v", lines, got, want)
		}
	}
	for lines, want := range map[string]string{
		"desired_capacity = 3":       "schedule.x.desired_capacity: must be between the action's min_size and max_size: 3 > 0; lower it, or raise max_size: max_size is 0 by Terraform's default; -1 leaves it alone",
		"min_size = 2":               "schedule.x.min_size: is above max_size: 2 > 0; lower it, or raise max_size: max_size is 0 by Terraform's default",
		"min_size = 2\nmax_size = 4": "0 < 2; raise it, or lower min_size: desired_capacity is 0 by Terraform's default",
		"min_size = -1\nmax_size = -1\ndesired_capacity = -1": "schedule.x: changes nothing",
		"min_size = -2\nmax_size = 4":                         "schedule.x.min_size: must be 0 to 100000, not -2",
	} {
		if got := loadError(t, head+action(lines)); !strings.Contains(got, want) {
			t.Errorf("%q: %s\nwant %s", lines, got, want)
		}
	}
	s := load(t, action("desired_capacity = 3")).Configs[0].World.Schedule[0]
	if s.Min != asg.Keep || s.Max != asg.Keep || s.Desired != 3 {
		t.Errorf("the API leaves out what is left out: %+v", s)
	}
	if got := loadError(t, action("min_size = -1\ndesired_capacity = 3")); !strings.Contains(got, "-1 is Terraform's") {
		t.Errorf("-1 in the API: %s", got)
	}
}

// Properties of AWS's resources that mean nothing here are refused as what they are.
func TestPropertiesOfAWSAreKnownByName(t *testing.T) {
	got := loadError(t, base+`
vpc_id = "vpc-1"
health_check = { path = "/ping" }
[load_balancer]
type = "network"
enable_http2 = true
[alarm.a]
alarm_actions = ["x"]
metric_name = "CPUUtilization"
threshold = 60
evaluation_periods = 1
comparison_operator = "GreaterThanUpperThreshold"
[instance.metadata_options]
http_tokens = "required"
`)
	for _, want := range []string{
		`target_group.vpc_id: is AWS's, and changes nothing that is simulated here; leave it out`,
		`target_group.health_check.path: is AWS's`,
		`load_balancer.type: is "network", which is planned but not built in this version; it is written load_balancer_type`,
		`load_balancer.enable_http2: is AWS's`,
		`alarm.a.alarm_actions: is AWS's`,
		`alarm.a.comparison_operator: "GreaterThanUpperThreshold" is AWS's, and not modelled`,
		`instance.metadata_options: is AWS's`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("not said: %s\nin %s", want, got)
		}
	}
	for key := range unmodelled {
		if k := lookup(key); k != nil && !k.Planned {
			t.Errorf("%s is refused, but the format has it", key)
		}
	}
}

// "To remove a value that you previously set, include the property but specify -1 for the
// value": DefaultInstanceWarmup (CreateAutoScalingGroup, API of 2026-08); likewise
// MaxGroupPreparedCapacity (PutWarmPool) and both percentages of InstanceMaintenancePolicy.
func TestMinusOneIsNotSet(t *testing.T) {
	set := []string{"auto_scaling_group.default_instance_warmup=-1", "auto_scaling_group.warm_pool.max_group_prepared_capacity=-1",
		"auto_scaling_group.instance_maintenance_policy.min_healthy_percentage=-1", "auto_scaling_group.instance_maintenance_policy.max_healthy_percentage=-1"}
	w := load(t, base, set...).Configs[0].World
	if g := w.Group; g.Warmup != scaling.Unset || g.WarmPool == nil || g.WarmPool.Prepared != asg.Unlimited || g.Maintenance != nil {
		t.Errorf("%+v", g)
	}
	if got := loadError(t, base, "auto_scaling_group.default_instance_warmup=-2"); !strings.Contains(got, "default_instance_warmup") {
		t.Error(got)
	}
}
