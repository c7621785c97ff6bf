package asg

import (
	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// Phase is where an instance is in the group's lifecycle.
type Phase uint8

// The lifecycle phases ("Amazon EC2 Auto Scaling instance lifecycle", user guide,
// read 2023-04-27). A wait for a lifecycle hook is part of Pending or Terminating.
const (
	PhasePending     Phase = iota // launched, not in service; Pending:Wait too
	PhaseInService                // registered and counted
	PhaseStandby                  // Standby: runs and is paid, not registered, not counted
	PhaseDraining                 // Terminating, EnteringStandby or Detaching: the balancer drains it
	PhaseTerminating              // Terminating: a hook's worker or EC2 is at work
	PhaseGone                     // Terminated, or Detached

	PhaseWarmedPending     // Warmed:Pending: boots, waits for hooks or stops
	PhaseWarmed            // Warmed:Stopped, Warmed:Running or Warmed:Hibernated
	PhaseWarmedTerminating // Warmed:Terminating
)

// Member is an instance of the group.
type Member struct {
	Instance    *ec2.Instance
	Phase       Phase
	warmup      des.Duration // of the policy that asked for it; its launch activity waits for it
	InServiceAt des.Time     // des.Never while pending
	Called      des.Time     // it was launched, or last started from the warm pool
	Unhealthy   bool         // marked by the group
	Replacement bool         // launched for another one
	Extra       bool         // launched before the one it is to take the place of is terminated
	Protected   bool         // from scale-in
	Waiting     bool         // for a lifecycle hook
	End         End          // why it left

	source     string    // what made it unhealthy
	returning  bool      // drains on its way back to the warm pool
	registered bool      // with the balancer
	ready      bool      // came up: EC2 and the application as far as in_service_at asks
	hooks      uint64    // lifecycle hooks run so far
	wait       des.Event // end of the wait for a hook
	hold       int       // that wait among the holds; 0: none
	launch     int       // index of the activity by which it came last, -1 for those the run begins with
	end        int       // index of its termination activity, -1
}

// Active reports whether the member counts towards the group's actual capacity.
func (m *Member) Active() bool { return m.Phase == PhasePending || m.Phase == PhaseInService }

// EndActivity is the index of the member's termination activity, or -1.
func (m *Member) EndActivity() int { return m.end }
