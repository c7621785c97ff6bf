package imports_test

import (
	"fmt"
	"strings"
	"testing"

	"asgsim/scenarios/imports"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/scaling"
)

// groups is an answer of AWS with so many groups.
func groups(n int) []imports.File {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf(`{"AutoScalingGroupName": "g%02d", "MinSize": %d, "MaxSize": 9, "DesiredCapacity": 1, "AvailabilityZones": ["us-east-1a"]}`, i, i%3))
	}
	return []imports.File{{Name: "groups.json", Text: []byte(`{"AutoScalingGroups": [` + strings.Join(all, ",") + `]}`)}}
}

// Of several groups one must be chosen: they are listed with their sizes, forty at most.
func TestGroupsToChooseFrom(t *testing.T) {
	for n, more := range map[int]string{2: "", 40: "", 41: "and 1 more", 55: "and 15 more"} {
		_, err := imports.Import(groups(n), imports.Options{}, check())
		if err == nil {
			t.Fatalf("%d groups: none is chosen, and one imported", n)
		}
		text := err.Error()
		if !strings.Contains(text, fmt.Sprintf("the files hold %d groups: choose one with --group NAME", n)) || strings.Count(text, "0 to 9 instances")+strings.Count(text, "1 to 9 instances")+strings.Count(text, "2 to 9 instances") != min(n, 40) || strings.Contains(text, " more") != (more != "") || !strings.Contains(text, more) {
			t.Errorf("%d groups: %s", n, text)
		}
	}
	if _, err := imports.Import(groups(3), imports.Options{Group: "g07"}, check()); err == nil || !strings.Contains(err.Error(), "there is no group") || !strings.Contains(err.Error(), "g02") {
		t.Errorf("%v", err)
	}
}

// A policy tracks one metric: beside a customized one the predefined one is left out, so
// that the scenario is valid.
func TestPolicyWithTwoMetrics(t *testing.T) {
	policy := `{"ScalingPolicies": [{"AutoScalingGroupName": "g00", "PolicyName": "p", "PolicyType": "TargetTrackingScaling", "TargetTrackingConfiguration": {
		"PredefinedMetricSpecification": {"PredefinedMetricType": "ASGAverageCPUUtilization"},
		"CustomizedMetricSpecification": {"MetricName": "CPUUtilization", "Namespace": "AWS/EC2", "Statistic": "Maximum", "Dimensions": [{"Name": "AutoScalingGroupName", "Value": "g00"}]}, "TargetValue": 50}}]}`
	files := append(groups(1), imports.File{Name: "policies.json", Text: []byte(policy)})
	got, w := imported(t, files, imports.Options{})
	if p, ok := w.Policies[0].(*scaling.TargetTracking); !ok || p.Metric != scaling.Customized || p.Custom.Metric != cloudwatch.CPUUtilization || p.Target != 50 {
		t.Errorf("%+v\n%s", w.Policies[0], got.Text)
	}
}

// Seconds are written as people read them, in days or hours where that comes out even.
func TestSecondsAsPeopleReadThem(t *testing.T) {
	for seconds, want := range map[string]string{"86400": `"1d"`, "172800": `"2d"`, "90000": `"25h"`, "7200": `"2h"`, "300": `"300s"`, "7201": `"7201s"`} {
		files := groups(1)
		files[0].Text = []byte(strings.Replace(string(files[0].Text), `"MaxSize"`, `"DefaultCooldown": `+seconds+`, "MaxSize"`, 1))
		got, _ := imported(t, files, imports.Options{})
		if text := strings.Join(strings.Fields(string(got.Text)), " "); !strings.Contains(text, "default_cooldown = "+want+" ") {
			t.Errorf("%s s: no %s in\n%s", seconds, want, got.Text)
		}
	}
}
