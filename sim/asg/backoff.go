package asg

import (
	"cmp"

	"asgsim/sim/des"
)

// How launches are tried again after failures, which AWS does not publish (X-15,
// by default 15 s, twice as late each time, up to a quarter of an hour; and
// no more after a day without a single success (administrative suspension:
// "Suspend and resume a process", user guide, read 2023-04-27).
const (
	firstRetry  = 15 * des.Second
	lastRetry   = 15 * des.Minute
	givesUpWith = des.Day
)

// backoff is the state of launching: of the group, or into one zone.
type backoff struct {
	failures int
	until    des.Time // no launch before
	hold     int
}

// failed notes a failure and returns when to try again. Several of the same attempt
// count as one.
func (b *backoff) failed(now des.Time, cfg *Config) des.Time {
	if now >= b.until {
		b.until = now.Add(cfg.RetryAfter(b.failures))
		b.failures++
	}
	return b.until
}

// RetryAfter is the wait after so many failures before this one.
func (c *Config) RetryAfter(failures int) des.Duration {
	wait, most := cmp.Or(c.Retry, firstRetry), cmp.Or(c.RetryMax, lastRetry)
	for ; failures > 0 && wait < most; failures-- {
		wait *= 2
	}
	return min(wait, most)
}

// launchFailed notes that a launch came to nothing, and stops launching after a
// day of it.
func (g *Group) launchFailed() {
	now := g.kernel.Now()
	if g.failing == des.Never {
		g.failing = now
	}
	if now.Sub(g.failing) >= givesUpWith {
		g.Suspend([]Process{Launch})
	}
}

// launched notes a success.
func (g *Group) launched(m *Member) {
	g.release(&g.hookRetry.hold)
	g.release(&g.zoneRetry[m.Instance.Zone].hold)
	g.failing, g.hookRetry = des.Never, backoff{}
	g.zoneRetry[m.Instance.Zone] = backoff{}
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
