package ec2

// Slow lets a running instance work at a share of its speed, above 0 and below 1: work
// takes longer, of health checks too, and the CPU is as busy as ever meanwhile.
func (f *Fleet) Slow(i *Instance, share float64) {
	i.Ailing, i.pace = true, share
	f.setSpeed(i)
	f.observe(i)
}

// Err lets a running instance answer a share of its requests, above 0 and at most 1, at
// once with an error; sick says that it answers its health checks so too, all of them.
func (f *Fleet) Err(i *Instance, share float64, sick bool) {
	i.Ailing, i.errors, i.sick = true, share, sick
	f.setMode(i)
	f.observe(i)
}

// Deploy puts a version on an instance in place at once: what it has in flight goes on, and
// one that does not run yet, or is stopped, enters running with it.
func (f *Fleet) Deploy(i *Instance, v *Version) {
	i.Version = v
	f.setSpeed(i)
	f.setMode(i)
	if i.State == Running && i.Up {
		f.warmUp(i) // a new process
	}
	f.observe(i)
}

// Detach makes the network to a running instance bad.
func (f *Fleet) Detach(i *Instance, n Network) {
	i.Ailing, i.network = true, n
	f.setMode(i)
	f.observe(i)
}

// Stall lets the volume of a running instance stand still: a share of its requests,
// above 0 and at most 1, waits for it and is never answered, health checks too if they
// touch it; EC2's attached EBS status check is impaired.
func (f *Fleet) Stall(i *Instance, share float64, checks bool) {
	i.Ailing, i.stalled = true, share
	if checks {
		i.stalledChecks = share
	}
	i.VolumeImpaired = f.kernel.Now()
	f.setMode(i)
	f.observe(i)
}

// SetZone makes the network of a zone what it is from now on; the zero Network is well.
func (f *Fleet) SetZone(zone int, n Network) {
	if f.networks == nil {
		f.networks = make([]Network, len(f.zones))
	}
	f.networks[zone] = n
	for _, i := range f.Instances {
		if i.Zone == zone && i.State == Running {
			f.setMode(i)
		}
	}
}

// Heal ends what ails a running instance.
func (f *Fleet) Heal(i *Instance) {
	share := i.cpuShare // what CPU credits leave is no fault's
	i.ailment = well()
	i.cpuShare = share
	f.setSpeed(i)
	f.setMode(i)
	f.observe(i)
}

// Throttle gives the guest of a running instance a share of each vCPU, 0 to 1: that of
// its baseline without CPU credits, 1 with them.
func (f *Fleet) Throttle(i *Instance, share float64) {
	i.cpuShare = share
	f.setSpeed(i)
}

// setMode applies what a running instance does with requests; one that boots, or that
// another fault broke, stays as it is.
func (f *Fleet) setMode(i *Instance) {
	if i.State == Running && i.Up && !i.Broken {
		f.plane.SetMode(i.Plane, f.serves(i))
	}
}
