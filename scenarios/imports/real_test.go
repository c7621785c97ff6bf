package imports_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"asgsim/scenarios/imports"
	"asgsim/sim/asg"
	"asgsim/sim/scaling"
)

// Real configurations of public repositories, where they lie beside the project: sizes and
// policies are those that one reads in the files.
func TestRealConfigurations(t *testing.T) {
	folder := filepath.Join("..", "..", "..", "shared", "asg-configs")
	if _, err := os.Stat(folder); err != nil {
		t.Skip("no real configurations beside the project")
	}
	for _, x := range []struct {
		files                      []string
		group                      string
		low, high, desired         int
		policies, hooks, schedules int
		pool                       bool
	}{
		{[]string{"19c-describe-asg-recorded-tt.json", "19d-describe-policies-recorded-tt.json"}, "", 1, 1, 1, 1, 0, 0, false},
		// Of its policies two have an alarm that is not among the examples.
		{[]string{"20-botocore-api-examples.json"}, "examples.DescribeAutoScalingGroups[0].output.AutoScalingGroups[0]", 1, 5, 2, 1, 2, 1, true},
		{[]string{"21-awscli-example-json.json"}, "describe-auto-scaling-groups[0].AutoScalingGroups[0]", 0, 1, 1, 3, 2, 1, true},
		{[]string{"01-cfn-simple-scaling-multi-az.yaml"}, "", 1, 3, asg.Settled, 2, 0, 0, false},
		{[]string{"02-cfn-scheduled-actions.yaml"}, "", 2, 5, asg.Settled, 0, 0, 2, false},
		{[]string{"03-cfn-rolling-updates.json"}, "", 2, 4, asg.Settled, 0, 0, 0, false},
		{[]string{"08-cfn-magento-target-tracking.yaml"}, "", 1, 1, 1, 1, 0, 0, false},
		// Policies alone: the group is assumed.
		{[]string{"07-warm-pool-tt-policy.json"}, "", 1, 4, asg.Settled, 1, 0, 0, false},
		// Metric math only: nothing is left, and that is said.
		{[]string{"05b-predictive-scaling-policy-cpu.json"}, "", 1, 4, asg.Settled, 0, 0, 0, false},
	} {
		t.Run(x.files[0], func(t *testing.T) {
			var paths []string
			for _, f := range x.files {
				paths = append(paths, filepath.Join(folder, f))
			}
			res, w := imported(t, read(t, paths...), imports.Options{Group: x.group})
			g := &w.Group
			if g.Min != x.low || g.Max != x.high || g.Desired != x.desired || len(w.Policies) != x.policies || len(g.Hooks) != x.hooks || len(w.Schedule) != x.schedules || (g.WarmPool != nil) != x.pool {
				t.Errorf("%d to %d, %d; %d policies, %d hooks, %d schedules, warm pool %v\n%s", g.Min, g.Max, g.Desired, len(w.Policies), len(g.Hooks), len(w.Schedule), g.WarmPool != nil, res.Text)
			}
			if x.files[0][:3] == "05b" && !told(res.NotInIt, "MetricSpecifications[0]", "left out") {
				t.Errorf("the policy that is left out is not told: %q", res.NotInIt)
			}
			for _, p := range w.Policies {
				if tt, ok := p.(*scaling.TargetTracking); ok && tt.Target <= 0 {
					t.Errorf("%s has the target %v", tt.Name, tt.Target)
				}
			}
		})
	}
}

// Sources of a public module's example: ten groups, of which each is read by the arguments
// of its module.
func TestRealSources(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "asg-configs", "15-tf-autoscaling-complete.tf"))
	if err != nil {
		t.Skip("no real configurations beside the project")
	}
	folder := imports.Folder{Name: "f", Dir: ".", Files: fstest.MapFS{"main.tf": {Data: text}}}
	_, err = imports.Import(nil, imports.Options{Folders: []imports.Folder{folder}}, check())
	if err == nil || !strings.Contains(err.Error(), "the files hold 10 groups") {
		t.Errorf("%v", err)
	}
	for _, x := range []struct {
		group                               string
		low, high, policies, hooks, actions int
		mixed, pool                         bool
	}{
		// Of its four policies one has no alarm; of its three actions one runs once, in 2031.
		{"module.complete", 0, 1, 3, 2, 2, true, false},
		{"mixed-instance", 0, 5, 0, 2, 0, true, false},
		{"warm-pool", 0, 1, 0, 0, 0, false, true},
		{"default", 0, 1, 0, 0, 0, false, false},
	} {
		_, w := imported(t, nil, imports.Options{Folders: []imports.Folder{folder}, Group: x.group})
		if g := &w.Group; g.Min != x.low || g.Max != x.high || len(w.Policies) != x.policies || len(g.Hooks) != x.hooks || len(w.Schedule) != x.actions || (g.Mixed != nil) != x.mixed || (g.WarmPool != nil) != x.pool {
			t.Errorf("%s: %d to %d, %d policies, %d hooks, %d actions, mixed %v, pool %v", x.group, g.Min, g.Max, len(w.Policies), len(g.Hooks), len(w.Schedule), g.Mixed != nil, g.WarmPool != nil)
		}
	}
}
