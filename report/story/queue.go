package story

import (
	"fmt"
	"math"

	"asgsim/report/format"
	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/record"
)

// backlogged tells of the stretches in which messages waited for too long, the largest first.
func backlogged(r *account.Result) []Moment {
	q := r.Summary.Queue
	if q == nil {
		return nil
	}
	var out []Moment
	most := 0
	for k := range q.Backlogs {
		b := &q.Backlogs[k]
		m := Moment{At: des.Time(des.Seconds(b.FromS)), Label: "backlog", Text: backlog(r.Config, b)}
		if b.Most > q.Backlogs[most].Most {
			most = k
		}
		out = append(out, m)
	}
	if most > 0 {
		out[0], out[most] = out[most], out[0]
	}
	return out
}

// backlog says how far a backlog grew, beside what the fleet deletes, and when it was drained.
func backlog(cfg *record.Config, b *account.Backlog) string {
	text := fmt.Sprintf("the backlog grows from here to %s at %s, the oldest %s old", format.Plural(b.Most, "message"),
		clock(cfg, b.MostS), format.Duration(b.OldestS))
	if b.AtMax {
		text += fmt.Sprintf(", with max_size %d in service", b.MaxSize)
	}
	if b.Open {
		return text + "; it is not worked off at the end"
	}
	return text + "; it is worked off at " + clock(cfg, b.ToS)
}

// redelivered tells of visibility timeouts that ended while workers were at the messages, where
// that is one receive in a hundred or more, and of the first dead letters.
func redelivered(r *account.Result) []Moment {
	q := r.Summary.Queue
	if q == nil {
		return nil
	}
	var out []Moment
	if OutlastedMuch(q) {
		if at, ok := firstRow(r, func(m *record.Messages) bool { return m.Outlasted > 0 }); ok {
			text := fmt.Sprintf("from here on visibility timeouts of %s end while workers are still at the messages: %s of %s receives, and %s of the CPU time is wasted on deletes that come too late",
				format.Duration(r.Config.Queue.Visibility.Seconds()), format.Count(q.Outlasted), format.Count(q.Received), format.Percent(q.WastedShare))
			if x, ok := longerTimeout(r.Config); ok {
				text += "; " + x.String() + " prevents that"
			}
			out = append(out, Moment{At: at, Label: "redelivered", Text: text})
		}
	}
	if at, ok := firstRow(r, func(m *record.Messages) bool { return m.Dead > 0 }); ok && q.DeadLetters > 0 {
		out = append(out, Moment{At: at, Label: "dead letters", Text: fmt.Sprintf("from here on messages move to the dead-letter queue, received %s in vain: %s to the end",
			format.Plural(r.Config.Queue.MaxReceives, "time"), format.Count(q.DeadLetters))})
	}
	if at, ok := firstRow(r, func(m *record.Messages) bool { return m.Expired > 0 }); ok && q.Expired > 0 {
		out = append(out, Moment{At: at, Label: "expired", Text: fmt.Sprintf("from here on messages are lost, older than the retention period of %s: %s to the end",
			format.Duration(r.Config.Queue.Retention.Seconds()), format.Count(q.Expired))})
	}
	return out
}

// OutlastedMuch reports whether a visibility timeout ended while a worker was at the message in
// one receive of a hundred or more.
func OutlastedMuch(q *account.QueueSummary) bool {
	return q != nil && q.Outlasted > 0 && 100*q.Outlasted >= q.Received
}

// firstRow is the first row of the window in which something happened to messages.
func firstRow(res *account.Result, is func(*record.Messages) bool) (des.Time, bool) {
	for i := range res.Rows {
		if r := &res.Rows[i]; r.At >= des.Time(res.Config.WarmUp) && r.Messages != nil && is(r.Messages) {
			return r.At, true
		}
	}
	return 0, false
}

// longestTimeout is SQS's, in seconds: 12 hours.
const longestTimeout = 12 * 3600

// longerTimeout is a visibility timeout, in whole minutes, that one message in a thousand
// outlasts with all workers of an instance busy; false where SQS has none so long.
func longerTimeout(cfg *record.Config) (Remedy, bool) {
	most := math.Ceil(cfg.ProcessingMost(0.999)/60) * 60
	if most <= cfg.Queue.Visibility.Seconds() || most > longestTimeout {
		return Remedy{}, false
	}
	return Remedy{"queue.visibility_timeout", fmt.Sprintf("%.0fm", most/60), "and if messages stayed hidden while they are worked at?"}, true
}

// queueRemedies are those for what a queue suffered from.
func queueRemedies(r *account.Result) []Remedy {
	if !OutlastedMuch(r.Summary.Queue) {
		return nil
	}
	if x, ok := longerTimeout(r.Config); ok {
		return []Remedy{x}
	}
	return nil
}

// behind says what the messages of a row, so many seconds long, waited for.
func behind(c *account.Cause, interval float64, unit string) string {
	m := c.Messages
	text := fmt.Sprintf("a backlog of %s, the oldest %s old: %s deleted %s, %s came", format.Plural(m.Most, "message"), format.Duration(m.Oldest.Seconds()),
		format.Plural(c.Serving, unit), format.Rate(float64(m.Deleted)/interval), format.Rate(c.Mean))
	if c.Serving >= c.Max {
		text += fmt.Sprintf("; max_size %d reached", c.Max)
	}
	return text
}
