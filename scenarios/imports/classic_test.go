package imports_test

import (
	"strings"
	"testing"

	"asgsim/scenarios/imports"
)

// A group may name a Classic Load Balancer beside its target group (API:
// CreateAutoScalingGroup, LoadBalancerNames): what is left out is told, and in the file.
func TestAClassicBalancerBesideATargetGroup(t *testing.T) {
	const tf = `{"format_version":"1.0","terraform_version":"1.9.0","values":{"root_module":{"resources":[{"address":"aws_autoscaling_group.web","mode":"managed","type":"aws_autoscaling_group","name":"web","values":{"name":"web","min_size":2,"max_size":5,"target_group_arns":["arn:x"],"load_balancers":["old-elb"]}}]}}}`
	const group = `"MinSize": "2", "MaxSize": "5", "TargetGroupARNs": ["arn:x"], "LoadBalancerNames": ["old-elb"]`
	for form, text := range map[string]string{
		"CLI":            `{"AutoScalingGroupName": "a", "MinSize": 2, "MaxSize": 5, "TargetGroupARNs": ["arn:x"], "LoadBalancerNames": ["old-elb"]}`,
		"CloudFormation": `{"Resources": {"G": {"Type": "AWS::AutoScaling::AutoScalingGroup", "Properties": {` + group + `}}}}`,
		"Terraform":      tf,
	} {
		res, _ := imported(t, []imports.File{{Name: "a.json", Text: []byte(text)}}, imports.Options{})
		told := false
		for _, n := range res.NotInIt {
			told = told || strings.Contains(n.Effect, `Classic Load Balancer "old-elb" stands beside the target group`)
		}
		if !told || !strings.Contains(string(res.Text), "old-elb") {
			t.Errorf("%s: told %v\n%s", form, res.NotInIt, res.Text)
		}
	}
}
