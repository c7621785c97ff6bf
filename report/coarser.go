package report

import (
	"math"

	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// Coarser returns a copy of a result whose timeline has rows of step, counted from the
// start of the run, and whose metrics have datapoints as long, for [WriteTimeline] and
// [WriteMetrics]. step is a whole multiple of the rows' interval. Metrics whose period does
// not divide it keep theirs. percentile is the k-th, of p50, p90, p99 and p99.9, of several
// rows.
func Coarser(res *account.Result, step des.Duration, percentile func(rows []record.Row, k int) float64) *account.Result {
	out := *res
	out.Rows, out.Interval, out.Metrics = nil, step, nil
	n := max(1, int(step/res.Interval))
	for i := 0; i < len(res.Rows); i += n {
		rows := res.Rows[i:min(i+n, len(res.Rows))]
		r := joined(rows, res.Interval, des.Time(res.Config.Duration))
		r.P50, r.P90, r.P99, r.P999 = percentile(rows, 0), percentile(rows, 1), percentile(rows, 2), percentile(rows, 3)
		out.Rows = append(out.Rows, r)
	}
	for i := range res.Metrics {
		out.Metrics = append(out.Metrics, longer(&res.Metrics[i], step))
	}
	return &out
}

// joined is one row of several: counts add up; the fleet is that of the beginning; the
// load, CPU and money an hour are means over time; the hottest minute, what was needed at
// most and a breach of any minute stand.
func joined(rows []record.Row, interval des.Duration, end des.Time) record.Row {
	out := rows[0]
	out.Target50, out.Target90, out.Target99 = math.NaN(), math.NaN(), math.NaN() // no file has them
	mean := func(get func(*record.Row) float64) float64 {
		sum, time := 0.0, 0.0
		for k := range rows {
			if v := get(&rows[k]); !math.IsNaN(v) {
				length := min(rows[k].At.Add(interval), end).Sub(rows[k].At).Seconds()
				sum, time = sum+v*length, time+length
			}
		}
		return sum / time
	}
	out.Expected = mean(func(r *record.Row) float64 { return r.Expected })
	out.CPU = mean(func(r *record.Row) float64 { return r.CPU })
	out.Workers = mean(func(r *record.Row) float64 { return r.Workers })
	out.CostPerHour = mean(func(r *record.Row) float64 { return r.CostPerHour })
	out.SpotPerHour = mean(func(r *record.Row) float64 { return r.SpotPerHour })
	out.CashPerHour = mean(func(r *record.Row) float64 { return r.CashPerHour })
	out.BalancerPerHour = mean(func(r *record.Row) float64 { return r.BalancerPerHour })
	out.MonitoringPerHour = mean(func(r *record.Row) float64 { return r.MonitoringPerHour })
	if out.Messages != nil {
		all := *out.Messages
		out.Messages = &all
	}
	for k := range rows[1:] {
		r := &rows[k+1]
		out.Offered, out.Served, out.Slow, out.Fail = out.Offered+r.Offered, out.Served+r.Served, out.Slow+r.Slow, out.Fail+r.Fail
		out.Sent, out.Retries, out.Unconnected = out.Sent+r.Sent, out.Retries+r.Retries, out.Unconnected+r.Unconnected
		for by := range out.Ended {
			out.Ended[by] += r.Ended[by]
		}
		if out.Messages != nil && r.Messages != nil {
			out.Messages.Join(r.Messages)
		}
		out.BilledS += r.BilledS
		out.Cost = r.Cost // cumulative
		out.Breached = out.Breached || r.Breached
		out.NeededSLO, out.NeededTarget = max(out.NeededSLO, r.NeededSLO), max(out.NeededTarget, r.NeededTarget)
		if math.IsNaN(out.Hottest) || r.Hottest > out.Hottest {
			out.Hottest = r.Hottest
		}
	}
	return out
}

// longer is a metric with datapoints of step: sums and counts add up, extremes stay
// extremes, averages are weighted by their samples. No percentile of an hour follows from
// those of its minutes: the highest stands.
func longer(m *record.Published, step des.Duration) record.Published {
	if m.Period <= 0 || m.Period >= step || step%m.Period != 0 {
		return *m
	}
	out := record.Published{Metric: m.Metric, Statistic: m.Statistic, Period: step}
	at := des.Time(-1)
	for _, p := range m.Points {
		begin := p.Start.Add(min(0, des.Minute-m.Period)) // see WriteMetrics
		begin = des.Time(int64(begin) / int64(step) * int64(step))
		n := len(out.Points)
		if n == 0 || begin != at {
			at = begin
			p.Start, p.End = begin.Add(step-des.Minute), begin.Add(step)
			out.Points = append(out.Points, p)
			continue
		}
		out.Points[n-1].Merge(p, m.Statistic.Kind)
	}
	return out
}
