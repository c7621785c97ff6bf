package meter

import (
	"asgsim/sim/cloudwatch"
	"asgsim/sim/queue"
	"asgsim/sim/record"
)

// messages are two readings of the queue, a minute apart.
type messages struct{ before, now queue.Counters }

// read reads the queue for the minute and for the row.
func (m *messages) read(queue func(*queue.Counters), r *record.Row) {
	m.before = m.now
	queue(&m.now)
	if r.Messages == nil {
		r.Messages = &record.Messages{Oldest: -1}
	}
	r.Messages.Add(&m.before, &m.now)
}

// show is what a metric of the queue showed in the minute, one sample: what there is at its
// end, or what happened in it; false where it was not reported, as the age of the oldest
// message without any.
func (m *messages) show(metric cloudwatch.Metric) (float64, bool) {
	switch metric {
	case cloudwatch.MessagesVisible:
		return float64(m.now.Visible), true
	case cloudwatch.MessagesNotVisible:
		return float64(m.now.NotVisible), true
	case cloudwatch.OldestMessage:
		return m.now.Oldest.Seconds(), m.now.Oldest >= 0
	case cloudwatch.MessagesSent:
		return float64(m.now.Sent - m.before.Sent), true
	case cloudwatch.MessagesReceived:
		return float64(m.now.Received - m.before.Received), true
	default: // MessagesDeleted
		return float64(m.now.Deleted + m.now.Wasted - m.before.Deleted - m.before.Wasted), true
	}
}
