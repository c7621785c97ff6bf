package fault

import (
	"fmt"

	"asgsim/sim/des"
	"asgsim/sim/ec2"
)

// SpotInterruption has EC2 take Spot Instances back, after their notice.
type SpotInterruption struct {
	Plan
	Zone  int          // index of the group's zone, or ec2.AnyZone
	Type  string       // of which instance type; empty: any
	Share float64      // of the Spot Instances there
	Lead  des.Duration // recommendation to notice
}

// spontaneous is the name of an interruption that no fault asked for.
const spontaneous = "spot"

// About says what it is and when it hits.
func (f SpotInterruption) About() About {
	return About{Plan: f.Plan, Kind: "spot_interruption"}
}

// Inject begins the reclaim. It is one injection; what is interrupted in the end is
// hit then.
func (f SpotInterruption) Inject(p *Parts, o Occurrence) (skipped string) {
	if p.Fleet.ReclaimAny(f.Name, uint64(o.N), ec2.Shortage{Zone: f.Zone, Type: f.Type}, f.Share, f.Lead) == 0 {
		return "no Spot Instance to take"
	}
	return ""
}

// Told says what it did to n instances.
func (SpotInterruption) Told(n int) string {
	if n == 1 {
		return "EC2 takes a Spot Instance back"
	}
	return fmt.Sprintf("EC2 takes %d Spot Instances back", n)
}

// Effect says what it does to one.
func (SpotInterruption) Effect() string {
	return "EC2 takes it back, two minutes after its notice: what was in flight on it is cut off"
}
