package serving

import "sort"

// weightedRandom draws the target, in proportion to the weights.
type weightedRandom struct{}

func (weightedRandom) name() string { return "weighted_random" }

// alone: a Poisson stream divided by chance is Poisson streams that know nothing of each
// other.
func (weightedRandom) independent() bool { return true }
func (weightedRandom) together() bool    { return false }
func (weightedRandom) byChance() bool    { return true }

func (weightedRandom) blind() bool { return true }

func (weightedRandom) slowStarts() bool { return false }

func (weightedRandom) leave(*EventPlane, *node) {}

func (weightedRandom) enter(p *EventPlane, k int32, _ int) {
	n, sum := &p.routing.nodes[k], 0.0
	for _, w := range n.weights {
		sum += w
		n.cumulative = append(n.cumulative, sum)
	}
}

// pick draws with probability in proportion to weight.
func (weightedRandom) pick(_ *EventPlane, n *node, x float64) ID {
	if n.weights == nil {
		return n.targets[int(x*float64(len(n.targets)))]
	}
	x *= n.cumulative[len(n.cumulative)-1]
	k := sort.Search(len(n.cumulative), func(k int) bool { return x < n.cumulative[k] })
	return n.targets[min(k, len(n.targets)-1)]
}
