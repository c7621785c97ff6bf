package fault

import (
	"asgsim/sim/ec2"
)

// LaunchFailure is a stretch in which EC2 turns launches down.
type LaunchFailure struct {
	Plan
	Zone     int    // index of the group's zone, or ec2.AnyZone
	Type     string // of which instance type; empty: any
	SpotOnly bool
}

// About says what it is and when it hits.
func (f LaunchFailure) About() About {
	return About{Plan: f.Plan, Kind: "launch_failure", Shortage: true}
}

func (f LaunchFailure) shortage() ec2.Shortage {
	return ec2.Shortage{Zone: f.Zone, Type: f.Type, SpotOnly: f.SpotOnly}
}

// Begin has launches turned down.
func (f LaunchFailure) Begin(p *Parts) { p.Fleet.SetShort(f.shortage(), true) }

// End allows them again.
func (f LaunchFailure) End(p *Parts) { p.Fleet.SetShort(f.shortage(), false) }

// Told says what it did; it hits no instance.
func (f LaunchFailure) Told(int) string { return f.Effect() }

// Effect says what it does.
func (f LaunchFailure) Effect() string {
	what := "launches"
	if f.SpotOnly {
		what = "launches of Spot Instances"
	}
	return "EC2 turns " + what + " down for want of capacity"
}
