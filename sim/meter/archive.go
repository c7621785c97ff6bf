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

// add takes a datapoint in, see [cloudwatch.Point.Merge].
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
	a.points[n-1].Merge(p, a.statistic.Kind)
}
