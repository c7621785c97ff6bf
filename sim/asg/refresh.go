package asg

import (
	"fmt"
	"math"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/elb"
)

// Refresh is an instance refresh: every instance is replaced by one of another
// version of the launch template, a few at a time (API: StartInstanceRefresh).
type Refresh struct {
	Pace            Maintenance // MinHealthyPercentage and MaxHealthyPercentage
	Warmup          des.Duration
	Checkpoints     []float64 // shares, ascending; the last below 1 ends the refresh there
	CheckpointDelay des.Duration
	Bake            des.Duration
	AutoRollback    bool
	SkipMatching    bool     // leave instances alone that are as the new version would have them
	Protected       Holdouts // ScaleInProtectedInstances
	Standby         Holdouts // StandbyInstances
	Alarms          []string // AlarmSpecification: one in ALARM fails the refresh
	Version         ec2.Version
}

// Holdouts is what a refresh does about instances that it may not simply replace.
type Holdouts uint8

// The ways (API: RefreshPreferences). Waiting fails the refresh after an hour;
// replacing is called Refresh for protected instances and Terminate for those in
// standby.
const (
	WaitForThem Holdouts = iota
	IgnoreThem
	ReplaceThem
)

// stuckAfter is how long a refresh may go without progress before it fails, and
// longestRefresh how long it may take in all ("Instance refresh", user guide, read
// 2023-04-27).
const (
	stuckAfter     = des.Hour
	longestRefresh = 14 * des.Day
)

// refreshing is an instance refresh in progress.
type refreshing struct {
	*Refresh
	name     string
	version  *ec2.Version // instances shall be of
	before   *ec2.Version
	rollback bool
	baking   bool
	began    des.Time
	inPool   bool     // the group is done; the warm pool is exchanged
	next     int      // checkpoint
	until    des.Time // waiting at a checkpoint, or baking; 0: not
	best     int      // most instances renewed so far
	progress des.Time // when that was reached
	report   func(status RefreshStatus, why string)
	look     des.Event
	lookAt   des.Time
	hold     int
}

// refresh starts an instance refresh, unless one is in progress (API:
// InstanceRefreshInProgressFault).
func (g *Group) refresh(name string, r *Refresh, report func(status RefreshStatus, why string)) bool {
	if g.refreshing != nil {
		return false
	}
	version, now := r.Version, g.kernel.Now()
	g.refreshing = &refreshing{Refresh: r, name: name, version: &version, before: g.version, began: now, progress: now, report: report}
	g.refreshing.hold = g.hold(Refreshing, name, -1, now.Add(longestRefresh))
	g.fleet.SetVersion(&version)
	g.kernel.At(g.kernel.Now(), des.Health, g.stepRefresh)
	return true
}

// renewed reports whether a member is of the refresh's version, healthy and warm.
func (g *Group) renewed(m *Member) bool {
	r := g.refreshing
	return m.Instance.Version == r.version && m.Phase == PhaseInService && !m.Unhealthy && g.passed(m) &&
		g.kernel.Now().Sub(m.InServiceAt) >= r.Warmup
}

// passed reports whether the health checks that count find a member healthy.
func (g *Group) passed(m *Member) bool {
	if !g.cfg.HealthCheckELB || !m.registered {
		return true
	}
	h, ok := g.balancer.Health(m.Instance.Plane)
	return ok && h == elb.Healthy
}

// outdated reports whether a member is one that the refresh replaces.
func (g *Group) outdated(m *Member) bool {
	r := g.refreshing
	return m.Instance.Version != r.version && !(r.SkipMatching && m.Instance.Version.Same(r.version))
}

// refreshState is how far a refresh has come, in units.
type refreshState struct {
	old     []*Member // to be replaced
	done    int       // renewed
	there   int       // launched for it, done or not
	ignored int       // protected, and left alone
	held    string    // who is waited for; empty: nobody
	wake    des.Time  // the next one is warm
}

func (g *Group) surveyRefresh() refreshState {
	r, now := g.refreshing, g.kernel.Now()
	s := refreshState{wake: des.Never}
	for _, m := range g.active {
		switch {
		case g.outdated(m) && m.Protected && r.Protected == IgnoreThem:
			s.ignored += m.Units()
			continue
		case g.outdated(m) && m.Protected && r.Protected == WaitForThem:
			s.held = "instances protected from scale-in"
			continue
		case g.outdated(m):
			if m.Phase == PhaseInService {
				s.old = append(s.old, m)
			}
			continue
		case g.renewed(m):
			s.done += m.Units()
		case m.Phase == PhaseInService && now < m.InServiceAt.Add(r.Warmup):
			s.wake = min(s.wake, m.InServiceAt.Add(r.Warmup))
		}
		s.there += m.Units()
	}
	for _, m := range g.Standby() {
		if g.outdated(m) && r.Standby == WaitForThem {
			s.held = "instances in standby"
		}
	}
	return s
}

