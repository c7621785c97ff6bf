package imports_test

import (
	"os"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"asgsim/scenarios/imports"
	"asgsim/sim/des"
)

// A folder of sources: variables with defaults and from .tfvars, locals, a module for each
// of a map, dynamic blocks, count. What they come to is worked out by eye.
func TestSources(t *testing.T) {
	folder := imports.Folder{Name: "sources", Files: os.DirFS("testdata/sources"), Dir: "."}
	res, w := imported(t, nil, imports.Options{Folders: []imports.Folder{folder}})
	golden(t, "sources.toml", res.Text)
	g := &w.Group
	for _, x := range []struct {
		what      string
		got, want any
	}{
		{"name", g.Name, "prod-shop-web"},
		{"sizes: 12, and a quarter of it", []int{g.Min, g.Max}, []int{3, 12}},
		{"zones of the provider's region", g.Zones, []string{"us-west-2a", "us-west-2b", "us-west-2c"}},
		{"ELB", g.HealthCheckELB, true}, {"warm-up", g.Warmup, 60 * des.Second},
		{"grace: Terraform's default", g.Grace, 300 * des.Second},
		{"type", w.Template.Type.Name, "c7g.large"}, {"monitoring", w.Template.Detailed, true},
		{"drain, by an element of for_each", w.Balancer.DeregistrationDelay, 45 * des.Second},
		{"probe", w.Balancer.Check.Interval, 10 * des.Second}, {"threshold: Terraform's default", w.Balancer.Check.UnhealthyThreshold, 3},
		{"policy, its alarm by an output", len(w.Policies), 1}, {"alarms", len(w.Alarms), 1},
		{"hooks, dynamic", []des.Duration{g.Hooks[0].Timeout, g.Hooks[1].Timeout}, []des.Duration{120 * des.Second, 60 * des.Second}},
		{"schedules, counted", []int{w.Schedule[0].Min, w.Schedule[1].Min}, []int{0, 1}},
	} {
		if diff := cmp.Diff(x.want, x.got); diff != "" {
			t.Errorf("%s: -want +got\n%s", x.what, diff)
		}
	}
	if len(res.NotInIt) != 0 {
		t.Errorf("%q", res.NotInIt)
	}
	_, w = imported(t, nil, imports.Options{Folders: []imports.Folder{folder}, Parameters: map[string]string{"stage": "test", "region": "us-east-1"}})
	if w.Group.Name != "test-shop-web" || len(w.Group.Hooks) != 0 || w.Group.Zones[0] != "us-east-1a" {
		t.Errorf("%s, %d hooks, %q", w.Group.Name, len(w.Group.Hooks), w.Group.Zones)
	}
}

// A group made by a module whose sources are not there: by its arguments, which are those
// of terraform-aws-modules/autoscaling.
func TestForeignModule(t *testing.T) {
	folder := imports.Folder{Name: "f", Dir: ".", Files: fstest.MapFS{"main.tf": {Data: []byte(`
module "vpc" { source = "terraform-aws-modules/vpc/aws" }
module "web" {
  source        = "terraform-aws-modules/autoscaling/aws"
  name          = "web"
  min_size      = 2
  max_size      = 8
  instance_type = "t3.small"
  vpc_zone_identifier = module.vpc.private_subnets
  use_mixed_instances_policy = true
  mixed_instances_policy = {
    instances_distribution = { on_demand_base_capacity = 1 }
    override = [{ instance_type = "t3.small" }, { instance_type = "t3a.small" }]
  }
  schedules = { night = { min_size = 0, max_size = -1, desired_capacity = -1, recurrence = "0 22 * * *" } }
  scaling_policies = { cpu = { policy_type = "TargetTrackingScaling", target_tracking_configuration = { target_value = 40, predefined_metric_specification = { predefined_metric_type = "ASGAverageCPUUtilization" } } } }
}
`)}}}
	res, w := imported(t, nil, imports.Options{Folders: []imports.Folder{folder}})
	if g := &w.Group; g.Name != "web" || g.Min != 2 || g.Max != 8 || len(w.Template.Mixed) != 2 || g.Mixed.OnDemandBase != 1 || len(w.Policies) != 1 || len(w.Schedule) != 1 || !w.Template.Detailed {
		t.Errorf("%+v\n%s", g, res.Text)
	}
	if !told(res.NotInIt, "module.web", "terraform-aws-modules/autoscaling") || !told(res.NotInIt, "module.vpc", "what it makes is not known") {
		t.Errorf("%q", res.NotInIt)
	}
}

