package asg

import (
	"fmt"
	"slices"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// anywhere asks for the zone with the fewest instances.
const anywhere = -1

// placement is where an instance is launched, and why there.
type placement struct {
	ec2.Pool
	choice string // empty: there was none
}

// why words the choice for an activity's note.
func (p placement) why() string {
	if p.choice == "" {
		return ""
	}
	return fmt.Sprintf("It is a %s, %s.", p.Model.Type.Name, p.choice)
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
		if order = g.thinFirst(); g.cfg.BalancedOnly {
			order = order[:1]
		}
	}
	if g.kernel.Now() >= g.hookRetry.until {
		if m := g.fromPool(order, cause); m != nil {
			return m
		}
	}
	if at, ok := g.place(order, cause); ok {
		return g.launchIn(at, cause(at.Pool))
	}
	return nil
}

// place returns the first pool of the zones in which EC2 launches now; false where
// it does in none: the group then looks again later.
func (g *Group) place(order []int, cause func(ec2.Pool) string) (at placement, ok bool) {
	now := g.kernel.Now()
	if now < g.hookRetry.until {
		g.retryAt(g.hookRetry.until)
		return at, false
	}
	soonest := des.Never
	for _, z := range order {
		retry := &g.zoneRetry[z]
		if now >= retry.until {
			pools, choice := g.choices(z)
			pool, why, quota := g.attempt(pools)
			if why == "" {
				return placement{pool, choice}, true
			}
			g.refused(pools, cause(pool), why)
			g.backOff(retry, g.cfg.Zones[z])
			if quota {
				g.retryAt(retry.until)
				return at, false
			}
		}
		soonest = min(soonest, retry.until)
	}
	if len(order) > 1 || len(g.cfg.Zones) == 1 || g.cfg.BalancedOnly {
		g.retryAt(soonest)
	}
	return at, false
}

// attempt returns the first pool that has capacity, or why the last has not.
func (g *Group) attempt(pools []ec2.Pool) (pool ec2.Pool, why string, quota bool) {
	for _, pool = range pools {
		if why, quota = g.fleet.Refusal(pool); why == "" {
			break
		}
	}
	return pool, why, quota
}

// open is the first pool that has capacity, the preferred one where none has: the
// instances that a run begins with are there.
func (g *Group) open(pools []ec2.Pool) ec2.Pool {
	if pool, why, _ := g.attempt(pools); why == "" {
		return pool
	}
	return pools[0]
}

// refused writes the activity of a launch that EC2 turned down, in all pools.
func (g *Group) refused(pools []ec2.Pool, cause, why string) {
	g.launchFailed()
	g.Refused++
	now := g.kernel.Now()
	tried := ""
	if len(pools) > 1 {
		tried = fmt.Sprintf(" The other %d instance types were tried before.", len(pools)-1)
	}
	g.Activities = append(g.Activities, Activity{
		ID: len(g.Activities), Description: "Launching a new EC2 instance.  Status Reason: insufficient capacity", Cause: cause, Instance: -1,
		Zone: g.cfg.Zones[pools[0].Zone], Launch: true, Start: now, End: now, Status: Failed,
		Message: why + tried + " Launching EC2 instance failed.",
	})
}

// launchIn starts an instance. It is registered with the balancer and in service
// when EC2 reports it running (or when its application is up, if so configured)
// and its launch hooks are through; the balancer's checks begin then.
func (g *Group) launchIn(at placement, cause string) *Member {
	m := &Member{Phase: PhasePending, InServiceAt: des.Never, Protected: g.cfg.Protect, Called: g.kernel.Now(), end: -1}
	g.Launches++
	running, up := g.entry(func(*ec2.Instance) { g.came(m) })
	m.Instance = g.fleet.Launch(at.Pool, running, up)
	g.Members = append(g.Members, m)
	g.join(m)
	g.tolerate()
	g.begin(m, Activity{Description: "Launching a new EC2 instance", Cause: cause, Note: at.why(), Launch: true, Status: PreInService})
	g.observe()
	return m
}

// entry returns what is to happen when EC2 reports an instance running and when its
// application is up: enter at one of the two.
func (g *Group) entry(enter func(*ec2.Instance)) (running, up func(*ec2.Instance)) {
	never := func(*ec2.Instance) {}
	if g.cfg.AtBootDone {
		return never, enter
	}
	return enter, never
}

// came hears that a pending instance is up; its launch hooks run now.
func (g *Group) came(m *Member) { g.greet(m, PhasePending, g.enterService, g.abandon) }

// greet runs the launch hooks of an instance that is up in a phase, and then lets it
// proceed, or fails it; neither if it has left the phase.
func (g *Group) greet(m *Member, in Phase, proceed func(*Member), fail func(*Member, Status, string)) {
	if m.Phase != in || m.ready {
		return
	}
	m.ready = true
	g.await(m, true, func(through bool, why string) {
		switch {
		case m.Phase != in:
		case through:
			proceed(m)
		default:
			g.backOff(&g.hookRetry, "")
			fail(m, Cancelled, why)
		}
	})
	if m.Waiting {
		g.Activities[m.launch].Status = MidLifecycle
		g.observe()
	}
}

