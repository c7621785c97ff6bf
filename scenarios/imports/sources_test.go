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
