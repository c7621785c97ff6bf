package exports_test

import (
	"io"
	"regexp"
	"strings"
	"testing"

	"asgsim/scenarios"
	"asgsim/scenarios/exports"
	"asgsim/scenarios/imports"
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

// recordedConfig is the scenario of recordedOnes.
func recordedConfig(t *testing.T) *scenarios.Config {
	t.Helper()
	open := func(string) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader("t,n\n0,1\n60,2\n")), nil
	}
	s, err := scenarios.Load(scenarios.Source{Name: "x.toml", Text: []byte(recordedOnes)}, open, scenarios.Options{Unadvised: true})
	if err != nil {
		t.Fatal(err)
	}
	return &s.Configs[0]
}

// A recorded metric is exported under CloudWatch's names, one that is divided by the
// instances as metric math; with the recordings import makes the same of it.
func TestExportOfRecordedMetrics(t *testing.T) {
	c := recordedConfig(t)
	recorded := []imports.Recorded{{Names: []string{"ApproximateNumberOfMessagesVisible"}, File: "in.csv"}, {Names: []string{"each"}, File: "in.csv"}}
	for _, tool := range exports.Tools() {
		res, err := exports.Export(tool, "x.toml", c)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(res.Inputs, "\n"); !strings.Contains(got, "NAMESPACE") {
			t.Errorf("%s: the namespace of each is not asked for: %s", tool, got)
		}
		o, files := importing(tool, res.Text)
		o.Recorded, o.Parameters = recorded, map[string]string{}
		back, err := imports.Import(files, o, func([]byte) []imports.Fault { return nil })
		if err != nil {
			t.Fatalf("%s: %v\n%s", tool, err, res.Text)
		}
		text := regexp.MustCompile(` +`).ReplaceAllString(string(back.Text), " ")
		for _, want := range []string{
			`[metric.ApproximateNumberOfMessagesVisible]`, `namespace = "AWS/SQS"`, `dimensions = { "QueueName" = "jobs" }`, `metric_name = "ApproximateNumberOfMessagesVisible"`,
			`[metric.each-per-instance.trace]`, `per_instance = true`, `target_value = 100`,
		} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: import of the export lacks %s:\n%s\n%s", tool, want, text, res.Text)
			}
		}
	}
}

// Metric math is exported as AWS has it, of target groups too, and comes back.
func TestRoundTripOfMetricMath(t *testing.T) {
	c := loaded(t, exports.MathOnes)
	for _, tool := range exports.Tools() {
		res, err := exports.Export(tool, "x.toml", c)
		if err != nil {
			t.Fatal(err)
		}
		same(t, c, tool, res)
		if said := notes(res); strings.Contains(said, "math") || strings.Contains(said, "alarm.") {
			t.Errorf("%s: %s", tool, said)
		}
	}
}

// A metric of the queue is in its namespace, of a queue whose name the user gives: the queue
// itself is not written.
func TestExportNamesMetricsOfTheQueue(t *testing.T) {
	src, err := scenarios.Shipped("queue-workers")
	if err != nil {
		t.Fatal(err)
	}
	s, err := scenarios.Load(src, scenarios.OpenShipped, scenarios.Options{Unadvised: true, Only: []string{"by-age"}})
	if err != nil {
		t.Fatal(err)
	}
	res, err := exports.Export(exports.CloudFormation, "queue-workers", &s.Configs[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"MetricName: ApproximateAgeOfOldestMessage", "Namespace: AWS/SQS", "Name: QueueName"} {
		if !strings.Contains(string(res.Text), want) {
			t.Errorf("lacks %s:\n%s", want, res.Text)
		}
	}
	if !strings.Contains(notes(res), "the queue itself is not written") || !strings.Contains(strings.Join(res.Inputs, "\n"), "the name of the queue") {
		t.Errorf("%s\n%q", notes(res), res.Inputs)
	}
}
