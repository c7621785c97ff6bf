package record

import (
	"asgsim/sim/asg"
	"asgsim/sim/des"
	"asgsim/sim/ec2"
	"asgsim/sim/serving"
)

// Instance is the life of one instance.
type Instance struct {
	Ordinal     int
	ID          string // "i-" and 17 hexadecimal digits
	Zone        string
	Type        string
	Spot        bool
	Launched    des.Time // may lie before 0 for those the run begins with
	Running     des.Time // des.Never: never ran
	Up          des.Time // its application answers, for the first time; des.Never
	Registered  des.Time
	FirstGood   des.Time // healthy for the balancer, for the first time
	Routed      des.Time // first among those that the balancer sends requests to; des.Never
	Recommended des.Time // EC2 recommended to rebalance it; des.Never
	Marked      des.Time // first marked Unhealthy by the group; des.Never
	Ended       des.Time // left running; des.Never: still running at the end
	Changes     []StateChange
	End         asg.End // why it left the group
	Sent        uint64  // attempts sent to it in the whole run
	Served      uint64  // of those, answered well
	Failed      uint64  // of those, ended otherwise
	LostBooting uint64  // of those, before it was first healthy: the balancer failed open
	CPUS        float64 // vCPU-seconds busy in the whole run
	USD         float64 // what EC2 charges for it in the window, before commitments
	BilledS     int64   // seconds in the window
	CPU         float64 // mean while in service
	Struck      string  // name of the fault that struck it
	Missed      []Miss  // its first failed health checks since then

	// What accounts need besides.
	Terms       int      // index of its type among the template's
	ZoneIndex   int      // of its zone among the group's
	Speed       float64  // of its vCPUs, by type and version; see ec2.Fleet.Speed
	Runs        []Run    // that entered running, oldest first
	Good        des.Time // found healthy since it was last called; des.Never
	Called      des.Time // it was launched, or last started from the warm pool
	Noticed     des.Time // EC2 gave notice that it takes it back; des.Never
	Interrupted bool     // EC2 took it back
	Free        bool     // and charges nothing for it
	OnEC2       bool     // EC2 runs it at the end of the run
	Active      bool     // pending or in service at the end of the run
	Left        bool     // terminated or detached by the end of the run
	Replacement bool     // launched for another one
	EndActivity int      // index of the activity that took it out; -1
}

// LeftAt is when the group began to take the instance out for good; des.Never if it did
// not.
func (n *Instance) LeftAt() des.Time {
	at := des.Never
	for _, c := range n.Changes {
		switch c.State {
		case Draining, Terminating, Gone:
			at = min(at, c.At)
		default:
			at = des.Never // a warm pool had it back
		}
	}
	return at
}

// Run is a stretch in which an instance ran, and what the plane counted on it.
type Run struct {
	ec2.Run
	Since    des.Time // it was read from then on
	Counters serving.InstanceCounters
	Busy     float64 // vCPU-ns used while it was read
	Ready    float64 // vCPU-ns available
}

// Miss is a failed health check.
type Miss struct {
	At    des.Time // judged
	InRow int      // failed ones since the last good one, with this
}

// StateChange holds from At on.
type StateChange struct {
	At    des.Time
	State State
}

// Lost counts the attempts on an instance that ended in a failure.
func Lost(c *serving.InstanceCounters) uint64 {
	var n uint64
	for r, k := range c.Ended {
		if serving.Reason(r) != serving.OK {
			n += k
		}
	}
	return n
}
