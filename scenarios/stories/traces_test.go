package stories

import (
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"testing"

	"asgsim/scenarios"
	"asgsim/sim/des"
	"asgsim/sim/world"
)

const traced = `
duration = "2d"
[slo]
latency = "4s"
[load.recorded.trace]
file = "%s"
values = "count"
counts = "exact"
gaps = "hold"
scale = %v
[request]
cpu = { median = "160ms", p95 = "600ms" }
timeout = "40s"
[instance]
type = "c7g.large"
boot = { median = "40s", p95 = "75s" }
[target_group]
load_balancing_algorithm_type = "least_outstanding_requests"
deregistration_delay = "60s"
[auto_scaling_group]
min_size = 1
max_size = 40
health_check_grace_period = "120s"
default_instance_warmup = "60s"
[policy.cpu.target_tracking]
predefined_metric_type = "ASGAverageCPUUtilization"
target_value = "50%%"
`

// Two days of each real trace, request by request, exactly as many as recorded,
// through the whole machine and its audit.
func TestRealTracesAreReplayed(t *testing.T) {
	folder := filepath.Join("..", "..", "..", "shared", "traces")
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("no traces here: %v", err)
	}
	if testing.Short() {
		t.Skip("simulates millions of requests")
	}
	for file, scale := range map[string]float64{"appcluster_hourly_2019.csv": 0.125, "nab_nyc_taxi.csv": 0.5, "nab_elb_request_count.csv": 12.5} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			open := func(p string) (io.ReadCloser, error) { return os.Open(filepath.Join(folder, p)) }
			s, err := scenarios.Load(scenarios.Source{Name: "traced.toml", Text: fmt.Appendf(nil, traced, file, scale)}, open, scenarios.Options{})
			if err != nil {
				t.Fatal(err)
			}
			c := &s.Configs[0].World
			r, err := world.Run(context.Background(), c, 1)
			if err != nil {
				t.Fatal(err)
			}
			if len(r.Violations) > 0 {
				t.Errorf("the audit is broken: %v", r.Violations)
			}
			want := c.Loads[0].Curve.Integral(0, des.Time(c.Duration))
			if got := float64(r.Summary.Requests.Offered); math.Abs(got-want) > 1 {
				t.Errorf("%v requests were offered, the trace has %v", got, want)
			}
			t.Logf("%.1f M requests, %d to %d instances, SLO met: %v", want/1e6, r.Summary.Capacity.InService.Min, r.Summary.Capacity.InService.Max, r.Summary.SLO.Met)
		})
	}
}
