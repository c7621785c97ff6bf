package record

import (
	"asgsim/sim/des"
	"asgsim/sim/elb"
)

// FailOpen is a stretch in which the balancer sent requests to all its targets, also
// those that are not healthy, because too few were healthy.
type FailOpen struct {
	From, To des.Time      // To is the end of the run if it lasted until then
	Group    string        `json:",omitempty"` // the target group; empty: [target_group]
	Zone     string        // of the balancer's node; empty: all, with cross-zone balancing
	Counts   []elb.Targets // of the node, from the beginning on; at least one
}

// Where says which of the balancer fails open.
func (f *FailOpen) Where() string {
	where := "the balancer"
	if f.Zone != "" {
		where = "the balancer's node in " + f.Zone
	}
	if f.Group != "" {
		where += ", for the target group " + f.Group + ","
	}
	return where
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
