package account

import (
	"asgsim/sim/des"
	"asgsim/sim/queue"
	"asgsim/sim/record"
)

// QueueSummary is what the queue did in the window. A message is a request of the other
// figures: offered when sent, served when deleted, its latency its age then.
type QueueSummary struct {
	Sent     uint64 `json:"sent"`
	Received uint64 `json:"received"` // redeliveries too
	Deleted  uint64 `json:"deleted"`  // messages, each once
	// Redelivered are the visibility timeouts that ended without a delete: while a worker was
	// still at the message, after its worker had been cut off, after its worker had failed.
	Redelivered  uint64    `json:"redelivered"`
	Outlasted    uint64    `json:"outlasted"`
	CutOff       uint64    `json:"cut_off"`
	Errors       uint64    `json:"errors"`
	Wasted       uint64    `json:"wasted_receives"` // whose worker finished with an old receipt handle
	WastedShare  float64   `json:"wasted_share"`    // of the CPU time of the workers that finished
	DeadLetters  uint64    `json:"dead_letters"`
	Expired      uint64    `json:"expired"`
	Visible      int       `json:"visible"`     // at the end
	NotVisible   int       `json:"not_visible"` // at the end
	VisibleMax   int       `json:"visible_max"` // at the end of a minute
	VisibleMaxS  float64   `json:"visible_max_at_s"`
	OldestMaxS   float64   `json:"oldest_max_s"` // age of the oldest message, the most at the end of a minute
	ProcessingS  float64   `json:"processing_s"` // expected, from receive to delete, alone on an instance
	CapacityPerS float64   `json:"deletes_per_s_of_an_instance"`
	Backlogs     []Backlog `json:"backlogs"`
}

// Backlog is a stretch in which messages waited for longer than the SLO allows.
type Backlog struct {
	FromS   float64 `json:"from_s"` // when it began to grow
	ToS     float64 `json:"to_s"`
	Open    bool    `json:"open"` // it is there at the end
	Most    int     `json:"visible_max"`
	MostS   float64 `json:"visible_max_at_s"`
	OldestS float64 `json:"oldest_max_s"`
	// AtMax: as many as max_size were in service, or more, when most were visible.
	AtMax   bool `json:"at_max_size"`
	MaxSize int  `json:"max_size"` // then
}

// queued sums up the window of a record; nil without a queue.
func queued(a *record.Record, rows []record.Row) *QueueSummary {
	now, before := a.Requests.Queue, a.Requests.QueueBefore
	if now == nil {
		return nil
	}
	s := &QueueSummary{
		Sent: now.Sent - before.Sent, Received: now.Received - before.Received, Deleted: now.Deleted - before.Deleted,
		Outlasted: now.Outlasted - before.Outlasted, CutOff: now.CutOff - before.CutOff, Errors: now.Errors - before.Errors,
		Wasted: now.Wasted - before.Wasted, DeadLetters: now.Dead - before.Dead, Expired: now.Expired - before.Expired,
		Visible: now.Visible, NotVisible: now.NotVisible, Backlogs: []Backlog{},
	}
	s.Redelivered = s.Outlasted + s.CutOff + s.Errors
	s.ProcessingS, s.CapacityPerS = a.Config.Processing()
	var done uint64
	for k := range a.Instances {
		for i := range a.Instances[k].Runs {
			done += a.Instances[k].Runs[i].Counters.Completed
		}
	}
	if done > 0 {
		s.WastedShare = float64(now.WastedNanos) / float64(done)
	}
	for i := range rows {
		m := rows[i].Messages
		if m == nil || rows[i].At < a.From() {
			continue
		}
		if m.Most > s.VisibleMax {
			s.VisibleMax, s.VisibleMaxS = m.Most, rows[i].At.Seconds()
		}
		s.OldestMaxS = max(s.OldestMaxS, m.Oldest.Seconds())
	}
	s.Backlogs = append(s.Backlogs, backlogs(a, rows)...)
	return s
}

// pause is how long nothing may be late between two stretches of one backlog.
const pause = 5 * des.Minute

// late reports whether messages of a row waited for longer than the SLO allows.
func late(c *record.Config, r *record.Row) bool {
	return r.Messages != nil && r.Messages.Most > 0 && r.Messages.Oldest > c.SLO.Latency
}

// backlogs are the stretches of rows that are late, from where the backlog began to grow.
func backlogs(a *record.Record, rows []record.Row) []Backlog {
	var out []Backlog
	last := des.Time(-1)
	for i := range rows {
		r := &rows[i]
		if !late(a.Config, r) || r.At < a.From() {
			continue
		}
		end := min(r.At.Add(a.Interval), a.End())
		if len(out) == 0 || r.At.Sub(last) > pause {
			k := i
			for k > 0 && rows[k-1].At >= a.From() && rows[k-1].At >= last && rows[k-1].Messages.Most > 0 && rows[k-1].Messages.Most <= rows[k].Messages.Most {
				k--
			}
			out = append(out, Backlog{FromS: rows[k].At.Seconds()})
		}
		b := &out[len(out)-1]
		b.ToS, b.Open = end.Seconds(), i == len(rows)-1
		if m := r.Messages; m.Most > b.Most {
			b.Most, b.MostS = m.Most, r.At.Seconds()
			b.MaxSize = maxSizeAt(a.Capacity, r.At)
			b.AtMax = r.States.InService() >= b.MaxSize
		}
		b.OldestS = max(b.OldestS, r.Messages.Oldest.Seconds())
		last = end
	}
	return out
}

// maxSizeAt is the group's upper bound at an instant.
func maxSizeAt(history []record.CapacityChange, at des.Time) int {
	most := 0
	for k := range history {
		if history[k].At <= at {
			most = history[k].MaxSize
		}
	}
	return most
}

// auditQueue checks that every message is somewhere, and is a request of the others' laws.
func auditQueue(c *queue.Counters, served, failed, waiting uint64, law func(bool, string, string, ...any)) {
	if c == nil {
		return
	}
	there := uint64(c.Visible) + uint64(c.NotVisible)
	law(c.Sent == c.Deleted+c.Dead+c.Expired+there, "sent = deleted + dead letters + expired + visible + not visible",
		"%d sent, %d deleted, %d dead letters, %d expired, %d visible, %d not visible", c.Sent, c.Deleted, c.Dead, c.Expired, c.Visible, c.NotVisible)
	law(c.Deleted == served && c.Dead+c.Expired == failed && there == waiting, "each message is one request",
		"%d deleted and %d served, %d lost and %d failed, %d there and %d in flight", c.Deleted, served, c.Dead+c.Expired, failed, there, waiting)
}
