package asg

import (
	"fmt"
	"slices"

	"asgsim/sim/des"
)

// overRefresh ends a refresh that may not go on: an alarm that it watches is in
// ALARM, also while it bakes; or it cannot move for an hour because launching or
// terminating is suspended.
func (g *Group) overRefresh() bool {
	r, now := g.refreshing, g.kernel.Now()
	switch {
	case !r.rollback && g.Alarmed != nil && slices.ContainsFunc(r.Alarms, g.Alarmed):
		g.failRefresh(fmt.Sprintf("alarm %s in ALARM", r.Alarms[slices.IndexFunc(r.Alarms, g.Alarmed)]))
	case (g.suspended[Launch] || g.suspended[Terminate]) && now.Sub(max(r.progress, r.until)) >= stuckAfter:
		g.failRefresh("launching or terminating is suspended, nothing replaced for an hour")
	default:
		return false
	}
	return true
}

// WatchRefresh has a refresh look at the alarms that were just evaluated.
func (g *Group) WatchRefresh() {
	if g.refreshing != nil && len(g.refreshing.Alarms) > 0 {
		g.kernel.At(g.kernel.Now(), des.Health, g.stepRefresh)
	}
}

// clearStandby terminates the outdated instances in standby, if the refresh says so.
func (g *Group) clearStandby() {
	if g.refreshing.Standby != ReplaceThem {
		return
	}
	for _, m := range g.Standby() {
		if g.outdated(m) {
			g.Replacements++
			g.terminate(m, fmt.Sprintf("At %s an instance in standby was terminated in response to an instance refresh.", g.clock(g.kernel.Now())), End{Kind: EndRefresh})
		}
	}
}

// failRefresh ends a refresh that failed, or rolls it back.
func (g *Group) failRefresh(why string) {
	r := g.refreshing
	if !r.AutoRollback || r.rollback {
		g.endRefresh(RefreshFailed, ": "+why)
		return
	}
	g.rollBack(why)
}

// rollBackRefresh rolls back a refresh on request (API: RollbackInstanceRefresh).
func (g *Group) rollBackRefresh() bool {
	if g.refreshing == nil || g.refreshing.rollback {
		return false
	}
	g.rollBack("on request")
	return true
}

// rollBack replaces what has been replaced by the version before.
func (g *Group) rollBack(why string) {
	r := g.refreshing
	r.report(RefreshRollingBack, "instance refresh RollbackInProgress: "+why)
	now := g.kernel.Now()
	r.version, r.rollback, r.baking, r.inPool, r.best, r.until, r.began, r.progress = r.before, true, false, false, 0, 0, now, now
	g.fleet.SetVersion(r.before)
	for _, m := range slices.Clone(g.active) {
		if m.Phase == PhasePending && g.outdated(m) {
			g.abandon(m, Cancelled, "the instance refresh is rolled back")
		}
	}
	g.kernel.At(now, des.Health, g.stepRefresh)
}

// cancelRefresh stops a refresh where it is; what it has replaced stays (API:
// CancelInstanceRefresh, else ActiveInstanceRefreshNotFound).
func (g *Group) cancelRefresh() bool {
	if g.refreshing == nil {
		return false
	}
	g.refreshing.rollback = false
	g.endRefresh(RefreshCancelled, "")
	return true
}

// endRefresh forgets the refresh. The version is kept if it has succeeded.
func (g *Group) endRefresh(status RefreshStatus, why string) {
	r := g.refreshing
	g.release(&g.refreshing.hold)
	g.refreshing = nil
	g.version = r.before
	if status == RefreshSuccessful {
		g.version = r.version
	}
	g.fleet.SetVersion(g.version)
	if r.rollback {
		status = "Rollback" + status // RollbackSuccessful, RollbackFailed (API: InstanceRefresh, Status)
	}
	g.kernel.Cancel(r.look)
	g.dismiss()
	r.report(status, "instance refresh "+string(status)+why)
}
