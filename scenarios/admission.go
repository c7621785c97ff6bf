package scenarios

import (
	"asgsim/scenarios/form"
	"asgsim/sim/serving"
)

// admission reads [instance.admission] of instances with so many workers and places to wait.
func (d *decoder) admission(workers, queue int) serving.Admission {
	const p = "instance.admission"
	var a serving.Admission
	a.Order, _ = choose(d, p+".order", enum(serving.NewestFirst))
	a.Longest, _ = d.dur(p + ".longest_wait")
	a.Full, _ = choose(d, p+".when_full", enum(serving.DropOldest))
	switch {
	case a == (serving.Admission{}) || !d.OK("instance.workers", "instance.queue"):
	case workers == serving.Unlimited:
		d.Problem(p, d.At(p), form.Wrong("set instance.workers, or leave it out", "is about a queue, and with unlimited workers there is none"))
	case queue == 0:
		d.Problem(p, d.At(p), form.Wrong("raise instance.queue, or leave it out", "is about a queue, and instance.queue is 0"))
	case queue == serving.Unlimited && a.Full == serving.DropOldest:
		d.Problem(p+".when_full", d.At(p+".when_full"), form.Wrong("bound instance.queue, or leave it out", "is about a full queue, and instance.queue is unlimited"))
	}
	return a
}
