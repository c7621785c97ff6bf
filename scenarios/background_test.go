package scenarios

import (
	"context"
	"math"
	"strings"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/world"
)

const withBackground = `
duration = "30m"
[auto_scaling_group]
min_size = 2
max_size = 2
[instance]
type = "c7g.large"
background_cpu = "10%"
[request]
cpu = { constant = "20ms" }
[load.x.constant]
rate = "40/s"
arrivals = "regular"
`

// 40/s of 20 ms on two instances of two vCPUs keep 20 % of them busy; with a background
// of 10 % they show 30 %. A request that is alone has 90 % of a vCPU: 20 ms / 0.9.
func TestBackgroundIsShownAndTakesFromRequests(t *testing.T) {
	s := load(t, withBackground)
	r, err := world.Run(context.Background(), &s.Configs[0].World, 1)
	if err != nil || len(r.Violations) > 0 {
		t.Fatal(err, r.Violations)
	}
	row := r.Rows[20]
	if math.Abs(row.CPU-0.3) > 1e-3 || math.Abs(r.Summary.CPU.Mean-0.3) > 2e-3 {
		t.Errorf("CPU %v, mean %v", row.CPU, r.Summary.CPU.Mean)
	}
	want := (20 * des.Millisecond).Seconds() / 0.9
	if got := *r.Summary.Latency.P50; math.Abs(got/want-1) > 0.02 {
		t.Errorf("p50 %v, want %v", got, want)
	}
}

func TestBackgroundIsRefused(t *testing.T) {
	for set, want := range map[string]string{
		`instance.type="t3.large"`:       "not modelled for burstable types",
		`instance.background_cpu="95%"`:  "must be 0% to 90%",
		`request.measured.rate="10/s"`:   "both explain CPU utilization",
		`instance.background_cpu="junk"`: "background_cpu",
	} {
		if got := loadError(t, withBackground, set); !strings.Contains(got, want) {
			t.Errorf("%s: %s", set, got)
		}
	}
}
