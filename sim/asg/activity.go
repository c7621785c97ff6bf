package asg

import "asgsim/sim/des"

// Activity is one entry of the group's history, as describe-scaling-activities
// shows it.
type Activity struct {
	ID          int
	Description string // "Launching a new EC2 instance: i-000000000000002a"
	Cause       string // in AWS's own sentences: what asked, from what to what
	Note        string // what AWS does not tell: the arithmetic, the choice of an instance type
	Instance    int    // ordinal of its launch; -1: EC2 turned the launch down
	Zone        string
	Launch      bool // else, unless Move, a termination
	Move        bool // to or from standby, to the warm pool, or detached
	Pool        PoolMove
	Start       des.Time
	End         des.Time // des.Never while in progress
	Status      Status
	Message     string // why it failed or was cancelled
}

// PoolMove is what an activity has to do with the warm pool.
type PoolMove uint8

// The moves.
const (
	NoPool     PoolMove = iota
	IntoPool            // launched for the pool
	FromPool            // taken by scale-out
	BackToPool          // returned by scale-in
	InPool              // terminated there
)

// Status is an activity's StatusCode.
type Status string

// The statuses that occur (API: Activity, StatusCode).
const (
	InProgress   Status = "InProgress"
	PreInService Status = "PreInService"
	MidLifecycle Status = "MidLifecycleAction"
	WaitingDrain Status = "WaitingForELBConnectionDraining"
	WaitingWarm  Status = "WaitingForInstanceWarmup"
	Successful   Status = "Successful"
	Failed       Status = "Failed"
	Cancelled    Status = "Cancelled"
)
