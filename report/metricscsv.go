package report

import (
	"encoding/csv"
	"io"
	"strconv"

	"asgsim/report/clean"
	"asgsim/sim/account"
	"asgsim/sim/des"
)

// WriteMetrics writes the datapoints of the metrics that alarms and policies watch
// as CSV, as CloudWatch had them: a row a datapoint, with when it was published.
// Runs of more than two weeks have coarser ones: period_s says how long.
func WriteMetrics(w io.Writer, res *account.Result) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"metric", "statistic", "period_s", "time", "utc_offset", "at_s", "published_s", "value", "samples"}}
	for i := range res.Metrics {
		m := &res.Metrics[i]
		period := number(m.Period.Seconds(), 0)
		for _, p := range m.Points {
			// A datapoint of several minutes is stamped with its last one: see Series.Put.
			begin := p.Start.Add(min(0, des.Minute-m.Period))
			clock, offset := stamp(res, begin)
			rows = append(rows, []string{clean.Cell(m.Metric.String()), m.Statistic.String(), period, clock, offset, number(begin.Seconds(), 0),
				number(p.Known.Seconds(), 0), number(p.Value, 6), strconv.Itoa(p.Samples)})
		}
	}
	return out.WriteAll(rows)
}
