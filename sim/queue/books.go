package queue

import (
	"asgsim/sim/des"
	"asgsim/sim/serving"
)

// books count messages as the requests of [serving.Plane].
type books struct {
	windowFrom des.Time
	slow       des.Duration
	totals     [2]serving.Totals // of the run, of the window
	by         [serving.Reasons]uint64
	area       uint64 // integral of messages in the queue
	lasted     uint64 // with messages x now the sum of the durations of attempts
	cohorts    []serving.Cohort
	period     serving.Latencies
	total      serving.Latencies
}

// pass adds a time in which nothing happens.
func (b *books) pass(d des.Duration) { b.area += b.totals[0].InFlight * uint64(d) }

// sent counts a message.
func (b *books) sent(now des.Time) {
	b.lasted -= uint64(now)
	b.counted(now, func(t *serving.Totals) { t.Offered++; t.InFlight++ })
	b.cohort(now).Offered++
}

// again counts the end of a visibility timeout, for a reason.
func (b *books) again(now des.Time, m *message, r serving.Reason) {
	b.ended(now, r)
	b.lasted -= uint64(now)
	b.counted(m.sent, func(t *serving.Totals) { t.Retries++ })
}

// cohort is the row of a minute of first send.
func (b *books) cohort(sent des.Time) *serving.Cohort {
	m := int(sent / des.Time(des.Minute))
	for len(b.cohorts) <= m {
		b.cohorts = append(b.cohorts, serving.Cohort{})
	}
	return &b.cohorts[m]
}

// counted has the totals of the run, and of the window where the send was in it, changed.
func (b *books) counted(sent des.Time, change func(*serving.Totals)) {
	change(&b.totals[0])
	if sent >= b.windowFrom {
		change(&b.totals[1])
	}
}

// ended ends the present attempt of a message, for good unless the reason is that its
// visibility timeout ended.
func (b *books) ended(now des.Time, r serving.Reason) {
	b.by[r]++
	b.lasted += uint64(now)
}

// served counts a message that was deleted after so long in the queue and in the worker's hands.
func (b *books) served(now des.Time, m *message, received des.Time) {
	b.ended(now, serving.OK)
	lasted, taken := now.Sub(m.sent), now.Sub(received)
	slow := lasted > b.slow
	b.counted(m.sent, func(t *serving.Totals) {
		t.Served++
		t.InFlight--
		if slow {
			t.Slow++
		}
	})
	row := b.cohort(m.sent)
	row.Served++
	if slow {
		row.Slow++
	}
	b.period.Served.Record(lasted)
	b.period.Target.Record(taken)
	if m.sent >= b.windowFrom {
		b.total.Served.Record(lasted)
		b.total.Target.Record(taken)
	}
}

// failed counts a message that nobody will delete.
func (b *books) failed(now des.Time, m *message, r serving.Reason) {
	b.ended(now, r)
	b.counted(m.sent, func(t *serving.Totals) {
		t.Failed[r]++
		t.InFlight--
	})
	b.cohort(m.sent).Failed++
}
