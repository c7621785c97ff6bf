package record

import (
	"asgsim/sim/des"
	"asgsim/sim/elb"
)

// FailOpen is a stretch in which the balancer sent requests to all its targets, also
// those that are not healthy, because too few were healthy.
type FailOpen struct {
	From, To des.Time      // To is the end of the run if it lasted until then
	Zone     string        // of the balancer's node; empty: all, with cross-zone balancing
	Counts   []elb.Targets // of the node, from the beginning on; at least one
}

// Targets is how many targets the node had at an instant of the stretch, and the fewest
// and the most that were registered from then to its end.
func (f *FailOpen) Targets(at des.Time) (now elb.Targets, fewest, most int) {
	now = f.Counts[0]
	fewest, most = now.Registered, now.Registered
	for _, c := range f.Counts[1:] {
		if c.At <= at {
			now, fewest, most = c, c.Registered, c.Registered
			continue
		}
		fewest, most = min(fewest, c.Registered), max(most, c.Registered)
	}
	return now, fewest, most
}
