package scenarios

import (
	"fmt"
	"math"

	"asgsim/sim/des"
	"asgsim/sim/fault"
)

// draining: a drain that cuts requests off, or that is paid for nothing.
func (a *advisor) draining() {
	if a.w.Queue != nil {
		return // see works
	}
	c := &a.w.Classes[0]
	work := c.CPU.Quantile(0.999) / a.w.Template.Speed
	if c.Wait != nil {
		work += c.Wait.Quantile(0.999)
	}
	if c.Timeout > 0 {
		work = math.Min(work, c.Timeout.Seconds())
	}
	work = math.Min(work, a.w.Balancer.IdleTimeout.Seconds())
	delay := a.w.Balancer.DeregistrationDelay
	const key = "target_group.deregistration_delay"
	switch {
	case delay.Seconds() < work && a.shrinks():
		a.Warn(key, fmt.Sprintf("set it to %s or more", minute(des.Seconds(work))),
			"is %s, but one request in a thousand needs %s or more: what is in progress when an instance leaves is cut off", delay, des.Seconds(roundTo(work, 2)))
	case delay > des.Minute && delay > c.Timeout && delay.Seconds() > 5*work && a.waitsOut():
		a.Warn(key, "60s would do", "is %s, but 99.9 %% of the requests need less than %s: %s drains, and is paid, that long for nothing",
			delay, des.Seconds(roundTo(work, 2)), a.whoDrains())
	}
}

// shrinks reports whether instances ever leave the group while they serve.
func (a *advisor) shrinks() bool {
	w := a.w
	return w.Group.Min < w.Group.Max || len(w.Schedule) > 0 || len(w.Events) > 0 || w.Group.Lifetime > 0
}

// waitsOut reports whether a drain lasts to its end although nothing is left to do:
// it is configured so, or what hangs is never done.
func (a *advisor) waitsOut() bool { return a.w.Balancer.WaitOut || a.hangs() }

// hangs reports whether the scenario has instances that hang and are replaced for it.
func (a *advisor) hangs() bool {
	for i := range a.w.Faults {
		if f, ok := a.w.Faults[i].(fault.Hang); ok && (a.w.Group.HealthCheckELB || f.Impaired) {
			return true
		}
	}
	return false
}

func (a *advisor) whoDrains() string {
	if a.w.Balancer.WaitOut {
		return "an instance that leaves"
	}
	return "a hung instance"
}
