package scenarios

import (
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// launchFailureTable is [fault.N.launch_failure].
type launchFailureTable struct{}

func (launchFailureTable) kind() string { return "launch_failure" }

func (launchFailureTable) keys(p string) []Key {
	return append(lastsKeys(p, "EC2 begins to turn down launches"),
		durationKey(p, "For how long. The group tries other types and zones, and again after launch_retry."),
		Key{Path: p + "zone", Type: Text, Absent: "all", Doc: "Zone in which launches fail."},
		Key{Path: p + "instance_type", Type: Text, Absent: "all", Doc: "Instance type whose launches fail."},
		Key{Path: p + "spot_only", Type: Bool, Default: "false", Doc: "true: only launches of Spot Instances fail."})
}

func (launchFailureTable) read(d *decoder, p, name string, w *record.Config) fault.Fault {
	f := fault.LaunchFailure{Plan: d.stretch(p, name)}
	f.Zone, f.Type = d.faultZone(p+"zone", w), d.faultType(p+"instance_type", w)
	if f.SpotOnly, _ = d.Bool(p + "spot_only"); f.SpotOnly {
		d.needsSpot(p+"spot_only", w)
	}
	return f
}
