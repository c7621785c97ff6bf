package asg

import (
	"fmt"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// resize is what set-desired-capacity does: a capacity outside the bounds is refused,
// and with honour so is any while a cooldown runs (API: SetDesiredCapacity, 2026-08).
func (o *operator) resize(want int, honour bool) (string, bool) {
	busy, until := o.group.Cooling()
	switch {
	case want > o.max:
		return fmt.Sprintf("set-desired-capacity refused: %d is above max_size %d", want, o.max), false
	case want < o.min:
		return fmt.Sprintf("set-desired-capacity refused: %d is below min_size %d", want, o.min), false
	case honour && busy:
		return "set-desired-capacity refused: a scaling activity is in progress, and its cooldown is honoured", false
	case honour && until > o.kernel.Now():
		return fmt.Sprintf("set-desired-capacity refused: the cooldown that is honoured lasts until %s", o.clock(until)), false
	case want == o.desired:
		return fmt.Sprintf("set-desired-capacity changed nothing: desired is %d already", want), false
	}
	o.group.SetDesired(want, "a user request explicitly set group desired capacity")
	return fmt.Sprintf("set-desired-capacity to %d", want), true
}

// constrain is what update-auto-scaling-group does with the sizes: bounds that exclude
// each other, and a desired capacity outside of them, are refused; without one a
// minimum above the group's raises it and a maximum below lowers it (API:
// UpdateAutoScalingGroup, 2026-08).
func (o *operator) constrain(s Sizes) (string, bool) {
	low, high := o.bounds(s.Min, s.Max)
	want := o.desired
	if s.Desired != Keep {
		want = s.Desired
	}
	switch {
	case low > high:
		return fmt.Sprintf("update refused: min_size %d would be above max_size %d", low, high), false
	case s.Desired != Keep && (want < low || want > high):
		return fmt.Sprintf("update refused: desired capacity %d must be between min_size %d and max_size %d", want, low, high), false
	}
	want = min(max(want, low), high)
	if low == o.min && high == o.max && want == o.desired {
		return fmt.Sprintf("update changed nothing: min %d, max %d, desired %d were so already", low, high, want), false
	}
	text := fmt.Sprintf("update of min %d to %d, max %d to %d", o.min, low, o.max, high)
	o.bound(low, high)
	if want != o.desired {
		o.group.SetDesired(want, fmt.Sprintf("a user request update of AutoScalingGroup constraints to min: %d, max: %d, desired: %d", low, high, want))
	}
	o.group.retryAt(o.kernel.Now())
	o.observe()
	return text, true
}

// dismiss terminates an instance at a person's request, through drain and hooks,
// protected from scale-in or not. decrement lowers desired; else another is launched
// for it. It returns false if the minimum forbids it (API:
// TerminateInstanceInAutoScalingGroup, 2026-08).
func (o *operator) dismiss(m *Member, decrement bool) bool {
	before := o.desired
	if decrement && !o.smaller(m) {
		return false
	}
	shrunk := ""
	if decrement {
		shrunk = fmt.Sprintf(", shrinking the capacity from %d to %d", before, o.desired)
	}
	o.life.terminate(m, fmt.Sprintf("At %s instance %s was taken out of service in response to a user request%s.", o.at(), m.Instance.ID(), shrunk), End{Kind: EndUser})
	o.group.retryAt(o.kernel.Now())
	return true
}

// concerns reports whether an event may be about a member.
func (o *operator) concerns(e *Event, m *Member) bool {
	if e.Instance != "" && m.Instance.ID() != e.Instance || e.Zone != "" && o.cfg.Zones[m.Instance.Zone] != e.Zone {
		return false
	}
	switch e.Kind {
	case EventProtect:
		return m.Protected != e.Protected
	case EventRecommend:
		i := m.Instance
		return m.Phase == PhaseInService && i.Spot && i.State == ec2.Running && i.Recommended == des.Never
	}
	return m.Phase != PhasePending
}
