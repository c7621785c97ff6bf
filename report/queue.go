package report

import (
	"fmt"
	"math"
	"strings"

	"asgsim/report/format"
	"asgsim/sim/account"
)

// queueWords says on a line what the queue did.
func queueWords(q *account.QueueSummary) string {
	text := fmt.Sprintf("%s sent, %s deleted; at most %s visible, the oldest %s old", Count(q.Sent), Plural(int(q.Deleted), "message"), Count(uint64(q.VisibleMax)), format.Duration(math.Round(q.OldestMaxS)))
	if q.Redelivered > 0 {
		var by []string
		for _, x := range []struct {
			n    uint64
			what string
		}{{q.Outlasted, "while a worker was still at it"}, {q.CutOff, "whose instance had gone"}, {q.Errors, "whose worker had failed"}} {
			if x.n > 0 {
				by = append(by, Count(x.n)+" "+x.what)
			}
		}
		text += "; redelivered: " + strings.Join(by, ", ")
	}
	if q.DeadLetters > 0 {
		text += fmt.Sprintf("; %s to the dead-letter queue", Count(q.DeadLetters))
	}
	if q.Expired > 0 {
		text += fmt.Sprintf("; %s expired", Count(q.Expired))
	}
	return text
}
