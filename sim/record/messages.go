package record

import (
	"fmt"

	"asgsim/sim/des"
	"asgsim/sim/queue"
)

// Messages is what a queue did in a row.
type Messages struct {
	Visible, NotVisible    int          // at its end
	Most                   int          // visible, at the end of a minute
	Oldest                 des.Duration // age of the oldest message, the most at the end of a minute
	Received, Deleted      uint64       // Deleted: messages, each once
	Wasted                 uint64       // receives that ended with an old receipt handle
	Outlasted, Cut, Errors uint64       // ends of visibility timeouts, as in [queue.Counters]
	Dead, Expired          uint64
}

// Add adds what happened between two readings of the queue, a minute apart at most.
func (m *Messages) Add(before, now *queue.Counters) {
	m.Visible, m.NotVisible = now.Visible, now.NotVisible
	m.Most, m.Oldest = max(m.Most, now.Visible), max(m.Oldest, now.Oldest)
	m.Received += now.Received - before.Received
	m.Deleted += now.Deleted - before.Deleted
	m.Wasted += now.Wasted - before.Wasted
	m.Outlasted += now.Outlasted - before.Outlasted
	m.Cut += now.CutOff - before.CutOff
	m.Errors += now.Errors - before.Errors
	m.Dead += now.Dead - before.Dead
	m.Expired += now.Expired - before.Expired
}

// Join adds a later row.
func (m *Messages) Join(o *Messages) {
	m.Visible, m.NotVisible = o.Visible, o.NotVisible
	m.Most, m.Oldest = max(m.Most, o.Most), max(m.Oldest, o.Oldest)
	m.Received, m.Deleted, m.Wasted = m.Received+o.Received, m.Deleted+o.Deleted, m.Wasted+o.Wasted
	m.Outlasted, m.Cut, m.Errors = m.Outlasted+o.Outlasted, m.Cut+o.Cut, m.Errors+o.Errors
	m.Dead, m.Expired = m.Dead+o.Dead, m.Expired+o.Expired
}

// String prints what there is, so that rows that are alike print alike.
func (m *Messages) String() string {
	if m == nil {
		return "no queue"
	}
	return fmt.Sprintf("%+v", *m)
}

// Redelivered is how many visibility timeouts ended.
func (m *Messages) Redelivered() uint64 { return m.Outlasted + m.Cut + m.Errors }
