package cloudwatch

import "testing"

// Each metric belongs to the namespace on whose page AWS lists it: "List the available
// CloudWatch metrics for your instances" (EC2), "CloudWatch metrics for your Application
// Load Balancer", "CloudWatch metrics for Amazon EC2 Auto Scaling" (read 2026-11).
func TestNamespaceOfEachMetric(t *testing.T) {
	for m, want := range map[Metric]string{
		CPUUtilization: "AWS/EC2", NetworkOut: "AWS/EC2", CPUCreditBalance: "AWS/EC2",
		RequestCount: "AWS/ApplicationELB", RequestCountPerTarget: "AWS/ApplicationELB", TargetResponseTime: "AWS/ApplicationELB",
		HealthyHostCount: "AWS/ApplicationELB", UnHealthyHostCount: "AWS/ApplicationELB", HTTPCodeTarget5XX: "AWS/ApplicationELB",
		HTTPCodeELB503: "AWS/ApplicationELB", TargetConnectionErrorCount: "AWS/ApplicationELB",
		GroupDesiredCapacity: "AWS/AutoScaling", GroupInServiceInstances: "AWS/AutoScaling", GroupAndWarmPoolTotalCapacity: "AWS/AutoScaling",
		WarmPoolWarmedCapacity: "AWS/AutoScaling", PredictiveScalingLoadForecast: "AWS/AutoScaling",
		MessagesVisible: "AWS/SQS", OldestMessage: "AWS/SQS", "queue": "",
	} {
		if got := m.Namespace(); got != want {
			t.Errorf("%s is in %q, want %q", m, got, want)
		}
	}
}
