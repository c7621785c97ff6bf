package ec2

import (
	"fmt"

	"asgsim/sim/des"
	"asgsim/sim/serving"
)

// State is an instance's EC2 state.
type State uint8

// The states (EC2 User Guide, "Instance lifecycle", read 2023-05-31). Failed is
// ours: the host broke, so the instance is not running and nobody called for it.
const (
	Pending State = iota
	Running
	Failed
	ShuttingDown
	Terminated
	Released // runs on elsewhere: it left the group, and its bill
)

// Instance is one launch of a template.
type Instance struct {
	Ordinal  int    // of the launch, from 0
	Model    *Model // its type, with price and speed
	Zone     int
	Version  *Version   // of its launch template; nil: the first
	Plane    serving.ID // valid once Running
	State    State
	Up       bool     // the application answers (as far as EC2's owner knows: boot is over)
	Broken   bool     // a fault struck its application or system
	Impaired des.Time // the status check is impaired since; des.Never

	Launched, RunningAt, UpAt des.Time // the last two des.Never until they happen
	StoppedAt                 des.Time // left running; des.Never
	TerminatedAt              des.Time // des.Never
}

// ID returns the instance's id, "i-" and 17 hexadecimal digits, from its ordinal.
func (i *Instance) ID() string { return IDOf(i.Ordinal) }

// IDOf returns the id of the launch with the given ordinal.
func IDOf(ordinal int) string { return fmt.Sprintf("i-%017x", 0x0a5651000000000+ordinal) }

// Billed returns the interval EC2 charges for: from entering running to leaving
// it, at least 60 s (EC2 User Guide, "On-Demand Instances", read 2023-05-31),
// and to now for an instance that still runs. ok is false if it never ran.
func (i *Instance) Billed(now des.Time) (from, to des.Time, ok bool) {
	if i.RunningAt == des.Never {
		return 0, 0, false
	}
	if i.StoppedAt == des.Never {
		return i.RunningAt, max(now, i.RunningAt), true
	}
	return i.RunningAt, max(i.StoppedAt, i.RunningAt.Add(des.Minute)), true
}
