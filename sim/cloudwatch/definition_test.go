package cloudwatch

import (
	"strings"
	"testing"

	"asgsim/sim/des"
)

// Every metric is found by AWS's name, and no other is; those of a queue only where there is
// one.
func TestMetricNames(t *testing.T) {
	names := MetricNames()
	seen := map[string]bool{}
	for _, name := range names {
		if m, ok := MetricOf(name); ok == m.SQS() || m != Metric(name) || m.String() != name || seen[name] {
			t.Errorf("%q: %v, %v", name, m, ok)
		}
		seen[name] = true
	}
	for name, want := range map[string]Metric{
		"CPUUtilization": CPUUtilization, "HTTPCode_Target_5XX_Count": HTTPCodeTarget5XX, "HTTPCode_ELB_5XX_Count": HTTPCodeELB5XX,
		"GroupDesiredCapacity": GroupDesiredCapacity, "WarmPoolWarmedCapacity": WarmPoolWarmedCapacity, "CPUSurplusCreditsCharged": CPUSurplusCreditsCharged,
		"PredictiveScalingCapacityForecast": PredictiveScalingCapacityForecast,
	} {
		if m, ok := MetricOf(name); !ok || m != want {
			t.Errorf("%s is %v", name, m)
		}
	}
	if _, ok := MetricOf("cpuutilization"); ok {
		t.Error("CloudWatch's names are case sensitive")
	}
	names[0] = "x"
	if MetricNames()[0] != "CPUUtilization" {
		t.Error("the caller may change the list")
	}
}

// Requests and errors are counts of samples of 1; latency, CPU and hosts are not
// ("CloudWatch metrics for your Application Load Balancer"). Only instances publish
// below a minute, and only T types have credits.
func TestKindsOfMetrics(t *testing.T) {
	for _, name := range MetricNames() {
		m := Metric(name)
		counts := m == RequestCount || strings.HasPrefix(name, "HTTPCode_") || m == TargetConnectionErrorCount
		credits := m == CPUCreditUsage || m == CPUCreditBalance || m == CPUSurplusCreditBalance || m == CPUSurplusCreditsCharged
		if m.Counts() != counts || m.Fine() != (m == CPUUtilization) || m.Credits() != credits {
			t.Errorf("%v: counts %v, fine %v, credits %v", m, m.Counts(), m.Fine(), m.Credits())
		}
	}
	for m, want := range map[Metric]string{CPUUtilization: "% CPU", NetworkIn: "bytes", NetworkOut: "bytes", TargetResponseTime: "s", CPUCreditBalance: "CPU credits", RequestCount: "RequestCount"} {
		if got := m.Unit(); got != want {
			t.Errorf("%v in %q, want %q", m, got, want)
		}
	}
}

// Alarms have periods of 10 s, 30 s and whole minutes ("Amazon CloudWatch concepts").
func TestFinePeriods(t *testing.T) {
	for seconds, want := range map[int]bool{1: false, 5: false, 10: true, 20: false, 30: true, 60: false} {
		if got := FinePeriod(des.Duration(seconds) * des.Second); got != want {
			t.Errorf("%d s: %v", seconds, got)
		}
	}
}

// Statistics are read and written as AWS writes them; percentiles lie strictly between
// 0 and 100.
func TestStatistics(t *testing.T) {
	for name, want := range map[string]Statistic{
		"Average": {Kind: Average}, "Sum": {Kind: Sum}, "Minimum": {Kind: Minimum}, "Maximum": {Kind: Maximum}, "SampleCount": {Kind: SampleCount},
		"p99": {Percentile, 0.99}, "p50": {Percentile, 0.5},
	} {
		got, err := StatisticOf(name)
		if err != nil || got != want || got.String() != name {
			t.Errorf("%s: %+v (%v), %v", name, got, got, err)
		}
	}
	for _, bad := range []string{"", "average", "p", "p0", "p100", "p-1", "pmax", "99"} {
		if got, err := StatisticOf(bad); err == nil {
			t.Errorf("%q is %v", bad, got)
		}
	}
}

// EC2 publishes CPU and network of instances; credits are those of burstable ones;
// counts are sums of ones.
func TestWhosePublishes(t *testing.T) {
	kinds := map[Metric]string{
		CPUUtilization: "ec2", NetworkIn: "ec2", NetworkOut: "ec2",
		RequestCount: "counts", HTTPCodeTarget5XX: "counts", HTTPCodeELB5XX: "counts",
		HTTPCodeTarget2XX: "counts", HTTPCodeELB4XX: "counts", HTTPCodeELB502: "counts", HTTPCodeELB503: "counts", HTTPCodeELB504: "counts", TargetConnectionErrorCount: "counts",
		CPUCreditUsage: "credits", CPUCreditBalance: "credits", CPUSurplusCreditBalance: "credits", CPUSurplusCreditsCharged: "credits",
	}
	for _, name := range MetricNames() {
		m, _ := MetricOf(name)
		kind := kinds[m]
		if m.EC2() != (kind == "ec2") || m.Counts() != (kind == "counts") || m.Credits() != (kind == "credits") {
			t.Errorf("%v: EC2's %v, counts %v, credits %v; want %q", m, m.EC2(), m.Counts(), m.Credits(), kind)
		}
	}
}
