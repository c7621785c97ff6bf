package asg

import (
	"fmt"
	"slices"

	"asgsim/sim/des"
)

// over ends a refresh that may not go on: an alarm that it watches is in
// ALARM, also while it bakes; or it cannot move for an hour because launching or
// terminating is suspended.
func (f *refresher) over() bool {
	r, now := f.now, f.kernel.Now()
	switch {
	case !r.rollback && f.alarmed != nil && slices.ContainsFunc(r.Alarms, f.alarmed):
		f.fail(fmt.Sprintf("alarm %s in ALARM", r.Alarms[slices.IndexFunc(r.Alarms, f.alarmed)]))
	case (f.suspended[Launch] || f.suspended[Terminate]) && now.Sub(max(r.progress, r.until)) >= stuckAfter:
		f.fail("launching or terminating is suspended, nothing replaced for an hour")
	default:
		return false
	}
	return true
}

// WatchRefresh has a refresh look at the alarms that were just evaluated.
func (g *Group) WatchRefresh() {
	if now := g.refresher.now; now != nil && len(now.Alarms) > 0 {
		g.kernel.At(g.kernel.Now(), des.Health, g.refresher.step)
	}
}

// clearStandby terminates the outdated instances in standby, if the refresh says so.
func (f *refresher) clearStandby() {
	if f.now.Standby != ReplaceThem {
		return
	}
	for _, m := range f.Standby() {
		if f.outdated(m) {
			f.Replacements++
			f.terminate(m, fmt.Sprintf("At %s an instance in standby was terminated in response to an instance refresh.", f.at()), End{Kind: EndRefresh})
		}
	}
}

// fail ends a refresh that failed, or rolls it back.
func (f *refresher) fail(why string) {
	r := f.now
	if !r.AutoRollback || r.rollback {
		f.end(RefreshFailed, ": "+why)
		return
	}
	f.rollBack(why)
}

// rollBackAsked rolls back a refresh on request (API: RollbackInstanceRefresh).
func (f *refresher) rollBackAsked() bool {
	if f.now == nil || f.now.rollback {
		return false
	}
	f.rollBack("on request")
	return true
}

// rollBack replaces what has been replaced by the version before.
func (f *refresher) rollBack(why string) {
	r := f.now
	r.report(RefreshRollingBack, "instance refresh RollbackInProgress: "+why)
	now := f.kernel.Now()
	r.version, r.rollback, r.baking, r.inPool, r.best, r.until, r.began, r.progress = r.before, true, false, false, 0, 0, now, now
	f.versions.SetVersion(r.before)
	for _, m := range slices.Clone(f.active) {
		if m.Phase == PhasePending && f.outdated(m) {
			f.abandon(m, Cancelled, "the instance refresh is rolled back")
		}
	}
	f.kernel.At(now, des.Health, f.step)
}

// cancel stops a refresh where it is; what it has replaced stays (API:
// CancelInstanceRefresh, else ActiveInstanceRefreshNotFound).
func (f *refresher) cancel() bool {
	if f.now == nil {
		return false
	}
	f.now.rollback = false
	f.end(RefreshCancelled, "")
	return true
}

// end forgets the refresh. The version is kept if it has succeeded.
func (f *refresher) end(status RefreshStatus, why string) {
	r := f.now
	f.release(&f.now.hold)
	f.now = nil
	f.version = r.before
	if status == RefreshSuccessful {
		f.version = r.version
	}
	f.versions.SetVersion(f.version)
	if r.rollback {
		status = "Rollback" + status // RollbackSuccessful, RollbackFailed (API: InstanceRefresh, Status)
	}
	f.kernel.Cancel(r.look)
	f.exchanger.settleExtras()
	r.report(status, "instance refresh "+string(status)+why)
}
