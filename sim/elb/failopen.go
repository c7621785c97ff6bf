package elb

import (
	"asgsim/sim/des"
)

// FailOpen is a stretch in which a balancer node sent requests to targets that were
// not healthy, because too few were healthy ("Target group health", ALB guide, read
// 2023-04-06: it then routes to all registered targets, whatever their health).
type FailOpen struct {
	From, To des.Time  // To is des.Never while it lasts
	Group    string    // the target group; empty: [target_group]
	Zone     int       // of the node; -1: of all, with cross-zone balancing
	Counts   []Targets // of the node's targets, from the beginning on; at least one
}

// Targets is how many targets a balancer node had from At on.
type Targets struct {
	At                  des.Time
	Healthy, Registered int
}

// count notes how many targets a stretch has now; of one instant the last counts.
func (f *FailOpen) count(now des.Time, healthy, registered int) {
	t := Targets{At: now, Healthy: healthy, Registered: registered}
	if n := len(f.Counts); n > 0 {
		last := &f.Counts[n-1]
		switch {
		case last.At == now:
			*last = t
			return
		case last.Healthy == t.Healthy && last.Registered == t.Registered:
			return
		}
	}
	f.Counts = append(f.Counts, t)
}
