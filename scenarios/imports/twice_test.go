package imports_test

import (
	"fmt"
	"testing"

	"asgsim/scenarios/imports"
)

// AWS has one policy of a name (API: PutScalingPolicy): of two that say different things one
// is left out, and told; the same one from two answers, one of which says more, is one.
func TestTwoOfAName(t *testing.T) {
	const group = `{"AutoScalingGroups": [{"AutoScalingGroupName": "g", "MinSize": 1, "MaxSize": 5, "AvailabilityZones": ["us-east-1a"]}]}`
	policies := func(second string) []imports.File {
		return []imports.File{{Name: "g.json", Text: []byte(group)}, {Name: "p.json", Text: []byte(`{"ScalingPolicies": [
{"AutoScalingGroupName": "g", "PolicyName": "p", "PolicyType": "TargetTrackingScaling", "PolicyARN": "arn:p", "TargetTrackingConfiguration": {"TargetValue": 50, "PredefinedMetricSpecification": {"PredefinedMetricType": "ASGAverageCPUUtilization"}}},
{"AutoScalingGroupName": "g", "PolicyName": "p", "TargetTrackingConfiguration": {"TargetValue": ` + second + `}}]}`)}}
	}
	res, w := imported(t, policies("60"), imports.Options{})
	if len(w.Policies) != 1 || !told(res.NotInIt, "p.json ScalingPolicies[1]", `has the name "p" as p.json ScalingPolicies[0] has`) {
		t.Errorf("%d policies, %q", len(w.Policies), res.NotInIt)
	}
	if res, _ = imported(t, policies(`"50.0"`), imports.Options{}); len(res.NotInIt) > 0 {
		t.Errorf("the same one: %q", res.NotInIt)
	}
}

// A group without hooks, schedules, a warm pool and the rest has answers with nothing in
// them: they are read beside that of the group.
func TestEmptyAnswersBesideTheGroup(t *testing.T) {
	const group = `{"AutoScalingGroups": [{"AutoScalingGroupName": "g", "MinSize": 1, "MaxSize": 5, "AvailabilityZones": ["us-east-1a"]}]}`
	files := []imports.File{{Name: "g.json", Text: []byte(group)}}
	for i, text := range []string{
		`{"ScalingPolicies": []}`, `{"ScheduledUpdateGroupActions": []}`, `{"LifecycleHooks": []}`, `{"Instances": []}`, `{"WarmPoolConfiguration": null, "Instances": []}`, `{"InstanceRefreshes": []}`,
		`{"MetricAlarms": [], "CompositeAlarms": []}`, `{"InstanceTypes": []}`, `{"TargetGroups": []}`, `{"LoadBalancers": []}`, `{"LoadBalancerDescriptions": []}`, `{"LaunchTemplateVersions": []}`, `{"LaunchConfigurations": []}`,
	} {
		files = append(files, imports.File{Name: fmt.Sprintf("%d.json", i), Text: []byte(text)})
	}
	if res, w := imported(t, files, imports.Options{}); w.Group.Max != 5 || len(res.NotInIt) > 0 {
		t.Errorf("%+v, %q", w.Group, res.NotInIt)
	}
}

// An answer that is cut off says so.
func TestACutAnswer(t *testing.T) {
	const group = `{"AutoScalingGroups": [{"AutoScalingGroupName": "g", "MinSize": 1, "MaxSize": 5, "AvailabilityZones": ["us-east-1a"]}], "NextToken": ""}`
	files := []imports.File{{Name: "g.json", Text: []byte(group)}, {Name: "p.json", Text: []byte(`{"ScalingPolicies": [], "NextToken": "abc"}`)}}
	if res, _ := imported(t, files, imports.Options{}); len(res.NotInIt) != 1 || !told(res.NotInIt, "p.json", "describe-policies: AWS had more to send") {
		t.Errorf("%q", res.NotInIt)
	}
}

// An answer without anything in it says whose it is.
func TestAnEmptyAnswer(t *testing.T) {
	_, err := imports.Import([]imports.File{{Name: "g.json", Text: []byte(`{"AutoScalingGroups": []}`)}}, imports.Options{}, nil)
	if err == nil || err.Error() != "g.json: is an answer of describe-auto-scaling-groups with nothing in it: are the name and the region right that were asked for?" {
		t.Error(err)
	}
}
