package ec2

import (
	"asgsim/sim/serving"
)

// ailment is what a fault makes of an instance that goes on working, since its last start.
type ailment struct {
	Ailing   bool    // it works, but as a fault has it: see Slow and Err
	pace     float64 // share of its speed at which it works; 1
	cpuShare float64 // of a vCPU that the guest gets; 1
	errors   float64 // share of requests it answers with an error; 0
	sick     bool    // it answers health checks badly
}

// well is an instance that nothing ails.
func well() ailment { return ailment{pace: 1, cpuShare: 1} }

// serves is what an instance does once it has booted, with a version that answers a share
// of requests and health checks wrongly: either may make a request fail.
func (a *ailment) serves(bad float64) serving.Mode {
	m := serving.Mode{Kind: serving.Failing, P: bad, Probes: bad}
	if a.errors > 0 {
		m.P += (1 - m.P) * a.errors
	}
	if m.P == 0 {
		return serving.Mode{Kind: serving.Serving}
	}
	if a.sick {
		m.Probes = 1
	}
	return m
}
