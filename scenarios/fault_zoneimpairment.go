package scenarios

import (
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// zoneImpairmentTable is [fault.N.zone_impairment].
type zoneImpairmentTable struct{}

func (zoneImpairmentTable) kind() string { return "zone_impairment" }

func (zoneImpairmentTable) keys(p string) []Key {
	keys := append(lastsKeys(p, "the zone's network turns bad"),
		Key{Path: p + "zone", Type: Text, Required: true, Doc: "The zone, one of availability_zones: the network to all instances in it is bad; EC2's status checks pass, and launches there go on."},
		durationKey(p, "How long the network stays bad."))
	return append(keys, networkKeys(p)...)
}

func (zoneImpairmentTable) read(d *decoder, p, name string, w *record.Config) fault.Fault {
	return fault.ZoneImpairment{Plan: d.stretch(p, name), Zone: max(0, d.faultZone(p+"zone", w)), Network: d.network(p)}
}
