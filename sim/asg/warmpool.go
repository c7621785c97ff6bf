package asg

import (
	"fmt"
	"slices"
	"sort"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/workload"
)

// PoolState is in which state the members of a warm pool wait.
type PoolState uint8

// The states (API: PutWarmPool, PoolState).
const (
	PoolStopped PoolState = iota
	PoolRunning
	PoolHibernated
)

var poolStates = [...]string{"Stopped", "Running", "Hibernated"}

// String returns AWS's name of the state.
func (s PoolState) String() string { return poolStates[s] }

// PoolStates returns the names of the states, in order.
func PoolStates() []string { return poolStates[:] }

// WarmPool is a reserve of instances that have been launched and prepared, from
// which the group scales out ("Warm pools", user guide, read 2023-04-27).
type WarmPool struct {
	State    PoolState
	Min      int  // members at least
	Prepared int  // MaxGroupPreparedCapacity: desired and pool together; Unlimited: the group's maximum
	Reuse    bool // ReuseOnScaleIn: scale-in returns instances to the pool

	// What AWS does not publish. Handover is the time from the call for a running
	// member to its service; Start from the call for a stopped or hibernated one to
	// EC2 running, Boot from there to the application's first answer; Stop from the
	// stop call to stopped.
	Handover, Start, Boot, Stop workload.Dist
}

// Unlimited leaves the prepared capacity to the group's maximum.
const Unlimited = -1

// Size is how many members the pool of a group should have (API: PutWarmPool;
// "Amazon CloudWatch metrics for Amazon EC2 Auto Scaling", user guide, read
// 2023-04-27: WarmPoolDesiredCapacity).
func (p *WarmPool) Size(desired, maximum int) int {
	if p.Prepared != Unlimited {
		maximum = p.Prepared
	}
	return max(p.Min, maximum-desired, 0)
}

// Pooled reports whether an instance in this phase is a member of the warm pool.
func (p Phase) Pooled() bool { return p == PhaseWarmedPending || p == PhaseWarmed }

// Pools reports whether an instance belongs to the warm pool, and not to the group.
func (g *Group) Pools(i *ec2.Instance) bool {
	p := g.Members[i.Ordinal].Phase
	return p.Pooled() || p == PhaseWarmedTerminating
}

// PoolCount is how many members a warm pool has, how many of those are on their way
// back to it, and how many it should have.
type PoolCount struct{ Members, Returning, Size int }

// Pool counts the members of the warm pool.
func (g *Group) Pool() PoolCount {
	if g.cfg.WarmPool == nil {
		return PoolCount{}
	}
	c := PoolCount{Members: len(g.pool), Size: g.poolSize()}
	for _, m := range g.pool {
		if m.returning {
			c.Returning++
		}
	}
	return c
}

// poolSize is how many members the pool should have. While an instance refresh
// exchanges them it may launch ahead.
func (g *Group) poolSize() int {
	size := g.cfg.WarmPool.Size(g.Desired, g.Max)
	r := g.refreshing
	if r == nil || !r.inPool {
		return size
	}
	old := 0
	for _, m := range g.pool {
		if g.outdated(m) {
			old++
		}
	}
	_, run := r.Pace.Bounds(size)
	return max(size, min(run, size+old))
}

// stock launches into the pool what is missing and terminates what is too many,
// once the group itself has what it wants.
func (g *Group) stock() {
	if g.cfg.WarmPool == nil || g.reconcile.Pending() {
		return
	}
	for len(g.pool) < g.poolSize() && g.prepare() {
	}
	for len(g.pool) > g.poolSize() && g.counted() >= g.Desired && !g.suspended[Terminate] {
		m := g.excess()
		if m == nil {
			return
		}
		at := g.clock(g.kernel.Now())
		g.discard(m, fmt.Sprintf("At %s the warm pool had %d instances and needed %d. At %s instance %s was selected for termination.",
			at, len(g.pool), g.poolSize(), at, m.Instance.ID()), End{Kind: EndPoolSurplus})
	}
}

// prepare launches an instance into the pool, in the zone with the fewest
// instances, of group and pool together; false if it cannot now.
func (g *Group) prepare() bool {
	if g.suspended[Launch] {
		return false
	}
	at := g.clock(g.kernel.Now())
	cause := fmt.Sprintf("At %s an instance was launched into the warm pool, which had %d of %d.", at, len(g.pool), g.poolSize())
	place, ok := g.place(g.thinWithPool(), func(ec2.Pool) string { return cause })
	if !ok {
		return false
	}
	m := &Member{Phase: PhaseWarmedPending, InServiceAt: des.Never, Protected: g.cfg.Protect, Called: g.kernel.Now(), end: -1}
	g.Launches++
	m.Instance = g.fleet.Launch(place.Pool, func(*ec2.Instance) {}, func(*ec2.Instance) { g.prepared(m) })
	g.Members, g.pool = append(g.Members, m), append(g.pool, m)
	g.begin(m, Activity{Description: "Launching a new EC2 instance into warm pool", Cause: cause, Note: place.why(), Launch: true, Pool: IntoPool, Status: PreInService})
	g.observe()
	return true
}

