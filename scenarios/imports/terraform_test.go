package imports_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"asgsim/scenarios/imports"
	"asgsim/sim/des"
	"asgsim/sim/scaling"
)

// A plan: nothing has an ARN yet, so what belongs together is told by the references of
// the sources, through a variable of the module and an output of it; -1 and null are not
// set, steps and buffers are texts.
func TestPlan(t *testing.T) {
	res, w := imported(t, read(t, "testdata/terraform/plan.json"), imports.Options{})
	golden(t, "plan.toml", res.Text)
	g := &w.Group
	for _, x := range []struct {
		what      string
		got, want any
	}{
		{"sizes", []int{g.Min, g.Max, g.Desired}, []int{4, 36, 6}}, {"name", g.Name, "web"},
		{"ELB", g.HealthCheckELB, true}, {"protected", g.Protect, true},
		{"healthy while replacing", []float64{g.Maintenance.MinHealthy, g.Maintenance.MaxHealthy}, []float64{0.9, 1.1}},
		{"weights", []int{w.Template.Mixed[0].Weight, w.Template.Mixed[1].Weight}, []int{1, 2}},
		{"on demand", []int{g.Mixed.OnDemandBase, g.Mixed.OnDemandPercent}, []int{2, 50}},
		{"the launch template's monitoring, by reference", w.Template.Detailed, true},
		{"the target group's drain, by a variable", w.Balancer.DeregistrationDelay, 45 * des.Second},
		{"probes", []des.Duration{w.Balancer.Check.Interval, w.Balancer.Check.Timeout}, []des.Duration{12 * des.Second, 4 * des.Second}},
		{"idle timeout", w.Balancer.IdleTimeout, 90 * des.Second},
		{"policies", len(w.Policies), 3}, {"alarms", len(w.Alarms), 1},
		{"hooks", len(g.Hooks), 1}, {"schedules", len(w.Schedule), 1},
		{"the night's minimum", w.Schedule[0].Min, 0}, {"its -1", w.Schedule[0].Max < 0 && w.Schedule[0].Desired < 0, true},
	} {
		if diff := cmp.Diff(x.want, x.got); diff != "" {
			t.Errorf("%s: -want +got\n%s", x.what, diff)
		}
	}
	for _, p := range w.Policies {
		switch p := p.(type) {
		case *scaling.TargetTracking:
			if math.Abs(p.Target-55) > 1e-9 || p.Warmup != 180*des.Second {
				t.Errorf("%+v", p)
			}
		case *scaling.StepScaling:
			if p.Alarm.Name != "idle" || len(p.Steps) != 1 {
				t.Errorf("%+v", p)
			}
		case *scaling.Predictive:
			if !p.Scale || math.Abs(p.Target-32) > 1e-9 || p.Buffer != 120*des.Second || !p.Increase || math.Abs(p.MaxBuffer-0.1) > 1e-9 {
				t.Errorf("%+v", p)
			}
		}
	}
	if len(res.NotInIt) != 1 || !told(res.NotInIt, "aws_lb_target_group.web.stickiness.enabled", "one target") {
		t.Errorf("%q", res.NotInIt)
	}
	if !told(res.Assumed, "availability_zones", "known only once Terraform applies it") {
		t.Errorf("%q", res.Assumed)
	}
}

// A state: all is known by name and ARN; what is not set is shown as 0 or "".
func TestState(t *testing.T) {
	res, w := imported(t, read(t, "testdata/terraform/state.json"), imports.Options{})
	golden(t, "state.toml", res.Text)
	g := &w.Group
	for _, x := range []struct {
		what      string
		got, want any
	}{
		{"sizes", []int{g.Min, g.Max, g.Desired}, []int{2, 9, 3}},
		{"zones", g.Zones, []string{"eu-west-1a", "eu-west-1b"}},
		{"no warm-up: 0 is not set", g.Warmup < 0, true}, {"no lifetime", g.Lifetime, des.Duration(0)}, {"cooldown", g.Cooldown, 200 * des.Second},
		{"target group, attached by a resource of its own", w.Balancer.DeregistrationDelay, 30 * des.Second}, {"balancer", w.Bill.NoBalancer, false},
		{"type", w.Template.Type.Name, "t3.medium"}, {"basic monitoring", w.Template.Detailed, false},
		{"policies", len(w.Policies), 1}, {"hook", g.Hooks[0].Launching, false}, {"pool", g.WarmPool.Reuse, true},
	} {
		if diff := cmp.Diff(x.want, x.got); diff != "" {
			t.Errorf("%s: -want +got\n%s", x.what, diff)
		}
	}
	if len(res.NotInIt) != 0 {
		t.Errorf("%q", res.NotInIt)
	}
}

