package fault

import (
	"slices"

	"asgsim/sim/ec2"
)

// deployed is what a version took the place of.
type deployed struct {
	launched *ec2.Version         // what was launched
	on       map[int]*ec2.Version // by ordinal, what ran: in place only
}

// deployments are those in force, by the name of the fault.
type deployments map[string]deployed

// deploy makes a version the one that is launched; in place it is put on all that run.
func (d deployments) deploy(fleet *ec2.Fleet, name string, v *ec2.Version, inPlace bool) {
	one := deployed{launched: fleet.Version(), on: map[int]*ec2.Version{}}
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
		before, ran := one.on[i.Ordinal]
		if !ran {
			before = one.launched
		}
		fleet.Deploy(i, before)
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
