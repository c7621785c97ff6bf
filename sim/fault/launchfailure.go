package fault

import (
	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// LaunchFailure is a stretch in which EC2 turns launches down.
type LaunchFailure struct {
	Name     string
	At       []des.Time
	Zone     int    // index of the group's zone, or ec2.AnyZone
	Type     string // of which instance type; empty: any
	SpotOnly bool
	Lasts    des.Duration
}

// About says what it is and when it hits.
func (f LaunchFailure) About() About {
	return About{Name: f.Name, Kind: "launch_failure", At: f.At, Asked: 1, Shortage: true}
}

// Inject begins the stretch.
func (f LaunchFailure) Inject(j *Injector, _ int) {
	j.log(f, -1, true, "")
	j.shortage(ec2.Shortage{Zone: f.Zone, Type: f.Type, SpotOnly: f.SpotOnly}, f.Lasts)
}

// Told says what it did; it hits no instance.
func (LaunchFailure) Told(n int) string { return "EC2 turns launches down: " + instances(n) }

// Effect says what it does.
func (LaunchFailure) Effect() string { return "EC2 turns launches down" }
