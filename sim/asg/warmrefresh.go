package asg

import "fmt"

// exchange replaces the members of another version than the refresh's, once the group
// itself is refreshed, at its pace of the pool's own size ("Instance maintenance
// policies", user guide, read 2024-05: the pool is held to the same shares). It
// reports how many are of the refresh's version and warmed, and whether all are.
func (p *poolKeeper) exchange(pace *Maintenance) (fresh int, done bool) {
	keep, _ := pace.Bounds(p.cfg.WarmPool.Size(p.desired, p.max))
	var old []*Member
	warmed := 0
	for _, m := range p.pooled {
		if m.Phase == PhaseWarmed {
			warmed++
		}
		switch {
		case p.refresh.outdated(m) && m.Phase.Pooled():
			old = append(old, m)
		case m.Phase == PhaseWarmed:
			fresh++
		}
	}
	for _, m := range old {
		if m.Phase == PhaseWarmed {
			if warmed-1 < keep {
				continue
			}
			warmed--
		}
		p.Replacements++
		p.discard(m, fmt.Sprintf("At %s an instance was taken out of the warm pool in response to an instance refresh.", p.at()), End{Kind: EndRefresh})
	}
	p.refill()
	return fresh, fresh == len(p.pooled) && fresh >= p.cfg.WarmPool.Size(p.desired, p.max)
}

// renew replaces the members of the pool that reach the maximum instance
// lifetime, one at a time, after those in service.
func (p *poolKeeper) renew() {
	now := p.kernel.Now()
	for _, m := range p.pooled {
		if m.Phase == PhaseWarmedPending || m.returning {
			return // the one before is not done
		}
	}
	for _, m := range p.pooled {
		if now.Sub(m.Instance.Launched) >= p.cfg.Lifetime && !m.Protected {
			p.Replacements++
			p.discard(m, fmt.Sprintf("At %s an instance was taken out of the warm pool in response to its maximum instance lifetime.", p.clock(now)), End{Kind: EndLifetime})
			p.refill()
			return
		}
	}
}
