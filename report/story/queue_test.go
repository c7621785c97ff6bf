package story

import (
	"testing"

	"asgsim/sim/account"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/queue"
	"asgsim/sim/record"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// drains is a result of workers with 4 workers on 2 vCPUs, 10 s of CPU and 30 s of wait a
// message: with all of them busy 2 x 10 + 30 = 50 s.
func drains(q account.QueueSummary) *account.Result {
	r := result()
	r.Config.Queue = &queue.Config{Visibility: 30 * des.Second, MaxReceives: 3, Retention: des.Hour}
	r.Config.Classes = []serving.Class{{CPU: workload.Constant{Value: 10}, Wait: workload.Constant{Value: 30}}}
	r.Config.Template.Model = ec2.Model{Type: ec2.Type{VCPU: 2}, Speed: 1, Workers: 4}
	for k := range r.Rows {
		r.Rows[k].Messages = &record.Messages{}
	}
	r.Summary.Queue = &q
	return r
}

// The largest backlog is told first, with its peak, and when it was worked off.
func TestBacklogMoments(t *testing.T) {
	r := drains(account.QueueSummary{Backlogs: []account.Backlog{
		{FromS: 3600, ToS: 7200, Most: 1234, MostS: 5400, OldestS: 600, AtMax: true, MaxSize: 4},
		{FromS: 10800, ToS: 21600, Open: true, Most: 5000, MostS: 12000, OldestS: 1200, MaxSize: 4}}})
	if got := backlogged(r); len(got) != 2 || got[0].At != 3*hour {
		t.Errorf("%v", got)
	}
	mustSay(t, texts(r, "backlog")[:1], "the backlog grows from here to 1,234 messages at Thu 01:30, the oldest 10 min old, with max_size 4 in service; it is worked off at Thu 02:00")
	mustSay(t, texts(r, "backlog")[1:], "5,000 messages at Thu 03:20, the oldest 20 min old; it is not worked off at the end")
}

// A visibility timeout that is too short is told with one that is not; one receive in a
// thousand is no matter.
func TestRedeliveredMoments(t *testing.T) {
	r := drains(account.QueueSummary{Received: 200, Outlasted: 80, WastedShare: 0.4, DeadLetters: 7, Expired: 2})
	r.Rows[60].Messages.Outlasted, r.Rows[90].Messages.Dead, r.Rows[100].Messages.Expired = 1, 7, 2
	mustSay(t, texts(r, "redelivered"), "visibility timeouts of 30 s end while workers are still at the messages: 80 of 200 receives, and 40 % of the CPU time is wasted on deletes that come too late; queue.visibility_timeout=1m prevents that")
	mustSay(t, texts(r, "dead letters"), "received 3 times in vain: 7 to the end")
	mustSay(t, texts(r, "expired"), "older than the retention period of 60 min: 2 to the end")
	if got := Tell(r).Remedies; len(got) != 1 || got[0].String() != "queue.visibility_timeout=1m" {
		t.Errorf("remedies %v", got)
	}
	r.Summary.Queue.Received = 80_000
	if r.Rows[90].Messages.Dead, r.Summary.Queue.DeadLetters = 0, 0; len(texts(r, "redelivered"))+len(texts(r, "dead letters"))+len(Tell(r).Remedies) > 0 {
		t.Error("one in a thousand is told")
	}
}

// What is slow has waited in the queue: the words give both rates.
func TestBacklogAsACause(t *testing.T) {
	c := account.Cause{Kind: account.CauseBacklog, Serving: 2, Max: 2, Mean: 8, Messages: &record.Messages{Most: 300, Oldest: 4 * des.Minute, Deleted: 120}}
	x := &teller{r: drains(account.QueueSummary{})}
	if got, want := x.cause(&c), "a backlog of 300 messages, the oldest 4 min old: 2 instances deleted 2/s, 8/s came; max_size 2 reached"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
