package ec2

import "asgsim/sim/des"

// Network is what the network between the balancer and instances does to requests and
// health checks.
type Network struct {
	Lost  float64      // share that is never answered, 0 to 1
	Delay des.Duration // added before what is left arrives
}

// and is one network after another.
func (n Network) and(o Network) Network {
	return Network{Lost: either(n.Lost, o.Lost), Delay: n.Delay + o.Delay}
}

// either is the chance that at least one of two independent things happens.
func either(a, b float64) float64 { return a + (1-a)*b }
