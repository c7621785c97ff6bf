package ec2

import (
	"asgsim/sim/des"
	"asgsim/sim/rng"
	"asgsim/workload"
)

// Stop takes a running instance out of running and calls done when it is stopped,
// or hibernated, after took. A stop ends the bill at once, a hibernation when it is
// complete (EC2 User Guide, "Instance lifecycle", read 2023-05-31).
func (f *Fleet) Stop(i *Instance, hibernate bool, took workload.Dist, done func()) {
	run := i.Run
	f.leaveRunning(i)
	i.State, i.Up, i.hibernated = Stopping, false, hibernate
	if hibernate {
		i.State, run.StoppedAt = Hibernating, des.Never
	}
	f.observe(i)
	f.kernel.After(f.Draw(took, "ec2/stop", i), des.Finish, func() {
		if i.Run != run || i.State != Stopping && i.State != Hibernating {
			return
		}
		if i.State == Hibernating {
			run.StoppedAt = f.kernel.Now()
		}
		i.State = Stopped
		f.observe(i)
		done()
	})
}

// Start begins another run of a stopped instance, on another host: pending until
// EC2 reports it running, then the application comes up after boot.
func (f *Fleet) Start(i *Instance, pending, boot workload.Dist, running, up func(*Instance)) {
	i.Past, i.Run = append(i.Past, i.Run), newRun()
	i.State, i.Broken, i.Impaired, i.ailment = Pending, false, des.Never, well()
	f.bring(i, f.Draw(pending, "ec2/start", i), f.Draw(boot, "ec2/restart", i), running, up)
}

// AdoptIdle is [Fleet.Adopt] of an instance that has answered nothing yet: what warms up by
// requests is cold.
func (f *Fleet) AdoptIdle(p Pool, age des.Duration) *Instance {
	i := f.Adopt(p, age)
	if f.template.Warm.Requests > 0 {
		f.warmUp(i)
	}
	return i
}

// AdoptStopped adds an instance that was launched, prepared and stopped before the
// run.
func (f *Fleet) AdoptStopped(p Pool, age des.Duration) *Instance {
	i := f.create(p, f.kernel.Now().Add(-age))
	i.State = Stopped
	f.observe(i)
	return i
}

// Host returns how often the instance has been started before: each start is on
// another host.
func (i *Instance) Host() int { return len(i.Past) }

// Draw is keyed by the ordinal of the launch and the number of the run.
func (f *Fleet) Draw(d workload.Dist, purpose string, i *Instance) des.Duration {
	s := rng.Key(f.seed, rng.Purpose(purpose), uint64(i.Ordinal), uint64(len(i.Past)))
	return des.Seconds(d.Quantile(s.Open()))
}
