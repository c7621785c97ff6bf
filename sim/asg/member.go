package asg

import (
	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// Phase is where an instance is in the group's lifecycle.
type Phase uint8

// The lifecycle phases that occur without hooks ("Amazon EC2 Auto Scaling
// instance lifecycle", user guide, read 2023-04-27).
const (
	PhasePending     Phase = iota // launched, not in service
	PhaseInService                // registered and counted
	PhaseDraining                 // Terminating: the balancer drains it
	PhaseTerminating              // Terminating: EC2 shuts it down
	PhaseGone                     // Terminated
)

// Member is an instance of the group.
type Member struct {
	Instance    *ec2.Instance
	Phase       Phase
	InServiceAt des.Time // des.Never while pending
	Unhealthy   bool     // marked by the group
	Replacement bool     // launched for an unhealthy one
	Why         string   // it was terminated, in short
	launch      int      // index of its launch activity, -1 for those the run begins with
	end         int      // index of its termination activity, -1
}

// Active reports whether the member counts towards the group's actual capacity.
func (m *Member) Active() bool { return m.Phase == PhasePending || m.Phase == PhaseInService }

// EndActivity is the index of the member's termination activity, or -1.
func (m *Member) EndActivity() int { return m.end }
