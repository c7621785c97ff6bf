package ec2

import (
	"asgsim/sim/des"
	"asgsim/sim/rng"
	"asgsim/sim/serving"
	"asgsim/workload"
)

// Fleet launches, breaks and terminates instances, and mirrors them into the
// plane. It decides nothing.
type Fleet struct {
	Instances []*Instance // by ordinal
	Market    *Market     // nil without Spot Instances
	kernel    *des.Kernel
	plane     serving.Plane
	template  *Template
	models    []*Model
	shutdown  workload.Dist
	seed      uint64
	pending   uint64 // purposes of the keyed draws
	boot      uint64
	down      uint64
	version   *Version   // of what is launched now; nil: the first
	short     []Shortage // in force
	throttled int        // how many stretches of throttled launches are in force
	networks  []Network  // by zone; nil: all well
	zones     []string
	end       des.Time
	listener  Listener
}

// Listener hears what happens to instances; what is nil is not told.
type Listener struct {
	Changed     func(*Instance) // after every change of one
	Signalled   func(*Instance) // a Spot Instance is recommended to be rebalanced, or got its notice
	Interrupted func(*Instance) // EC2 takes a Spot Instance back, just before it does
}

func (f *Fleet) observe(i *Instance) { tell(f.listener.Changed, i) }

func tell(listener func(*Instance), i *Instance) {
	if listener != nil {
		listener(i)
	}
}

// NewFleet returns an empty fleet. shutdown is the time from the terminate call
// to terminated; end is that of the run.
func NewFleet(k *des.Kernel, p serving.Plane, t *Template, zones []string, shutdown workload.Dist, seed uint64, end des.Time, listener Listener) *Fleet {
	f := &Fleet{
		models: t.Models(), kernel: k, plane: p, template: t, shutdown: shutdown, seed: seed, listener: listener, zones: zones, end: end,
		pending: rng.Purpose("ec2/pending"), boot: rng.Purpose("ec2/boot"), down: rng.Purpose("ec2/shutdown"),
	}
	if t.Spot != nil {
		f.Market = NewMarket(t.Spot, zones, seed, end)
		f.openMarket()
	}
	return f
}

// Launch starts an instance of a pool. running is called when EC2 reports it
// running, up when its application answers; neither if it ends before.
func (f *Fleet) Launch(p Pool, running, up func(*Instance)) *Instance {
	i := f.create(p, f.kernel.Now())
	f.bring(i, f.draw(f.template.Pending, f.pending, i), f.draw(f.bootTime(i.Version), f.boot, i), running, up)
	return i
}

// bring lets a pending instance enter running after one time and its application
// come up after another.
func (f *Fleet) bring(i *Instance, pending, boot des.Duration, running, up func(*Instance)) {
	run := i.Run
	f.kernel.After(pending, des.Begin, func() {
		if i.State != Pending || i.Run != run {
			return
		}
		i.State, run.RunningAt = Running, f.kernel.Now()
		// While it boots, nothing listens: connections are refused.
		run.Plane = f.plane.Add(f.spec(i, serving.Mode{Kind: serving.Refusing}))
		f.kernel.After(boot, des.Begin, func() {
			if i.State != Running || i.Run != run || i.Broken || i.Version != nil && !i.Version.Healthy {
				return
			}
			i.Up, run.UpAt = true, f.kernel.Now()
			f.plane.SetMode(run.Plane, f.serves(i))
			f.warmUp(i)
			f.observe(i)
			up(i)
		})
		f.observe(i)
		running(i)
	})
	f.observe(i)
}

// Adopt adds an instance that has been running and up for age at the start of
// the run. It is billed from 0.
func (f *Fleet) Adopt(p Pool, age des.Duration) *Instance {
	i := f.create(p, f.kernel.Now().Add(-age))
	i.State, i.RunningAt = Running, f.kernel.Now()
	i.Up, i.UpAt, i.WarmAt = true, f.kernel.Now(), f.kernel.Now()
	i.Plane = f.plane.Add(f.spec(i, serving.Mode{Kind: serving.Serving}))
	f.observe(i)
	return i
}

// Terminate calls for the end of an instance: it leaves running at once, what is
// left on it is cut, and done is called when it is terminated.
func (f *Fleet) Terminate(i *Instance, done func()) {
	if i.State == ShuttingDown || i.State == Terminated {
		return
	}
	f.leaveRunning(i)
	i.State = ShuttingDown
	f.observe(i)
	f.kernel.After(f.draw(f.shutdown, f.down, i), des.Finish, func() {
		i.State, i.TerminatedAt = Terminated, f.kernel.Now()
		f.observe(i)
		done()
	})
}

// Release lets a running instance go on outside of what is simulated: nothing of
// it is counted any more.
func (f *Fleet) Release(i *Instance) {
	f.leaveRunning(i)
	i.State = Released
	f.observe(i)
}