// stepRefresh does what can be done now. It runs at every look of the group at its
// instances, and whenever one has warmed up.
func (g *Group) stepRefresh() {
	r, now := g.refreshing, g.kernel.Now()
	switch {
	case r == nil:
		return
	case now.Sub(r.began) >= longestRefresh:
		g.failRefresh("14 days are over")
		return
	case g.suspended[InstanceRefresh]:
		r.progress = max(r.progress, now) // the hour waits too
		return
	case g.overRefresh():
		return
	case g.suspended[Launch] || g.suspended[Terminate]:
		return
	}
	s := g.surveyRefresh()
	if s.done > r.best {
		r.best, r.progress = s.done, now
	}
	g.wakeRefresh(s.wake)
	total := max(g.Desired-s.ignored, 1)
	switch {
	case r.until > now:
		g.wakeRefresh(r.until)
		return
	case r.baking:
		g.endRefresh(RefreshSuccessful, "")
		return
	case g.atCheckpoint(s.done, total):
		return
	case s.done+s.ignored == g.Actual() && s.done+s.ignored >= g.Desired:
		g.clearStandby()
		if s.held == "" && g.refreshPool() {
			g.bake()
			return
		}
	}
	if now.Sub(r.progress) >= stuckAfter {
		why := fmt.Sprintf("%d of %d replaced, none for an hour", s.done, total)
		if s.held != "" {
			why += ", waiting for " + s.held
		}
		g.failRefresh(why)
		return
	}
	share := 1.0
	if !r.rollback && r.next < len(r.Checkpoints) {
		share = r.Checkpoints[r.next]
	}
	list := g.sorted(s.old)
	if share < 1 {
		list = first(list, int(math.Ceil(share*float64(total)-1e-9))-s.there+units(g.ahead()))
	}
	ready := func(m *Member) bool { return g.outdated(m) && !m.Unhealthy || g.renewed(m) }
	g.exchange(list, &r.Pace, ready, func(*Member) string {
		return fmt.Sprintf("At %s an instance was taken out of service in response to an instance refresh.", g.clock(now))
	}, End{Kind: EndRefresh}, fmt.Sprintf("At %s an instance was launched in response to an instance refresh.", g.clock(now)))
}

// atCheckpoint reports whether the refresh stops here: it waits at the last
// checkpoint that is reached, or ends at the last of all.
func (g *Group) atCheckpoint(done, total int) bool {
	r, reached := g.refreshing, -1
	for k := r.next; !r.rollback && k < len(r.Checkpoints) && float64(done) >= r.Checkpoints[k]*float64(total)-1e-9; k++ {
		reached = k
	}
	if reached < 0 || r.Checkpoints[reached] >= 1 {
		return false
	}
	r.next = reached + 1
	r.report(RefreshAtCheckpoint, fmt.Sprintf("instance refresh at checkpoint %.0f%%: %d of %d replaced", 100*r.Checkpoints[reached], done, total))
	if r.next == len(r.Checkpoints) {
		g.bake()
		return true
	}
	r.until = g.kernel.Now().Add(r.CheckpointDelay)
	r.progress = r.until
	g.wakeRefresh(r.until)
	return true
}

// bake ends a refresh that has replaced all it had to, after its bake time.
func (g *Group) bake() {
	r := g.refreshing
	if r.Bake == 0 || r.rollback {
		g.endRefresh(RefreshSuccessful, "")
		return
	}
	r.baking, r.until = true, g.kernel.Now().Add(r.Bake)
	r.report(RefreshBaking, "instance refresh Baking")
	g.wakeRefresh(r.until)
}

// wakeRefresh has the refresh looked at again at t.
func (g *Group) wakeRefresh(t des.Time) {
	r := g.refreshing
	if t == des.Never || t <= g.kernel.Now() || r.look.Pending() && r.lookAt <= t {
		return
	}
	g.kernel.Cancel(r.look)
	r.lookAt, r.look = t, g.kernel.At(t, des.Health, g.stepRefresh)
}

// sorted returns members in the order in which the termination policies would take
// them, zone by zone.
func (g *Group) sorted(list []*Member) []*Member {
	left := append([]*Member(nil), list...)
	count := g.zones()
	var out []*Member
	for len(left) > 0 {
		most := left[0].Instance.Zone
		for _, m := range left {
			if count[m.Instance.Zone] > count[most] {
				most = m.Instance.Zone
			}
		}
		var there []*Member
		for _, m := range left {
			if m.Instance.Zone == most {
				there = append(there, m)
			}
		}
		next := g.byPolicy(there)
		count[most]--
		out = append(out, next)
		left = without(left, next)
	}
	return out
}

func without(list []*Member, m *Member) []*Member {
	out := list[:0:0]
	for _, o := range list {
		if o != m {
			out = append(out, o)
		}
	}
	return out
}
