package calibrate

import (
	"bytes"
	"context"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"asgsim/report"
	"asgsim/scenarios"
	"asgsim/sim/account"
	"asgsim/sim/serving"
	"asgsim/sim/world"
)

const recordings = "testdata/recorded"

// TestRecording makes the shipped recording anew with ASGSIM_RECORD=1: metrics as a console
// exports them, in which a value of the group is that at the beginning of its minute.
func TestRecording(t *testing.T) {
	if os.Getenv("ASGSIM_RECORD") == "" {
		t.Skip("the recording is made with ASGSIM_RECORD=1")
	}
	text, err := os.ReadFile(filepath.Join(recordings, "hidden.toml"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := scenarios.Load(scenarios.Source{Name: "hidden.toml", Text: text}, nil, scenarios.Options{})
	if err != nil {
		t.Fatal(err)
	}
	cfg := &s.Configs[0].World
	cfg.NeededUnasked = true
	res, err := world.Run(context.Background(), cfg, s.Seed)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := writeMetrics(&b, res); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(recordings, "metrics.csv"), b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	b.Reset()
	if err := report.WriteActivities(&b, res); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(recordings, "activities.json"), b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d requests, %d activities", res.Summary.Requests.Offered, len(res.Activities))
}

// writeMetrics writes the rows of a run as CloudWatch's console exports metrics.
func writeMetrics(b *bytes.Buffer, res *account.Result) error {
	w := csv.NewWriter(b)
	names := []string{"RequestCount", "CPUUtilization", "TargetResponseTime p50", "TargetResponseTime p90", "TargetResponseTime p99", "HTTPCode_Target_5XX_Count", "GroupInServiceInstances", "GroupDesiredCapacity", "HealthyHostCount"}
	rows := [][]string{append([]string{"time"}, names...)}
	number := func(v float64, digits int) string {
		if math.IsNaN(v) {
			return ""
		}
		return strconv.FormatFloat(v, 'f', digits, 64)
	}
	for i := range res.Rows {
		r := &res.Rows[i]
		attempts := 0.0
		for _, n := range r.Ended {
			attempts += float64(n)
		}
		rows = append(rows, []string{res.Config.Calendar.RFC3339(r.At)[:16], number(attempts, 0), number(100*r.CPU, 3), number(r.Target50, 4), number(r.Target90, 4), number(r.Target99, 4),
			number(attempts-float64(r.Ended[serving.OK]), 0), number(float64(r.States.InService()), 0), number(float64(r.Desired), 0), number(float64(r.States.Healthy()), 0)})
	}
	return w.WriteAll(rows)
}
