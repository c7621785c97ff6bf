package world

import (
	"math"
	"testing"

	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/fault"
	"asgsim/sim/record"
	"asgsim/sim/scaling"
)

// published returns the datapoint of a metric that begins at a time, as an alarm on it
// would have it.
func published(t *testing.T, cfg *record.Config, m cloudwatch.Metric, stat cloudwatch.StatisticKind, at des.Time) float64 {
	t.Helper()
	cfg.Alarms = []cloudwatch.Definition{{Name: "watch", Metric: m, Statistic: cloudwatch.Statistic{Kind: stat}, Period: des.Minute, Evaluate: 1, Datapoints: 1, Threshold: 1e9}}
	for _, p := range run(t, cfg).Metrics {
		for _, d := range p.Points {
			if d.Start == at {
				return d.Value
			}
		}
	}
	t.Fatalf("no datapoint at %v", at)
	return 0
}

// RequestCountPerTarget divides by the healthy targets, or by all registered.
func TestTheDivisorOfRequestCountPerTarget(t *testing.T) {
	for all, want := range map[bool]float64{false: 600, true: 450} {
		cfg := dense(30, 30, 4)
		cfg.Policies, cfg.Watch.AllTargets = nil, all
		cfg.Faults = []fault.Fault{fault.Crash{Plan: fault.Plan{Name: "dead", At: []des.Time{s(120)}, Whom: fault.Whom{Count: 1}}, Process: true}}
		if got := published(t, cfg, cloudwatch.RequestCountPerTarget, cloudwatch.Sum, s(600)); math.Abs(got-want) > 0.2*want {
			t.Errorf("all %v: %.0f, want about %.0f", all, got, want)
		}
	}
}

// X-41, and the drain that AWS documents: whether an instance that drains, and for how long it does, counts in
// the metrics of the group.
func TestTerminatingInstancesInTheMetrics(t *testing.T) {
	for _, row := range []struct {
		terminating, waitOut bool
		want                 float64
	}{{false, true, 3}, {true, true, 4}, {true, false, 3}} {
		cfg := resized(4, 3)
		cfg.Watch.Terminating, cfg.Balancer.WaitOut = row.terminating, row.waitOut
		cfg.Balancer.DeregistrationDelay = 300 * des.Second
		if got := published(t, cfg, cloudwatch.CPUUtilization, cloudwatch.SampleCount, t0.Add(2*des.Minute)); got != row.want {
			t.Errorf("terminating %v, the whole delay %v: %v samples, want %v", row.terminating, row.waitOut, got, row.want)
		}
	}
}

// a tenth of fifteen instances is one, or two.
func TestHastyRounding(t *testing.T) {
	for hasty, want := range map[bool]int{false: 1, true: 2} {
		cfg := still(15)
		cfg.Group.RoundUp, cfg.Group.HealthCheckELB = hasty, true
		cfg.Faults = []fault.Fault{fault.Crash{Plan: fault.Plan{Name: "dead", At: []des.Time{s(120)}, Whom: fault.Whom{Count: 4}}, Process: true}}
		first, n := des.Never, 0
		for _, a := range run(t, cfg).Activities {
			if a.Launch || a.Move {
				continue
			}
			if first = min(first, a.Start); a.Start == first {
				n++
			}
		}
		if n != want {
			t.Errorf("hasty %v: %d replaced at first, want %d", hasty, n, want)
		}
	}
}

// Predictive scaling by the network's metrics comes to the same as by requests.
func TestForecastOfTheNetwork(t *testing.T) {
	if testing.Short() {
		t.Skip("a second or more")
	}
	for _, pair := range []scaling.Pair{scaling.ALBRequestCount, scaling.ASGNetworkIn, scaling.ASGNetworkOut} {
		for _, detailed := range []bool{true, false} {
			cfg := foreseen(scaling.Predictive{Scale: true, Buffer: 5 * des.Minute})
			cfg.Bill.RequestBytes, cfg.Bill.ResponseBytes = 1000, 20_000
			cfg.Template.Detailed = detailed
			p := cfg.Policies[0].(*scaling.Predictive)
			p.Pair = pair
			if p.Target *= map[scaling.Pair]float64{scaling.ALBRequestCount: 1, scaling.ASGNetworkIn: 1000, scaling.ASGNetworkOut: 20_000}[pair]; !detailed && pair != scaling.ALBRequestCount {
				p.Target *= 5
			}
			if f := mustRun(t, cfg).Summary.Forecasts[0]; f.MaxCapacity != 8 {
				t.Errorf("%v, detailed %v: a capacity of %d, want 8", pair, detailed, f.MaxCapacity)
			}
		}
	}
}
