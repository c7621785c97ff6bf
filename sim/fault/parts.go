package fault

import (
	"asgsim/sim/asg"
	"asgsim/sim/cloudwatch"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// Injection is one fault as it happened, or was skipped.
type Injection struct {
	Name, Kind string
	At         des.Time
	Ordinal    int    // of the instance hit; -1 when skipped, or of no single instance
	Skipped    string // the reason; empty when injected
	Scripted   bool
}

// Group is who may be hit.
type Group interface {
	// Active returns the members pending or in service.
	Active() []*asg.Member
}

// Parts are what faults act on.
type Parts struct {
	Kernel   *des.Kernel
	Fleet    *ec2.Fleet
	Group    Group
	Troubles *cloudwatch.Troubles
	// Dependencies are what all instances ask.
	Dependencies Dependencies
	// Hit is called just before every hit takes effect, Over as one that lasts for a while
	// is over.
	Hit, Over func(Injection)

	deployments deployments
	slowness    slowness
}

// Dependencies can be made slow: the dependency of a place in the configuration takes so
// many times as long.
type Dependencies interface {
	SetDependency(k int, factor float64)
}
