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

// retries is when launches are tried again after failures.
type retries struct {
	*base
	history   *History
	processes *suspensions
	failing   des.Time  // no launch has succeeded since; des.Never
	hookRetry backoff   // after an abandoned launch
	zoneRetry []backoff // after refusals, by zone
}

// failed notes that a launch came to nothing, and stops launching after a
// day of it.
func (r *retries) failed() {
	now := r.kernel.Now()
	if r.failing == des.Never {
		r.failing = now
	}
	if now.Sub(r.failing) >= givesUpWith {
		r.processes.Suspend([]Process{Launch})
	}
}

// launched notes a success in a zone.
func (r *retries) launched(zone int) {
	r.history.release(&r.hookRetry.hold)
	r.history.release(&r.zoneRetry[zone].hold)
	r.failing, r.hookRetry = des.Never, backoff{}
	r.zoneRetry[zone] = backoff{}
}

// backOff puts off launching after a failure, in a zone or (an empty name) at all.
func (r *retries) backOff(b *backoff, zone string) {
	if before := b.until; b.failed(r.kernel.Now(), r.cfg) != before {
		b.hold = r.history.hold(Backoff, zone, -1, b.until)
		r.history.Holds[b.hold-1].Until = b.until
	}
}

// backOffZone is backOff in a zone, backOffAll in all of them.
func (r *retries) backOffZone(zone int) { r.backOff(&r.zoneRetry[zone], r.cfg.Zones[zone]) }
func (r *retries) backOffAll()          { r.backOff(&r.hookRetry, "") }
