package imports_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode"

	"asgsim/scenarios/imports"
)

func zipped(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Text from files is text: no name breaks out of a comment or a string, moves a cursor or
// turns a line around.
func TestNamesThatAttack(t *testing.T) {
	if testing.Short() {
		t.Skip("a quarter of a second or more")
	}
	for _, name := range []string{
		"web\n[variant.evil]\nlabel = \"x\"", "web\r\nseed = 7\r\n", `web"` + "\nseed = 7 # ", `\`, `"""`, "'''\n", "web\x1b]0;owned\x07\x1b[2J",
		"web\u202egnp.exe", "web\u2028seed = 7", "web\x00", "\ufeff", "web\x7f", strings.Repeat("long ", 20_000), "N", "..", "a.b.c", "]", "#", "=1+1",
	} {
		quoted, err := json.Marshal(name)
		if err != nil {
			t.Fatal(err)
		}
		q := string(quoted)
		text := `{"AutoScalingGroups": [{"AutoScalingGroupName": ` + q + `, "MinSize": 2, "MaxSize": 5, "PlacementGroup": ` + q + `, "HealthCheckType": ` + q + `, ` + q + `: ` + q + `,
			"TerminationPolicies": [` + q + `], "LaunchTemplate": {"LaunchTemplateName": ` + q + `, "Version": ` + q + `},
			"AvailabilityZones": [` + q + `], "Instances": [{"InstanceType": ` + q + `}], "SuspendedProcesses": [{"ProcessName": ` + q + `}]}],
			"ScalingPolicies": [{"PolicyName": ` + q + `, "PolicyType": "TargetTrackingScaling", "TargetTrackingConfiguration": {"TargetValue": 50, "PredefinedMetricSpecification": {"PredefinedMetricType": "ASGAverageCPUUtilization"}}},
			  {"PolicyName": "x", "PolicyType": ` + q + `}, {"PolicyName": ` + q + ` , "PolicyType": "StepScaling", "AdjustmentType": ` + q + `, "Alarms": [{"AlarmName": ` + q + `}]}],
			"MetricAlarms": [{"AlarmName": ` + q + `, "MetricName": "CPUUtilization", "Threshold": ` + q + `, "ComparisonOperator": ` + q + `, "Dimensions": [{"Name": "InstanceId", "Value": ` + q + `}]}],
			"LifecycleHooks": [{"LifecycleHookName": ` + q + `, "LifecycleTransition": ` + q + `}],
			"ScheduledUpdateGroupActions": [{"ScheduledActionName": ` + q + `, "Recurrence": ` + q + `, "TimeZone": ` + q + `, "StartTime": ` + q + `, "MinSize": 1}]}`
		res, w := imported(t, []imports.File{{Name: name + ".json", Text: []byte(text)}}, imports.Options{})
		if w.Group.Min != 2 || w.Group.Max != 5 {
			t.Errorf("%.40q: the group is of %d to %d", name, w.Group.Min, w.Group.Max)
		}
		s, err := load(res.Text, "duration=1m")
		if err != nil || len(s.Configs) != 1 || s.Seed != 1 {
			t.Errorf("%.40q: %d configurations, %v", name, len(s.Configs), err)
		}
		if i := bytes.IndexFunc(res.Text, func(r rune) bool { return r != '\n' && !unicode.IsGraphic(r) }); i >= 0 {
			t.Errorf("%.40q: %q in the scenario", name, res.Text[i:i+1])
		}
		for line := range bytes.Lines(res.Text) {
			if len(line) > 4000 && !bytes.HasPrefix(line, []byte("# name")) {
				t.Errorf("%.40q: a line of %d bytes", name, len(line))
			}
		}
	}
}

// Values that no group has: the scenario is valid all the same, and says what is not in it.
func TestValuesThatNoGroupHas(t *testing.T) {
	for _, v := range []string{"-5", "1e300", "1e-300", `"many"`, "true", "null", "[]", "{}", `[[1]]`, "123456789012345678901234567890", "0.5", `""`, "100001", "NaN"} {
		text := `{"AutoScalingGroups": [{"AutoScalingGroupName": "a", "MinSize": 1, "MaxSize": ` + v + `, "DesiredCapacity": ` + v + `, "DefaultCooldown": ` + v + `, "HealthCheckGracePeriod": ` + v + `,
			"MaxInstanceLifetime": ` + v + `, "InstanceMaintenancePolicy": {"MinHealthyPercentage": ` + v + `, "MaxHealthyPercentage": ` + v + `}, "AvailabilityZones": ` + v + `,
			"MixedInstancesPolicy": {"LaunchTemplate": {"Overrides": [{"InstanceType": ` + v + `, "WeightedCapacity": ` + v + `}, {"InstanceType": "c7g.large"}]}, "InstancesDistribution": {"OnDemandBaseCapacity": ` + v + `, "SpotMaxPrice": ` + v + `}},
			"WarmPoolConfiguration": {"MinSize": ` + v + `, "PoolState": ` + v + `}}],
			"ScalingPolicies": [{"PolicyName": "p", "PolicyType": "TargetTrackingScaling", "TargetTrackingConfiguration": {"TargetValue": ` + v + `, "DisableScaleIn": ` + v + `, "PredefinedMetricSpecification": {"PredefinedMetricType": "ASGAverageCPUUtilization"}}},
			  {"PolicyName": "s", "PolicyType": "StepScaling", "StepAdjustments": [{"MetricIntervalLowerBound": ` + v + `, "ScalingAdjustment": ` + v + `}], "Alarms": [{"AlarmName": "m"}]}],
			"MetricAlarms": [{"AlarmName": "m", "MetricName": "CPUUtilization", "Threshold": ` + v + `, "Period": ` + v + `, "EvaluationPeriods": ` + v + `, "ComparisonOperator": "LessThanThreshold"}],
			"ScheduledUpdateGroupActions": [{"ScheduledActionName": "t", "Recurrence": "0 5 * * *", "StartTime": ` + v + `, "MinSize": ` + v + `}],
			"TargetGroups": [{"TargetGroupName": "t", "HealthCheckIntervalSeconds": ` + v + `, "HealthyThresholdCount": ` + v + `}]}`
		if v == "NaN" {
			text = strings.ReplaceAll(text, "NaN", `"NaN"`)
		}
		res, _ := imported(t, []imports.File{{Name: "a.json", Text: []byte(text)}}, imports.Options{})
		if len(res.Assumed) == 0 {
			t.Errorf("%s: nothing assumed", v)
		}
	}
}

// Bounds hold before anything else is done with a file, and messages say what it is.
func TestRefused(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	for name, x := range map[string]struct{ text, want string }{
		"empty":          {" \n", "is empty"},
		"cut off":        {`{"AutoScalingGroups": [{"AutoScalingGroupName": "a",`, "line 1: the JSON ends too early"},
		"not JSON":       {"{\n\"a\": 1,\n]", "line 3: is not JSON"},
		"nothing":        {`{"Reservation": {"Instances": 3}}`, `it holds "Reservation"`},
		"deep":           {strings.Repeat("[", 200) + strings.Repeat("]", 200), "more than 100 deep"},
		"many":           {"[" + strings.Repeat("1,", imports.MaxValues) + "1]", "more than 2000000 values"},
		"bomb":           {string(zipped(t, strings.Repeat(" ", imports.MaxFile+1))), "larger than 67108864 bytes once unpacked"},
		"damaged gzip":   {string(zipped(t, "{}")[:12]), "ends too early or is damaged"},
		"neither":        {"\x80\x81", "is not text in UTF-8"},
		"state file":     {`{"version": 4, "terraform_version": "1.9", "resources": []}`, "state file, whose format is private"},
		"HCL":            {"# ours\nresource \"aws_autoscaling_group\" \"web\" {\n}\n", "Terraform source"},
		"AWS as a table": {"-----------------\n|  DescribeAutoScalingGroups |\n", "--output json"},
		"AWS's error":    {"\nAn error occurred (AccessDenied) when calling", "no answer"},
		"CSV":            {"time,rps\n0,1\n", "seems to be CSV"},
		"scenario":       {"title = \"x\"\n[auto_scaling_group]\nmin_size = 1\n", "scenario already"},
		"idle":           {`{"Tags": []}`, "describe-tags"},
		"activities":     {`{"Activities": [{"ActivityId": "1", "Cause": "x"}]}`, "neither a group nor anything that belongs to one\n  f: describe-scaling-activities"},
		"nested stack":   {`{"Resources": {"S": {"Type": "AWS::CloudFormation::Stack"}}}`, "f S: a nested stack: give its template too"},
	} {
		_, err := imports.Import([]imports.File{{Name: "f", Text: []byte(x.text)}}, imports.Options{}, check())
		if err == nil || !strings.Contains(err.Error(), x.want) || !errors.As(err, new(imports.Seems)) && !errors.As(err, new(imports.Choose)) {
			t.Errorf("%s: %v, want %q", name, err, x.want)
		}
	}
}

// FuzzImport: never a panic; what is accepted makes a valid scenario.
func FuzzImport(f *testing.F) {
	f.Add(`{"AutoScalingGroups": [{"AutoScalingGroupName": "a", "MinSize": 1, "MaxSize": 5, "AvailabilityZones": ["eu-west-1a"], "HealthCheckType": "ELB", "TargetGroupARNs": ["arn:x/t/1"]}], "TargetGroups": [{"TargetGroupArn": "arn:x/t/1", "HealthCheckIntervalSeconds": 5}]}`)
	f.Add(`{"ScalingPolicies": [{"PolicyName": "p", "PolicyType": "StepScaling", "StepAdjustments": [{"MetricIntervalLowerBound": 0, "ScalingAdjustment": 1}], "Alarms": [{"AlarmName": "m"}]}], "MetricAlarms": [{"AlarmName": "m", "MetricName": "CPUUtilization", "Threshold": 60, "Period": 60, "EvaluationPeriods": 2, "ComparisonOperator": "GreaterThanThreshold"}]}`)
	f.Add(`{"TargetValue": 50, "PredefinedMetricSpecification": {"PredefinedMetricType": "ALBRequestCountPerTarget"}}{"Attributes": [{"Key": "slow_start.duration_seconds", "Value": "7"}]}`)
	f.Add(`{"AutoScalingGroupName": "a", "MinSize": 1, "MaxSize": 5, "WarmPoolConfiguration": {"PoolState": "Stopped"}, "MixedInstancesPolicy": {"LaunchTemplate": {"Overrides": [{"InstanceType": "m5.large"}]}, "InstancesDistribution": {"OnDemandPercentageAboveBaseCapacity": 0}}}`)
	f.Fuzz(func(t *testing.T, text string) { answered(t, "f.json", text) })
}

// answered fails the test if what import makes of a text of any kind is no valid scenario,
// or an error that says nothing.
func answered(t *testing.T, name, text string) {
	t.Helper()
	if len(text) > 1<<13 {
		return // too much for this test
	}
	res, err := imports.Import([]imports.File{{Name: name, Text: []byte(text)}}, imports.Options{}, check("duration=1m"))
	if err != nil {
		if strings.TrimSpace(err.Error()) == "" {
			t.Fatal("an error that says nothing")
		}
		return
	}
	if _, err := load(res.Text, "duration=1m"); err != nil {
		t.Fatalf("%v\n%s", err, res.Text)
	}
}
