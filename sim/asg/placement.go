package asg

import (
	"fmt"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// placer finds the zone and the pool in which an instance is launched.
type placer struct {
	*base
	*History
	*zoneSet
	*retries
	pools *allocator
	again func(des.Time) // has the group look again at an instant
}

// anywhere asks for the zone with the fewest instances.
const anywhere = -1

// placement is where an instance is launched, and why there.
type placement struct {
	ec2.Pool
	choice string // empty: there was none
}

// why words the choice for an activity's note.
func (p placement) why() string {
	if p.choice == "" {
		return ""
	}
	return fmt.Sprintf("It is a %s, %s.", p.Model.Type.Name, p.choice)
}

// place returns the first pool of the zones in which EC2 launches now; false where
// it does in none: the group then looks again later.
func (p *placer) place(order []int, cause func(ec2.Pool) string) (at placement, ok bool) {
	now := p.kernel.Now()
	if now < p.hookRetry.until {
		p.again(p.hookRetry.until)
		return at, false
	}
	soonest := des.Never
	for _, z := range order {
		retry := &p.zoneRetry[z]
		if now >= retry.until {
			pools, choice := p.pools.choices(z)
			pool, why, quota := p.pools.attempt(pools)
			if why == "" {
				return placement{pool, choice}, true
			}
			p.refused(pools, cause(pool), why)
			p.backOff(retry, p.cfg.Zones[z])
			if quota {
				p.again(retry.until)
				return at, false
			}
		}
		soonest = min(soonest, retry.until)
	}
	if len(order) > 1 || len(p.cfg.Zones) == 1 || p.cfg.BalancedOnly {
		p.again(soonest)
	}
	return at, false
}

// refused writes the activity of a launch that EC2 turned down, in all pools.
func (p *placer) refused(pools []ec2.Pool, cause, why string) {
	p.failed()
	p.Refused++
	tried, reason := "", "insufficient capacity"
	switch {
	case why == ec2.RequestLimitExceeded:
		reason = "request limit exceeded"
	case len(pools) > 1:
		tried = fmt.Sprintf(" The other %d instance types were tried before.", len(pools)-1)
	}
	p.add(Activity{
		Description: "Launching a new EC2 instance.  Status Reason: " + reason, Cause: cause, Instance: -1,
		Zone: p.cfg.Zones[pools[0].Zone], Launch: true, End: p.kernel.Now(), Status: Failed,
		Message: why + tried + " Launching EC2 instance failed.",
	})
}
