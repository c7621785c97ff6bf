package chart

import (
	"math"

	"asgsim/report"
	"asgsim/report/format"
	"asgsim/sim/account"
	"asgsim/sim/record"
)

// messagesOf are the panels of a queue: how many messages wait, and how old the oldest is.
func messagesOf(res *account.Result) []replayed {
	if res.Config.Queue == nil {
		return nil
	}
	line := func(title string, of func(*record.Messages) float64) replayed {
		r := replayed{title: title}
		for i := range res.Rows {
			if m := res.Rows[i].Messages; m != nil {
				end := math.Min(res.Rows[i].At.Add(res.Interval).Seconds(), res.Config.Duration.Seconds())
				r.at, r.values = append(r.at, end), append(r.values, of(m))
			}
		}
		return r
	}
	visible := line("Messages visible in the queue: the backlog", func(m *record.Messages) float64 { return float64(m.Most) })
	oldest := line("Age of the oldest message", func(m *record.Messages) float64 { return max(0, m.Oldest.Seconds()) })
	oldest.print = report.Latency
	if slo := res.Config.SLO.Latency.Seconds(); slo > 0 {
		oldest.limits = append(oldest.limits, limit{slo, "SLO, " + report.Latency(slo)})
	}
	visible.print = format.Value
	return []replayed{visible, oldest}
}
