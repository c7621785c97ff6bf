package asg

import (
	"cmp"
	"fmt"
	"slices"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/elb"
	"asgsim/sim/rng"
)

// What a health check found, in AWS's words.
const (
	causeStopped  = "an EC2 health check indicating it has been terminated or stopped"
	causeImpaired = "an EC2 instance status checks failure"
	causeELB      = "an ELB system health check failure"
)

// healthTick is the group's periodic look at its instances.
func (g *Group) healthTick() {
	g.kernel.After(g.cfg.HealthPeriod, des.Health, g.healthTick)
	g.busy = false
	g.checkHealth()
	g.renew()
	g.stepRefresh()
	g.rescue()
	if !g.busy && g.refreshing == nil {
		g.dismiss()
	}
	g.rebalance()
	g.checkPool()
	g.stock()
}

// firstCheck is when the group first looks at its instances.
func (g *Group) firstCheck() des.Duration {
	if !g.cfg.HealthDrawn {
		return g.cfg.HealthPeriod + g.cfg.HealthPhase
	}
	s := rng.Key(g.seed, rng.Purpose("asg/health"))
	return 1 + des.Duration(s.Float64()*float64(g.cfg.HealthPeriod))
}

// checkHealth marks the unhealthy and replaces as many as the pacing allows.
func (g *Group) checkHealth() {
	now := g.kernel.Now()
	var stopped, bad []*Member
	for _, m := range slices.Clone(g.active) {
		if m.Phase == PhasePending {
			g.checkPending(m)
			continue
		}
		source := m.source
		if !g.suspended[HealthCheck] {
			source = g.examine(m, now)
		}
		switch {
		case source == "" && !m.Unhealthy:
			continue
		case source != "":
			m.source = source
		}
		if !m.Unhealthy {
			m.Unhealthy = true
			g.observe()
		}
		if m.source == causeStopped {
			stopped = append(stopped, m)
		} else {
			bad = append(bad, m)
		}
	}
	if g.suspended[ReplaceUnhealthy] || g.suspended[Terminate] {
		return
	}
	for _, m := range stopped {
		g.replace(m)
	}
	if g.cfg.Maintenance != nil {
		g.exchange(bad, g.cfg.Maintenance, g.provenNow, g.healthCause, End{Kind: EndUnhealthy, By: causeELB}, replacementCause(g.clock(now)))
		return
	}
	for _, m := range bad[:min(g.allowance(len(bad)), len(bad))] {
		g.replace(m)
	}
}

// checkPending gives up an instance that stopped before it was in service.
func (g *Group) checkPending(m *Member) {
	switch {
	case g.suspended[HealthCheck] || g.suspended[Terminate]:
	case m.Instance.State == ec2.Failed:
		g.backOff(&g.zoneRetry[m.Instance.Zone], g.cfg.Zones[m.Instance.Zone])
		g.abandon(m, Failed, "the instance stopped before it was in service")
	case g.late(m):
		g.backOff(&g.hookRetry, "")
		g.abandon(m, Failed, "its application did not come up in time")
	}
}

// bootTimeout is how long the group waits for an application that it waits for: the
// default heartbeat timeout of the hook by which AWS would (API:
// PutLifecycleHook).
const bootTimeout = des.Hour

// late reports whether an instance whose application the group waits for should
// have come up by now.
func (g *Group) late(m *Member) bool {
	return !m.ready && g.kernel.Now().Sub(m.Called) >= cmp.Or(g.cfg.BootTimeout, bootTimeout)
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
	now, inService, there, pending := g.kernel.Now(), 0, 0, 0
	for _, m := range g.active {
		if m.Phase == PhasePending {
			pending++
		} else {
			inService++
			there += m.Units()
		}
		if m.Replacement && !m.Unhealthy && !g.proven(m, now) {
			return 0
		}
	}
	if pending > 0 && 10*there <= 9*g.Desired {
		return 0
	}
	if bad == inService && inService > 1 {
		return g.cfg.AllBad
	}
	return g.tenth(g.Desired)
}

// tenth is a tenth of n instances, at least one; a fraction is dropped unless asked
// otherwise.
func (g *Group) tenth(n int) int {
	if g.cfg.RoundUp {
		n += 9
	}
	return max(1, n/10)
}

// proven reports whether a replacement is in service, passed its first check and
// finished the default instance warm-up.
func (g *Group) proven(m *Member, now des.Time) bool {
	if m.Phase != PhaseInService {
		return false
	}
	return g.checked(m) && g.warm(m, now)
}

func (g *Group) provenNow(m *Member) bool { return g.proven(m, g.kernel.Now()) }

// checked reports whether a member has passed its first health check.
func (g *Group) checked(m *Member) bool {
	if !g.cfg.HealthCheckELB || !m.registered {
		return true
	}
	h, ok := g.balancer.Health(m.Instance.Plane)
	return ok && h != elb.Initial
}

func (g *Group) warm(m *Member, now des.Time) bool {
	return g.cfg.Warmup <= 0 || now.Sub(m.InServiceAt) >= g.cfg.Warmup
}

// replace terminates an unhealthy instance and launches another: the terminate
// activity is created first, the launch runs while it terminates.
func (g *Group) replace(m *Member) {
	g.Replacements++
	end := End{Kind: EndUnhealthy, By: m.source}
	if m.Instance.Interrupted {
		end = End{Kind: EndInterrupted}
	}
	g.terminate(m, g.healthCause(m), end)
	if g.cfg.ReplaceAfter == nil {
		g.succeed(replacementCause(g.clock(g.kernel.Now())))
		return
	}
	// Owed: whatever makes the group look earlier launches it then.
	s := rng.Key(g.seed, rng.Purpose("asg/replace"), uint64(m.Instance.Ordinal))
	g.owed++
	g.retryAt(g.kernel.Now().Add(des.Seconds(g.cfg.ReplaceAfter.Quantile(s.Open()))))
}

// succeed launches an instance for one that was terminated to be replaced, if
// desired still asks for it; later, if it cannot be launched now. With weights one may
// not be enough.
func (g *Group) succeed(cause string) {
	if !g.missing() {
		return
	}
	if m := g.launch(cause, anywhere); m != nil {
		m.Replacement = true
	} else {
		g.owed++
	}
	if g.largest() > 1 && g.missing() {
		g.retryAt(g.kernel.Now())
	}
}

// healthCause words why an unhealthy instance is replaced, as AWS does.
func (g *Group) healthCause(m *Member) string {
	return fmt.Sprintf("At %s an instance was taken out of service in response to %s.", g.clock(g.kernel.Now()), m.source)
}
