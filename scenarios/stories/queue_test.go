package stories

import (
	"math"
	"testing"
)

func TestQueueStories(t *testing.T) {
	tell(t, "CPU does not show a backlog, and messages per instance do", func(t *testing.T, r runs) {
		hold, cpu := r.summary(t, "queue-workers", "backlog"), r.summary(t, "queue-workers", "cpu")
		if !hold.SLO.Met || hold.Queue.VisibleMax < 4000 || hold.Capacity.InService.Max < 40 || hold.Queue.Redelivered != 0 {
			t.Errorf("by the backlog: %+v, %+v", hold.SLO, hold.Queue)
		}
		// Six instances of four workers and 3.8 s a message delete 6.3 of 8 a second.
		want := 24 / cpu.Queue.ProcessingS * 3 * 3600
		if cpu.SLO.Met || cpu.Capacity.Launches != 0 || cpu.CPU.Mean > 0.25 || math.Abs(float64(cpu.Queue.Deleted)-want) > 0.05*want {
			t.Errorf("by CPU: %d launches at %.0f %% CPU, %d deleted, want %.0f", cpu.Capacity.Launches, 100*cpu.CPU.Mean, cpu.Queue.Deleted, want)
		}
	})
	tell(t, "a visibility timeout shorter than the work has it done twice", func(t *testing.T, r runs) {
		hold, short := r.summary(t, "queue-workers", "backlog"), r.summary(t, "queue-workers", "short-timeout")
		if q := short.Queue; 10*q.Outlasted < 3*q.Received || q.WastedShare < 0.2 || q.DeadLetters == 0 || short.InstanceHours < 1.3*hold.InstanceHours {
			t.Errorf("%+v, %.0f instance-hours beside %.0f", q, short.InstanceHours, hold.InstanceHours)
		}
	})
	tell(t, "an instance that leaves in mid-work, or fails, gives its messages back late", func(t *testing.T, r runs) {
		hard, sick := r.summary(t, "queue-workers", "no-hook"), r.summary(t, "queue-workers", "poisoned")
		if q := hard.Queue; q.CutOff == 0 || q.Outlasted+q.Errors > 0 || int(q.CutOff) > 4*hard.Capacity.Terminations {
			t.Errorf("without a hook: %+v of %d terminations", q, hard.Capacity.Terminations)
		}
		// A worker fails ten times a second, as long as there are messages.
		if q := sick.Queue; q.Errors < 10_000 || q.Errors > 4*10*20*60 || q.DeadLetters == 0 {
			t.Errorf("poisoned: %+v", q)
		}
	})
}
