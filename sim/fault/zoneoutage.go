package fault

import (
	"asgsim/sim/ec2"
)

// ZoneOutage is the end of every instance of a zone, pending ones too; none can be
// launched there for a while.
type ZoneOutage struct {
	Plan
	Zone int // index of the group's zone
}

// About says what it is and when it hits.
func (f ZoneOutage) About() About { return About{Plan: f.Plan, Kind: "zone_outage"} }

// Begin has launches there turned down.
func (f ZoneOutage) Begin(p *Parts) { p.Fleet.SetShort(ec2.Shortage{Zone: f.Zone}, true) }

// End allows them again.
func (f ZoneOutage) End(p *Parts) { p.Fleet.SetShort(ec2.Shortage{Zone: f.Zone}, false) }

// Covers reports whether an instance is in the zone.
func (f ZoneOutage) Covers(i *ec2.Instance) bool { return i.Zone == f.Zone }

// Keeps reports that nothing of it outlives it.
func (ZoneOutage) Keeps(*ec2.Instance) bool { return false }

// Hit kills the host.
func (f ZoneOutage) Hit(p *Parts, i *ec2.Instance) { p.Fleet.Fail(i) }

// Told says what it did to n instances.
func (ZoneOutage) Told(n int) string { return "a zone fails with " + instances(n) + " in it" }

// Effect says what it does to one.
func (ZoneOutage) Effect() string { return "its zone fails" }
