package fault

import (
	"asgsim/sim/ec2"
)

// Hang is an instance that accepts requests and never answers.
type Hang struct {
	Plan
	CPU float64 // CPU utilization shown while hung, 0 to 1
	// Impaired: the whole system hangs, so that EC2's status check fails too.
	Impaired bool
}

// About says what it is and when it hits.
func (f Hang) About() About {
	return About{Plan: f.Plan, Kind: "hang"}
}

// Hit hangs the instance.
func (f Hang) Hit(p *Parts, i *ec2.Instance) { p.Fleet.Hang(i, f.CPU, f.Impaired) }

// Told says what it did to n instances.
func (Hang) Told(n int) string { return instances(n) + verb(n, " hangs", " hang") }

// Effect says what it does to one.
func (Hang) Effect() string {
	return "it accepts requests and never answers; it keeps its share of the traffic until somebody notices"
}
