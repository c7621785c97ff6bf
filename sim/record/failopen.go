package record

import (
	"asgsim/sim/des"
)

// FailOpen is a stretch in which the balancer sent requests to all its targets, also
// those that are not healthy, because too few were healthy.
type FailOpen struct {
	From, To            des.Time // To is the end of the run if it lasted until then
	Zone                string   // of the balancer's node; empty: all, with cross-zone balancing
	Healthy, Registered int      // targets of the node when it began
}
