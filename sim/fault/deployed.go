package fault

import (
	"slices"

	"asgsim/sim/ec2"
)

// deployed is what a version took the place of.
type deployed struct {
	launched *ec2.Version         // what was launched
	on       map[int]*ec2.Version // by ordinal, what ran: in place only
	times    int                  // how often the fault has begun and not ended
}

// before is what the version took the place of on an instance.
func (o deployed) before(ordinal int) *ec2.Version {
	if v, ran := o.on[ordinal]; ran {
		return v
	}
	return o.launched
}

// deployments are those in force, by the name of the fault.
type deployments map[string]deployed

// deploy makes a version the one that is launched; in place it is put on all that run. A
// version that is out is so until the fault has ended as often as it has begun.
func (d deployments) deploy(fleet *ec2.Fleet, name string, v *ec2.Version, inPlace bool) {
	if one, out := d[name]; out {
		one.times++
		d[name] = one
		return
	}
	one := deployed{launched: fleet.Version(), on: map[int]*ec2.Version{}, times: 1}
	fleet.SetVersion(v)
	if inPlace {
		for _, i := range fleet.Instances {
			if i.State == ec2.Pending || i.State == ec2.Running {
				one.on[i.Ordinal] = i.Version
				fleet.Deploy(i, v)
			}
		}
	}
	d[name] = one
}

// rollBack makes what was launched before the one that is launched, unless another has
// become it; in place it is taken off all that have it, also off those that stopped with it.
func (d deployments) rollBack(fleet *ec2.Fleet, name string, v *ec2.Version, inPlace bool) {
	one := d[name]
	if one.times--; one.times > 0 {
		d[name] = one
		return
	}
	delete(d, name)
	d.forget(v, one, inPlace)
	if fleet.Version() == v {
		fleet.SetVersion(one.launched)
	}
	if !inPlace {
		return
	}
	for _, i := range slices.Clone(fleet.Instances) {
		if i.Version != v || gone(i) {
			continue
		}
		fleet.Deploy(i, one.before(i.Ordinal))
	}
}

// forget has the deployments that came on top of a version which is rolled back go back to
// what was before it, and not to it.
func (d deployments) forget(v *ec2.Version, one deployed, inPlace bool) {
	for name, later := range d {
		if later.launched == v {
			later.launched = one.launched
			d[name] = later
		}
		if !inPlace {
			continue // those that were launched with it keep it
		}
		for ordinal, on := range later.on {
			if on == v {
				later.on[ordinal] = one.before(ordinal)
			}
		}
	}
}

// gone reports whether an instance will not run again.
func gone(i *ec2.Instance) bool {
	switch i.State {
	case ec2.Failed, ec2.ShuttingDown, ec2.Terminated, ec2.Released:
		return true
	}
	return false
}
