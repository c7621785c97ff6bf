package imports

import (
	"strings"
	"testing"
)

const queueGroup = `{"AutoScalingGroups":[{"AutoScalingGroupName":"jobs","MinSize":1,"MaxSize":20,"AvailabilityZones":["us-east-1a"],"Instances":[{"InstanceType":"c7g.large"}]}],
"ScalingPolicies":[
 {"AutoScalingGroupName":"jobs","PolicyName":"drain","PolicyType":"StepScaling","AdjustmentType":"ChangeInCapacity","StepAdjustments":[{"MetricIntervalLowerBound":0,"ScalingAdjustment":2}],"Alarms":[{"AlarmName":"deep"}]},
 {"AutoScalingGroupName":"jobs","PolicyName":"busy","PolicyType":"StepScaling","AdjustmentType":"ChangeInCapacity","StepAdjustments":[{"MetricIntervalLowerBound":0,"ScalingAdjustment":1}],"Alarms":[{"AlarmName":"hot"}]},
 {"AutoScalingGroupName":"jobs","PolicyName":"hold","PolicyType":"TargetTrackingScaling","TargetTrackingConfiguration":{"TargetValue":100,"CustomizedMetricSpecification":{"Metrics":[
  {"Id":"m1","MetricStat":{"Metric":{"MetricName":"ApproximateNumberOfMessagesVisible","Namespace":"AWS/SQS","Dimensions":[{"Name":"QueueName","Value":"jobs"}]},"Stat":"Sum"},"ReturnData":false},
  {"Id":"m2","MetricStat":{"Metric":{"MetricName":"GroupInServiceInstances","Namespace":"AWS/AutoScaling"},"Stat":"Average"},"ReturnData":false},
  {"Id":"e1","Expression":"m1/m2","ReturnData":true}]}}}],
"MetricAlarms":[
 {"AlarmName":"deep","MetricName":"ApproximateNumberOfMessagesVisible","Namespace":"AWS/SQS","Dimensions":[{"Name":"QueueName","Value":"jobs"}],"Statistic":"Maximum","Period":60,"EvaluationPeriods":2,"Threshold":500,"ComparisonOperator":"GreaterThanThreshold"},
 {"AlarmName":"hot","Metrics":[{"Id":"m","MetricStat":{"Metric":{"MetricName":"CPUUtilization","Namespace":"AWS/EC2","Dimensions":[{"Name":"AutoScalingGroupName","Value":"jobs"}]},"Stat":"Maximum","Period":300},"ReturnData":true}],"EvaluationPeriods":2,"Threshold":80,"ComparisonOperator":"GreaterThanThreshold"}]}`

func importedQueue(t *testing.T, recorded ...Recorded) *Result {
	t.Helper()
	res, err := Import([]File{{Name: "cli.json", Text: []byte(queueGroup)}}, Options{Recorded: recorded}, func([]byte) []Fault { return nil })
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func told(notes []Note) string {
	var b strings.Builder
	for _, n := range notes {
		b.WriteString(n.What + ": " + n.Effect + "\n")
	}
	return b.String()
}

// spaced has every run of spaces as one.
func spaced(text []byte) string { return strings.Join(strings.Fields(string(text)), " ") }

// An alarm and a policy on a metric of a queue are open questions, which say what would
// answer them; metric math that is one metric alone is that metric.
func TestAMetricOfAQueueIsAnOpenQuestion(t *testing.T) {
	res := importedQueue(t)
	text, lost := spaced(res.Text), told(res.NotInIt)
	for _, want := range []string{`the policy "drain" is left out`, `"ApproximateNumberOfMessagesVisible" is a metric that the simulator does not produce`, "--metrics FILE with a recording of it has it replayed"} {
		if !strings.Contains(lost, want) {
			t.Errorf("says nothing of %q: %s", want, lost)
		}
	}
	if strings.Contains(text, "[policy.drain") || strings.Contains(text, "[policy.hold") || strings.Contains(text, "[metric.") {
		t.Errorf("has what nobody knows:\n%s", res.Text)
	}
	for _, want := range []string{"[policy.busy.step_scaling]", "[alarm.hot]", `metric_name = "CPUUtilization"`, `statistic = "Maximum"`, `period = "300s"`, `threshold = "80%"`} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %s:\n%s", want, res.Text)
		}
	}
}

// With a recording of the metric both stand in the scenario: the alarm on it, the policy on
// it by the instances in service.
func TestARecordedQueueIsReplayed(t *testing.T) {
	res := importedQueue(t,
		Recorded{Names: []string{"AgeOfOldestMessage"}, File: "age.csv"},
		Recorded{Names: []string{"jobs ApproximateNumberOfMessagesVisible average"}, File: "rec/queue.csv", Column: "average"},
		Recorded{Names: []string{"approximate_number_of_messages_visible"}, File: "rec/queue.json", Column: "q"})
	text, lost := spaced(res.Text), told(res.NotInIt)
	if strings.Contains(lost, "polic") {
		t.Errorf("a policy is lost: %s", lost)
	}
	for _, want := range []string{
		`[alarm.deep]`, `metric_name = "ApproximateNumberOfMessagesVisible"`,
		`[metric.ApproximateNumberOfMessagesVisible]`, `namespace = "AWS/SQS"`, `dimensions = { "QueueName" = "jobs" }`,
		`[metric.ApproximateNumberOfMessagesVisible.trace]`, `file = "rec/queue.json"`, `column = "q"`,
		`[policy.hold.target_tracking.customized_metric_specification]`, `metric_name = "ApproximateNumberOfMessagesVisible-per-instance"`, `statistic = "Sum"`,
		`[metric.ApproximateNumberOfMessagesVisible-per-instance.trace]`, `per_instance = true`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %s:\n%s", want, res.Text)
		}
	}
	if strings.Contains(text, "age.csv") || len(res.Replayed) != 2 || res.Replayed[0].File != "rec/queue.json" {
		t.Errorf("replays %+v:\n%s", res.Replayed, res.Text)
	}
}

// Other metric math over the recording is an expression of its own; what it names and the
// files do not have is told.
func TestOtherMetricMath(t *testing.T) {
	for expression, lost := range map[string]string{"m1 * m2": "", "m2 / m1": "", "m1 / m2 / m2": "", "FILL(m1, 0) / m2": "", "m1 / m3": `"m3" is none of its metrics`, "RATE(m1)": "RATE is not modelled"} {
		text := strings.Replace(queueGroup, "m1/m2", expression, 1)
		res, err := Import([]File{{Name: "cli.json", Text: []byte(text)}}, Options{Recorded: []Recorded{{Names: []string{"ApproximateNumberOfMessagesVisible"}, File: "q.csv"}}}, func([]byte) []Fault { return nil })
		if err != nil {
			t.Fatal(err)
		}
		followed := strings.Contains(spaced(res.Text), "expression = "+quoted(expression)) && strings.Contains(string(res.Text), "[policy.hold")
		if said := told(res.NotInIt); !strings.Contains(said, lost) || followed != (lost == "") {
			t.Errorf("%s: %s", expression, said)
		}
	}
}
