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

// hold begins a hold and returns its number, from 1.
func (g *Group) hold(kind HoldKind, name string, instance int, limit des.Time) int {
	g.Holds = append(g.Holds, Hold{Kind: kind, Name: name, Instance: instance, From: g.kernel.Now(), Limit: limit, Until: des.Never})
	return len(g.Holds)
}

// release ends a hold; 0 is none.
func (g *Group) release(n *int) {
	if *n > 0 {
		h := &g.Holds[*n-1]
		h.Until = min(h.Until, g.kernel.Now())
	}
	*n = 0
}

// backOff puts off launching after a failure, in a zone or (an empty name) at all.
func (g *Group) backOff(b *backoff, zone string) {
	if before := b.until; b.failed(g.kernel.Now(), g.cfg) != before {
		b.hold = g.hold(Backoff, zone, -1, b.until)
		g.Holds[b.hold-1].Until = b.until
	}
}
