package main

import (
	"strings"

	"asgsim/report/clean"
)

// importCommands are lines for a shell that get all that import can use of a group; none
// of them changes anything.
func importCommands(group string) string {
	return strings.ReplaceAll(`# All that asgsim import can use of this group; nothing is changed by any of these lines.
group=GROUP
asg() { aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names "$group" "$@"; }
asg --output json > asg.json
aws autoscaling describe-policies --auto-scaling-group-name "$group" --output json > policies.json
aws autoscaling describe-scheduled-actions --auto-scaling-group-name "$group" --output json > schedules.json
aws autoscaling describe-lifecycle-hooks --auto-scaling-group-name "$group" --output json > hooks.json
aws autoscaling describe-warm-pool --auto-scaling-group-name "$group" --output json > warmpool.json
aws autoscaling describe-instance-refreshes --auto-scaling-group-name "$group" --max-records 5 --output json > refreshes.json
aws cloudwatch describe-alarms --alarm-types MetricAlarm --output json > alarms.json

# What it launches: one of the two.
template=$(asg --output text --query 'AutoScalingGroups[0].[LaunchTemplate.LaunchTemplateId, MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateId] | [?@] | [0]')
configuration=$(asg --output text --query 'AutoScalingGroups[0].LaunchConfigurationName')
if [ "$template" != None ]; then aws ec2 describe-launch-template-versions --launch-template-id "$template" --output json > template.json; fi
if [ "$configuration" != None ]; then aws autoscaling describe-launch-configurations --launch-configuration-names "$configuration" --output json > configuration.json; fi

# Its target group, and the load balancer before it.
target=$(asg --output text --query 'AutoScalingGroups[0].TargetGroupARNs[0]')
if [ "$target" != None ]; then
  aws elbv2 describe-target-groups --target-group-arns "$target" --output json > targets.json
  aws elbv2 describe-target-group-attributes --target-group-arn "$target" --output json > targetattributes.json
  balancer=$(aws elbv2 describe-target-groups --target-group-arns "$target" --output text --query 'TargetGroups[0].LoadBalancerArns[0]')
  if [ "$balancer" != None ]; then aws elbv2 describe-load-balancer-attributes --load-balancer-arn "$balancer" --output json > balancerattributes.json; fi
fi

asgsim import asg.json policies.json schedules.json hooks.json warmpool.json refreshes.json alarms.json \
  $(ls template.json configuration.json targets.json targetattributes.json balancerattributes.json 2>/dev/null) \
  --group "$group" -o scenario.toml

# Or from what deploys it:
#   terraform plan -out plan.out && terraform show -json plan.out > plan.json && asgsim import plan.json -o scenario.toml
#   aws cloudformation get-template --stack-name STACK --template-stage Processed --output json > stack.json && asgsim import stack.json -o scenario.toml
`, "GROUP", clean.Shell(group))
}
