package calibrate

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"asgsim/scenarios"
	"asgsim/sim/rng"
	"asgsim/sim/world"
)

// An instance with six workers, whose requests wait 200 ms each: at 27/s 5.6 of them are in
// use, and requests queue while the CPU idles. The record is what such a group shows.
func TestWorkersAreFoundByLatency(t *testing.T) {
	if testing.Short() {
		t.Skip("simulates a record, and fleets with many numbers of workers")
	}
	const six = "timezone = \"UTC\"\nduration = \"5h\"\n[load.a.day_night]\ntrough = \"16/s\"\ntrough_at = \"00:00\"\npeak = \"54/s\"\npeak_at = \"05:00\"\n[request]\ncpu = { mean = \"5ms\", cv = 1.0 }\nwait = { median = \"180ms\", p99 = \"500ms\" }\n[instance]\ntype = \"c7g.large\"\nworkers = 6\n[auto_scaling_group]\nmin_size = 2\nmax_size = 2\n"
	s, err := scenarios.Load(scenarios.Source{Name: "six.toml", Text: []byte(six)}, nil, scenarios.Options{})
	if err != nil {
		t.Fatal(err)
	}
	cfg := &s.Configs[0].World
	cfg.NeededUnasked = true
	res, err := world.Run(context.Background(), cfg, 9)
	if err != nil {
		t.Fatal(err)
	}
	noise := rng.New(9, "workers")
	var b strings.Builder
	b.WriteString("time,RequestCount,CPUUtilization,GroupInServiceInstances,TargetResponseTime p50,TargetResponseTime p90,TargetResponseTime p99\n")
	for k := range res.Rows {
		r := &res.Rows[k]
		if math.IsNaN(r.Target50) {
			continue
		}
		fmt.Fprintf(&b, "%d,%d,%g,2,%g,%g,%g\n", day+60*k, r.Offered, 100*r.CPU*(1+0.002*noise.Norm()), r.Target50, r.Target90, r.Target99)
	}
	found := fitting(t, strings.Replace(six, "workers = 6\n", "", 1), world.Run, b.String())
	f := found.finding("workers")
	if !f.Found || f.Low > 6 || f.High < 6 || f.High-f.Low > 2 {
		t.Errorf("%+v\n%s", f, found.Text(0))
	}
	if got := found.changed("instance.workers"); got != fmt.Sprint(f.Estimate) {
		t.Errorf("workers = %s", got)
	}
	if w := found.finding("wait off the CPU, median"); w.Estimate < 0.15 || w.Estimate > 0.21 {
		t.Errorf("%+v", w)
	}
}
