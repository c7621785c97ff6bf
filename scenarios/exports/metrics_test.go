package exports_test

import (
	"io"
	"strings"
	"testing"

	"asgsim/scenarios"
	"asgsim/scenarios/exports"
)

const recordedOnes = `[load.w.constant]
rate = "10/s"
[request]
cpu = "5ms"
[instance]
type = "c7g.large"
[auto_scaling_group]
min_size = 1
max_size = 3
[metric.queue]
metric_name = "ApproximateNumberOfMessagesVisible"
namespace = "AWS/SQS"
dimensions = { QueueName = "jobs" }
[metric.queue.trace]
file = "in.csv"
start = "0s"
[metric.each.trace]
file = "in.csv"
start = "0s"
per_instance = true
[alarm.deep]
metric_name = "queue"
evaluation_periods = 2
comparison_operator = "GreaterThanThreshold"
threshold = 500
[policy.drain.step_scaling]
alarm = "deep"
step_adjustment = [{ metric_interval_lower_bound = 0, scaling_adjustment = 2 }]
[policy.hold.target_tracking]
customized_metric_specification = { metric_name = "each" }
target_value = 100
`

// A recorded metric is exported under CloudWatch's names; one that is divided by the
// instances is metric math, which is told and not written.
func TestExportNamesRecordedMetrics(t *testing.T) {
	open := func(string) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader("t,n\n0,1\n60,2\n")), nil
	}
	s, err := scenarios.Load(scenarios.Source{Name: "x.toml", Text: []byte(recordedOnes)}, open, scenarios.Options{Unadvised: true})
	if err != nil {
		t.Fatal(err)
	}
	for tool, wants := range map[string][]string{
		exports.AWSCLI:         {`"MetricName":"ApproximateNumberOfMessagesVisible"`, `"Namespace":"AWS/SQS"`, `"Name":"QueueName"`, `"Value":"jobs"`},
		exports.CloudFormation: {"ApproximateNumberOfMessagesVisible", "AWS/SQS", "QueueName", "jobs"},
		exports.Terraform:      {`metric_name`, `"ApproximateNumberOfMessagesVisible"`, `"AWS/SQS"`, `QueueName`, `"jobs"`},
	} {
		res, err := exports.Export(tool, "x.toml", &s.Configs[0])
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(string(res.Text), `": "`, `":"`)
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %s:\n%s", tool, want, text)
			}
		}
		if strings.Contains(text, "TargetTracking") || !strings.Contains(notes(res), "policy.hold.target_tracking: its metric is divided by the instances in service") {
			t.Errorf("%s: a policy on metric math is written, or not told:\n%s%s", tool, text, notes(res))
		}
	}
}
