package scenarios

import (
	"asgsim/sim/fault"
	"asgsim/sim/record"
)

// launchFailureTable is [fault.N.launch_failure].
type launchFailureTable struct{}

func (launchFailureTable) kind() string { return "launch_failure" }

func (launchFailureTable) keys(p string) []Key {
	return []Key{
		{Path: p + "at", Type: Whens, Required: true, Doc: "When EC2 begins to turn down launches; several in an array."},
		{Path: p + "duration", Type: Duration, Required: true, Above: `"0s"`, Max: `"365d"`, Doc: "For how long. The group tries other types and zones, and again after launch_retry."},
		{Path: p + "zone", Type: Text, Absent: "all", Doc: "Zone in which launches fail."},
		{Path: p + "instance_type", Type: Text, Absent: "all", Doc: "Instance type whose launches fail."},
		{Path: p + "spot_only", Type: Bool, Default: "false", Doc: "true: only launches of Spot Instances fail."},
	}
}

func (launchFailureTable) read(d *decoder, p, name string, w *record.Config) fault.Fault {
	f := fault.LaunchFailure{Name: name}
	f.Zone, f.Type = d.faultZone(p+"zone", w), d.faultType(p+"instance_type", w)
	f.At, _ = d.whens(p + "at")
	f.Lasts, _ = d.dur(p + "duration")
	if f.SpotOnly, _ = d.Bool(p + "spot_only"); f.SpotOnly {
		d.needsSpot(p+"spot_only", w)
	}
	return f
}
