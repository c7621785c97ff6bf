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

func (f *Fleet) setSpeed(i *Instance) {
	f.plane.SetSpeed(i.Plane, f.Speed(i)*i.pace, i.cpuShare)
}

// setMode applies what a running instance does with requests; one that boots, or that
// another fault broke, stays as it is.
func (f *Fleet) setMode(i *Instance) {
	if i.Up && !i.Broken {
		f.plane.SetMode(i.Plane, i.serves(i.Version.errors()))
	}
}
