package scenarios

import (
	"strings"

	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// spotInterruptionTable is [fault.N.spot_interruption].
type spotInterruptionTable struct{}

func (spotInterruptionTable) kind() string { return "spot_interruption" }

func (spotInterruptionTable) keys(p string) []Key {
	return append(lastsKeys(p, "EC2 reclaims"),
		Key{Path: p + "zone", Type: Text, Absent: "all", Doc: "Zone of the pools that are struck."},
		Key{Path: p + "instance_type", Type: Text, Absent: "all", Doc: "Instance type of the pools that are struck."},
		Key{Path: p + "share", Type: Share, Default: `"100%"`, Above: `"0%"`, Max: `"100%"`, Doc: "Share of their Spot Instances that EC2 takes, each chosen by itself."},
		Key{Path: p + "recommendation_lead", Type: Duration, Default: `"0s"`, Min: `"0s"`, Max: `"1d"`, Doc: "How long before the two-minute notice the rebalance recommendation comes. The interruption follows two minutes after the notice."})
}

func (spotInterruptionTable) read(d *decoder, p, name string, w *record.Config) fault.Fault {
	f := fault.SpotInterruption{Plan: d.occurs(p, name)}
	d.needsSpot(strings.TrimSuffix(p, ".spot_interruption."), w)
	f.Zone, f.Type = d.faultZone(p+"zone", w), d.faultType(p+"instance_type", w)
	f.Share, _ = d.Share(p + "share")
	f.Lead, _ = d.dur(p + "recommendation_lead")
	return f
}
