package fault

import (
	"asgsim/sim/ec2"
)

// stretch is a Stretch in force.
type stretch struct {
	fault Stretch
	hit   Injection
	hits  []victim
}

// victim is an instance that a stretch has hit.
type victim struct {
	hit      Injection
	instance *ec2.Instance
	run      *ec2.Run
}
