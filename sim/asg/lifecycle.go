package asg

import (
	"fmt"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/serving"
)

// instances is what EC2 does with single instances.
type instances interface {
	Launch(p ec2.Pool, running, up func(*ec2.Instance)) *ec2.Instance
	Terminate(i *ec2.Instance, done func())
}

// registry is the load balancer's list of targets.
type registry interface {
	Register(id serving.ID, zone, ordinal int)
	Deregister(id serving.ID, drained func())
}

// passage hears how far an instance has come.
type passage interface {
	entered(*Member)  // into service
	drained()         // an instance is out of the balancer
	gaveUp(*Member)   // it never came into service
	retryAt(des.Time) // the group is to look again
}

// lifecycle takes an instance from its launch into service, and out of it to its end.
type lifecycle struct {
	*base
	*History
	*suspensions
	*retries
	*need
	ec2      instances
	balancer registry
	hooks    *hooks
	group    passage
}

// launchIn starts an instance. It is registered with the balancer and in service
// when EC2 reports it running (or when its application is up, if so configured)
// and its launch hooks are through; the balancer's checks begin then.
func (l *lifecycle) launchIn(at placement, cause string) *Member {
	m := &Member{Phase: PhasePending, InServiceAt: des.Never, Protected: l.cfg.Protect, Called: l.kernel.Now(), end: -1}
	l.Launches++
	running, up := l.entry(func(*ec2.Instance) { l.came(m) })
	m.Instance = l.ec2.Launch(at.Pool, running, up)
	l.Members = append(l.Members, m)
	l.join(m)
	l.tolerate()
	l.begin(m, Activity{Description: "Launching a new EC2 instance", Cause: cause, Note: at.why(), Launch: true, Status: PreInService})
	l.observe()
	return m
}

// entry returns what is to happen when EC2 reports an instance running and when its
// application is up: enter at one of the two.
func (l *lifecycle) entry(enter func(*ec2.Instance)) (running, up func(*ec2.Instance)) {
	never := func(*ec2.Instance) {}
	if l.cfg.AtBootDone {
		return never, enter
	}
	return enter, never
}

// came hears that a pending instance is up; its launch hooks run now.
func (l *lifecycle) came(m *Member) { l.runLaunchHooks(m, PhasePending, l.enterService, l.abandon) }

// runLaunchHooks runs the launch hooks of an instance that is up in a phase, and then lets it
// proceed, or fails it; neither if it has left the phase.
func (l *lifecycle) runLaunchHooks(m *Member, in Phase, proceed func(*Member), fail func(*Member, Status, string)) {
	if m.Phase != in || m.ready {
		return
	}
	m.ready = true
	l.hooks.await(m, true, func(through bool, why string) {
		switch {
		case m.Phase != in:
		case through:
			proceed(m)
		default:
			l.backOffAll()
			fail(m, Cancelled, why)
		}
	})
	if m.Waiting {
		l.Activities[m.launch].Status = MidLifecycle
		l.observe()
	}
}

// abandon gives a launch up and terminates the instance; another is launched
// later.
func (l *lifecycle) abandon(m *Member, status Status, message string) {
	l.close(m.launch, status, message)
	l.failed()
	l.group.gaveUp(m)
	l.terminate(m, fmt.Sprintf("At %s an instance was taken out of service in response to a launch failure.", l.at()), End{Kind: EndLaunchFailed, By: message})
	l.group.retryAt(l.kernel.Now())
}

func (l *lifecycle) enterService(m *Member) {
	m.Phase, m.InServiceAt = PhaseInService, l.kernel.Now()
	l.register(m)
	l.launched(m.Instance.Zone)
	l.warmThrough(m)
	l.group.entered(m)
	l.observe()
}

// warmThrough ends the activity of a launch: when the instance has warmed up, where a
// default instance warm-up is set or a policy with one asked for it, else now. (Activities
// of 305 to 333 s were seen with a warm-up of 300 s, of 31 to 34 s without.)
func (l *lifecycle) warmThrough(m *Member) {
	k, wait := m.launch, m.warmup
	if l.cfg.Warmup >= 0 {
		wait = l.cfg.Warmup
	}
	done := func() {
		if a := &l.Activities[k]; a.End == des.Never {
			a.End, a.Status = l.kernel.Now(), Successful
		}
	}
	if wait <= 0 {
		done()
		return
	}
	l.Activities[k].Status = WaitingWarm
	l.kernel.After(wait, des.Begin, done)
}

// register puts an instance into the target group. While AddToLoadBalancer is
// suspended it is not, and never will be ("Suspend and resume a process", user
// guide, read 2023-04-27).
func (l *lifecycle) register(m *Member) {
	if !l.suspended[AddToLoadBalancer] {
		m.registered = true
		l.balancer.Register(m.Instance.Plane, m.Instance.Zone, m.Instance.Ordinal)
	}
}

// drain takes an instance out of the balancer and calls done when it is drained.
func (l *lifecycle) drain(m *Member, done func()) {
	if !m.registered {
		done()
		return
	}
	m.registered = false
	l.balancer.Deregister(m.Instance.Plane, done)
}

// terminate takes an instance out: deregister and drain first, then the
// terminate hooks, then EC2. An instance that never was in service, or has stopped
// running, has nothing to hand over: hooks are skipped.
func (l *lifecycle) terminate(m *Member, cause string, end End) {
	l.Terminations++
	if m.launch >= 0 && l.Activities[m.launch].Status == WaitingWarm {
		l.Activities[m.launch].End, l.Activities[m.launch].Status = l.kernel.Now(), Successful
	}
	served := m.Phase == PhaseInService || m.Phase == PhaseStandby
	l.kernel.Cancel(m.wait)
	l.release(&m.hold)
	m.Phase, m.End, m.Waiting = PhaseDraining, end, false
	l.leave(m)
	l.beginEnd(m, cause, NoPool, WaitingDrain)
	l.drain(m, func() {
		m.Phase = PhaseTerminating
		l.group.drained()
		a := &l.Activities[m.end]
		a.Status = InProgress
		if !served || m.Instance.State != ec2.Running {
			l.finish(m)
			return
		}
		// Abandoned or not, the instance goes.
		l.hooks.await(m, false, func(bool, string) { l.finish(m) })
		if m.Waiting {
			l.Activities[m.end].Status = MidLifecycle
			l.observe()
		}
	})
	l.observe()
}

// finish has EC2 terminate the instance.
func (l *lifecycle) finish(m *Member) {
	m.Waiting = false
	l.Activities[m.end].Status = InProgress
	l.ec2.Terminate(m.Instance, func() {
		m.Phase = PhaseGone
		a := &l.Activities[m.end]
		a.End, a.Status = l.kernel.Now(), Successful
		l.observe()
	})
	l.observe()
}
