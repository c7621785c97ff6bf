package meter

import (
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
)

// archive keeps the datapoints of one metric over a long run, at the period at which
// CloudWatch itself keeps them: a minute for 15 days, five minutes for 63, an hour
// for 455 (GetMetricStatistics, CloudWatch API, read 2026-08). The timeline's rows
// are as long: see rowInterval.
type archive struct {
	period    des.Duration // of its datapoints
	statistic cloudwatch.Statistic
	points    []cloudwatch.Point // ascending
}

// add takes a datapoint in: sums and counts add up, extremes stay extremes, averages
// are weighted by their samples. No percentile of an hour follows from those of its
// minutes: the highest stands.
func (a *archive) add(p cloudwatch.Point, of des.Duration) {
	start := p.End.Add(-of)
	if start < 0 {
		return // a settled start's past
	}
	begin := des.Time(int64(start) / int64(a.period) * int64(a.period))
	stamp := begin.Add(a.period - des.Minute)
	n := len(a.points)
	if n == 0 || a.points[n-1].Start != stamp {
		p.Start, p.End = stamp, begin.Add(a.period)
		a.points = append(a.points, p)
		return
	}
	q := &a.points[n-1]
	switch a.statistic.Kind {
	case cloudwatch.Sum, cloudwatch.SampleCount:
		q.Value += p.Value
	case cloudwatch.Minimum:
		q.Value = min(q.Value, p.Value)
	case cloudwatch.Maximum, cloudwatch.Percentile:
		q.Value = max(q.Value, p.Value)
	default:
		q.Value = (q.Value*float64(q.Samples) + p.Value*float64(p.Samples)) / float64(q.Samples+p.Samples)
	}
	q.Samples += p.Samples
	q.Known = max(q.Known, p.Known)
}
