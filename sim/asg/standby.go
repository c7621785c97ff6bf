package asg

import "fmt"

// smaller lowers desired for an instance that is taken away, or says that the
// minimum forbids it.
func (o *operator) smaller(m *Member) bool {
	if o.desired-m.Units() < o.min {
		return false
	}
	o.size.change(-m.Units())
	return true
}

// enterStandby takes an instance in service out of it without terminating it:
// deregistered and drained, it runs on, is paid and not checked. decrement lowers
// desired; else another instance is launched ("Temporarily remove instances", user
// guide, read 2023-04-27). It returns false if the minimum forbids it.
func (o *operator) enterStandby(m *Member, decrement bool) bool {
	return o.takeAway(m, decrement, "Moving EC2 instance to Standby", "moved to standby", func() { m.Phase = PhaseStandby })
}

// detach removes an instance in service from the group without terminating it. It
// runs on outside: nobody's bill here ("Detach EC2 instances", user guide, read
// 2023-04-27).
func (o *operator) detach(m *Member, decrement bool) bool {
	return o.takeAway(m, decrement, "Detaching EC2 instance", "detached", func() {
		m.Phase = PhaseGone
		m.End = End{Kind: EndDetached}
		o.Detached++
		o.ec2.Release(m.Instance)
	})
}

func (o *operator) takeAway(m *Member, decrement bool, what, verb string, done func()) bool {
	before := o.desired
	if decrement && !o.smaller(m) {
		return false
	}
	shrunk := ""
	if decrement {
		shrunk = fmt.Sprintf(", shrinking the capacity from %d to %d", before, o.desired)
	}
	at := o.at()
	o.note(m, what, fmt.Sprintf("At %s instance %s was %s in response to a user request%s.", at, m.Instance.ID(), verb, shrunk))
	m.Phase = PhaseDraining
	o.leave(m)
	o.life.drain(m, func() {
		done()
		o.group.drained()
		o.observe()
	})
	o.group.retryAt(o.kernel.Now())
	o.observe()
	return true
}

// exitStandby puts an instance back into service and raises desired by it. It
// returns false if the maximum forbids it, or the group, larger than desired just now,
// is full. The grace period begins anew.
func (o *operator) exitStandby(m *Member) bool {
	if m.Phase != PhaseStandby || o.desired+m.Units() > o.max || o.Actual()+m.Units() > o.max+o.largest()-1 {
		return false
	}
	o.size.change(m.Units())
	at := o.at()
	o.note(m, "Moving EC2 instance out of Standby", fmt.Sprintf("At %s instance %s was moved out of standby in response to a user request, increasing the capacity from %d to %d.",
		at, m.Instance.ID(), o.desired-m.Units(), o.desired))
	m.Phase, m.InServiceAt = PhaseInService, o.kernel.Now()
	o.join(m)
	o.life.register(m)
	o.observe()
	return true
}

// protect sets or lifts an instance's protection from scale-in.
func (o *operator) protect(m *Member, protected bool) {
	m.Protected = protected
	if !protected {
		o.group.retryAt(o.kernel.Now())
	}
}
