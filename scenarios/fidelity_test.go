package scenarios

import (
	"context"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/world"
)

// fidelityRow is a row of the table of errors.
type fidelityRow struct {
	name  string
	text  string
	seeds int
}

// fixedFleet is a fleet at a utilization, of 2 vCPU instances and 4 ms a request on average.
const fixedFleet = `
duration = "%dm"
[slo]
latency = "60ms"
[load.a.constant]
rate = "%.0f/s"
arrivals = %s
[request]
cpu = { median = "2.2ms", p95 = "11ms" }
wait = "10ms"
timeout = "2s"
abandoned = "drop"
[instance]
type = "m6i.large"
discipline = %q
[target_group]
load_balancing_algorithm_type = %q
[auto_scaling_group]
min_size = %d
max_size = %d
`

// mean of that lognormal law, in seconds: exp(mu + sigma^2/2), sigma = ln(5)/1.645.
var fixedFleetWork = 0.0022 * math.Exp(math.Pow(math.Log(5)/1.6448536269514722, 2)/2)

// fewRows are those that the default looks at.
var fewRows = []string{
	"least_outstanding_requests, processor_sharing, poisson, 5 instances at 80 %",
	"round_robin, fifo, bursty, 5 instances at 50 %",
}

func fidelityGrid() []fidelityRow {
	var out []fidelityRow
	for _, routing := range []string{"round_robin", "least_outstanding_requests", "weighted_random"} {
		for _, discipline := range []string{"processor_sharing", "fifo"} {
			for _, arrivals := range []string{"poisson", "bursty"} {
				for _, size := range []int{5, 40} {
					for _, rho := range []float64{0.5, 0.8, 0.9, 0.97, 1.1} {
						if rho > 0.9 && (size > 5 || arrivals == "bursty" || discipline == "fifo") || size > 5 && arrivals == "bursty" {
							continue
						}
						minutes, seeds, law := 30, 8, `"poisson"`
						if size > 5 {
							minutes, seeds = 20, 2
						}
						if rho > 0.9 {
							seeds = 1 // exact: nothing to average
						}
						if arrivals == "bursty" {
							law = `{ bursty = { idc = 4, cycle = "100ms" } }`
						}
						rate := rho * float64(2*size) / fixedFleetWork
						out = append(out, fidelityRow{
							name:  fmt.Sprintf("%s, %s, %s, %d instances at %.0f %%", routing, discipline, arrivals, size, 100*rho),
							text:  fmt.Sprintf(fixedFleet, minutes, rate, law, discipline, routing, size, size),
							seeds: seeds,
						})
					}
				}
			}
		}
	}
	return append(out, movingRows()...)
}

// movingFleet is a group that scales over two hours, is struck by faults, and is over its
// head for a while.
const movingFleet = `
duration = "2h"
[slo]
latency = "60ms"
[load.wave.hourly]
rates = [%s]
shape = "linear"
[load.rush.spike]
at = "Mon 01:20"
add = "%s"
rise = "1m"
hold = "4m"
decay = "5m"
[request]
cpu = { median = "2.2ms", p95 = "11ms" }
wait = "10ms"
timeout = "2s"
abandoned = "drop"
retry = { attempts = 2, backoff = "100ms" }
[instance]
type = "m6i.large"
boot = { median = "40s", p95 = "75s" }
monitoring = "detailed"
[target_group]
load_balancing_algorithm_type = %q
deregistration_delay = "60s"
health_check = { interval = "10s", timeout = "5s", healthy_threshold = 2, unhealthy_threshold = 2 }
[auto_scaling_group]
min_size = 3
max_size = 14
availability_zones = ["a", "b"]
health_check_type = "ELB"
health_check_grace_period = "120s"
default_instance_warmup = "60s"
%s
[fault.frozen.hang]
at = "Mon 00:40"
[fault.hardware.crash]
mtbf = "20h"
`

const trackingFifty = `[policy.cpu.target_tracking]
predefined_metric_type = "ASGAverageCPUUtilization"
target_value = "50%"
`

func movingRows() []fidelityRow {
	rates := []string{`"1500/s"`, `"3000/s"`}
	for len(rates) < 24 {
		rates = append(rates, `"1200/s"`)
	}
	wave := strings.Join(rates, ", ")
	return []fidelityRow{
		{"target tracking, least_outstanding_requests, faults and a rush", fmt.Sprintf(movingFleet, wave, "1500/s", "least_outstanding_requests", trackingFifty), 30},
		{"target tracking, round_robin, faults and overload at max_size", fmt.Sprintf(movingFleet, wave, "6000/s", "round_robin", trackingFifty), 30},
	}
}

// figures are what the table compares, averaged over seeds.
type figures struct {
	good, p50, p99, p999, hours, cost, activities float64
	breached, share                               float64
	n                                             float64
}

func (f *figures) add(r *account.Result) {
	s := &r.Summary
	f.n++
	f.good += *s.Requests.GoodShare
	f.p50 += *s.Latency.P50
	f.p99 += *s.Latency.P99
	f.p999 += *s.Latency.P999
	f.hours += s.InstanceHours
	f.cost += s.Cost.EC2
	f.activities += float64(s.Capacity.ScalingActivities)
	f.breached += float64(s.SLO.BreachedMinutes)
	f.share++
	if s.Fidelity != nil {
		f.share += s.Fidelity.SimulatedShare - 1
	}
}

