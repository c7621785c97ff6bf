package scenarios

import (
	"slices"

	"asgsim/scenarios/form"
	"asgsim/sim/asg"
	"asgsim/sim/ec2"
	"asgsim/sim/record"
)

// zonalShift reads which zone traffic leaves, and for how long.
func (d *decoder) zonalShift(p string, e *asg.Event, w *record.Config) {
	e.Lasts, _ = d.dur(p + "duration")
	zone := d.faultZone(p+"zone", w)
	if e.Zones = []int{max(0, zone)}; zone == ec2.AnyZone {
		return
	}
	if others := slices.ContainsFunc(w.Group.Zones, func(z string) bool { return z != w.Group.Zones[zone] }); !others {
		d.Problem(p+"zone", d.At(p+"zone"), form.Wrong("give the group another zone, or leave the event out", "is the group's only zone: there is none to shift to"))
	}
}
