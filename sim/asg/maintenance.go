package asg

import "math"

// Maintenance is an instance maintenance policy: while instances are replaced for
// their health or age, the group stays between these shares of desired ("Instance
// maintenance policies", user guide, read 2026-11).
type Maintenance struct {
	MinHealthy, MaxHealthy float64 // 0.9 is 90 %
	Outwards               bool    // how Bounds rounds
	// FallsShort is of a refresh whose MaxHealthyPercentage is not given: where there is
	// no room it terminates first, which with 100 % given it does not (API:
	// RefreshPreferences of 2026-11).
	FallsShort bool
}

// Bounds returns how many instances must be ready and may run (X-19, our choice:
// rounded inwards unless asked otherwise). Where they leave no room it is one at a
// time, launched first; or terminated first if the policy falls short, unless all must
// be healthy ("How an instance refresh works", user guide, read 2026-11).
func (p *Maintenance) Bounds(desired int) (keep, run int) {
	const eps = 1e-9
	keep = int(math.Ceil(float64(desired)*p.MinHealthy - eps))
	run = int(math.Floor(float64(desired)*p.MaxHealthy + eps))
	if p.Outwards {
		keep = int(math.Floor(float64(desired)*p.MinHealthy + eps))
		run = int(math.Ceil(float64(desired)*p.MaxHealthy - eps))
	}
	if keep >= desired && run <= desired {
		if p.FallsShort && p.MinHealthy < 1 {
			return max(desired-1, 0), desired
		}
		run = desired + 1
	}
	return keep, run
}

// ExtrasAllowed is the most instances that may be launched ahead of those they
// replace just now.
func (g *Group) ExtrasAllowed() int {
	n := min(1, RebalanceCeiling(g.max)-g.max)
	if w := g.largest(); w > 1 {
		n += 2 * w // one instance, of which only a unit may be due
	}
	if g.cfg.Maintenance != nil {
		_, run := g.cfg.Maintenance.Bounds(g.desired)
		n += run - min(run, g.desired)
	}
	if g.cfg.Rebalance {
		pace := g.cfg.rebalancePace()
		_, run := pace.Bounds(g.desired)
		n += run - min(run, g.desired)
	}
	if g.refresher.now != nil {
		_, run := g.refresher.now.Pace.Bounds(g.desired)
		n += run - min(run, g.desired)
	}
	return n
}
