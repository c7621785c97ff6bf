package imports_test

import (
	"errors"
	"flag"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"asgsim/scenarios"
	"asgsim/scenarios/imports"
	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

var update = flag.Bool("update", false, "rewrite the golden scenarios")

// check loads what import has made, with settings laid upon it.
func check(sets ...string) func([]byte) []imports.Fault {
	return func(text []byte) []imports.Fault {
		_, err := load(text, sets...)
		var problems scenarios.Problems
		if !errors.As(err, &problems) {
			return nil
		}
		var out []imports.Fault
		for _, p := range problems {
			out = append(out, imports.Fault{Line: p.Pos.Line, Key: p.Key, Rule: p.Rule})
		}
		return out
	}
}

func load(text []byte, sets ...string) (*scenarios.Scenario, error) {
	none := func(string) (io.ReadCloser, error) { return nil, fs.ErrNotExist }
	return scenarios.Load(scenarios.Source{Name: "imported", Text: text}, none, scenarios.Options{Sets: sets})
}

// read returns files of a folder by pattern.
func read(t *testing.T, patterns ...string) []imports.File {
	t.Helper()
	var files []imports.File
	for _, pattern := range patterns {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %v, %v", pattern, names, err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, imports.File{Name: name, Text: text})
		}
	}
	return files
}