// Instances of a module and of a resource keep apart: each refers to what is its own, by
// module, by key and by the output of a module with the same key (Terraform language, "The
// for_each Meta-Argument", read 2026-11).
func TestSourcesOfInstances(t *testing.T) {
	const root = `
variable "envs" {
  type    = map(object({ type = optional(string, "t3.medium"), drain = number }))
  default = { blue = { drain = 11 }, green = { drain = 22, type = "m7i.large" } }
}
module "web" {
  for_each = var.envs
  source   = "./web"
  name     = each.key
  type     = each.value.type
  more     = [module.lb[each.key].arn, aws_lb_target_group.api[each.key].arn, aws_lb_target_group.extra["blue"].arn]
}
module "lb" {
  for_each = var.envs
  source   = "./lb"
  drain    = each.value.drain
}
resource "aws_lb_target_group" "api" {
  for_each             = var.envs
  deregistration_delay = each.value.drain + 1
}
resource "aws_lb_target_group" "extra" {
  for_each             = var.envs
  deregistration_delay = each.value.drain + 2
}
`
	const web = `
variable "name" {}
variable "type" {}
variable "more" {}
resource "aws_launch_template" "this" {
  instance_type = var.type
  credit_specification { cpu_credits = "standard" }
}
resource "aws_autoscaling_group" "this" {
  name               = var.name
  min_size           = 1
  max_size           = 2
  availability_zones = ["us-east-1a"]
  target_group_arns  = var.more
  launch_template { id = aws_launch_template.this.id }
}
resource "aws_autoscaling_policy" "this" {
  name                   = "up"
  autoscaling_group_name = aws_autoscaling_group.this.name
  adjustment_type        = "ChangeInCapacity"
  scaling_adjustment     = 1
}
resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "${var.name}-busy"
  metric_name         = "CPUUtilization"
  namespace           = "AWS/EC2"
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 1
  threshold           = 70
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [aws_autoscaling_policy.this.arn]
}
`
	const lb = `
variable "drain" {}
resource "aws_lb_target_group" "this" { deregistration_delay = var.drain }
resource "aws_lb" "this" { idle_timeout = var.drain + 50 }
output "arn" { value = aws_lb_target_group.this.arn }
output "lb" { value = aws_lb.this.arn }
`
	folder := imports.Folder{Name: "infra", Dir: ".", Files: fstest.MapFS{
		"main.tf": {Data: []byte(root)}, "web/main.tf": {Data: []byte(web)}, "lb/main.tf": {Data: []byte(lb)},
	}}
	for name, want := range map[string]struct {
		kind   string
		drains []des.Duration
		idle   des.Duration
		lost   int
	}{
		"blue":  {"t3.medium", []des.Duration{11 * des.Second, 12 * des.Second, 13 * des.Second}, 61 * des.Second, 0},
		"green": {"m7i.large", []des.Duration{22 * des.Second, 23 * des.Second, 13 * des.Second}, 72 * des.Second, 1}, // it has no CPU credits
	} {
		res, w := imported(t, nil, imports.Options{Folders: []imports.Folder{folder}, Group: name})
		drains := []des.Duration{w.Balancer.DeregistrationDelay}
		for _, o := range w.Balancer.Others {
			drains = append(drains, o.DeregistrationDelay)
		}
		if diff := cmp.Diff(want.drains, drains); diff != "" {
			t.Errorf("%s: target groups: -want +got\n%s", name, diff)
		}
		if got := w.Template.Type.Name; got != want.kind {
			t.Errorf("%s launches %s, want %s", name, got, want.kind)
		}
		if len(w.Alarms) != 1 || w.Alarms[0].Name != name+"-busy" || len(res.NotInIt) != want.lost || w.Balancer.IdleTimeout != want.idle {
			t.Errorf("%s: %d alarms, idle timeout %v, %q", name, len(w.Alarms), w.Balancer.IdleTimeout, res.NotInIt)
		}
	}
}