// prepared hears that an instance launched into the pool has booted; its launch
// hooks run now, and again when it leaves the pool ("Warm pool instance
// lifecycle", user guide, read 2023-04-27).
func (g *Group) prepared(m *Member) { g.greet(m, PhaseWarmedPending, g.shelve, g.spoil) }

// spoil gives up an instance of the pool that could not be prepared.
func (g *Group) spoil(m *Member, status Status, message string) {
	a := &g.Activities[m.launch]
	a.End, a.Status, a.Message = g.kernel.Now(), status, message
	g.launchFailed()
	g.discard(m, fmt.Sprintf("At %s an instance was taken out of the warm pool in response to a launch failure.", g.clock(g.kernel.Now())), End{Kind: EndLaunchFailed, By: message})
	g.retryAt(g.kernel.Now())
}

// shelve stops or hibernates an instance that is prepared, or lets it run, and
// makes it a member that scale-out may take.
func (g *Group) shelve(m *Member) {
	done := func() {
		if m.Phase != PhaseWarmedPending {
			return
		}
		m.Phase = PhaseWarmed
		a := &g.Activities[m.launch]
		if a.Launch {
			g.launched(m)
		}
		a.End, a.Status = g.kernel.Now(), Successful
		g.stock()
		g.observe()
	}
	p := g.cfg.WarmPool
	switch {
	case m.Instance.State != ec2.Running:
		g.spoil(m, Failed, "the instance stopped running before it was prepared")
	case p.State == PoolRunning:
		done()
	default:
		g.fleet.Stop(m.Instance, p.State == PoolHibernated, p.Stop, done)
	}
}

// fromPool takes a member of the pool for the group, of the first of the zones
// that has one; nil if there is none.
func (g *Group) fromPool(order []int, cause func(ec2.Pool) string) *Member {
	for _, z := range order {
		for _, m := range g.pool {
			if m.Phase == PhaseWarmed && m.Instance.Zone == z && g.takes(m) {
				g.take(m, cause(m.Instance.Pool))
				return m
			}
		}
	}
	return nil
}

// takes reports whether a member can be started: its zone has capacity, and an
// instance refresh wants its version.
func (g *Group) takes(m *Member) bool {
	if g.refreshing != nil && g.outdated(m) {
		return false
	}
	if g.cfg.WarmPool.State == PoolRunning {
		return m.Instance.State == ec2.Running
	}
	why, _ := g.fleet.Refusal(m.Instance.Pool)
	return why == ""
}

// take starts a member of the pool for the group.
func (g *Group) take(m *Member, cause string) {
	g.unpool(m)
	g.WarmStarts++
	m.Phase, m.ready, m.InServiceAt, m.Called = PhasePending, false, des.Never, g.kernel.Now()
	g.join(m)
	g.begin(m, Activity{Description: "Launching a new EC2 instance from warm pool", Cause: cause, Launch: true, Pool: FromPool, Status: PreInService})
	enter := func(*ec2.Instance) { g.came(m) }
	p := g.cfg.WarmPool
	if p.State == PoolRunning {
		wait := g.fleet.Draw(p.Handover, "asg/handover", m.Instance)
		g.kernel.After(wait, des.Begin, func() { g.came(m) })
	} else {
		running, up := g.entry(enter)
		g.fleet.Start(m.Instance, p.Start, p.Boot, running, up)
	}
	g.observe()
}

// giveBack returns an instance in service to the pool: deregistered, drained, its
// terminate hooks run, then it is stopped ("Warm pools", user guide, instance reuse
// policy).
func (g *Group) giveBack(m *Member, cause string) {
	g.Returned++
	m.Phase, m.returning = PhaseDraining, true
	g.leave(m)
	g.pool = append(g.pool, m)
	g.begin(m, Activity{Description: "Returning EC2 instance to warm pool", Cause: cause, Move: true, Pool: BackToPool, Status: WaitingDrain})
	g.drain(m, func() {
		m.Phase, m.returning, m.ready, m.Replacement, m.Called = PhaseWarmedPending, false, true, false, g.kernel.Now()
		g.Activities[m.launch].Status = InProgress
		g.settleSimple()
		g.await(m, false, func(bool, string) {
			if m.Phase == PhaseWarmedPending {
				g.shelve(m)
			}
		})
		if m.Waiting {
			g.Activities[m.launch].Status = MidLifecycle
		}
		g.stock()
		g.observe()
	})
	g.observe()
}

// reuses reports whether scale-in returns a member to the pool.
func (g *Group) reuses(m *Member) bool {
	return g.cfg.WarmPool != nil && g.cfg.WarmPool.Reuse && !m.Unhealthy && m.Instance.State == ec2.Running
}

