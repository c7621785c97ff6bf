package serving

import "fmt"

// Algorithm is how a node of the balancer picks a target.
type Algorithm uint8

// The routing algorithms, as ALB names them; the last is none of its own.
const (
	RoundRobin Algorithm = iota
	LeastOutstandingRequests
	WeightedRandom
	PowerOfTwoChoices
)

// routers are the algorithms, a line each, each in a file of its own.
func routers() []router {
	return []router{
		RoundRobin:               roundRobin{},
		LeastOutstandingRequests: leastOutstanding{},
		WeightedRandom:           weightedRandom{},
		PowerOfTwoChoices:        twoChoices{},
	}
}

// Algorithms lists them in order.
func Algorithms() []Algorithm {
	var out []Algorithm
	for a := range routers() {
		out = append(out, Algorithm(a))
	}
	return out
}

func (a Algorithm) router() router {
	if all := routers(); int(a) < len(all) && all[a] != nil {
		return all[a]
	}
	panic(fmt.Sprintf("serving: there is no routing algorithm %d", uint8(a)))
}

// router is an algorithm at work.
type router interface {
	name() string
	// independent: each of n equal targets sees what a single one sees at an n-th of the rate,
	// so that what one carries stands for every fleet.
	independent() bool
	// together: a request goes to whoever has less to do, so that the targets are as one
	// queue; one that answers at once then draws traffic.
	together() bool
	blind() bool      // a choice looks at nobody's state
	byChance() bool   // the targets' counts are those of independent draws, not dealt evenly
	slowStarts() bool // a target group may bring new targets in slowly
	// enter builds what node k of the new table needs; listed is how many targets the
	// table has in all. leave hears that its node is replaced.
	enter(p *EventPlane, k int32, listed int)
	leave(p *EventPlane, n *node)
	// pick returns a target of a node that has any; x is a uniform in [0, 1).
	pick(p *EventPlane, n *node, x float64) ID
}

// AWS reports whether a load balancer of AWS's has it.
func (a Algorithm) AWS() bool { return a != PowerOfTwoChoices }

// String names it as ALB and the file format do.
func (a Algorithm) String() string { return a.router().name() }

// Independent reports whether each of n equal targets sees what a single one sees at an n-th
// of the rate: what one carries then stands for every fleet.
func (a Algorithm) Independent() bool { return a.router().independent() }

// Together reports whether a request goes to whoever has less to do.
func (a Algorithm) Together() bool { return a.router().together() }

// SlowStarts reports whether a target group with the algorithm may have slow start.
func (a Algorithm) SlowStarts() bool { return a.router().slowStarts() }
