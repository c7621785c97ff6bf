package fault

import (
	"fmt"

	"asgsim/sim/ec2"
)

// NetworkLoss is an instance of which requests and health checks get lost on the way, or
// arrive late.
type NetworkLoss struct {
	Plan
	Network ec2.Network
}

// About says what it is and when it hits.
func (f NetworkLoss) About() About { return About{Plan: f.Plan, Kind: "network_loss", Ails: true} }

// Hit makes the network to the instance bad.
func (f NetworkLoss) Hit(p *Parts, i *ec2.Instance) { p.Fleet.Detach(i, f.Network) }

// Told says what it did to n instances.
func (f NetworkLoss) Told(n int) string {
	return "the network to " + instances(n) + " " + networkDoes(f.Network)
}

// Effect says what it does to one.
func (f NetworkLoss) Effect() string { return "the network to it " + networkDoes(f.Network) }

// networkDoes says what a bad network does to requests and health checks.
func networkDoes(n ec2.Network) string {
	text := ""
	if n.Lost > 0 {
		text = fmt.Sprintf("loses %s of requests and health checks", percent(n.Lost))
	}
	if n.Delay > 0 {
		if text != "" {
			text += " and "
		}
		text += "adds " + span(n.Delay)
	}
	return text
}
