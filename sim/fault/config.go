// Package fault decides what breaks and when. It acts only through what the
// packages below export: an instance's mode and speed in the plane, EC2's state.
package fault

import (
	"asgsim/sim/des"
	"asgsim/workload"
)

// Kind is what a fault does.
type Kind uint8

// The kinds that are built.
const (
	Crash            Kind = iota // the host (or process) is gone: what is in flight is cut
	Hang                         // the instance accepts and never answers
	SpotInterruption             // EC2 takes Spot Instances back, after their notice
	LaunchFailure                // EC2 turns launches down for a while
	ZoneOutage                   // every instance of a zone is gone, and none can be launched there for a while
)

var kindNames = [...]string{"crash", "hang", "spot_interruption", "launch_failure", "zone_outage"}

// String returns the kind's name in the file format.
func (k Kind) String() string { return kindNames[k] }

// Config is one fault: at given instants, or at random ages of every instance.
type Config struct {
	Name string
	Kind Kind
	At   []des.Time // scripted occurrences, ascending; empty: random
	// Count is how many instances each scripted occurrence strikes; 1.
	Count int
	// Life is the age, in seconds since launch, at which an instance is struck;
	// nil for scripted faults. mtbf gives an exponential, with shape a Weibull.
	Life workload.Dist
	// Process: a crash of the process only. The host answers: connections are
	// refused, EC2 sees nothing wrong.
	Process bool
	// Impaired: a hang of the whole system, so that EC2's status check fails too.
	Impaired bool
	CPU      float64      // Hang: CPU utilization shown while hung, 0 to 1; 0
	Zone     int          // ZoneOutage, and the two of capacity: which; ec2.AnyZone
	Lasts    des.Duration // ZoneOutage, LaunchFailure: how long EC2 turns launches down
	Type     string       // SpotInterruption, LaunchFailure: of which instance type; empty: any
	SpotOnly bool         // LaunchFailure
	Share    float64      // SpotInterruption: of the Spot Instances
	Lead     des.Duration // SpotInterruption: recommendation to notice
}
