package scenarios

import (
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// zoneOutageTable is [fault.N.zone_outage].
type zoneOutageTable struct{}

func (zoneOutageTable) kind() string { return "zone_outage" }

func (zoneOutageTable) keys(p string) []Key {
	return append(lastsKeys(p, "it fails"),
		Key{Path: p + "zone", Type: Text, Required: true, Doc: "The zone that fails, one of availability_zones: its instances die."},
		durationKey(p, "How long EC2 turns down launches in the zone; the group then launches in others, and evens out the zones afterwards."))
}

func (zoneOutageTable) read(d *decoder, p, name string, w *record.Config) fault.Fault {
	f := fault.ZoneOutage{Plan: d.stretch(p, name)}
	f.Zone = max(0, d.faultZone(p+"zone", w))
	return f
}
