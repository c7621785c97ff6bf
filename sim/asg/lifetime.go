package asg

import (
	"cmp"
	"fmt"
	"slices"

	"asgsim/sim/des"
)

// renew replaces instances that reach the maximum instance lifetime: one at a
// time, a tenth of the group when late, terminated first unless a maintenance
// policy says otherwise. Suspending Launch or Terminate stops it.
func (g *Group) renew() {
	if g.cfg.Lifetime == 0 || g.refreshing != nil || g.suspended[Launch] || g.suspended[Terminate] {
		return
	}
	list, limit := g.aged()
	now := g.kernel.Now()
	for _, m := range g.active {
		if m.Replacement && !m.Unhealthy && !m.Extra && !g.proven(m, now) {
			limit--
		}
	}
	limit -= g.owed
	list = list[:max(0, min(limit, len(list)))]
	if len(list) == 0 {
		g.renewPool()
		return
	}
	cause := func(*Member) string {
		return fmt.Sprintf("At %s an instance was taken out of service in response to its maximum instance lifetime.", g.clock(now))
	}
	launch := fmt.Sprintf("At %s an instance was launched in response to an instance that reached its maximum lifetime.", g.clock(now))
	end := End{Kind: EndLifetime}
	if g.cfg.Maintenance != nil {
		g.exchange(list, g.cfg.Maintenance, g.provenNow, cause, end, launch)
		return
	}
	for _, m := range list {
		g.Replacements++
		g.terminate(m, cause(m), end)
		g.succeed(launch)
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
func (g *Group) aged() (list []*Member, limit int) {
	var may []*Member
	for _, m := range g.active {
		if m.Phase == PhaseInService && !m.Protected && !m.Unhealthy && !m.Extra {
			may = append(may, m)
		}
	}
	slices.SortStableFunc(may, func(a, b *Member) int { return cmp.Compare(a.Instance.Launched, b.Instance.Launched) })
	now, limit := g.kernel.Now(), 1
	spread := cmp.Or(g.cfg.Spread, lifetimeSpread) + max(0, g.cfg.Warmup)
	due := 0
	for k, m := range may {
		age := now.Sub(m.Instance.Launched)
		switch {
		case age >= g.cfg.Lifetime:
			limit, due = g.tenth(len(g.active)), k+1
		case age >= g.cfg.Lifetime-des.Duration(k+1)*spread && now.Sub(may[0].Instance.Launched) >= g.cfg.Lifetime/2:
			due = max(due, 1)
		}
	}
	return may[:due], limit
}
