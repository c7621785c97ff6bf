package asg

import "fmt"

// refreshPool exchanges the members of the warm pool once the group itself is
// refreshed, at the refresh's pace of the pool's own size ("Instance maintenance
// policies", user guide, read 2024-05: the pool is held to the same shares). It
// reports whether all members are of the refresh's version and warmed.
func (g *Group) refreshPool() bool {
	r := g.refreshing
	if g.cfg.WarmPool == nil {
		return true
	}
	r.inPool = true
	keep, _ := r.Pace.Bounds(g.cfg.WarmPool.Size(g.Desired, g.Max))
	var old []*Member
	fresh, warmed := 0, 0
	for _, m := range g.pool {
		if m.Phase == PhaseWarmed {
			warmed++
		}
		switch {
		case g.outdated(m) && m.Phase.Pooled():
			old = append(old, m)
		case m.Phase == PhaseWarmed:
			fresh++
		}
	}
	if n := g.Actual() + fresh; n > r.best {
		r.best, r.progress = n, g.kernel.Now()
	}
	for _, m := range old {
		if m.Phase == PhaseWarmed {
			if warmed-1 < keep {
				continue
			}
			warmed--
		}
		g.Replacements++
		g.discard(m, fmt.Sprintf("At %s an instance was taken out of the warm pool in response to an instance refresh.", g.clock(g.kernel.Now())), End{Kind: EndRefresh})
	}
	g.stock()
	return fresh == len(g.pool) && fresh >= g.cfg.WarmPool.Size(g.Desired, g.Max)
}

// renewPool replaces the members of the pool that reach the maximum instance
// lifetime, one at a time, after those in service.
func (g *Group) renewPool() {
	now := g.kernel.Now()
	for _, m := range g.pool {
		if m.Phase == PhaseWarmedPending || m.returning {
			return // the one before is not done
		}
	}
	for _, m := range g.pool {
		if now.Sub(m.Instance.Launched) >= g.cfg.Lifetime && !m.Protected {
			g.Replacements++
			g.discard(m, fmt.Sprintf("At %s an instance was taken out of the warm pool in response to its maximum instance lifetime.", g.clock(now)), End{Kind: EndLifetime})
			g.stock()
			return
		}
	}
}