// abandon gives a launch up and terminates the instance; another is launched
// later.
func (g *Group) abandon(m *Member, status Status, message string) {
	a := &g.Activities[m.launch]
	a.End, a.Status, a.Message = g.kernel.Now(), status, message
	g.launchFailed()
	if m.Replacement && !m.Extra {
		g.owed++
	}
	g.terminate(m, fmt.Sprintf("At %s an instance was taken out of service in response to a launch failure.", g.clock(g.kernel.Now())), End{Kind: EndLaunchFailed, By: message})
	g.retryAt(g.kernel.Now())
}

func (g *Group) enterService(m *Member) {
	m.Phase, m.InServiceAt = PhaseInService, g.kernel.Now()
	g.register(m)
	g.launched(m)
	g.warmThrough(m)
	if m.Extra && !m.Replacement {
		g.giveWay(m)
	}
	if g.counted() > g.Desired && !g.reconcile.Pending() {
		g.reconcile = g.kernel.At(g.kernel.Now(), des.Reconcile, g.reconcileNow)
	}
	g.settleSimple()
	g.observe()
}

// warmThrough ends the activity of a launch: when the instance has warmed up, where a
// default instance warm-up is set or a policy with one asked for it, else now. (Activities
// of 305 to 333 s were seen with a warm-up of 300 s, of 31 to 34 s without.)
func (g *Group) warmThrough(m *Member) {
	k, wait := m.launch, m.warmup
	if g.cfg.Warmup >= 0 {
		wait = g.cfg.Warmup
	}
	done := func() {
		if a := &g.Activities[k]; a.End == des.Never {
			a.End, a.Status = g.kernel.Now(), Successful
		}
	}
	if wait <= 0 {
		done()
		return
	}
	g.Activities[k].Status = WaitingWarm
	g.kernel.After(wait, des.Begin, done)
}

// register puts an instance into the target group. While AddToLoadBalancer is
// suspended it is not, and never will be ("Suspend and resume a process", user
// guide, read 2023-04-27).
func (g *Group) register(m *Member) {
	if !g.suspended[AddToLoadBalancer] {
		m.registered = true
		g.balancer.Register(m.Instance.Plane, m.Instance.Zone, m.Instance.Ordinal)
	}
}

// drain takes an instance out of the balancer and calls done when it is drained.
func (g *Group) drain(m *Member, done func()) {
	if !m.registered {
		done()
		return
	}
	m.registered = false
	g.balancer.Deregister(m.Instance.Plane, done)
}

// leave takes a member out of the active ones.
func (g *Group) leave(m *Member) {
	m.Extra = false
	g.active = slices.DeleteFunc(g.active, func(o *Member) bool { return o == m })
}

// terminate takes an instance out: deregister and drain first, then the
// terminate hooks, then EC2. An instance that never was in service, or has stopped
// running, has nothing to hand over: hooks are skipped.
func (g *Group) terminate(m *Member, cause string, end End) {
	g.Terminations++
	if m.launch >= 0 && g.Activities[m.launch].Status == WaitingWarm {
		g.Activities[m.launch].End, g.Activities[m.launch].Status = g.kernel.Now(), Successful
	}
	served := m.Phase == PhaseInService || m.Phase == PhaseStandby
	g.kernel.Cancel(m.wait)
	g.release(&m.hold)
	m.Phase, m.End, m.Waiting, m.end = PhaseDraining, end, false, len(g.Activities)
	g.leave(m)
	g.Activities = append(g.Activities, Activity{
		ID: len(g.Activities), Description: "Terminating EC2 instance: " + m.Instance.ID(), Cause: cause,
		Instance: m.Instance.Ordinal, Zone: g.cfg.Zones[m.Instance.Zone], Start: g.kernel.Now(), End: des.Never, Status: WaitingDrain,
	})
	g.drain(m, func() {
		m.Phase = PhaseTerminating
		g.settleSimple()
		a := &g.Activities[m.end]
		a.Status = InProgress
		if !served || m.Instance.State != ec2.Running {
			g.finish(m)
			return
		}
		// Abandoned or not, the instance goes.
		g.await(m, false, func(bool, string) { g.finish(m) })
		if m.Waiting {
			g.Activities[m.end].Status = MidLifecycle
			g.observe()
		}
	})
	g.observe()
}

// finish has EC2 terminate the instance.
func (g *Group) finish(m *Member) {
	m.Waiting = false
	g.Activities[m.end].Status = InProgress
	g.fleet.Terminate(m.Instance, func() {
		m.Phase = PhaseGone
		a := &g.Activities[m.end]
		a.End, a.Status = g.kernel.Now(), Successful
		g.observe()
	})
	g.observe()
}
