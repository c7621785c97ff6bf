package imports_test

import (
	"strings"
	"testing"

	"asgsim/scenarios/imports"
)

// Lines of a shell, in the ways that people quote: variables stay names, by which calls
// find what others have made.
const lines = `#!/bin/bash
set -e
TG=$(aws elbv2 create-target-group --cli-input-json '{"TargetGroupName":"web","HealthCheckIntervalSeconds":15}' --query 'TargetGroups[0].TargetGroupArn' --output text)
aws elbv2 modify-target-group-attributes --cli-input-json "{\"TargetGroupArn\":\"$TG\",\"Attributes\":[{\"Key\":\"deregistration_delay.timeout_seconds\",\"Value\":\"45\"}]}"
aws autoscaling create-auto-scaling-group \
  --cli-input-json '{"AutoScalingGroupName":"it'\''s","MinSize":1,"MaxSize":4,"TargetGroupARNs":["'"$TG"'"]}'
P="$(aws autoscaling put-scaling-policy --cli-input-json='{"AutoScalingGroupName":"it'\''s","PolicyName":"out","PolicyType":"SimpleScaling","AdjustmentType":"ChangeInCapacity","ScalingAdjustment":1}' --output text)"
aws cloudwatch put-metric-alarm --cli-input-json '{"AlarmName":"busy","MetricName":"CPUUtilization","Threshold":70,"Period":60,"EvaluationPeriods":2,"ComparisonOperator":"GreaterThanThreshold","Statistic":"Average","AlarmActions":["'"${P}"'"]}'
aws autoscaling suspend-processes --cli-input-json '{"AutoScalingGroupName":"it'\''s","ScalingProcesses":["AZRebalance"]}'
aws autoscaling put-warm-pool --cli-input-json file://pool.json
`

func TestLinesOfAShell(t *testing.T) {
	res, err := imports.Import([]imports.File{{Name: "make.sh", Text: []byte(lines)}}, imports.Options{}, check())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`name             = "it's"`, `max_size         = 4`, `interval = "15s"`, `deregistration_delay = "45s"`, `[policy.out.simple_scaling]`, `alarm              = "busy"`, `threshold           = "70%"`, `["AZRebalance"]`} {
		if !strings.Contains(strings.Join(strings.Fields(string(res.Text)), " "), strings.Join(strings.Fields(want), " ")) {
			t.Errorf("lacks %s:\n%s", want, res.Text)
		}
	}
	told := ""
	for _, n := range res.NotInIt {
		told += n.What + ": " + n.Effect + "\n"
	}
	if !strings.Contains(told, "make.sh:10: aws autoscaling put-warm-pool has no --cli-input-json on its line") {
		t.Errorf("tells %s", told)
	}
}

// Whatever a script holds, import has an answer, and runs nothing.
func FuzzScript(f *testing.F) {
	f.Add(lines)
	f.Add("aws autoscaling create-auto-scaling-group --cli-input-json '{}'")
	f.Add("A=$(aws ec2 create-launch-template --cli-input-json \"$(rm -rf /)\") ; B=$A")
	f.Fuzz(func(t *testing.T, text string) {
		answered(t, "f.sh", "aws autoscaling put-warm-pool --cli-input-json '{}'\n"+text)
	})
}
