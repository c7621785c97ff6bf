package asg

import (
	"fmt"
	"slices"

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

// starter is what the warm pool asks of EC2.
type starter interface {
	offers
	Launch(p ec2.Pool, running, up func(*ec2.Instance)) *ec2.Instance
	Start(i *ec2.Instance, pending, boot workload.Dist, running, up func(*ec2.Instance))
	Stop(i *ec2.Instance, hibernate bool, took workload.Dist, done func())
	AdoptIdle(p ec2.Pool, age des.Duration) *ec2.Instance
	AdoptStopped(p ec2.Pool, age des.Duration) *ec2.Instance
	Draw(d workload.Dist, purpose string, i *ec2.Instance) des.Duration
}

// renewing is what an instance refresh wants of the pool's members.
type renewing interface {
	inProgress() bool
	outdated(*Member) bool
	poolPace() *Maintenance
}

// preparer brings an instance up, and to its end.
type preparer interface {
	came(*Member)
	entry(enter func(*ec2.Instance)) (running, up func(*ec2.Instance))
	runLaunchHooks(m *Member, in Phase, proceed func(*Member), fail func(*Member, Status, string))
	drain(m *Member, done func())
	finish(*Member)
}

// poolKeeper keeps the warm pool.
type poolKeeper struct {
	*base
	*size
	*roster
	*History
	*suspensions
	*retries
	ec2        starter
	zones      *zoneSet
	placer     *placer
	chooser    *chooser
	life       preparer
	hooks      *hooks
	simple     *simple
	refresh    renewing
	late       func(*Member) bool // its application should have come up by now
	reconciles func() bool        // the group is about to act on a change of desired
	again      func(des.Time)     // has the group look again at an instant
}

// Pools reports whether an instance belongs to the warm pool, and not to the group.
func (g *Group) Pools(i *ec2.Instance) bool {
	p := g.Members[i.Ordinal].Phase
	return p.Pooled() || p == PhaseWarmedTerminating
}

// Pool counts the members of the warm pool.
func (g *Group) Pool() PoolCount {
	if g.cfg.WarmPool == nil {
		return PoolCount{}
	}
	return g.warm.count()
}

// PoolCount is how many members a warm pool has, how many of those are on their way
// back to it, and how many it should have.
type PoolCount struct{ Members, Returning, Size int }

// count counts the members of the warm pool.
func (p *poolKeeper) count() PoolCount {
	c := PoolCount{Members: len(p.pooled), Size: p.poolSize()}
	for _, m := range p.pooled {
		if m.returning {
			c.Returning++
		}
	}
	return c
}

// poolSize is how many members the pool should have. While an instance refresh
// exchanges them it may launch ahead.
func (p *poolKeeper) poolSize() int {
	size := p.cfg.WarmPool.Size(p.desired, p.max)
	pace := p.refresh.poolPace()
	if pace == nil {
		return size
	}
	old := 0
	for _, m := range p.pooled {
		if p.refresh.outdated(m) {
			old++
		}
	}
	_, run := pace.Bounds(size)
	return max(size, min(run, size+old))
}

// refill launches into the pool what is missing and terminates what is too many,
// once the group itself has what it wants.
func (p *poolKeeper) refill() {
	if p.reconciles() {
		return
	}
	for len(p.pooled) < p.poolSize() && p.prepare() {
	}
	for len(p.pooled) > p.poolSize() && p.counted() >= p.desired && !p.suspended[Terminate] {
		m := p.excess()
		if m == nil {
			return
		}
		at := p.at()
		p.discard(m, fmt.Sprintf("At %s the warm pool had %d instances and needed %d. At %s instance %s was selected for termination.",
			at, len(p.pooled), p.poolSize(), at, m.Instance.ID()), End{Kind: EndPoolSurplus})
	}
}

// prepare launches an instance into the pool, in the zone with the fewest
// instances, of group and pool together; false if it cannot now.
func (p *poolKeeper) prepare() bool {
	if p.suspended[Launch] {
		return false
	}
	at := p.at()
	cause := fmt.Sprintf("At %s an instance was launched into the warm pool, which had %d of %d.", at, len(p.pooled), p.poolSize())
	place, ok := p.placer.place(p.zones.thinWithPool(), func(ec2.Pool) string { return cause })
	if !ok {
		return false
	}
	m := &Member{Phase: PhaseWarmedPending, InServiceAt: des.Never, Protected: p.cfg.Protect, Called: p.kernel.Now(), end: -1}
	p.Launches++
	m.Instance = p.ec2.Launch(place.Pool, func(*ec2.Instance) {}, func(*ec2.Instance) { p.prepared(m) })
	p.Members, p.pooled = append(p.Members, m), append(p.pooled, m)
	p.begin(m, Activity{Description: "Launching a new EC2 instance into warm pool", Cause: cause, Note: place.why(), Launch: true, Pool: IntoPool, Status: PreInService})
	p.observe()
	return true
}

// prepared hears that an instance launched into the pool has booted; its launch
// hooks run now, and again when it leaves the pool ("Warm pool instance
// lifecycle", user guide, read 2023-04-27).
func (p *poolKeeper) prepared(m *Member) {
	p.life.runLaunchHooks(m, PhaseWarmedPending, p.store, p.giveUp)
}

// giveUp gives up an instance of the pool that could not be prepared.
func (p *poolKeeper) giveUp(m *Member, status Status, message string) {
	p.close(m.launch, status, message)
	p.failed()
	p.discard(m, fmt.Sprintf("At %s an instance was taken out of the warm pool in response to a launch failure.", p.at()), End{Kind: EndLaunchFailed, By: message})
	p.again(p.kernel.Now())
}

// store stops or hibernates an instance that is prepared, or lets it run, and
// makes it a member that scale-out may take.
func (p *poolKeeper) store(m *Member) {
	done := func() {
		if m.Phase != PhaseWarmedPending {
			return
		}
		m.Phase = PhaseWarmed
		a := &p.Activities[m.launch]
		if a.Launch {
			p.launched(m.Instance.Zone)
		}
		a.End, a.Status = p.kernel.Now(), Successful
		p.refill()
		p.observe()
	}
	w := p.cfg.WarmPool
	switch {
	case m.Instance.State != ec2.Running:
		p.giveUp(m, Failed, "the instance stopped running before it was prepared")
	case w.State == PoolRunning:
		done()
	default:
		p.ec2.Stop(m.Instance, w.State == PoolHibernated, w.Stop, done)
	}
}

// fromPool takes a member of the pool for the group, of the first of the zones
// that has one; nil if there is none.
func (p *poolKeeper) fromPool(order []int, cause func(ec2.Pool) string) *Member {
	for _, z := range order {
		for _, m := range p.pooled {
			if m.Phase == PhaseWarmed && m.Instance.Zone == z && p.takes(m) {
				p.take(m, cause(m.Instance.Pool))
				return m
			}
		}
	}
	return nil
}

// takes reports whether a member can be started: its zone has capacity, and an
// instance refresh wants its version.
func (p *poolKeeper) takes(m *Member) bool {
	if p.refresh.inProgress() && p.refresh.outdated(m) {
		return false
	}
	if p.cfg.WarmPool.State == PoolRunning {
		return m.Instance.State == ec2.Running
	}
	why, _ := p.ec2.Refusal(m.Instance.Pool)
	return why == ""
}

// take starts a member of the pool for the group.
func (p *poolKeeper) take(m *Member, cause string) {
	p.unpool(m)
	p.WarmStarts++
	m.Phase, m.ready, m.InServiceAt, m.Called = PhasePending, false, des.Never, p.kernel.Now()
	p.join(m)
	p.begin(m, Activity{Description: "Launching a new EC2 instance from warm pool", Cause: cause, Launch: true, Pool: FromPool, Status: PreInService})
	enter := func(*ec2.Instance) { p.life.came(m) }
	w := p.cfg.WarmPool
	if w.State == PoolRunning {
		wait := p.ec2.Draw(w.Handover, "asg/handover", m.Instance)
		p.kernel.After(wait, des.Begin, func() { p.life.came(m) })
	} else {
		running, up := p.life.entry(enter)
		p.ec2.Start(m.Instance, w.Start, w.Boot, running, up)
	}
	p.observe()
}

// giveBack returns an instance in service to the pool: deregistered, drained, its
// terminate hooks run, then it is stopped ("Warm pools", user guide, instance reuse
// policy).
func (p *poolKeeper) giveBack(m *Member, cause string) {
	p.Returned++
	m.Phase, m.returning = PhaseDraining, true
	p.leave(m)
	p.pooled = append(p.pooled, m)
	p.begin(m, Activity{Description: "Returning EC2 instance to warm pool", Cause: cause, Move: true, Pool: BackToPool, Status: WaitingDrain})
	p.life.drain(m, func() {
		m.Phase, m.returning, m.ready, m.Replacement, m.Called = PhaseWarmedPending, false, true, false, p.kernel.Now()
		p.Activities[m.launch].Status = InProgress
		p.simple.settle()
		p.hooks.await(m, false, func(bool, string) {
			if m.Phase == PhaseWarmedPending {
				p.store(m)
			}
		})
		if m.Waiting {
			p.Activities[m.launch].Status = MidLifecycle
		}
		p.refill()
		p.observe()
	})
	p.observe()
}

// reuses reports whether scale-in returns a member to the pool.
func (p *poolKeeper) reuses(m *Member) bool {
	return p.cfg.WarmPool != nil && p.cfg.WarmPool.Reuse && !m.Unhealthy && m.Instance.State == ec2.Running
}

// discard terminates a member of the pool; the terminate hooks run if it was
// prepared.
func (p *poolKeeper) discard(m *Member, cause string, end End) {
	p.Terminations++
	p.kernel.Cancel(m.wait)
	p.release(&m.hold)
	if m.launch >= 0 && p.Activities[m.launch].End == des.Never {
		a := &p.Activities[m.launch]
		a.End, a.Status = p.kernel.Now(), Cancelled
	}
	hooks := m.ready || m.Phase == PhaseWarmed
	p.unpool(m)
	m.Phase, m.End, m.Waiting = PhaseWarmedTerminating, end, false
	p.beginEnd(m, cause, InPool, InProgress)
	if hooks {
		p.hooks.await(m, false, func(bool, string) { p.life.finish(m) })
		if m.Waiting {
			p.Activities[m.end].Status = MidLifecycle
		}
	} else {
		p.life.finish(m)
	}
	p.observe()
}

// excess picks the member that a pool which is too large loses: of the zone with
// the most members, by the default termination policy.
func (p *poolKeeper) excess() *Member {
	count := make([]int, len(p.cfg.Zones))
	most := 0
	var may []*Member
	for _, m := range p.pooled {
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
	return narrowed(may, p.chooser.rank(DefaultTermination))[0]
}

// check gives up members whose host broke and those that never come up. There
// are no other health checks in a pool.
func (p *poolKeeper) check() {
	if p.suspended[Terminate] {
		return
	}
	p.leaveZones()
	for _, m := range slices.Clone(p.pooled) {
		switch {
		case m.returning:
		case m.Phase == PhaseWarmedPending && p.late(m):
			p.giveUp(m, Failed, "its application did not come up in time")
		case m.Instance.State != ec2.Failed:
		case m.Phase == PhaseWarmedPending:
			p.backOffZone(m.Instance.Zone)
			p.giveUp(m, Failed, "the instance stopped before it was prepared")
		default:
			p.discard(m, fmt.Sprintf("At %s an instance was taken out of the warm pool in response to %s.", p.at(), causeStopped), End{Kind: EndUnhealthy, By: causeStopped})
		}
	}
}

// start fills the pool of a settled group: its members are prepared already.
func (p *poolKeeper) start() {
	w := p.cfg.WarmPool
	for len(p.pooled) < w.Size(p.desired, p.max) {
		pools, _ := p.placer.pools.choices(p.zones.thinWithPool()[0])
		m := &Member{Phase: PhaseWarmed, InServiceAt: des.Never, Protected: p.cfg.Protect, ready: true, launch: -1, end: -1}
		if w.State == PoolRunning {
			m.Instance = p.ec2.AdoptIdle(pools[0], des.Hour)
		} else {
			m.Instance = p.ec2.AdoptStopped(pools[0], des.Hour)
		}
		p.Members, p.pooled = append(p.Members, m), append(p.pooled, m)
	}
	p.observe()
}

// leaveZones takes the members of the warm pool out of the zones that the group has
// left.
func (p *poolKeeper) leaveZones() {
	for _, m := range slices.Clone(p.pooled) {
		if p.zones.closed[m.Instance.Zone] && m.Phase.Pooled() {
			p.discard(m, fmt.Sprintf("At %s an instance was taken out of the warm pool in response to a change of the group's availability zones.", p.at()), End{Kind: EndZone})
		}
	}
}