func (f *figures) mean() figures {
	g := *f
	for _, x := range []*float64{&g.good, &g.p50, &g.p99, &g.p999, &g.hours, &g.cost, &g.activities, &g.breached, &g.share} {
		*x /= f.n
	}
	return g
}

// fidelityErrors are the relative errors of a sampled run, and which are more than is
// allowed.
func fidelityErrors(exact, sampled *figures) (string, []string) {
	var missed []string
	rel := func(a, b float64) float64 {
		if a == b {
			return 0
		}
		return b/a - 1
	}
	judge := func(name string, a, b, most float64) string {
		e := rel(a, b)
		if math.Abs(e) > most {
			missed = append(missed, name)
		}
		return fmt.Sprintf("%+.2f %%", 100*e)
	}
	points := sampled.good - exact.good
	if math.Abs(points) > math.Max(0.001, 0.05*(1-exact.good)) {
		missed = append(missed, "good")
	}
	cells := []string{
		fmt.Sprintf("%.1f %%", 100*sampled.share), fmt.Sprintf("%.3f %%", 100*exact.good), fmt.Sprintf("%+.3f", 100*points),
		judge("p50", exact.p50, sampled.p50, 0.01), judge("p99", exact.p99, sampled.p99, 0.03), judge("p99.9", exact.p999, sampled.p999, 0.08),
		judge("hours", exact.hours, sampled.hours, 0.01), judge("cost", exact.cost, sampled.cost, 0.01), judge("activities", exact.activities, sampled.activities, 0.1),
		fmt.Sprintf("%.1f / %.1f", exact.breached, sampled.breached),
	}
	return strings.Join(cells, " | "), missed
}

// Sampled runs agree with exact ones over a grid, with the shortest stretches there are:
// EC2 cost and instance-hours within 1 %, the good share within 0.1 percentage points or 5 %
// of the bad share, p50 within 1 %, p99 within 3 %, p99.9 within 8 %, scaling activities
// within 10 %. ASGSIM_STUDY=1 looks at all rows and logs the table of asgsim help fidelity.
func TestSampledAgreesWithExact(t *testing.T) {
	study := os.Getenv("ASGSIM_STUDY") != ""
	if testing.Short() {
		t.Skip("simulates some ten million requests")
	}
	for _, row := range fidelityGrid() {
		if !study {
			if !slices.Contains(fewRows, row.name) {
				continue
			}
			row.seeds = 1
		}
		if only := os.Getenv("ASGSIM_STUDY_OF"); only != "" && !strings.Contains(row.name, only) {
			continue
		}
		s := load(t, row.text)
		var of [2]figures
		for k, f := range []record.Fidelity{record.Exact, record.Sampled} {
			cfg := s.Configs[0].World
			cfg.Fidelity, cfg.Stretch, cfg.NeededUnasked = f, 2500, true
			for seed := range row.seeds {
				r, err := world.Run(context.Background(), &cfg, uint64(seed+1))
				if err != nil {
					t.Fatal(err)
				}
				for _, v := range r.Violations {
					t.Errorf("%s: %v", row.name, v)
				}
				of[k].add(r)
			}
		}
		exact, sampled := of[0].mean(), of[1].mean()
		cells, missed := fidelityErrors(&exact, &sampled)
		t.Logf("%s | %s | %s", row.name, cells, strings.Join(missed, ", "))
		// Where auto does not sample, the table says what is beyond.
		if len(missed) > 0 && !strings.HasPrefix(row.name, "weighted_random, fifo") {
			t.Errorf("%s: %s", row.name, strings.Join(missed, ", "))
		}
	}
}

// Everything that scenarios are made of keeps the laws of the audit in sampled runs, with
// stretches so short that most of each minute is skipped although few requests come: mixed
// types and weights, Spot, credits, warm pools, hooks, refreshes, traces, faults.
// ASGSIM_STUDY=1 looks at every shipped scenario.
func TestSampledRunsKeepTheLaws(t *testing.T) {
	study := os.Getenv("ASGSIM_STUDY") != ""
	if testing.Short() {
		t.Skip("simulates some million requests")
	}
	names := []string{"trace-replay", "operations"}
	if study {
		names = Names()
	}
	for _, name := range names {
		cfg := loadShipped(t, name, Options{}).Configs[0].World
		cfg.Fidelity, cfg.Stretch, cfg.NeededUnasked = record.Sampled, 50, true
		r, err := world.Run(context.Background(), &cfg, 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range r.Violations {
			t.Errorf("%s: %v", name, v)
		}
		f := r.Summary.Fidelity
		if f == nil || f.SimulatedShare >= 1 && !study {
			t.Errorf("%s: nothing was skipped", name)
		}
		s := &r.Summary
		if want := uint64(world.Expected(&cfg, des.Time(cfg.Duration)) + 0.5); name == "trace-replay" && s.Requests.Offered != want {
			t.Errorf("%d requests of a trace of %d", s.Requests.Offered, want)
		}
		t.Logf("%s: %.1f %% simulated, %d offered, %.4f good, p50 %.4g s, p99 %.4g s, $%.3f, %d activities, %d breached", name, 100*f.SimulatedShare, s.Requests.Offered,
			*s.Requests.GoodShare, *s.Latency.P50, *s.Latency.P99, s.Cost.EC2, s.Capacity.ScalingActivities, s.SLO.BreachedMinutes)
	}
}