// Fail breaks the host of an instance, pending or running: what is in flight is
// cut, later requests find nobody, and EC2 no longer reports it running.
func (f *Fleet) Fail(i *Instance) {
	if i.Plane >= 0 {
		f.plane.Cut(i.Plane, serving.CutOff)
		f.plane.SetMode(i.Plane, serving.Mode{Kind: serving.Unreachable})
	}
	i.State, i.StoppedAt, i.Broken = Failed, f.kernel.Now(), true
	f.observe(i)
}

// FailProcess kills the application of a running instance: what is in flight is
// cut and connections are refused; EC2 sees nothing.
func (f *Fleet) FailProcess(i *Instance) {
	f.plane.Cut(i.Plane, serving.CutOff)
	f.plane.SetMode(i.Plane, serving.Mode{Kind: serving.Refusing})
	i.Broken = true
	f.observe(i)
}

// Hang freezes a running instance: it accepts and never answers. impaired says
// that the operating system hangs too, so that EC2's status check fails.
func (f *Fleet) Hang(i *Instance, cpu float64, impaired bool) {
	f.plane.SetMode(i.Plane, serving.Mode{Kind: serving.Hung, CPU: cpu})
	i.Broken = true
	if impaired {
		i.Impaired = f.kernel.Now()
	}
	f.observe(i)
}

func (f *Fleet) create(p Pool, launched des.Time) *Instance {
	i := &Instance{
		Run: newRun(), ailment: well(), warmth: 1, Pool: p, Ordinal: len(f.Instances), Version: f.version, Launched: launched, Impaired: des.Never, TerminatedAt: des.Never,
		Recommended: des.Never, Noticed: des.Never,
	}
	f.Instances = append(f.Instances, i)
	return i
}

// leaveRunning ends the run, if there is one.
func (f *Fleet) leaveRunning(i *Instance) {
	if i.Plane >= 0 && (i.State == Running || i.State == Failed) {
		f.plane.Remove(i.Plane)
	}
	if i.Bills() {
		i.StoppedAt = f.kernel.Now()
	}
}

// serves is what a running instance does with requests by itself.
func (f *Fleet) serves(i *Instance) serving.Mode {
	return i.ailment.serves(i.Version.errors(), i.Version.sick(), f.network(i))
}

// network is that of an instance and its zone.
func (f *Fleet) network(i *Instance) Network {
	if f.networks == nil {
		return i.network
	}
	return i.network.and(f.networks[i.Zone])
}

func (f *Fleet) spec(i *Instance, m serving.Mode) serving.Spec {
	return serving.Spec{
		VCPU: i.Model.Type.VCPU, Workers: i.Model.Workers, Queue: f.template.Queue, Admission: f.template.Admission, Discipline: f.template.Discipline,
		Speed: f.Speed(i), CPUShare: 1, Zone: i.Zone, Mode: m,
	}
}

// draw is keyed by the ordinal of the launch, so that the nth launch of every
// variant takes equally long.
func (f *Fleet) draw(d workload.Dist, purpose uint64, i *Instance) des.Duration {
	s := rng.Key(f.seed, purpose, uint64(i.Ordinal))
	return des.Seconds(d.Quantile(s.Open()))
}

// warmUp lets the speed of an instance whose application has just come up rise from cold.
func (f *Fleet) warmUp(i *Instance) {
	w, run, from := &f.template.Warm, i.Run, f.kernel.Now()
	run.WarmAt = from
	if w.From == 0 || i.hibernated {
		return
	}
	run.WarmAt = des.Never
	before := f.Answered(i)
	i.warming++
	turn := i.warming
	var step func()
	step = func() {
		if i.State != Running || i.Run != run || i.warming != turn {
			return
		}
		now := f.kernel.Now()
		if i.warmth = w.at(now.Sub(from), f.Answered(i)-before); i.warmth >= 1 {
			i.warmth, run.WarmAt = 1, now
		} else {
			f.kernel.After(w.every(), des.Begin, step)
		}
		f.setSpeed(i)
	}
	step()
}

// Answered counts the attempts that were sent to an instance in its present run.
func (f *Fleet) Answered(i *Instance) uint64 {
	if i.Plane < 0 {
		return 0
	}
	var c serving.InstanceCounters
	f.plane.ReadInstance(i.Plane, &c)
	return c.Routed
}

// setSpeed applies the speed of a running instance; any other has no place on the plane,
// not yet or no longer, and gets its speed as it enters running.
func (f *Fleet) setSpeed(i *Instance) {
	if i.State == Running {
		f.plane.SetSpeed(i.Plane, f.Speed(i)*i.pace*i.warmth, i.cpuShare)
	}
}
