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
func (g *group) slowStart(t *target, before Health) {
	t.slow = des.Never
	if g.cfg.SlowStart == 0 || t.judge.health != Healthy {
		return
	}
	for _, o := range g.targets {
		if o != t && o.judge.health == Healthy && o.slow == des.Never && (before != Initial || o.since != t.since) {
			t.slow = g.front.kernel.Now()
			break
		}
	}
	if t.slow != des.Never && !g.ramp.Pending() {
		g.ramp = g.front.kernel.After(g.cfg.SlowStart/slowSteps, des.Finish, g.grow)
	}
}

// grow gives the targets in slow start their next share.
func (g *group) grow() {
	now, left := g.front.kernel.Now(), false
	for _, t := range g.targets {
		switch {
		case t.slow == des.Never:
		case now.Sub(t.slow) >= g.cfg.SlowStart:
			t.slow = des.Never
			g.front.tell(t.id)
		default:
			left = true
		}
	}
	if left {
		g.ramp = g.front.kernel.After(g.cfg.SlowStart/slowSteps, des.Finish, g.grow)
	}
	g.front.route()
}

// Slow is the number of instances in slow start in any of their target groups. The groups
// list their targets in the same order.
func (b *Balancer) Slow() int {
	n := 0
	for i := range b.groups[0].targets {
		for _, g := range b.groups {
			if g.targets[i].slow != des.Never {
				n++
				break
			}
		}
	}
	return n
}

// weight is a target's part of a full share among n healthy targets: X-27, our
// choice, not less than an even split would give it of its own share, or than asked.
func (g *group) weight(t *target, n int) float64 {
	if t.slow == des.Never {
		return 1
	}
	return max(cmp.Or(g.cfg.SlowFloor, 1/float64(max(n, 1))), g.front.kernel.Now().Sub(t.slow).Seconds()/g.cfg.SlowStart.Seconds())
}
