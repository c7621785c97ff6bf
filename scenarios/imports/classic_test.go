package imports_test

import (
	"strings"
	"testing"

	"asgsim/scenarios/imports"
	"asgsim/sim/des"
	"asgsim/sim/elb"
	"asgsim/sim/serving"
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

// A Classic Load Balancer alone: its health checks, draining, idle timeout and cross-zone
// balancing are those of the Application Load Balancer that stands for it, in the shapes of
// aws elb (API 2012-06-01), AWS::ElasticLoadBalancing::LoadBalancer and aws_elb.
func TestAClassicBalancer(t *testing.T) {
	const checks = `"Target": "HTTP:80/up", "Interval": 12, "Timeout": 4, "UnhealthyThreshold": 3, "HealthyThreshold": 6`
	const cli = `{"AutoScalingGroups": [{"AutoScalingGroupName": "a", "MinSize": 2, "MaxSize": 5, "LoadBalancerNames": ["old"], "TargetGroupARNs": []}]}
{"LoadBalancerDescriptions": [{"LoadBalancerName": "other", "HealthCheck": {"Interval": 99}}, {"LoadBalancerName": "old", "Policies": {"AppCookieStickinessPolicies": [], "LBCookieStickinessPolicies": [], "OtherPolicies": []}, "HealthCheck": {` + checks + `}}]}
{"LoadBalancerAttributes": {"CrossZoneLoadBalancing": {"Enabled": false}, "AccessLog": {"Enabled": false}, "ConnectionDraining": {"Enabled": true, "Timeout": 77}, "ConnectionSettings": {"IdleTimeout": 45}}}`
	const cfn = `{"Resources": {"G": {"Type": "AWS::AutoScaling::AutoScalingGroup", "Properties": {"MinSize": "2", "MaxSize": "5", "LoadBalancerNames": [{"Ref": "Old"}]}},
"Old": {"Type": "AWS::ElasticLoadBalancing::LoadBalancer", "Properties": {"CrossZone": "false", "ConnectionDrainingPolicy": {"Enabled": true, "Timeout": 77}, "ConnectionSettings": {"IdleTimeout": 45},
"HealthCheck": {"Target": "HTTP:80/up", "Interval": "12", "Timeout": "4", "UnhealthyThreshold": "3", "HealthyThreshold": "6"}}}}}`
	const tf = `{"format_version":"1.0","terraform_version":"1.9.0","values":{"root_module":{"resources":[
{"address":"aws_autoscaling_group.web","mode":"managed","type":"aws_autoscaling_group","name":"web","values":{"name":"web","min_size":2,"max_size":5,"target_group_arns":[],"load_balancers":["old"]}},
{"address":"aws_elb.old","mode":"managed","type":"aws_elb","name":"old","values":{"name":"old","cross_zone_load_balancing":false,"connection_draining":true,"connection_draining_timeout":77,"idle_timeout":45,
"health_check":[{"target":"HTTP:80/up","interval":12,"timeout":4,"unhealthy_threshold":3,"healthy_threshold":6}]}}]}}}`
	for form, text := range map[string]string{"CLI": cli, "CloudFormation": cfn, "Terraform": tf} {
		res, w := imported(t, []imports.File{{Name: "a.json", Text: []byte(text)}}, imports.Options{})
		b := &w.Balancer
		want := elb.HealthCheck{Interval: 12 * des.Second, Timeout: 4 * des.Second, HealthyThreshold: 6, UnhealthyThreshold: 3, Work: b.Check.Work}
		if b.Check != want || b.DeregistrationDelay != 77*des.Second || b.IdleTimeout != 45*des.Second || b.CrossZone || b.Algorithm != serving.LeastOutstandingRequests {
			t.Errorf("%s: %+v\n%s", form, b, res.Text)
		}
		if len(res.NotInIt) != 1 || !strings.Contains(res.NotInIt[0].Effect, "taken for an Application Load Balancer with its health checks") {
			t.Errorf("%s: %q", form, res.NotInIt)
		}
	}
}
