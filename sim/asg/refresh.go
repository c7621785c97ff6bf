package asg

import (
	"fmt"
	"math"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
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

// versions is which version of the launch template EC2 launches; nil: the first.
type versions interface{ SetVersion(*ec2.Version) }

// pooler exchanges the warm pool's members for others of the refresh's version.
type pooler interface {
	// exchange reports how many are of it, and whether all are.
	exchange(pace *Maintenance) (fresh int, done bool)
}

// refresher carries out instance refreshes, one at a time.
type refresher struct {
	*base
	*size
	*roster
	*History
	*suspensions
	mover
	exchanger *exchanger
	chooser   *chooser
	versions  versions
	passed    func(*Member) bool                             // the health checks that count
	alarmed   func(name string) bool                         // an alarm is in ALARM; nil: there are none
	abandon   func(m *Member, status Status, message string) // gives a launch up
	pool      pooler                                         // nil: no warm pool
	now       *refreshing                                    // nil: none is in progress
	version   *ec2.Version                                   // of the launch template; nil: the first
}

// inProgress reports whether a refresh is.
func (f *refresher) inProgress() bool { return f.now != nil }

// poolPace is the pace at which the warm pool's members are being exchanged; nil: they
// are not.
func (f *refresher) poolPace() *Maintenance {
	if f.now == nil || !f.now.inPool {
		return nil
	}
	return &f.now.Pace
}

// start begins an instance refresh, unless one is in progress (API:
// InstanceRefreshInProgressFault).
func (f *refresher) start(name string, r *Refresh, report func(status RefreshStatus, why string)) bool {
	if f.now != nil {
		return false
	}
	version, now := r.Version, f.kernel.Now()
	f.now = &refreshing{Refresh: r, name: name, version: &version, before: f.version, began: now, progress: now, report: report}
	f.now.hold = f.hold(Refreshing, name, -1, now.Add(longestRefresh))
	f.versions.SetVersion(&version)
	f.kernel.At(f.kernel.Now(), des.Health, f.step)
	return true
}

// renewed reports whether a member is of the refresh's version (or as it would have it,
// and left alone for that), healthy and warm.
func (f *refresher) renewed(m *Member) bool {
	r := f.now
	return !f.outdated(m) && m.Phase == PhaseInService && !m.Unhealthy && f.passed(m) &&
		f.kernel.Now().Sub(m.InServiceAt) >= r.Warmup
}

// outdated reports whether a member is one that the refresh replaces.
func (f *refresher) outdated(m *Member) bool {
	r := f.now
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

func (f *refresher) survey() refreshState {
	r, now := f.now, f.kernel.Now()
	s := refreshState{wake: des.Never}
	for _, m := range f.active {
		switch {
		case f.outdated(m) && m.Protected && r.Protected == IgnoreThem:
			s.ignored += m.Units()
			continue
		case f.outdated(m) && m.Protected && r.Protected == WaitForThem:
			s.held = "instances protected from scale-in"
			continue
		case f.outdated(m):
			if m.Phase == PhaseInService {
				s.old = append(s.old, m)
			}
			continue
		case f.renewed(m):
			s.done += m.Units()
		case m.Phase == PhaseInService && now < m.InServiceAt.Add(r.Warmup):
			s.wake = min(s.wake, m.InServiceAt.Add(r.Warmup))
		}
		s.there += m.Units()
	}
	for _, m := range f.Standby() {
		if f.outdated(m) && r.Standby == WaitForThem {
			s.held = "instances in standby"
		}
	}
	return s
}

// step does what can be done now. It runs at every look of the group at its
// instances, and whenever one has warmed up.
func (f *refresher) step() {
	r, now := f.now, f.kernel.Now()
	switch {
	case r == nil:
		return
	case now.Sub(r.began) >= longestRefresh:
		f.fail("14 days are over")
		return
	case f.suspended[InstanceRefresh]:
		r.progress = max(r.progress, now) // the hour waits too
		return
	case f.over():
		return
	case f.suspended[Launch] || f.suspended[Terminate]:
		return
	}
	s := f.survey()
	if s.done > r.best {
		r.best, r.progress = s.done, now
	}
	f.wake(s.wake)
	total := max(f.desired-s.ignored, 1)
	switch {
	case r.until > now:
		f.wake(r.until)
		return
	case r.baking:
		f.end(RefreshSuccessful, "")
		return
	case f.atCheckpoint(s.done, total):
		return
	case s.done+s.ignored == f.Actual() && s.done+s.ignored >= f.desired:
		f.clearStandby()
		if s.held == "" && f.refreshPool() {
			f.bake()
			return
		}
	}
	if now.Sub(r.progress) >= stuckAfter {
		why := fmt.Sprintf("%d of %d replaced, none for an hour", s.done, total)
		if s.held != "" {
			why += ", waiting for " + s.held
		}
		f.fail(why)
		return
	}
	share := 1.0
	if !r.rollback && r.next < len(r.Checkpoints) {
		share = r.Checkpoints[r.next]
	}
	list := f.chooser.sorted(s.old)
	if share < 1 {
		list = first(list, int(math.Ceil(share*float64(total)-1e-9))-s.there+units(f.ahead()))
	}
	ready := func(m *Member) bool { return f.outdated(m) && !m.Unhealthy || f.renewed(m) }
	f.exchanger.exchange(list, &r.Pace, ready, func(*Member) string {
		return fmt.Sprintf("At %s an instance was taken out of service in response to an instance refresh.", f.clock(now))
	}, End{Kind: EndRefresh}, fmt.Sprintf("At %s an instance was launched in response to an instance refresh.", f.clock(now)))
}

// atCheckpoint reports whether the refresh stops here: it waits at the last
// checkpoint that is reached, or ends at the last of all.
func (f *refresher) atCheckpoint(done, total int) bool {
	r, reached := f.now, -1
	for k := r.next; !r.rollback && k < len(r.Checkpoints) && float64(done) >= r.Checkpoints[k]*float64(total)-1e-9; k++ {
		reached = k
	}
	if reached < 0 || r.Checkpoints[reached] >= 1 {
		return false
	}
	r.next = reached + 1
	r.report(RefreshAtCheckpoint, fmt.Sprintf("instance refresh at checkpoint %.0f%%: %d of %d replaced", 100*r.Checkpoints[reached], done, total))
	if r.next == len(r.Checkpoints) {
		f.bake()
		return true
	}
	r.until = f.kernel.Now().Add(r.CheckpointDelay)
	r.progress = r.until
	f.wake(r.until)
	return true
}

// bake ends a refresh that has replaced all it had to, after its bake time.
func (f *refresher) bake() {
	r := f.now
	if r.Bake == 0 || r.rollback {
		f.end(RefreshSuccessful, "")
		return
	}
	r.baking, r.until = true, f.kernel.Now().Add(r.Bake)
	r.report(RefreshBaking, "instance refresh Baking")
	f.wake(r.until)
}

// wake has the refresh looked at again at t.
func (f *refresher) wake(t des.Time) {
	r := f.now
	if t == des.Never || t <= f.kernel.Now() || r.look.Pending() && r.lookAt <= t {
		return
	}
	f.kernel.Cancel(r.look)
	r.lookAt, r.look = t, f.kernel.At(t, des.Health, f.step)
}

// refreshPool has the members of the warm pool exchanged once the group itself is
// refreshed, and reports whether all are of the refresh's version.
func (f *refresher) refreshPool() bool {
	if f.pool == nil {
		return true
	}
	r := f.now
	r.inPool = true
	fresh, done := f.pool.exchange(&r.Pace)
	if n := f.Actual() + fresh; n > r.best {
		r.best, r.progress = n, f.kernel.Now()
	}
	return done
}
