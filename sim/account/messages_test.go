package account

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"asgsim/sim/des"
	"asgsim/sim/queue"
	"asgsim/sim/record"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// queueRecord is a run of 20 minutes with an SLO of a minute, whose warm-up takes two.
func queueRecord(visible []int, oldest []des.Duration) *record.Record {
	r := &record.Record{Config: &record.Config{Duration: 20 * des.Minute, WarmUp: 2 * des.Minute, Queue: &queue.Config{}}, Interval: des.Minute}
	r.Config.SLO.Latency = des.Minute
	r.Config.Classes = []serving.Class{{CPU: workload.Constant{Value: 0.5}, Wait: workload.Constant{Value: 1.5}}}
	r.Config.Template.Speed, r.Config.Template.Workers, r.Config.Template.Type.VCPU = 1, 4, 2
	r.Capacity = []record.CapacityChange{{MaxSize: 9}, {At: des.Time(10 * des.Minute), MaxSize: 5}}
	r.Requests.Queue, r.Requests.QueueBefore = &queue.Counters{Sent: 1000, Deleted: 900, Outlasted: 30, CutOff: 20, Errors: 10, WastedNanos: 50}, &queue.Counters{Sent: 100, Deleted: 100, Outlasted: 5}
	r.Instances = []record.Instance{{Runs: []record.Run{{Counters: serving.InstanceCounters{Completed: 150}}, {Counters: serving.InstanceCounters{Completed: 50}}}}}
	for k := range visible {
		row := record.Row{At: des.Time(k) * des.Time(des.Minute), Messages: &record.Messages{Most: visible[k], Oldest: oldest[k]}}
		row.States.Ready = 5
		r.Rows = append(r.Rows, row)
	}
	return r
}

// A backlog begins where the messages began to be more, not where the first was late; two
// within five minutes are one; what is late in the warm-up is nobody's.
func TestBacklogsOfAQueue(t *testing.T) {
	const s = des.Second
	visible := []int{50, 0, 0, 10, 20, 90, 40, 5, 30, 60, 10, 0, 0, 0, 0, 0, 0, 0, 8, 70}
	oldest := []des.Duration{90 * s, 0, -1, 10 * s, 50 * s, 70 * s, 80 * s, 30 * s, 40 * s, 61 * s, 20 * s, 1 * s, -1, -1, -1, -1, -1, -1, 20 * s, 100 * s}
	r := queueRecord(visible, oldest)
	got := queued(r, r.Rows)
	want := []Backlog{
		{FromS: 180, ToS: 600, Most: 90, MostS: 300, OldestS: 80, MaxSize: 9},
		{FromS: 1080, ToS: 1200, Open: true, Most: 70, MostS: 1140, OldestS: 100, AtMax: true, MaxSize: 5},
	}
	if d := cmp.Diff(want, got.Backlogs); d != "" {
		t.Error(d)
	}
	// 2 s at a message, four workers: 2/s, and two vCPUs would carry 4/s.
	if got.Sent != 900 || got.Deleted != 800 || got.Redelivered != 55 || got.Outlasted != 25 || got.WastedShare != 0.25 || got.VisibleMax != 90 || got.VisibleMaxS != 300 ||
		got.OldestMaxS != 100 || got.ProcessingS != 2 || got.CapacityPerS != 2 {
		t.Errorf("%+v", got)
	}
	if r.Requests.Queue = nil; queued(r, r.Rows) != nil {
		t.Error("a queue without one")
	}
}
