package imports_test

import (
	"strings"
	"testing"

	"asgsim/scenarios/imports"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/elb"
	"asgsim/sim/scaling"
)

// A group with two target groups, as aws elbv2 and autoscaling describe it: each keeps its
// health checks and its deregistration delay, and a policy and an alarm follow the one that
// their label and dimension name.
const severalCLI = `{
"AutoScalingGroups": [{"AutoScalingGroupName": "web", "MinSize": 2, "MaxSize": 9, "HealthCheckType": "ELB", "AvailabilityZones": ["us-east-1a"],
  "TargetGroupARNs": ["arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/site/aaa", "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/api/bbb"]}],
"TargetGroups": [
  {"TargetGroupName": "api", "TargetGroupArn": "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/api/bbb", "Protocol": "HTTP", "HealthCheckIntervalSeconds": 10, "HealthCheckTimeoutSeconds": 3, "UnhealthyThresholdCount": 4, "HealthyThresholdCount": 2},
  {"TargetGroupName": "site", "TargetGroupArn": "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/site/aaa", "Protocol": "HTTP", "HealthCheckIntervalSeconds": 15, "HealthCheckTimeoutSeconds": 5, "UnhealthyThresholdCount": 2, "HealthyThresholdCount": 5}],
"ScalingPolicies": [
  {"AutoScalingGroupName": "web", "PolicyName": "calls", "PolicyType": "TargetTrackingScaling", "TargetTrackingConfiguration": {"TargetValue": 600,
    "PredefinedMetricSpecification": {"PredefinedMetricType": "ALBRequestCountPerTarget", "ResourceLabel": "app/front/ccc/targetgroup/api/bbb"}}},
  {"AutoScalingGroupName": "web", "PolicyName": "pages", "PolicyType": "TargetTrackingScaling", "TargetTrackingConfiguration": {"TargetValue": 900,
    "PredefinedMetricSpecification": {"PredefinedMetricType": "ALBRequestCountPerTarget", "ResourceLabel": "app/front/ccc/targetgroup/site/aaa"}}},
  {"AutoScalingGroupName": "web", "PolicyName": "more", "PolicyType": "StepScaling", "AdjustmentType": "ChangeInCapacity", "StepAdjustments": [{"MetricIntervalUpperBound": 0, "ScalingAdjustment": 1}], "Alarms": [{"AlarmName": "few"}]}],
"MetricAlarms": [{"AlarmName": "few", "Namespace": "AWS/ApplicationELB", "MetricName": "HealthyHostCount", "Statistic": "Minimum", "Period": 60, "EvaluationPeriods": 2, "Threshold": 2, "ComparisonOperator": "LessThanThreshold",
  "Dimensions": [{"Name": "LoadBalancer", "Value": "app/front/ccc"}, {"Name": "TargetGroup", "Value": "targetgroup/api/bbb"}]}]
}`

func TestSeveralTargetGroups(t *testing.T) {
	res, w := imported(t, []imports.File{{Name: "asg.json", Text: []byte(severalCLI)}}, imports.Options{})
	several(t, res, w.Balancer)
	// At 600 requests a minute and target of one of two alike, an instance has 1,200 a minute,
	// and 2 vCPUs are busy by half: 50 ms each.
	if got := w.Classes[0].CPU.Mean(); got != 0.05 {
		t.Errorf("a request is taken to need %v s", got)
	}
	goals := scaling.Goals(w.Policies)
	if len(goals) != 2 || goals[0].Source.Metric != cloudwatch.RequestCountPerTarget.In("api") || goals[1].Source.Metric != cloudwatch.RequestCountPerTarget {
		t.Errorf("policies follow %+v", goals)
	}
	if len(w.Alarms) != 1 || w.Alarms[0].Metric != cloudwatch.HealthyHostCount.In("api") {
		t.Errorf("alarms %+v", w.Alarms)
	}
}

// several holds the balancer of the group against what the files say.
func several(t *testing.T, res *imports.Result, b elb.Config) {
	t.Helper()
	if b.Check.Interval != 15*des.Second || len(b.Others) != 1 {
		t.Fatalf("%+v\n%s", b, res.Text)
	}
	api := b.Others[0]
	want := elb.HealthCheck{Interval: 10 * des.Second, Timeout: 3 * des.Second, HealthyThreshold: 2, UnhealthyThreshold: 4, Work: 0.001}
	if api.Name != "api" || api.Check != want || api.Share != 0.5 {
		t.Errorf("%+v", api)
	}
	if !told(res.Assumed, "other_target_group.api.request_share", "in equal parts") {
		t.Errorf("assumes %v", res.Assumed)
	}
}

