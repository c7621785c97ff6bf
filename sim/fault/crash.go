package fault

import (
	"asgsim/sim/ec2"
)

// Crash is the end of a host, or of a process on it: what is in flight is cut.
type Crash struct {
	Plan
	// Process: a crash of the process only. The host answers: connections are
	// refused, EC2 sees nothing wrong.
	Process bool
}

// About says what it is and when it hits.
func (f Crash) About() About {
	return About{Plan: f.Plan, Kind: "crash"}
}

// Hit kills the host, or the process.
func (f Crash) Hit(p *Parts, i *ec2.Instance) {
	if f.Process {
		p.Fleet.FailProcess(i)
		return
	}
	p.Fleet.Fail(i)
}

// Told says what it did to n instances.
func (Crash) Told(n int) string { return instances(n) + verb(n, " crashes", " crash") }

// Effect says what it does to one.
func (Crash) Effect() string { return "what was in flight on it is cut off" }
