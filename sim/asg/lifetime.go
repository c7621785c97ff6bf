package asg

import (
	"cmp"
	"fmt"
	"slices"

	"asgsim/sim/des"
)

// renewer replaces instances for their age.
type renewer struct {
	*base
	*roster
	*suspensions
	*History
	mover
	health    *health
	exchanger *exchanger
	replacer  *replacer
	refreshed func() bool // an instance refresh is in progress, which goes first
	renewPool func()      // replaces the aged of the warm pool
}

// renew replaces instances that reach the maximum instance lifetime: one at a
// time, a tenth of the group when late, terminated first unless a maintenance
// policy says otherwise. Suspending Launch or Terminate stops it.
func (r *renewer) renew() {
	if r.cfg.Lifetime == 0 || r.refreshed() || r.suspended[Launch] || r.suspended[Terminate] {
		return
	}
	list, limit := r.aged()
	now := r.kernel.Now()
	for _, m := range r.active {
		if m.Replacement && !m.Unhealthy && !m.Extra && !r.health.proven(m, now) {
			limit--
		}
	}
	limit -= r.replacer.due
	list = list[:max(0, min(limit, len(list)))]
	if len(list) == 0 {
		r.renewPool()
		return
	}
	cause := func(*Member) string {
		return fmt.Sprintf("At %s an instance was taken out of service in response to its maximum instance lifetime.", r.clock(now))
	}
	launch := fmt.Sprintf("At %s an instance was launched in response to an instance that reached its maximum lifetime.", r.clock(now))
	end := End{Kind: EndLifetime}
	if r.cfg.Maintenance != nil {
		r.exchanger.exchange(list, r.cfg.Maintenance, r.health.provenNow, cause, end, launch)
		return
	}
	for _, m := range list {
		r.Replacements++
		r.terminate(m, cause(m), end)
		r.replacer.succeed(launch)
	}
}

// lifetimeSpread is the time set aside for the replacement of one aged instance,
// besides its warm-up.
const lifetimeSpread = 5 * des.Minute

// aged returns the instances to replace now for their age, oldest first: those
// over the maximum lifetime, and one before if it must begin so that all are
// replaced in time one after the other ("Replace instances based on maximum
// instance lifetime", user guide, read 2023-04-27; X-40). limit is how many may be
// under way at a time.
func (r *renewer) aged() (list []*Member, limit int) {
	var may []*Member
	for _, m := range r.active {
		if m.Phase == PhaseInService && !m.Protected && !m.Unhealthy && !m.Extra {
			may = append(may, m)
		}
	}
	slices.SortStableFunc(may, func(a, b *Member) int { return cmp.Compare(a.Instance.Launched, b.Instance.Launched) })
	now, limit := r.kernel.Now(), 1
	spread := cmp.Or(r.cfg.Spread, lifetimeSpread) + max(0, r.cfg.Warmup)
	due := 0
	for k, m := range may {
		age := now.Sub(m.Instance.Launched)
		switch {
		case age >= r.cfg.Lifetime:
			limit, due = r.tenth(len(r.active)), k+1
		case age >= r.cfg.Lifetime-des.Duration(k+1)*spread && now.Sub(may[0].Instance.Launched) >= r.cfg.Lifetime/2:
			due = max(due, 1)
		}
	}
	return may[:due], limit
}
