package scenarios

import (
	"fmt"
	"slices"

	"asgsim/scenarios/form"
	"asgsim/sim/asg"
	"asgsim/sim/des"
)

// works warns about a visibility timeout that ends while workers are at a message.
func (a *advisor) works() {
	q, c := a.w.Queue, &a.w.Classes[0]
	if q == nil {
		return
	}
	t := &a.w.Template
	shared := max(1, float64(t.Workers)/a.vcpu)
	terms := fmt.Sprintf("%s on the CPU at the 99th percentile", des.Seconds(roundTo(c.CPU.Quantile(0.99)/t.Speed, 3)))
	if shared > 1 {
		terms += fmt.Sprintf(" x %s workers a vCPU", form.FormatNumber(roundTo(shared, 3)))
	}
	if c.Wait != nil {
		terms += fmt.Sprintf(" + %s off it", des.Seconds(roundTo(c.Wait.Quantile(0.99), 3)))
	}
	if most := des.Seconds(roundTo(a.w.ProcessingMost(0.99), 3)); most > q.Visibility {
		a.Warn("queue.visibility_timeout", fmt.Sprintf("set it to %s or more", formatDuration(minute(most))),
			"is shorter than a message may take while all workers are busy: %s = %s; it is then received again, and the work done twice", terms, most)
	}
	if alone, _ := a.w.Processing(); alone > a.w.SLO.Latency.Seconds() {
		a.Warn("slo.latency", "allow the time that a message waits and is worked at", "is %s from send to delete, and a worker takes %s for a message on average: no fleet is so fast",
			a.w.SLO.Latency, des.Seconds(roundTo(alone, 3)))
	}
	if finish := slices.ContainsFunc(a.w.Group.Hooks, func(h asg.Hook) bool { return !h.Launching }); !finish && a.shrinks() {
		a.Warn("queue.visibility_timeout", "a terminating [hook.NAME] as long as a message takes lets workers finish",
			"is how long the messages wait at which an instance works that leaves: without a lifecycle hook it is terminated in mid-work")
	}
}
