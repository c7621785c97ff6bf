package world

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// steady is a group under a constant load for six hours.
func steady(rate, work float64, start int) *record.Config {
	cfg := timeline(rate, rate, start)
	cfg.Loads[0].Curve = jump{0, rate, rate}
	cfg.Duration = 6 * des.Hour
	cfg.Classes[0].CPU = seconds64(work)
	cfg.Group.Min, cfg.Group.Max = 1, 40
	cfg.Balancer.DeregistrationDelay = 10 * des.Second
	return cfg
}

// lastChanges is how often desired changed after an instant.
func lastChanges(r *account.Result, after des.Time) (n int) {
	for _, c := range changesOfDesired(r) {
		if c.At > after {
			n++
		}
	}
	return n
}

// A constant load of 52.8/s x 50 ms is 2.64 vCPU: on m5.large (2 vCPU) at a target of
// 50 %, ceil(2.64 / 2 / 0.5) = 3 instances hold it at 44 %, two would be at 66 %. From
// four (33 %, below 35 %) one goes, and then nothing more happens. With the capacity
// of now in place of the datapoint's, it swings for ever.
func TestTrackingSettles(t *testing.T) {
	for _, basis := range []scaling.Basis{scaling.BasisContributors, scaling.BasisWarm} {
		cfg := steady(52.8, 0.050, 4)
		cfg.Group.Warmup = 60 * des.Second
		cfg.Template.Pending, cfg.Template.Boot = seconds64(10), seconds64(40)
		tracking(cfg, 0).Basis = basis
		r := run(t, cfg)
		got := changesOfDesired(r)
		if last := r.Capacity[len(r.Capacity)-1].Desired; basis == scaling.BasisContributors && (lastChanges(r, t0) > 0 || last != 3) {
			t.Errorf("desired changed %v and ended with %d, want 3 from the first minutes on", got, last)
		}
		if basis == scaling.BasisWarm && len(got) < 10 {
			t.Errorf("with capacity_basis warm desired changed %d times, want the saw-tooth that X-5 doubts", len(got))
		}
	}
}

// 30 requests a second of a group that has one target healthy: 1800 a minute, target
// 600: three, whatever the datapoint of one target says.
func TestTrackingSettlesOnRequests(t *testing.T) {
	cfg := steady(0, 0.010, 1)
	cfg.Loads[0].Curve = jump{des.Time(des.Hour), 0, 29.9}
	cfg.Group.Max = 10
	tracking(cfg, 0).Metric, tracking(cfg, 0).Target = scaling.ALBRequestCountPerTarget, 600
	r := run(t, cfg)
	most := 0
	for _, c := range changesOfDesired(r) {
		most = max(most, c.To)
	}
	if last := r.Capacity[len(r.Capacity)-1].Desired; most != 3 || last != 3 {
		t.Errorf("at most %d, at the end %d, want ceil(29.9 x 60 / 600) = 3 and never more: %v", most, last, changesOfDesired(r))
	}
}

// On any constant load, whatever the warm-up, the delays, the metric and the size,
// tracking reaches a fleet and stays there.
func TestTrackingSettlesWhateverTheTimes(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("simulates millions of requests")
	}
	rapid.Check(t, func(t *rapid.T) {
		start := rapid.IntRange(1, 24).Draw(t, "start")
		rate := float64(rapid.IntRange(2, 4).Draw(t, "rate"))
		vcpus := float64(rapid.IntRange(5, 200).Draw(t, "vcpu tenths")) / 10
		cfg := steady(rate, vcpus/rate, start)
		cfg.Group.Warmup = des.Duration(rapid.SampledFrom([]int{-1, 0, 30, 60, 120, 300, 600, 1200, 1800}).Draw(t, "warm-up"))
		if cfg.Group.Warmup > 0 {
			cfg.Group.Warmup *= des.Second
		}
		cfg.Template.Detailed = rapid.Bool().Draw(t, "detailed")
		cfg.Template.Boot = seconds64(float64(rapid.IntRange(1, 300).Draw(t, "boot")))
		cfg.Watch.DetailedDelay = des.Duration(rapid.IntRange(0, 180).Draw(t, "delay")) * des.Second
		cfg.Watch.BalancerDelay = cfg.Watch.DetailedDelay
		p := tracking(cfg, 0)
		p.LowRatio = rapid.SampledFrom([]float64{0.5, 0.7, 0.9, 1}).Draw(t, "low ratio")
		p.InStep = scaling.InStep(rapid.IntRange(0, 2).Draw(t, "in step"))
		p.HighPeriods, p.LowPeriods = rapid.IntRange(1, 5).Draw(t, "high periods"), rapid.SampledFrom([]int{1, 3, 15}).Draw(t, "low periods")
		switch rapid.IntRange(0, 2).Draw(t, "metric") {
		case 0:
			p.Target = float64(rapid.IntRange(20, 70).Draw(t, "target"))
		case 1:
			p.Metric, p.Target = scaling.ALBRequestCountPerTarget, float64(rapid.IntRange(100, 1000).Draw(t, "target"))
		case 2:
			p.Metric, p.Target = scaling.ASGAverageNetworkIn, float64(rapid.IntRange(2e5, 2e6).Draw(t, "target"))
			cfg.Bill.RequestBytes = 2000
		}
		cfg.Duration, cfg.NeededUnasked = 12*des.Hour, true // half an hour of warm-up a step, and a step in after hours
		r, err := Run(t.Context(), cfg, 1)
		if err != nil {
			t.Fatal(err)
		}
		if n := lastChanges(r, des.Time(9*des.Hour)); n > 0 {
			t.Fatalf("%d changes of desired in the last three hours: %s", n, tail(r))
		}
	})
}

// tail is the last changes of desired, in words.
func tail(r *account.Result) string {
	changes := changesOfDesired(r)
	out := ""
	for _, c := range changes[max(0, len(changes)-12):] {
		out += fmt.Sprintf(" %v:%d", c.At, c.To)
	}
	return out
}
