package serving

// twoChoices draws two targets and sends to the one with fewer requests in flight, per
// weight; to the first on a tie (Mitzenmacher, "The Power of Two Choices in Randomized
// Load Balancing", IEEE TPDS 12(10), 2001). No AWS load balancer does: it is there to
// compare with, as a balancer whose nodes know little does nearly as well with it.
type twoChoices struct{}

func (twoChoices) name() string { return "power_of_two_choices" }

func (twoChoices) independent() bool { return false }
func (twoChoices) together() bool    { return true }
func (twoChoices) byChance() bool    { return true }

func (twoChoices) blind() bool { return false }

func (twoChoices) slowStarts() bool { return false }

func (twoChoices) leave(*EventPlane, *node)      {}
func (twoChoices) enter(*EventPlane, int32, int) {}

func (twoChoices) pick(p *EventPlane, n *node, x float64) ID {
	first, second := pairOf(x, len(n.targets))
	a, b := n.targets[first], n.targets[second]
	if n.weights == nil {
		if p.inst[b].outstanding < p.inst[a].outstanding {
			return b
		}
		return a
	}
	if float64(p.inst[b].outstanding)/n.weights[second] < float64(p.inst[a].outstanding)/n.weights[first] {
		return b
	}
	return a
}

// pairOf is an ordered pair of different targets of n, by a uniform in [0, 1); twice the
// only one of one.
func pairOf(x float64, n int) (first, second int) {
	if n < 2 {
		return 0, 0
	}
	at := int(x * float64(n*(n-1)))
	first, second = at/(n-1), at%(n-1)
	if second >= first {
		second++
	}
	return first, second
}
