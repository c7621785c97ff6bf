package asg

import (
	"fmt"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/elb"
)

// What a health check found, in AWS's words.
const (
	causeStopped  = "an EC2 health check indicating it has been terminated or stopped"
	causeImpaired = "an EC2 instance status checks failure"
	causeELB      = "an ELB system health check failure"
)

// healthTick is the group's periodic look at its instances: it marks the
// unhealthy and replaces as many as the pacing allows.
func (g *Group) healthTick() {
	g.kernel.After(g.cfg.HealthPeriod, des.Health, g.healthTick)
	now := g.kernel.Now()
	var stopped, bad []*Member
	sources := map[*Member]string{}
	for _, m := range g.active {
		if m.Phase != PhaseInService {
			continue
		}
		source := g.examine(m, now)
		if source == "" && !m.Unhealthy {
			continue
		}
		if source == "" {
			source = causeELB
		}
		if !m.Unhealthy {
			m.Unhealthy = true
			g.observe()
		}
		sources[m] = source
		if source == causeStopped {
			stopped = append(stopped, m)
		} else {
			bad = append(bad, m)
		}
	}
	n := g.allowance(len(bad))
	for _, m := range append(stopped, bad[:min(n, len(bad))]...) {
		g.replace(m, sources[m])
	}
}

// examine returns the cause for which m is unhealthy at now, or "".
// Not running counts at once, whatever the grace period; an impaired status
// check after a wait; the balancer's verdict after the grace period
// ("Health checks for instances in an Auto Scaling group", user guide).
func (g *Group) examine(m *Member, now des.Time) string {
	switch health, known := g.balancer.Health(m.Instance.Plane); {
	case m.Instance.State == ec2.Failed:
		return causeStopped
	case now.Sub(m.InServiceAt) < g.cfg.Grace:
		return ""
	case m.Instance.Impaired != des.Never && now.Sub(m.Instance.Impaired) >= g.cfg.ImpairedWait:
		return causeImpaired
	case g.cfg.HealthCheckELB && known && health == elb.Unhealthy:
		return causeELB
	}
	return ""
}

// allowance is how many of bad unhealthy (but running) instances may be replaced
// now ("Health checks", section on replacement, user guide): none while a
// replacement has not passed its first check and warmed up, or while activities
// are in progress and a tenth or more of the group is missing; else a tenth of
// desired, at least one; fewer when the balancer finds everybody unhealthy.
func (g *Group) allowance(bad int) int {
	if bad == 0 {
		return 0
	}
	now, inService, pending := g.kernel.Now(), 0, 0
	for _, m := range g.active {
		if m.Phase == PhasePending {
			pending++
		} else {
			inService++
		}
		if m.Replacement && !m.Unhealthy && !g.proven(m, now) {
			return 0
		}
	}
	if pending > 0 && 10*inService <= 9*g.Desired {
		return 0
	}
	if bad == inService && inService > 1 {
		return g.cfg.AllBad
	}
	return max(1, g.Desired/10)
}

// proven reports whether a replacement is in service, passed its first check and
// finished the default instance warm-up.
func (g *Group) proven(m *Member, now des.Time) bool {
	if m.Phase != PhaseInService {
		return false
	}
	if g.cfg.HealthCheckELB {
		if h, ok := g.balancer.Health(m.Instance.Plane); !ok || h == elb.Initial {
			return false
		}
	}
	return g.cfg.Warmup <= 0 || now.Sub(m.InServiceAt) >= g.cfg.Warmup
}

// replace terminates an unhealthy instance and launches another: the terminate
// activity is created first, the launch runs while it terminates.
func (g *Group) replace(m *Member, source string) {
	g.Replacements++
	g.terminate(m, g.healthCause(m, source), "unhealthy: "+source)
	if g.Actual() < g.Desired {
		g.launch(fmt.Sprintf("At %s an instance was launched in response to an unhealthy instance needing to be replaced.", g.clock(g.kernel.Now())), true)
	}
}