// The same of CloudFormation, whose label and dimension are functions of the target group.
func TestSeveralTargetGroupsOfATemplate(t *testing.T) {
	const text = `
Parameters: {Front: {Type: String}}
Resources:
  web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: "2", MaxSize: "9", AvailabilityZones: [us-east-1a], TargetGroupARNs: [!Ref site, !Ref api]}
  site:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Protocol: HTTP, HealthCheckIntervalSeconds: 15}
  api:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Protocol: HTTP, HealthCheckIntervalSeconds: 10, HealthCheckTimeoutSeconds: 3, HealthyThresholdCount: 2, UnhealthyThresholdCount: 4, TargetGroupAttributes: [{Key: deregistration_delay.timeout_seconds, Value: "30"}, {Key: load_balancing.algorithm.type, Value: least_outstanding_requests}]}
  calls:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties:
      AutoScalingGroupName: !Ref web
      PolicyType: TargetTrackingScaling
      TargetTrackingConfiguration:
        TargetValue: 600
        PredefinedMetricSpecification: {PredefinedMetricType: ALBRequestCountPerTarget, ResourceLabel: !Sub "${Front}/${api.TargetGroupFullName}"}
`
	res, w := imported(t, []imports.File{{Name: "stack.yaml", Text: []byte(text)}}, imports.Options{})
	several(t, res, w.Balancer)
	if got := w.Balancer.Others[0].DeregistrationDelay; got != 30*des.Second {
		t.Errorf("deregistration delay %v", got)
	}
	if goals := scaling.Goals(w.Policies); len(goals) != 1 || goals[0].Source.Metric != cloudwatch.RequestCountPerTarget.In("api") {
		t.Errorf("policies follow %+v", goals)
	}
	if !told(res.NotInIt, "load_balancing.algorithm.type", "here all have target_group.load_balancing_algorithm_type of [target_group]") {
		t.Errorf("tells %v", res.NotInIt)
	}
}

// A target group that is named and not in the files has AWS's defaults, and is said to be
// missing.
func TestOneOfSeveralTargetGroupsIsMissing(t *testing.T) {
	text := strings.Replace(severalCLI, `{"TargetGroupName": "api", `, `{"TargetGroupName": "other", `, 1)
	text = strings.Replace(text, `"TargetGroupArn": "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/api/bbb"`, `"TargetGroupArn": "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/other/ddd"`, 1)
	res, w := imported(t, []imports.File{{Name: "asg.json", Text: []byte(text)}}, imports.Options{})
	if o := w.Balancer.Others; len(o) != 1 || o[0].Check.Interval != 30*des.Second || o[0].DeregistrationDelay != 300*des.Second {
		t.Errorf("%+v", o)
	}
	if !told(res.NotInIt, "TargetGroupARNs[1]", "target group \"targetgroup/api/bbb\" is not in the files") {
		t.Errorf("tells %v", res.NotInIt)
	}
}

// Attributes with the target group beside them, as the printed commands ask for them, are
// that one's; those without are told to be the first's.
func TestAttributesOfSeveralTargetGroups(t *testing.T) {
	attributes := func(of, delay string) imports.File {
		return imports.File{Name: "attributes" + delay + ".json", Text: []byte(`{` + of + `"Attributes": [{"Key": "deregistration_delay.timeout_seconds", "Value": "` + delay + `"}]}`)}
	}
	const arn = `"TargetGroupArn": "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/`
	group := imports.File{Name: "asg.json", Text: []byte(severalCLI)}
	_, w := imported(t, []imports.File{group, attributes(arn+`api/bbb", `, "33"), attributes(arn+`site/aaa", `, "44")}, imports.Options{})
	if a, b := w.Balancer.DeregistrationDelay, w.Balancer.Others[0].DeregistrationDelay; a != 44*des.Second || b != 33*des.Second {
		t.Errorf("delays %v and %v, want 44 s of site and 33 s of api", a, b)
	}
	res, w := imported(t, []imports.File{group, attributes("", "55")}, imports.Options{})
	if a := w.Balancer.DeregistrationDelay; a != 55*des.Second || !told(res.Assumed, "attributes55.json", "taken for those of [target_group]") {
		t.Errorf("%v, %q", a, res.Assumed)
	}
}

// A predictive policy's resource label says of which target group its requests are.
func TestTheForecastOfATargetGroup(t *testing.T) {
	policies := imports.File{Name: "p.json", Text: []byte(`{"ScalingPolicies": [{"AutoScalingGroupName": "web", "PolicyName": "ahead", "PolicyType": "PredictiveScaling", "PredictiveScalingConfiguration": {"MetricSpecifications": [
{"TargetValue": 500, "PredefinedMetricPairSpecification": {"PredefinedMetricType": "ALBRequestCount", "ResourceLabel": "app/front/ccc/targetgroup/api/bbb"}}]}}]}`)}
	_, w := imported(t, []imports.File{{Name: "asg.json", Text: []byte(severalCLI)}, policies}, imports.Options{})
	for _, p := range w.Policies {
		if x, ok := p.(*scaling.Predictive); ok {
			if x.Group != "api" {
				t.Errorf("%+v", x)
			}
			return
		}
	}
	t.Errorf("there is no forecast: %+v", w.Policies)
}
