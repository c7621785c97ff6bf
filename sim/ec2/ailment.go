package ec2

import (
	"asgsim/sim/des"
	"asgsim/sim/serving"
)

// ailment is what a fault makes of an instance that goes on working, since its last start.
type ailment struct {
	Ailing   bool    // it works, but as a fault has it: see Slow, Err, Detach and Stall
	pace     float64 // share of its speed at which it works; 1
	cpuShare float64 // of a vCPU that the guest gets; 1
	errors   float64 // share of requests it answers with an error; 0
	sick     bool    // it answers health checks badly
	network  Network // to it
	stalled  float64 // share of requests that wait for its volume and are never answered; 0
	// stalledChecks is the same of health checks.
	stalledChecks  float64
	VolumeImpaired des.Time // the attached EBS status check is impaired since; des.Never
}

// well is an instance that nothing ails.
func well() ailment { return ailment{pace: 1, cpuShare: 1, VolumeImpaired: des.Never} }

// serves is what an instance does once it has booted, with a version that answers shares
// of requests and of health checks wrongly, over a network: any of them may make a request
// fail.
func (a *ailment) serves(bad, sick float64, n Network) serving.Mode {
	m := serving.Mode{Kind: serving.Failing, P: either(bad, a.errors), Probes: sick}
	m.Lost, m.ProbesLost, m.Delay = either(n.Lost, a.stalled), either(n.Lost, a.stalledChecks), n.Delay
	if a.sick {
		m.Probes = 1
	}
	if m == (serving.Mode{Kind: serving.Failing}) {
		return serving.Mode{Kind: serving.Serving}
	}
	return m
}
