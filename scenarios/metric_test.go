package scenarios

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/scaling"
)

// backlog is a recording of four minutes from 2026-03-02T00:10 on, the third missing; a
// metric may be negative.
const backlog = "Timestamp,depth,age\n2026-03-02T00:10:00Z,100,1\n2026-03-02T00:11:00Z,-3,2\n2026-03-02T00:13:00Z,7,3\n2026-03-02T00:14:00Z,8,4\n"

// A recorded metric stands at its own times, by the run's clock: a datapoint is there at
// the end of its period.
func TestARecordedMetricStandsAtItsTimes(t *testing.T) {
	text := "start = 2026-03-02T00:05:00" + base + `
[metric.depth.trace]
file = "in.csv"
column = "depth"
scale = 2
delay = "90s"
[metric.placed.trace]
file = "in.csv"
column = "age"
start = "0s"
per_instance = true
[alarm.deep]
metric_name = "depth"
statistic = "Maximum"
comparison_operator = "GreaterThanThreshold"
threshold = 150
evaluation_periods = 1
`
	s, err := Load(Source{Name: "web.toml", Text: []byte(text)}, func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(backlog)), nil }, Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := s.Configs[0].World
	if len(w.Recorded) != 2 || len(w.Alarms) != 1 || w.Alarms[0].Metric != "depth" {
		t.Fatalf("%d recorded metrics, alarms %+v", len(w.Recorded), w.Alarms)
	}
	for i, want := range []struct {
		metric  cloudwatch.Metric
		delay   des.Duration
		each    bool
		samples string // seconds of the run and values
	}{
		{"depth", 90 * des.Second, false, "360:200 420:-6 540:14 600:16"},
		{"placed", des.Minute, true, "60:1 120:2 240:3 300:4"},
	} {
		r := w.Recorded[i]
		var got []string
		for k := range r.Samples.Len() {
			at, v := r.Samples.Sample(k)
			got = append(got, fmt.Sprintf("%g:%g", at.Seconds(), v))
		}
		if r.Metric != want.metric || r.Delay != want.delay || r.PerInstance != want.each || r.Period != des.Minute || strings.Join(got, " ") != want.samples {
			t.Errorf("%s: %+v: %v, want %+v", r.Metric, r, got, want)
		}
	}
	if len(s.Understood) != 2 || !strings.Contains(s.Understood[0], "4 datapoints of 1m") || !strings.Contains(s.Understood[0], "-6 to 200; 1 datapoints are missing") {
		t.Errorf("understood %q", s.Understood)
	}
	if len(s.Warnings) != 2 || !strings.Contains(s.Warnings[0].Error(), "covers the run from 2026-03-02T00:10:00Z to 2026-03-02T00:15:00Z only") {
		t.Errorf("warnings %v", s.Warnings)
	}
}

// Without a dated load the recording of a metric says when the run is.
func TestARecordedMetricSaysWhenTheRunIs(t *testing.T) {
	text := base + "[metric.depth.trace]\nfile = \"in.csv\"\ncolumn = \"depth\"\n[policy.f.expression]\ndesired = 'metric(\"depth\", \"Average\") / 10'\n"
	s, err := Load(Source{Name: "web.toml", Text: []byte(text)}, func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(backlog)), nil }, Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := s.Configs[0].World
	if got := w.Calendar.RFC3339(0); got != "2026-03-02T00:10:00Z" || w.Duration != 5*des.Minute {
		t.Errorf("runs from %s for %s", got, w.Duration)
	}
	if e := w.Policies[0].(*scaling.Expression); len(e.Recorded) != 1 || e.Recorded[0] != "depth" {
		t.Errorf("the formula may ask for %v", e.Recorded)
	}
}

// What asks for recordings at odds with them is warned.
func TestRecordingsThatDoNotFitAreWarned(t *testing.T) {
	const rare = "t,n\n0,5\n300,6\n600,7\n172500,8\n"
	text := base + `[metric.depth.trace]
file = "in.csv"
start = "0s"
[alarm.deep]
metric_name = "depth"
comparison_operator = "GreaterThanThreshold"
threshold = 150
evaluation_periods = 1
[policy.hold.target_tracking]
customized_metric_specification = { metric_name = "depth" }
target_value = 100
`
	s, err := Load(Source{Name: "web.toml", Text: []byte(text)}, func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(rare)), nil }, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, w := range s.Warnings {
		all = append(all, w.Error())
	}
	for _, want := range []string{"alarm.deep.period: is 1m, and the recording of depth has a datapoint every 5m", "is a recording, which does not fall as instances are added"} {
		if !strings.Contains(strings.Join(all, "\n"), want) {
			t.Errorf("no warning %q in %q", want, all)
		}
	}
}
