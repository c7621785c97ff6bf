package report

import (
	"strconv"

	"asgsim/sim/account"
	"asgsim/sim/record"
)

// messageColumns are those of a queue; their cells are empty without one.
func messageColumns() []column {
	messages := func(name string, f func(*record.Messages) uint64) column {
		return column{name, func(_ *account.Result, r *record.Row) string {
			if r.Messages == nil {
				return ""
			}
			return strconv.FormatUint(f(r.Messages), 10)
		}}
	}
	return []column{
		messages("messages_visible", func(m *record.Messages) uint64 { return uint64(m.Visible) }),
		messages("messages_not_visible", func(m *record.Messages) uint64 { return uint64(m.NotVisible) }),
		{"oldest_message_s", func(_ *account.Result, r *record.Row) string {
			if r.Messages == nil || r.Messages.Oldest < 0 {
				return ""
			}
			return number(r.Messages.Oldest.Seconds(), 3)
		}},
		messages("messages_received", func(m *record.Messages) uint64 { return m.Received }),
		messages("messages_deleted", func(m *record.Messages) uint64 { return m.Deleted }),
		messages("messages_redelivered", (*record.Messages).Redelivered),
		messages("dead_letters", func(m *record.Messages) uint64 { return m.Dead }),
	}
}
