package asg

import "asgsim/sim/des"

// HoldKind is what keeps a group, or one of its instances, from going on.
type HoldKind uint8

// The kinds.
const (
	HookWait   HoldKind = iota // an instance waits for a lifecycle hook
	Backoff                    // nothing is launched after a failure
	Suspension                 // a process is suspended
	Refreshing                 // an instance refresh is in progress
)

var holdKinds = [...]string{"lifecycle_hook", "launch_backoff", "suspension", "instance_refresh"}

// String returns the kind's name.
func (k HoldKind) String() string { return holdKinds[k] }

// Hold is a stretch in which something kept the group from going on.
type Hold struct {
	Kind     HoldKind
	Name     string   // of the hook, the process, the refresh; for Backoff of the zone, empty for the group
	Instance int      // that waits; -1: the group
	From     des.Time // begun
	Limit    des.Time // ended by the rule at the latest; des.Never: until somebody ends it
	Until    des.Time // ended in this run; des.Never: not
}
