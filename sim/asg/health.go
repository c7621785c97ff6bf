package asg

import (
	"cmp"
	"slices"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/elb"
	"asgsim/sim/serving"
)

// What a health check found, in AWS's words.
const (
	causeStopped  = "an EC2 health check indicating it has been terminated or stopped"
	causeImpaired = "an EC2 instance status checks failure"
	causeELB      = "an ELB system health check failure"
	causeEBS      = "an EBS health check failure"
)

// verdicts is what the load balancer finds of an instance.
type verdicts interface {
	Health(serving.ID) (elb.Health, bool)
}

// health finds the unhealthy and has them replaced.
type health struct {
	*base
	*size
	*roster
	*suspensions
	*retries
	balancer  verdicts
	replacer  *replacer
	exchanger *exchanger
	abandon   func(m *Member, status Status, message string) // gives a launch up
}

// check marks the unhealthy and replaces as many as the pacing allows.
func (h *health) check() {
	now := h.kernel.Now()
	var stopped, bad []*Member
	for _, m := range slices.Clone(h.active) {
		if m.Phase == PhasePending {
			h.checkPending(m)
			continue
		}
		source := m.source
		if !h.suspended[HealthCheck] {
			source = h.examine(m, now)
		}
		switch {
		case source == "" && !m.Unhealthy:
			continue
		case source != "":
			m.source = source
		}
		if !m.Unhealthy {
			m.Unhealthy = true
			h.observe()
		}
		if m.source == causeStopped {
			stopped = append(stopped, m)
		} else {
			bad = append(bad, m)
		}
	}
	if h.suspended[ReplaceUnhealthy] || h.suspended[Terminate] {
		return
	}
	for _, m := range stopped {
		h.replacer.replace(m)
	}
	if h.cfg.Maintenance != nil {
		h.exchanger.exchange(bad, h.cfg.Maintenance, h.provenNow, h.replacer.healthCause, End{Kind: EndUnhealthy, By: causeELB}, replacementCause(h.clock(now)))
		return
	}
	for _, m := range bad[:min(h.allowance(len(bad)), len(bad))] {
		h.replacer.replace(m)
	}
}

// checkPending gives up an instance that stopped before it was in service.
func (h *health) checkPending(m *Member) {
	switch {
	case h.suspended[HealthCheck] || h.suspended[Terminate]:
	case m.Instance.State == ec2.Failed:
		h.backOffZone(m.Instance.Zone)
		h.abandon(m, Failed, "the instance stopped before it was in service")
	case h.late(m):
		h.backOffAll()
		h.abandon(m, Failed, "its application did not come up in time")
	}
}

// bootTimeout is how long the group waits for an application that it waits for: the
// default heartbeat timeout of the hook by which AWS would (API:
// PutLifecycleHook).
const bootTimeout = des.Hour

// late reports whether an instance whose application the group waits for should
// have come up by now.
func (h *health) late(m *Member) bool {
	return !m.ready && h.kernel.Now().Sub(m.Called) >= cmp.Or(h.cfg.BootTimeout, bootTimeout)
}

// examine returns the cause for which m is unhealthy at now, or "".
// Not running counts at once, whatever the grace period; an impaired status
// check after a wait; the balancer's verdict after the grace period
// ("Health checks for instances in an Auto Scaling group", user guide).
func (h *health) examine(m *Member, now des.Time) string {
	switch health, known := h.balancer.Health(m.Instance.Plane); {
	case m.Instance.State == ec2.Failed:
		return causeStopped
	case now.Sub(m.InServiceAt) < h.cfg.Grace:
		return ""
	case m.Instance.Impaired != des.Never && now.Sub(m.Instance.Impaired) >= h.cfg.ImpairedWait:
		return causeImpaired
	case h.cfg.HealthCheckEBS && m.Instance.VolumeImpaired != des.Never && now.Sub(m.Instance.VolumeImpaired) >= h.cfg.ImpairedWait:
		return causeEBS
	case h.cfg.HealthCheckELB && known && health == elb.Unhealthy:
		return causeELB
	}
	return ""
}

// allowance is how many of bad unhealthy (but running) instances may be replaced
// now ("Health checks", section on replacement, user guide): none while a
// replacement has not passed its first check and warmed up, or while activities
// are in progress and a tenth or more of the group is missing; else a tenth of
// desired, at least one; fewer when the balancer finds everybody unhealthy.
func (h *health) allowance(bad int) int {
	if bad == 0 {
		return 0
	}
	now, inService, there, pending := h.kernel.Now(), 0, 0, 0
	for _, m := range h.active {
		if m.Phase == PhasePending {
			pending++
		} else {
			inService++
			there += m.Units()
		}
		if m.Replacement && !m.Unhealthy && !h.proven(m, now) {
			return 0
		}
	}
	if pending > 0 && 10*there <= 9*h.desired {
		return 0
	}
	if bad == inService && inService > 1 {
		return h.cfg.AllBad
	}
	return h.tenth(h.desired)
}

// proven reports whether a replacement is in service, passed its first check and
// finished the default instance warm-up.
func (h *health) proven(m *Member, now des.Time) bool {
	if m.Phase != PhaseInService {
		return false
	}
	return h.checked(m) && h.warm(m, now)
}

func (h *health) provenNow(m *Member) bool { return h.proven(m, h.kernel.Now()) }

// checked reports whether a member has passed its first health check.
func (h *health) checked(m *Member) bool {
	if !h.cfg.HealthCheckELB || !m.registered {
		return true
	}
	v, ok := h.balancer.Health(m.Instance.Plane)
	return ok && v != elb.Initial
}

func (h *health) warm(m *Member, now des.Time) bool {
	return h.cfg.Warmup <= 0 || now.Sub(m.InServiceAt) >= h.cfg.Warmup
}

// passed reports whether the health checks that count find a member healthy.
func (h *health) passed(m *Member) bool {
	if !h.cfg.HealthCheckELB || !m.registered {
		return true
	}
	v, ok := h.balancer.Health(m.Instance.Plane)
	return ok && v == elb.Healthy
}