// imported imports files, and loads the scenario made of them, which must be valid.
func imported(t *testing.T, files []imports.File, o imports.Options) (*imports.Result, *record.Config) {
	t.Helper()
	res, err := imports.Import(files, o, check("duration=1m"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := load(res.Text, "duration=1m")
	if err != nil {
		t.Fatalf("%v\n%s", err, res.Text)
	}
	return res, &s.Configs[0].World
}

// golden holds a scenario against the one that was looked at.
func golden(t *testing.T, name string, text []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, text, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(text)); diff != "" {
		t.Errorf("%s (go test ./scenarios/imports -update): -golden +imported\n%s", path, diff)
	}
}

// told reports whether a note says something of a place.
func told(notes []imports.Note, place, effect string) bool {
	return slices.ContainsFunc(notes, func(n imports.Note) bool {
		return strings.Contains(n.What, place) && strings.Contains(n.Effect, effect)
	})
}

// What the files of testdata/cli say, read by eye, is what the scenario does.
func TestAWSCommandLine(t *testing.T) {
	res, w := imported(t, read(t, "testdata/cli/*.json"), imports.Options{})
	golden(t, "cli.toml", res.Text)
	g := &w.Group
	for _, x := range []struct {
		what      string
		got, want any
	}{
		{"name", g.Name, "web"},
		{"min", g.Min, 4}, {"max", g.Max, 24}, {"desired", g.Desired, 8},
		{"zones", g.Zones, []string{"us-east-1a", "us-east-1b"}},
		{"ELB checks", g.HealthCheckELB, true},
		{"grace", g.Grace, 90 * des.Second}, {"warm-up", g.Warmup, 120 * des.Second}, {"cooldown", g.Cooldown, 300 * des.Second},
		{"lifetime", g.Lifetime, 14 * des.Day}, {"rebalance", g.Rebalance, true}, {"balanced only", g.BalancedOnly, true},
		{"healthy while replacing", []float64{g.Maintenance.MinHealthy, g.Maintenance.MaxHealthy}, []float64{0.9, 1.2}},
		{"types", []string{w.Template.Mixed[0].Type.Name, w.Template.Mixed[1].Type.Name}, []string{"c7g.large", "c7g.xlarge"}},
		{"weights", []int{w.Template.Mixed[0].Weight, w.Template.Mixed[1].Weight}, []int{2, 4}},
		{"on demand", []int{g.Mixed.OnDemandBase, g.Mixed.OnDemandPercent}, []int{4, 50}},
		{"the version of $Latest is the 12th: c7g.large with detailed monitoring", w.Template.Detailed, true},
		{"deregistration", w.Balancer.DeregistrationDelay, 60 * des.Second}, {"slow start", w.Balancer.SlowStart, 30 * des.Second},
		{"idle timeout", w.Balancer.IdleTimeout, 120 * des.Second},
		{"probes", []int{w.Balancer.Check.HealthyThreshold, w.Balancer.Check.UnhealthyThreshold}, []int{3, 2}},
		{"probe interval", w.Balancer.Check.Interval, 15 * des.Second},
		{"policies in force: cpu 50, in and forecast, not panic and queue", len(w.Policies), 3},
		{"hooks", len(g.Hooks), 1}, {"hook", []any{g.Hooks[0].Launching, g.Hooks[0].Continue, g.Hooks[0].Timeout}, []any{true, true, 300 * des.Second}},
		{"suspended", len(g.Suspended), 1},
		{"scheduled actions: before work, not the sale", len(w.Schedule), 1}, {"its size", w.Schedule[0].Min, 8},
	} {
		if diff := cmp.Diff(x.want, x.got); diff != "" {
			t.Errorf("%s: -want +got\n%s", x.what, diff)
		}
	}
	for _, x := range [][2]string{
		{"PlacementGroup", "placement"},
		{"Attributes[Key=stickiness.enabled]", "one target"},
		{"QuantumPolicy", "does not know"},
		{"ScalingPolicies[1].", "ApproximateNumberOfMessagesVisible"},
		{"ScalingPolicies[3].Enabled", "not in force"},
		{"ScheduledUpdateGroupActions[1]", "runs once"},
	} {
		if !told(res.NotInIt, x[0], x[1]) {
			t.Errorf("%s, %s: not told", x[0], x[1])
		}
	}
	if len(res.NotInIt) != 6 {
		t.Errorf("%d losses, want those 6: %q", len(res.NotInIt), res.NotInIt)
	}
	for _, key := range []string{"[load.assumed]", "request.cpu", "instance.boot", "hook.warm-caches.duration"} {
		if !told(res.Assumed, key, "") {
			t.Errorf("%s: not said to be assumed", key)
		}
	}
}

// How a file is wrapped does not matter: whole answers, a query of a list or an element,
// one file or several, gzipped or not.
func TestWrapping(t *testing.T) {
	const group = `{"AutoScalingGroupName": "a", "MinSize": 2, "MaxSize": 5, "DesiredCapacity": 3, "AvailabilityZones": ["us-east-1a"], "HealthCheckType": "EC2"}`
	for name, text := range map[string]string{
		"whole":      `{"AutoScalingGroups": [` + group + `]}`,
		"query":      `[` + group + `]`,
		"element":    group,
		"recorded":   `{"status_code": 200, "data": {"AutoScalingGroups": [` + group + `], "ResponseMetadata": {}}}`,
		"documents":  `{"Tags": []}` + "\n" + group,
		"twice":      `{"AutoScalingGroups": [` + group + `]}{"AutoScalingGroups": [` + group + `]}`,
		"with a BOM": "\xef\xbb\xbf" + group,
		"PowerShell": "\xff\xfe" + strings.Join(strings.Split(group, ""), "\x00") + "\x00",
		"as text":    strings.NewReplacer(`: 2`, `: "2"`, `: 5`, `: "5"`).Replace(group),
	} {
		t.Run(name, func(t *testing.T) {
			_, w := imported(t, []imports.File{{Name: "a.json", Text: []byte(text)}}, imports.Options{})
			if w.Group.Min != 2 || w.Group.Max != 5 || w.Group.Desired != 3 || !w.Bill.NoBalancer {
				t.Errorf("%+v", w.Group)
			}
			_, w = imported(t, []imports.File{{Name: "a.json.gz", Text: zipped(t, text)}}, imports.Options{})
			if w.Group.Min != 2 {
				t.Errorf("gzipped: %+v", w.Group)
			}
		})
	}
}

// Times are read as AWS's tools write them.
func TestTimes(t *testing.T) {
	for _, at := range []string{`"2026-11-27T05:00:00Z"`, `"2026-11-27T05:00:00+00:00"`, `"2026-11-27T06:00:00.000+01:00"`, `1795755600`, `1795755600.0`, `"1795755600"`} {
		text := `{"ScheduledUpdateGroupActions": [{"AutoScalingGroupName": "a", "ScheduledActionName": "x", "Recurrence": "0 5 * * *", "StartTime": ` + at + `, "MinSize": 2, "MaxSize": -1}]}`
		res, w := imported(t, []imports.File{{Name: "a.json", Text: []byte(text)}}, imports.Options{})
		if !strings.Contains(string(res.Text), "2026-11-27T05:00:00Z") {
			t.Errorf("%s: the time is not in\n%s", at, res.Text)
		}
		if s := w.Schedule; len(s) != 1 || s[0].Min != 2 || s[0].Max >= 0 {
			t.Errorf("%s: %+v", at, s)
		}
	}
}

// What types are chosen by is imported, and so is what capacity is then counted in; with
// memory as its unit the group has the types that run now.
func TestTypesByAttributes(t *testing.T) {
	of := func(unit string) []imports.File {
		return []imports.File{{Name: "a.json", Text: []byte(`{"AutoScalingGroups": [{"AutoScalingGroupName": "a", "MinSize": 2, "MaxSize": 8, "DesiredCapacityType": "` + unit + `", "MixedInstancesPolicy": {
			"LaunchTemplate": {"Overrides": [{"InstanceRequirements": {"VCpuCount": {"Min": 2, "Max": 2}, "MemoryMiB": {"Min": 4096}, "CpuManufacturers": ["intel"], "AllowedInstanceTypes": ["c6i.*", "m6i.*"],
				"OnDemandMaxPricePercentageOverLowestPrice": 10, "LocalStorage": "required"}}]}, "InstancesDistribution": {"OnDemandAllocationStrategy": "prioritized"}},
			"Instances": [{"InstanceType": "c6i.large"}, {"InstanceType": "m7i.large"}, {"InstanceType": "c6i.large"}, {"InstanceType": "no.such"}]}]}`)}}
	}
	res, w := imported(t, of("vcpu"), imports.Options{})
	// Of two vCPUs c6i.large costs $0.085 and m6i.large $0.096, 13 % more.
	if m := w.Template.Mixed; len(m) != 1 || m[0].Type.Name != "c6i.large" || m[0].Weight != 2 || w.Group.Mixed.OnDemand != asg.OnDemandLowestPrice {
		t.Errorf("%+v, %+v", m, w.Group.Mixed)
	}
	if !told(res.NotInIt, "LocalStorage", "no type is left out for it") {
		t.Errorf("%q", res.NotInIt)
	}
	res, w = imported(t, of("memory-mib"), imports.Options{})
	if m := w.Template.Mixed; len(m) != 2 || m[0].Type.Name != "c6i.large" || m[1].Type.Name != "m7i.large" {
		t.Errorf("%+v", m)
	}
	if !told(res.NotInIt, "DesiredCapacityType", "not counted in memory") || !told(res.Assumed, "overrides", "those that run now") {
		t.Errorf("%q, %q", res.NotInIt, res.Assumed)
	}
}

// A policy with several alarms is written once for each, and one whose metric the
// simulator does not produce is told and left out, as is an alarm that watches another
// group.
func TestAlarms(t *testing.T) {
	alarm := func(name, metric, group string) string {
		return `{"AlarmName": "` + name + `", "MetricName": "` + metric + `", "Namespace": "AWS/EC2", "Statistic": "Average", "Period": 60, "EvaluationPeriods": 2, "Threshold": 60, "ComparisonOperator": "GreaterThanThreshold", "Dimensions": [{"Name": "AutoScalingGroupName", "Value": "` + group + `"}]}`
	}
	text := `{"AutoScalingGroups": [{"AutoScalingGroupName": "a", "MinSize": 2, "MaxSize": 5}],
		"ScalingPolicies": [{"AutoScalingGroupName": "a", "PolicyName": "out", "PolicyType": "SimpleScaling", "AdjustmentType": "ChangeInCapacity", "ScalingAdjustment": 1, "Alarms": [{"AlarmName": "one"}, {"AlarmName": "two"}, {"AlarmName": "disk"}]}],
		"MetricAlarms": [` + alarm("one", "CPUUtilization", "a") + "," + alarm("two", "NetworkIn", "b") + "," + alarm("disk", "DiskReadOps", "a") + `]}`
	res, w := imported(t, []imports.File{{Name: "a.json", Text: []byte(text)}}, imports.Options{})
	if len(w.Policies) != 2 || len(w.Alarms) != 2 {
		t.Errorf("%d policies, %d alarms", len(w.Policies), len(w.Alarms))
	}
	if !told(res.NotInIt, "MetricAlarms[2]", `"DiskReadOps" is a metric that the simulator does not produce`) || !told(res.NotInIt, "MetricAlarms[1].Dimensions[0]", "another group") || !told(res.NotInIt, "ScalingPolicies[0]", "once for each") {
		t.Errorf("%q", res.NotInIt)
	}
}

// What is assumed must not make the group replace its own instances: half of the grace
// period where health checks of the balancer begin early, a minute else.
func TestAssumedBoot(t *testing.T) {
	for text, want := range map[string]string{
		`"HealthCheckType": "EC2"`: `median = "60s"`,
		`"HealthCheckType": "ELB", "HealthCheckGracePeriod": 300, "TargetGroupARNs": ["arn:x"]`: `median = "60s"`,
		`"HealthCheckType": "ELB", "HealthCheckGracePeriod": 60, "TargetGroupARNs": ["arn:x"]`:  `median = "30s"`,
		`"HealthCheckType": "ELB", "TargetGroupARNs": ["arn:x"]`:                                `median = "10s"`,
	} {
		res, _ := imported(t, []imports.File{{Name: "a.json", Text: []byte(`{"AutoScalingGroupName": "a", "MinSize": 2, "MaxSize": 5, ` + text + `}`)}}, imports.Options{})
		if !strings.Contains(string(res.Text), want) {
			t.Errorf("%s: no %s in\n%s", text, want, res.Text)
		}
	}
}
