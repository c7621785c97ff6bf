package scenarios

import (
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// zoneOutageTable is [fault.N.zone_outage].
type zoneOutageTable struct{}

func (zoneOutageTable) kind() string { return "zone_outage" }

func (zoneOutageTable) keys(p string) []Key {
	return []Key{
		{Path: p + "zone", Type: Text, Required: true, Doc: "The zone that fails, one of availability_zones: its instances die."},
		{Path: p + "at", Type: Whens, Required: true, Doc: "When it fails: \"Mon 15:40\" is the first such in the run; several in an array."},
		{Path: p + "duration", Type: Duration, Required: true, Above: `"0s"`, Max: `"365d"`, Doc: "How long EC2 turns down launches in the zone; the group then launches in others, and evens out the zones afterwards."},
	}
}

func (zoneOutageTable) read(d *decoder, p, name string, w *record.Config) fault.Fault {
	f := fault.ZoneOutage{Name: name}
	f.Zone = max(0, d.faultZone(p+"zone", w))
	f.At, _ = d.whens(p + "at")
	f.Lasts, _ = d.dur(p + "duration")
	return f
}
