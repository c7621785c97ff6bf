package sim

import (
	"math"
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/estimate"
)

// Every metric shows its own figure of a run in which no two figures are alike: 10,100
// requests, of which 100 are in flight, over two days.
func TestEveryMetricShowsItsFigure(t *testing.T) {
	mean := 0.25
	o := &Outcome{Elasticity: Elasticity{UnderAccuracy: 0.11, OverAccuracy: 1.5, UnderTimeshare: 0.13, OverTimeshare: 0.14, Instability: 0.15}}
	s := &o.Summary
	s.Requests = account.Requests{Offered: 10_100, InFlight: 100, Served: 9700, Good: 9000, Slow: 700, Failed: 300}
	s.Latency.Mean = &mean
	s.Cost.EC2PerDay, s.Cost.PerDay, s.Cost.Total = 31, 37, 74
	s.InstanceHours, s.SLO.BreachedMinutes = 41, 43
	s.Capacity.MinutesAtMax, s.Capacity.ScalingActivities, s.Capacity.InService.Max, s.Capacity.InService.Mean = 47, 53, 59, 57.5
	s.Lateness = []account.Late{{Minutes: 2}, {Minutes: 3.5}}
	s.CPU.Mean = 0.61
	want := map[string]float64{
		"cost_per_day": 31, "total_cost_per_day": 37, "instance_hours": 41, "good_share": 0.9, "slow_share": 0.07, "failed_share": 0.03, "bad_share": 0.1, "latency_mean": 0.25,
		"breached_minutes": 43, "minutes_at_max": 47, "late_minutes": 5.5, "scaling_activities": 53, "in_service_max": 59, "in_service_mean": 57.5, "under_provisioning": 0.11,
		"over_provisioning": 1.5, "under_timeshare": 0.13, "over_timeshare": 0.14, "instability": 0.15, "cpu_mean": 0.61, "cost_per_million_good": 74e6 / 9000,
	}
	all := Metrics()
	for i := range all {
		m := &all[i]
		got := math.NaN()
		switch {
		case m.value != nil:
			got = m.value(o)
		case m.fraction != nil:
			f := m.fraction(o)
			got = f.Num / f.Den
		}
		if w, ok := want[m.Key]; ok && math.Abs(got-w) > 1e-9*w {
			t.Errorf("%s: %v, want %v", m.Key, got, w)
		} else if !ok && !m.Optional && m.quantile == 0 {
			t.Errorf("%s is not tested", m.Key)
		}
		delete(want, m.Key)
	}
	if len(want) > 0 {
		t.Errorf("no metrics: %v", want)
	}
	for key, q := range map[string]float64{"p50": 0.5, "p90": 0.9, "p95": 0.95, "p99": 0.99, "p99_9": 0.999} {
		if m, ok := MetricOf(key); !ok || m.quantile != q {
			t.Errorf("%s is the %v-quantile", key, m.quantile)
		}
	}
}

// Figures are never negative, and shares end at 1; but for the capacity to spare, which is
// a share of what is needed.
func TestKindsOfMetrics(t *testing.T) {
	inf := math.Inf(1)
	for key, want := range map[string]estimate.Kind{"cost_per_day": {Hi: inf}, "bad_share": {Hi: 1, Rare: true}, "cpu_mean": {Hi: 1}, "over_provisioning": {Hi: inf}, "p99": {Hi: inf, Rare: true}} {
		if m, ok := MetricOf(key); !ok || m.kind() != want {
			t.Errorf("%s: %+v, want %+v", key, m.kind(), want)
		}
	}
}
