package report

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"asgsim/sim/account"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// Rows of two minutes of a run of two and a half: what adds up, what is a mean over time,
// what is of the beginning, what is the most and what is of the end.
func TestCoarserRows(t *testing.T) {
	nan := math.NaN()
	row := func(k int) record.Row {
		v := float64(k + 1)
		r := record.Row{At: des.Time(k) * des.Time(des.Minute), Expected: 10 * v, Offered: 100, Served: 90, Slow: 5, Fail: uint64(k), Sent: 110, Retries: 10, Unconnected: 1,
			States: record.States{Ready: k + 1}, Desired: k + 2, Running: k + 3, Routed: k + 1, CPU: 0.1 * v, Hottest: 0.9 - 0.1*v, Workers: nan,
			NeededSLO: 7 - k, NeededTarget: -1, ForecastCapacity: k, CostPerHour: v, Cost: v / 60, BilledS: 60, BalancerPerHour: 2 * v}
		r.Ended[0] = 100
		return r
	}
	rows := []record.Row{row(0), row(1), row(2)}
	rows[1].Breached, rows[1].CPU, rows[1].NeededTarget = true, nan, 4
	res := &account.Result{Config: &record.Config{Duration: 150 * des.Second}, Interval: des.Minute, Rows: rows}
	got := Coarser(res, 2*des.Minute, func(rows []record.Row, k int) float64 { return float64(10*len(rows) + k) })
	if got.Interval != 2*des.Minute || len(got.Rows) != 2 || len(res.Rows) != 3 || res.Interval != des.Minute {
		t.Fatalf("%d rows of %s of %d of %s", len(got.Rows), got.Interval, len(res.Rows), res.Interval)
	}
	want := record.Row{Expected: 15, Offered: 200, Served: 180, Slow: 10, Fail: 1, Sent: 220, Retries: 20, Unconnected: 2, Breached: true,
		P50: 20, P90: 21, P99: 22, P999: 23, Target50: nan, Target90: nan, Target99: nan, States: record.States{Ready: 1}, Desired: 2, Running: 3, Routed: 1,
		CPU: 0.1, Hottest: 0.8, Workers: nan, NeededSLO: 7, NeededTarget: 4, CostPerHour: 1.5, Cost: 2. / 60, BilledS: 120, BalancerPerHour: 3}
	want.Ended[0] = 200
	if diff := cmp.Diff(want, got.Rows[0], cmpopts.EquateApprox(0, 1e-12), cmpopts.EquateNaNs()); diff != "" {
		t.Error(diff)
	}
	if r := got.Rows[1]; r.At != des.Time(2*des.Minute) || r.Offered != 100 || r.P50 != 10 {
		t.Errorf("%+v", r)
	}
	// The last row is half a minute: of one row of 150 s it is a fifth.
	if r := Coarser(res, 3*des.Minute, func([]record.Row, int) float64 { return nan }).Rows[0]; math.Abs(r.CostPerHour-(1*60+2*60+3*30)/150.) > 1e-12 {
		t.Errorf("$%g an hour", r.CostPerHour)
	}
}

// Datapoints of ten minutes: of one-minute sums, extremes and averages weighted by their
// samples; metrics of longer periods, or of such that do not divide it, keep theirs.
func TestCoarserMetrics(t *testing.T) {
	of := func(kind cloudwatch.StatisticKind, period des.Duration, values ...float64) record.Published {
		m := record.Published{Statistic: cloudwatch.Statistic{Kind: kind}, Period: period}
		for k, v := range values {
			start := des.Time(8*des.Minute) + des.Time(k)*des.Time(period) // of the first two ten minutes
			m.Points = append(m.Points, cloudwatch.Point{Start: start, Known: start.Add(2 * des.Minute), Value: v, Samples: k + 1})
		}
		return m
	}
	res := &account.Result{Config: &record.Config{}, Interval: des.Minute}
	for _, row := range []struct {
		kind cloudwatch.StatisticKind
		want []float64
	}{{cloudwatch.Sum, []float64{5, 9}}, {cloudwatch.SampleCount, []float64{5, 9}}, {cloudwatch.Minimum, []float64{1, 2}}, {cloudwatch.Maximum, []float64{4, 7}},
		{cloudwatch.Percentile, []float64{4, 7}}, {cloudwatch.Average, []float64{(1*4 + 2*1) / 3., (3*7 + 4*2) / 7.}}} {
		res.Metrics = []record.Published{of(row.kind, des.Minute, 4, 1, 7, 2)}
		m := Coarser(res, 10*des.Minute, nil).Metrics[0]
		if len(m.Points) != 2 || m.Period != 10*des.Minute {
			t.Fatalf("%v: %+v", row.kind, m)
		}
		for k, want := range row.want {
			p := m.Points[k]
			begin := p.Start.Add(des.Minute - m.Period)
			if math.Abs(p.Value-want) > 1e-12 || begin != des.Time(k)*des.Time(10*des.Minute) || p.Samples != []int{3, 7}[k] || p.Known != des.Time([]int{11, 13}[k])*des.Time(des.Minute) {
				t.Errorf("%v: %+v from %v, want %g", row.kind, p, begin, want)
			}
		}
	}
	res.Metrics = []record.Published{of(cloudwatch.Sum, des.Hour, 1, 2), of(cloudwatch.Sum, 5*des.Minute, 1, 2)}
	if diff := cmp.Diff(res.Metrics, Coarser(res, 7*des.Minute, nil).Metrics); diff != "" {
		t.Error(diff)
	}
}
