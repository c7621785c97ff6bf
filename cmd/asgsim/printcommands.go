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
types=$(asg --output text --query "join(',', AutoScalingGroups[0].Instances[].InstanceType)")
if [ "$types" != None ] && [ -n "$types" ]; then aws ec2 describe-instance-types --filters "Name=instance-type,Values=$types" --output json > types.json; fi

# Its target groups, and the load balancer before the first, or a Classic Load Balancer.
target=$(asg --output text --query 'AutoScalingGroups[0].TargetGroupARNs[0]')
asg --output text --query 'AutoScalingGroups[0].TargetGroupARNs' | tr '\t' '\n' | while read -r each; do
  case $each in arn:*) ;; *) continue ;; esac
  aws elbv2 describe-target-groups --target-group-arns "$each" --output json > "targets-${each##*/}.json"
  aws elbv2 describe-target-group-attributes --target-group-arn "$each" --query "{TargetGroupArn: '$each', Attributes: Attributes}" --output json > "targetattributes-${each##*/}.json"
done
if [ "$target" != None ]; then
  balancer=$(aws elbv2 describe-target-groups --target-group-arns "$target" --output text --query 'TargetGroups[0].LoadBalancerArns[0]')
  if [ "$balancer" != None ]; then aws elbv2 describe-load-balancer-attributes --load-balancer-arn "$balancer" --output json > balancerattributes.json; fi
fi
classic=$(asg --output text --query 'AutoScalingGroups[0].LoadBalancerNames[0]')
if [ "$classic" != None ]; then
  aws elb describe-load-balancers --load-balancer-names "$classic" --output json > classic.json
  aws elb describe-load-balancer-attributes --load-balancer-name "$classic" --output json > classicattributes.json
fi

asgsim import asg.json policies.json schedules.json hooks.json warmpool.json refreshes.json alarms.json \
  $(ls template.json configuration.json types.json balancerattributes.json classic.json classicattributes.json 2>/dev/null) \
  $(find . -maxdepth 1 -name 'targets-*.json' -o -maxdepth 1 -name 'targetattributes-*.json') \
  --group "$group" -o scenario.toml

# How it behaved (of several target groups the first): two days by the minute, and what it did. asgsim calibrate and backtest read it.
mkdir -p recorded
from=$(date -u -d '2 days ago' +%FT%TZ 2>/dev/null || date -u -v-2d +%FT%TZ)
query() { # FILE NAMESPACE METRIC STATISTIC DIMENSIONS
  aws cloudwatch get-metric-data --start-time "$from" --end-time "$(date -u +%FT%TZ)" --output json --metric-data-queries \
    '[{"Id":"m1","Label":"'"$3 $4"'","MetricStat":{"Metric":{"Namespace":"'"$2"'","MetricName":"'"$3"'","Dimensions":['"$5"']},"Period":60,"Stat":"'"$4"'"}}]' > "recorded/$1.json"
}
of_group='{"Name":"AutoScalingGroupName","Value":"'"$group"'"}'
query cpu AWS/EC2 CPUUtilization Average "$of_group"
query in-service AWS/AutoScaling GroupInServiceInstances Average "$of_group"
query desired AWS/AutoScaling GroupDesiredCapacity Average "$of_group"
if [ "$target" != None ] && [ "$balancer" != None ]; then
  of_target='{"Name":"TargetGroup","Value":"'"${target##*:}"'"},{"Name":"LoadBalancer","Value":"'"${balancer#*:loadbalancer/}"'"}'
  query requests AWS/ApplicationELB RequestCount Sum "$of_target"
  query healthy AWS/ApplicationELB HealthyHostCount Average "$of_target"
  query errors AWS/ApplicationELB HTTPCode_Target_5XX_Count Sum "$of_target"
  for p in p50 p90 p99; do query "latency-$p" AWS/ApplicationELB TargetResponseTime "$p" "$of_target"; done
fi
aws autoscaling describe-scaling-activities --auto-scaling-group-name "$group" --max-items 1000 --output json > recorded/activities.json

# Where an alarm or a policy follows a metric that asgsim does not produce, a recording of it too, and then
# asgsim import as above with --metrics recorded:
#   query queue AWS/SQS ApproximateNumberOfMessagesVisible Maximum '{"Name":"QueueName","Value":"QUEUE"}'

asgsim calibrate scenario.toml --metrics recorded -o calibrated.toml
asgsim backtest calibrated.toml --recorded recorded

# Or from what deploys it:
#   terraform plan -out plan.out && terraform show -json plan.out > plan.json && asgsim import plan.json -o scenario.toml
#   aws cloudformation get-template --stack-name STACK --template-stage Processed --output json > stack.json && asgsim import stack.json -o scenario.toml
`, "GROUP", clean.Shell(group))
}
