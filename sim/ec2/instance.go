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
	Released    // runs on elsewhere: it left the group, and its bill
	Hibernating // AWS says stopping, but bills it: memory goes to the volume
	Stopping
	Stopped
)

// Run is a stretch of an instance's life from a launch or start to its stop or end.
type Run struct {
	Plane           serving.ID // valid once Running
	RunningAt, UpAt des.Time   // entered running; the application answered: des.Never until they happen
	StoppedAt       des.Time   // left running, hibernated or ended; des.Never
	WarmAt          des.Time   // at full speed; des.Never until then
}

func newRun() *Run {
	return &Run{Plane: -1, RunningAt: des.Never, UpAt: des.Never, StoppedAt: des.Never, WarmAt: des.Never}
}

// Instance is one launch of a template.
type Instance struct {
	*Run        // the last one
	Past []*Run // those before, oldest first: a member of a warm pool stops and starts
	Pool
	Ordinal  int      // of the launch, from 0
	Version  *Version // of its launch template; nil: the first
	State    State
	Up       bool     // the application answers (as far as EC2's owner knows: boot is over)
	Broken   bool     // a fault struck its application or system
	Impaired des.Time // the status check is impaired since; des.Never

	ailment
	warmth     float64 // share of its speed that its caches allow
	warming    int     // how often it has begun to warm up
	hibernated bool    // as it was stopped last: its memory, and what it has cached, is kept

	Launched     des.Time
	TerminatedAt des.Time // des.Never

	// Of Spot Instances: the rebalance recommendation and the two-minute notice came;
	// EC2 took it back.
	Recommended, Noticed des.Time // des.Never
	Interrupted          bool
	claimed              bool   // EC2 will take it back
	ReclaimedBy          string // the fault that did; empty: the market
}

// Runs returns all runs that entered running, oldest first.
func (i *Instance) Runs() []*Run {
	var out []*Run
	for _, r := range append(i.Past[:len(i.Past):len(i.Past)], i.Run) {
		if r.RunningAt != des.Never {
			out = append(out, r)
		}
	}
	return out
}

// Bills reports whether EC2 charges for the instance just now.
func (i *Instance) Bills() bool { return i.State == Running || i.State == Hibernating }

// ID returns the instance's id, "i-" and 17 hexadecimal digits, from its ordinal.
func (i *Instance) ID() string { return IDOf(i.Ordinal) }

// IDOf returns the id of the launch with the given ordinal.
func IDOf(ordinal int) string { return fmt.Sprintf("i-%017x", 0x0a5651000000000+ordinal) }

// Billed returns the interval EC2 charges for: from entering running to leaving
// it, at least 60 s (EC2 User Guide, "On-Demand Instances", read 2023-05-31),
// and to now for an instance that still runs. ok is false if it never ran. Each
// entry into running counts for itself ("Instance lifecycle", same guide).
func (r *Run) Billed(now des.Time) (from, to des.Time, ok bool) {
	if r.RunningAt == des.Never {
		return 0, 0, false
	}
	if r.StoppedAt == des.Never {
		return r.RunningAt, max(now, r.RunningAt), true
	}
	return r.RunningAt, max(r.StoppedAt, r.RunningAt.Add(des.Minute)), true
}
