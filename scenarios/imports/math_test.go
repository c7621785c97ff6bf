package imports_test

import (
	"strings"
	"testing"

	"asgsim/scenarios/imports"
	"asgsim/sim/cloudwatch"
)

// mathAlarm is a step policy on an alarm over queries.
func mathAlarm(queries string) []imports.File {
	return []imports.File{{Name: "asg.json", Text: []byte(`{"AutoScalingGroups": [{"AutoScalingGroupName": "web", "MinSize": 1, "MaxSize": 9, "AvailabilityZones": ["us-east-1a"], "TargetGroupARNs": ["arn:x"]}],
"ScalingPolicies": [{"AutoScalingGroupName": "web", "PolicyName": "up", "PolicyType": "StepScaling", "StepAdjustments": [{"MetricIntervalLowerBound": 0, "ScalingAdjustment": 1}], "Alarms": [{"AlarmName": "share"}]}],
"MetricAlarms": [{"AlarmName": "share", "EvaluationPeriods": 2, "Threshold": 5, "ComparisonOperator": "GreaterThanThreshold", "Metrics": [` + queries + `]}]}`)}}
}

const (
	errors5xx = `{"Id": "m1", "ReturnData": false, "MetricStat": {"Metric": {"Namespace": "AWS/ApplicationELB", "MetricName": "HTTPCode_Target_5XX_Count"}, "Period": 120, "Stat": "Sum"}}`
	requests  = `{"Id": "m2", "ReturnData": false, "MetricStat": {"Metric": {"Namespace": "AWS/ApplicationELB", "MetricName": "RequestCount"}, "Period": 120, "Stat": "Sum"}}`
)

// An alarm over metric math keeps its expression, with those that it names put in, and each
// metric's statistic; its period is theirs.
func TestAlarmOverMetricMath(t *testing.T) {
	_, w := imported(t, mathAlarm(errors5xx+","+requests+`, {"Id": "ratio", "Expression": "FILL(m1, 0) / m2", "ReturnData": false}, {"Id": "e1", "Expression": "IF(m2 > 0, 100 * ratio, 0)", "ReturnData": true}`), imports.Options{})
	if len(w.Math) != 1 || len(w.Alarms) != 1 {
		t.Fatalf("%+v %+v", w.Math, w.Alarms)
	}
	m := w.Math[0]
	if m.Expression != "IF(m2 > 0, 100 * (FILL(m1, 0) / m2), 0)" || len(m.Inputs) != 2 || m.Inputs[0].Metric != cloudwatch.HTTPCodeTarget5XX || m.Inputs[1].Statistic.Kind != cloudwatch.Sum {
		t.Errorf("%+v", m)
	}
	if a := w.Alarms[0]; a.Metric != m.Metric || a.Period.Seconds() != 120 || len(w.Policies) != 1 {
		t.Errorf("%+v", a)
	}
}

// What metric math has and the simulator has not is refused by name, with its effect.
func TestMetricMathThatIsNotModelled(t *testing.T) {
	for queries, want := range map[string]string{
		errors5xx + `, {"Id": "e1", "Expression": "RATE(m1)"}`: "RATE is not modelled",
		errors5xx + `, {"Id": "q", "MetricStat": {"Metric": {"Namespace": "Shop", "MetricName": "Carts"}, "Period": 60, "Stat": "Sum"}}, {"Id": "e1", "Expression": "m1 / q"}`: `"Carts" is a metric that the simulator does not produce`,
	} {
		res, w := imported(t, mathAlarm(queries), imports.Options{})
		if len(w.Policies) != 0 || !told(res.NotInIt, "", want) || !told(res.NotInIt, "", "the group does not scale by it") || strings.Contains(string(res.Text), "[metric.") {
			t.Errorf("%s: %v\n%s", want, res.NotInIt, res.Text)
		}
	}
}
