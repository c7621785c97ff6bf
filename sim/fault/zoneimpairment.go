package fault

import (
	"asgsim/sim/ec2"
)

// ZoneImpairment is a stretch in which the network of a zone is bad, to all instances in
// it: a grey failure, which EC2's status checks do not see.
type ZoneImpairment struct {
	Plan
	Zone    int // index of the group's zone
	Network ec2.Network
}

// About says what it is and when it hits.
func (f ZoneImpairment) About() About {
	return About{Plan: f.Plan, Kind: "zone_impairment", Ails: true}
}

// Begin makes the network bad.
func (f ZoneImpairment) Begin(p *Parts) { p.Fleet.SetZone(f.Zone, f.Network) }

// End makes it well again.
func (f ZoneImpairment) End(p *Parts) { p.Fleet.SetZone(f.Zone, ec2.Network{}) }

// Covers reports whether an instance is in the zone.
func (f ZoneImpairment) Covers(i *ec2.Instance) bool { return i.Zone == f.Zone }

// Keeps reports that nothing of it outlives it.
func (ZoneImpairment) Keeps(*ec2.Instance) bool { return false }

// Hit does nothing more: the zone's network is the instance's.
func (ZoneImpairment) Hit(*Parts, *ec2.Instance) {}

// Told says what it did to n instances.
func (f ZoneImpairment) Told(n int) string {
	return "the network of a zone with " + instances(n) + " in it " + networkDoes(f.Network)
}

// Effect says what it does to one.
func (f ZoneImpairment) Effect() string { return "the network of its zone " + networkDoes(f.Network) }