// discard terminates a member of the pool; the terminate hooks run if it was
// prepared.
func (g *Group) discard(m *Member, cause string, end End) {
	g.Terminations++
	g.kernel.Cancel(m.wait)
	g.release(&m.hold)
	if m.launch >= 0 && g.Activities[m.launch].End == des.Never {
		a := &g.Activities[m.launch]
		a.End, a.Status = g.kernel.Now(), Cancelled
	}
	hooks := m.ready || m.Phase == PhaseWarmed
	g.unpool(m)
	m.Phase, m.End, m.Waiting, m.end = PhaseWarmedTerminating, end, false, len(g.Activities)
	g.Activities = append(g.Activities, Activity{
		ID: len(g.Activities), Description: "Terminating EC2 instance: " + m.Instance.ID(), Cause: cause, Pool: InPool,
		Instance: m.Instance.Ordinal, Zone: g.cfg.Zones[m.Instance.Zone], Start: g.kernel.Now(), End: des.Never, Status: InProgress,
	})
	if hooks {
		g.await(m, false, func(bool, string) { g.finish(m) })
		if m.Waiting {
			g.Activities[m.end].Status = MidLifecycle
		}
	} else {
		g.finish(m)
	}
	g.observe()
}

// excess picks the member that a pool which is too large loses: of the zone with
// the most members, by the default termination policy.
func (g *Group) excess() *Member {
	count := make([]int, len(g.cfg.Zones))
	most := 0
	var may []*Member
	for _, m := range g.pool {
		if m.Phase.Pooled() {
			may = append(may, m)
			count[m.Instance.Zone]++
			most = max(most, count[m.Instance.Zone])
		}
	}
	may = slices.DeleteFunc(may, func(m *Member) bool { return count[m.Instance.Zone] < most })
	if len(may) == 0 {
		return nil
	}
	return narrowed(may, g.rank(DefaultTermination))[0]
}

// checkPool gives up members whose host broke and those that never come up. There
// are no other health checks in a pool.
func (g *Group) checkPool() {
	if g.suspended[Terminate] {
		return
	}
	g.leaveZones()
	for _, m := range slices.Clone(g.pool) {
		switch {
		case m.returning:
		case m.Phase == PhaseWarmedPending && g.late(m):
			g.spoil(m, Failed, "its application did not come up in time")
		case m.Instance.State != ec2.Failed:
		case m.Phase == PhaseWarmedPending:
			g.backOff(&g.zoneRetry[m.Instance.Zone], g.cfg.Zones[m.Instance.Zone])
			g.spoil(m, Failed, "the instance stopped before it was prepared")
		default:
			g.discard(m, fmt.Sprintf("At %s an instance was taken out of the warm pool in response to %s.", g.clock(g.kernel.Now()), causeStopped), End{Kind: EndUnhealthy, By: causeStopped})
		}
	}
}

func (g *Group) unpool(m *Member) {
	g.pool = slices.DeleteFunc(g.pool, func(o *Member) bool { return o == m })
}

// join makes a member active.
func (g *Group) join(m *Member) {
	g.active = append(g.active, m)
	slices.SortFunc(g.active, func(a, b *Member) int { return a.Instance.Ordinal - b.Instance.Ordinal })
}

// begin opens the activity by which a member comes.
func (g *Group) begin(m *Member, a Activity) {
	m.launch = len(g.Activities)
	a.ID, a.Instance, a.Zone, a.Start, a.End = m.launch, m.Instance.Ordinal, g.cfg.Zones[m.Instance.Zone], g.kernel.Now(), des.Never
	a.Description += ": " + m.Instance.ID()
	g.Activities = append(g.Activities, a)
}

// thinWithPool returns the zones by number of instances in group and pool, and
// among equals in the pool, fewest first.
func (g *Group) thinWithPool() []int {
	all, pool := g.zones(), make([]int, len(g.cfg.Zones))
	for _, m := range g.pool {
		all[m.Instance.Zone]++
		pool[m.Instance.Zone]++
	}
	order := g.used()
	sort.SliceStable(order, func(i, j int) bool {
		a, b := order[i], order[j]
		return all[a] < all[b] || all[a] == all[b] && pool[a] < pool[b]
	})
	return order
}

// startPool fills the pool of a settled group: its members are prepared already.
func (g *Group) startPool() {
	p := g.cfg.WarmPool
	if p == nil {
		return
	}
	for len(g.pool) < p.Size(g.Desired, g.Max) {
		pools, _ := g.choices(g.thinWithPool()[0])
		m := &Member{Phase: PhaseWarmed, InServiceAt: des.Never, Protected: g.cfg.Protect, ready: true, launch: -1, end: -1}
		if p.State == PoolRunning {
			m.Instance = g.fleet.Adopt(pools[0], des.Hour)
		} else {
			m.Instance = g.fleet.AdoptStopped(pools[0], des.Hour)
		}
		g.Members, g.pool = append(g.Members, m), append(g.pool, m)
	}
	g.observe()
}