// What AWS fills in when Terraform applies a plan is not what somebody asked for, and no
// open question; what somebody asked for and is not known is one.
func TestUnknownUntilApplied(t *testing.T) {
	const plan = `{"format_version": "1.2", "terraform_version": "1.9.8", "planned_values": {"root_module": {"resources": [
		{"address": "aws_autoscaling_group.a[\"x.y\"]", "mode": "managed", "type": "aws_autoscaling_group", "name": "a", "index": "x.y", "values": {"min_size": 1, "launch_template": [{"version": "$Latest"}]}},
		{"address": "aws_launch_template.a", "mode": "managed", "type": "aws_launch_template", "name": "a", "values": {"instance_type": "c7g.large"}}]}},
		"resource_changes": [{"address": "aws_autoscaling_group.a[\"x.y\"]", "mode": "managed", "type": "aws_autoscaling_group", "name": "a", "change": {"actions": ["create"], "after_unknown":
			{"name": true, "max_size": true, "target_group_arns": true, "health_check_type": true, "launch_template": [{"id": true, "name": true}]}}}],
		"configuration": {"root_module": {"resources": [{"address": "aws_autoscaling_group.a", "mode": "managed", "type": "aws_autoscaling_group", "name": "a", "expressions":
			{"max_size": {"references": ["data.aws_ssm_parameter.max.value"]}, "launch_template": [{"id": {"references": ["aws_launch_template.a.id", "aws_launch_template.a"]}}]}}]}}}`
	res, w := imported(t, []imports.File{{Name: "plan.json", Text: []byte(plan)}}, imports.Options{})
	if w.Template.Type.Name != "c7g.large" || w.Group.Max != 4 || !w.Bill.NoBalancer {
		t.Errorf("%s, to %d, balancer %v", w.Template.Type.Name, w.Group.Max, !w.Bill.NoBalancer)
	}
	if len(res.NotInIt) != 1 || !told(res.NotInIt, `aws_autoscaling_group.a["x.y"].max_size`, "known only once Terraform applies it") || !told(res.Assumed, "max_size", "not in the files") {
		t.Errorf("%q, %q", res.NotInIt, res.Assumed)
	}
}

// Several modules of the same sources: each policy is its own group's.
func TestModulesOfTheSameSources(t *testing.T) {
	resource := func(module, kind, name, values string) string {
		return `{"address": "` + module + "." + kind + "." + name + `", "mode": "managed", "type": "` + kind + `", "name": "` + name + `", "values": {` + values + `}}`
	}
	var modules, changes []string
	for _, m := range []string{"a", "b"} {
		address := `module.web[\"` + m + `\"]`
		modules = append(modules, `{"address": "`+address+`", "resources": [`+
			resource(address, "aws_autoscaling_group", "g", `"min_size": 1, "max_size": 9, "name": "`+m+`"`)+","+
			resource(address, "aws_autoscaling_policy", "p", `"name": "p-`+m+`", "policy_type": "TargetTrackingScaling", "target_tracking_configuration": [{"target_value": 50, "predefined_metric_specification": [{"predefined_metric_type": "ASGAverageCPUUtilization"}]}]`)+`]}`)
		changes = append(changes, `{"address": "`+address+`.aws_autoscaling_policy.p", "change": {"actions": ["create"], "after_unknown": {"autoscaling_group_name": true}}}`)
	}
	plan := `{"format_version": "1.2", "terraform_version": "1.9.8", "planned_values": {"root_module": {"child_modules": [` + strings.Join(modules, ",") + `]}}, "resource_changes": [` + strings.Join(changes, ",") + `],
		"configuration": {"root_module": {"module_calls": {"web": {"module": {"resources": [{"address": "aws_autoscaling_policy.p", "mode": "managed", "type": "aws_autoscaling_policy", "name": "p", "expressions": {"autoscaling_group_name": {"references": ["aws_autoscaling_group.g.name", "aws_autoscaling_group.g"]}}}]}}}}}}`
	for _, m := range []string{"a", "b"} {
		_, w := imported(t, []imports.File{{Name: "plan.json", Text: []byte(plan)}}, imports.Options{Group: m})
		if len(w.Policies) != 1 || w.Policies[0].(*scaling.TargetTracking).Name != "p-"+m {
			t.Errorf("group %s has %d policies", m, len(w.Policies))
		}
	}
}

// FuzzTerraform: never a panic; what is accepted makes a valid scenario.
func FuzzTerraform(f *testing.F) {
	f.Add(`{"format_version": "1.0", "terraform_version": "1.9.8", "values": {"root_module": {"resources": [{"address": "aws_autoscaling_group.a[0]", "mode": "managed", "type": "aws_autoscaling_group", "name": "a", "values": {"min_size": 1, "max_size": 2, "warm_pool": [{"min_size": 1}], "tag": [{}]}}, {"address": "aws_autoscaling_attachment.a", "mode": "managed", "type": "aws_autoscaling_attachment", "name": "a", "values": {"autoscaling_group_name": "a"}}]}}}`)
	f.Add(`{"format_version": "1.2", "terraform_version": "1.9.8", "planned_values": {"root_module": {"child_modules": [{"address": "module.m", "resources": [{"address": "module.m.aws_lb_target_group.t", "mode": "managed", "type": "aws_lb_target_group", "name": "t", "values": {"health_check": [{"interval": 5}], "stickiness": [{"enabled": true}]}}]}]}}, "resource_changes": [{"address": "module.m.aws_lb_target_group.t", "change": {"after_unknown": {"slow_start": true}}}], "configuration": {"root_module": {"module_calls": {"m": {"expressions": {"x": {"references": ["module.m.o"]}}, "module": {"outputs": {"o": {"expression": {"references": ["var.x"]}}}, "resources": [{"type": "aws_lb_target_group", "name": "t", "expressions": {"slow_start": {"references": ["var.x"]}}}]}}}}}}`)
	f.Fuzz(func(t *testing.T, text string) { answered(t, "f.json", text) })
}
