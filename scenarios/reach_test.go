package scenarios

import (
	"context"
	"fmt"
	"testing"

	"asgsim/sim/record"
	"asgsim/sim/world"
)

// largeFleet is a day of a large group, day and night.
const largeFleet = `
duration = %q
[slo]
latency = "100ms"
[load.shop.day_night]
trough = "%d/s"
trough_at = "03:00"
peak = "%d/s"
peak_at = "14:00"
[request]
cpu = { median = "2.2ms", p95 = "11ms" }
wait = "10ms"
timeout = "5s"
[instance]
type = "m6i.large"
boot = { median = "40s", p95 = "75s" }
monitoring = "detailed"
[target_group]
load_balancing_algorithm_type = "least_outstanding_requests"
health_check = { interval = "30s", timeout = "5s", healthy_threshold = 2, unhealthy_threshold = 2 }
[auto_scaling_group]
min_size = %d
max_size = %d
health_check_type = "ELB"
health_check_grace_period = "120s"
default_instance_warmup = "60s"
`

const trackingSixty = `[policy.cpu.target_tracking]
predefined_metric_type = "ASGAverageCPUUtilization"
target_value = "60%"
`

// BenchmarkReach is how long runs take that exact ones could not be waited for: a day of
// sixty instances at 20,000 requests a second that scale by their CPU, a day of a thousand
// at 300,000, a month of the sixty. Simulated is the share of the requests that was.
func BenchmarkReach(b *testing.B) {
	for _, k := range []struct{ name, text string }{
		{"Day60", fmt.Sprintf(largeFleet, "1d", 4000, 20_000, 10, 80) + trackingSixty},
		{"Day1000", fmt.Sprintf(largeFleet, "1d", 60_000, 300_000, 1000, 1000)},
		{"Month60", fmt.Sprintf(largeFleet, "30d", 4000, 20_000, 10, 80) + trackingSixty},
	} {
		b.Run(k.name, func(b *testing.B) {
			s, err := Load(Source{Name: "reach.toml", Text: []byte(k.text)}, nothing, Options{})
			if err != nil {
				b.Fatal(err)
			}
			cfg := s.Configs[0].World
			cfg.Fidelity = record.Sampled
			requests, share := 0.0, 0.0
			for b.Loop() {
				r, err := world.Run(context.Background(), &cfg, 1)
				if err != nil {
					b.Fatal(err)
				}
				requests += float64(r.Summary.Requests.Offered)
				share = r.Summary.Fidelity.SimulatedShare
			}
			b.ReportMetric(requests/b.Elapsed().Seconds()/1e6, "Mrequests/s")
			b.ReportMetric(100*share, "%simulated")
		})
	}
}
