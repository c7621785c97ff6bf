package elb

import (
	"cmp"

	"asgsim/sim/des"
)

// slowSteps is in how many steps a target's share grows.
const slowSteps = 60

// slowStart begins or ends the slow start of a target whose health has changed: a
// target that becomes healthy gets a share that grows linearly, if another healthy
// one is not in slow start itself; those registered together into an empty group
// begin in full ("Target groups", slow start mode, ALB guide, read 2023-04-06).
func (b *Balancer) slowStart(t *target, before Health) {
	t.slow = des.Never
	if b.cfg.SlowStart == 0 || t.judge.health != Healthy {
		return
	}
	for _, o := range b.targets {
		if o != t && o.judge.health == Healthy && o.slow == des.Never && (before != Initial || o.since != t.since) {
			t.slow = b.kernel.Now()
			break
		}
	}
	if t.slow != des.Never && !b.ramp.Pending() {
		b.ramp = b.kernel.After(b.cfg.SlowStart/slowSteps, des.Finish, b.grow)
	}
}

// grow gives the targets in slow start their next share.
func (b *Balancer) grow() {
	now, left := b.kernel.Now(), false
	for _, t := range b.targets {
		switch {
		case t.slow == des.Never:
		case now.Sub(t.slow) >= b.cfg.SlowStart:
			t.slow = des.Never
			b.observe(t.id, t.judge.health)
		default:
			left = true
		}
	}
	if left {
		b.ramp = b.kernel.After(b.cfg.SlowStart/slowSteps, des.Finish, b.grow)
	}
	b.route()
}

// Slow is the number of targets in slow start.
func (b *Balancer) Slow() int {
	n := 0
	for _, t := range b.targets {
		if t.slow != des.Never {
			n++
		}
	}
	return n
}

// weight is a target's part of a full share among n healthy targets: X-27, our
// choice, not less than an even split would give it of its own share, or than asked.
func (b *Balancer) weight(t *target, n int) float64 {
	if t.slow == des.Never {
		return 1
	}
	return max(cmp.Or(b.cfg.SlowFloor, 1/float64(max(n, 1))), b.kernel.Now().Sub(t.slow).Seconds()/b.cfg.SlowStart.Seconds())
}
