package asg

import (
	"fmt"
	"strings"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/rng"
)

// SetDesired changes the desired capacity, which must lie within the bounds, and
// lets the group act after its reconcile delay. why is the first sentence of the
// activities' cause.
func (g *Group) SetDesired(n int, why string) { g.SetDesiredFor(n, why, "", 0) }

// SetDesiredFor is SetDesired for a policy: with a note of what AWS does not tell, and
// with the warm-up that the activities of its launches wait for.
func (g *Group) SetDesiredFor(n int, why, note string, warmup des.Duration) {
	if n < g.min || n > g.max {
		panic(fmt.Sprintf("asg: desired %d outside [%d, %d]", n, g.min, g.max))
	}
	if n == g.desired {
		return
	}
	g.reason = fmt.Sprintf("At %s %s changing the desired capacity from %d to %d", g.at(), why, g.desired, n)
	g.remark, g.warming = note, warmup
	g.size.set(n)
	if !g.reconcile.Pending() {
		s := rng.Key(g.seed, g.purpose, g.changes)
		g.reconcile = g.kernel.After(des.Seconds(g.cfg.Reconcile.Quantile(s.Open())), des.Reconcile, g.reconcileNow)
	}
	g.changes++
	g.observe()
}

// reconcileNow launches or terminates what separates actual from desired.
func (g *Group) reconcileNow() {
	for g.need.missing() && g.fill() {
	}
	if !g.need.missing() {
		g.replacer.due = 0 // desired fell meanwhile
	}
	for g.need.surplus() > 0 && !g.suspended[Terminate] {
		m := g.chooser.victim()
		if m == nil {
			break // the surplus is still pending, or protected
		}
		actual, remark := g.counted(), g.remark
		cause := fmt.Sprintf("%sAt %s an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from %d to %d. At %s instance %s was selected for ",
			g.because(), g.at(), actual, actual-m.Units(), g.at(), m.Instance.ID())
		if g.warm != nil && g.warm.reuses(m) {
			g.warm.giveBack(m, cause+"return to the warm pool.")
			g.Activities[m.launch].Note = remark
		} else {
			g.terminate(m, cause+"termination.", End{Kind: EndScaleIn})
			g.Activities[m.end].Note = remark
		}
	}
	if g.need.settled() {
		g.reason, g.remark, g.warming = "", "", 0
	}
	g.refillPool()
}

// because is the reason of the last change of desired, as long as the group is at
// it.
func (g *Group) because() string {
	if g.reason == "" {
		return ""
	}
	g.Scaled = append(g.Scaled, g.kernel.Now())
	return g.reason + ". "
}

// fill launches one of the missing instances, or reports that it cannot now.
func (g *Group) fill() bool {
	at := g.at()
	if g.replacer.due > 0 {
		m := g.launch(replacementCause(at), anywhere)
		if m != nil {
			m.Replacement = true
			g.replacer.due--
		}
		return m != nil
	}
	scaled, actual := len(g.Scaled), g.counted()
	why := g.because()
	m := g.launchFor(func(p ec2.Pool) string {
		return fmt.Sprintf("%sAt %s an instance was started in response to a difference between desired and actual capacity, increasing the capacity from %d to %d.",
			why, at, actual, actual+p.Units())
	}, anywhere)
	if m == nil {
		g.Scaled = g.Scaled[:scaled]
		return false
	}
	a := &g.Activities[m.launch]
	a.Note = strings.TrimSpace(g.remark + " " + a.Note)
	m.warmup = g.warming
	return true
}

// launch takes an instance from the warm pool, or starts one in the thinnest zone,
// or, where that fails, in the next (best effort: "Auto Scaling benefits", user
// guide, read 2023-04-27; balanced-only keeps to the thinnest: "Availability Zone
// distribution", read 2024-11); or in the given zone only. It is nil if nothing could be
// launched now: the group tries again later.
func (g *Group) launch(cause string, zone int) *Member {
	return g.launchFor(func(ec2.Pool) string { return cause }, zone)
}

// launchFor is launch with a cause that names the capacity.
func (g *Group) launchFor(cause func(ec2.Pool) string, zone int) *Member {
	if g.suspended[Launch] {
		return nil
	}
	order := []int{zone}
	if zone == anywhere {
		if order = g.zones.thinFirst(); g.cfg.BalancedOnly {
			order = order[:1]
		}
	}
	if g.warm != nil && g.kernel.Now() >= g.retries.hookRetry.until {
		if m := g.warm.fromPool(order, cause); m != nil {
			return m
		}
	}
	if at, ok := g.placer.place(order, cause); ok {
		return g.life.launchIn(at, cause(at.Pool))
	}
	return nil
}

// entered hears that an instance is in service.
func (g *Group) entered(m *Member) {
	if m.Extra && !m.Replacement {
		g.rebalancer.giveWay(m)
	}
	if g.counted() > g.desired && !g.reconcile.Pending() {
		g.reconcile = g.kernel.At(g.kernel.Now(), des.Reconcile, g.reconcileNow)
	}
	g.simple.settle()
}

// drained hears that an instance is out of the balancer.
func (g *Group) drained() { g.simple.settle() }

// gaveUp hears that an instance never came into service.
func (g *Group) gaveUp(m *Member) {
	if m.Replacement && !m.Extra {
		g.replacer.due++
	}
}

// terminate takes an instance out.
func (g *Group) terminate(m *Member, cause string, end End) { g.life.terminate(m, cause, end) }

// refillPool keeps the warm pool as large as it should be.
func (g *Group) refillPool() {
	if g.warm != nil {
		g.warm.refill()
	}
}

// retryAt makes sure that the group looks again at t.
func (g *Group) retryAt(t des.Time) {
	if g.retry.Pending() {
		if g.retryTime <= t {
			return
		}
		g.kernel.Cancel(g.retry)
	}
	g.retryTime = t
	g.retry = g.kernel.At(t, des.Reconcile, g.reconcileNow)
}
