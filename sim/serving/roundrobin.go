package serving

// roundRobin gives the targets their turns one after another; with unequal weights in
// proportion to them, as evenly as that allows.
type roundRobin struct{}

func (roundRobin) name() string { return "round_robin" }

func (roundRobin) independent() bool { return false }
func (roundRobin) together() bool    { return false }
func (roundRobin) byChance() bool    { return false }

func (roundRobin) blind() bool { return true }

func (roundRobin) slowStarts() bool { return true }

func (roundRobin) pick(_ *EventPlane, n *node, _ float64) ID {
	if n.weights != nil {
		return n.stride()
	}
	return n.nextInTurn()
}

// nextInTurn picks among equals.
func (n *node) nextInTurn() ID {
	id := n.targets[n.turn]
	n.turn++
	if n.turn == len(n.targets) {
		n.turn = 0
	}
	return id
}

// stride picks in proportion to weight and as evenly as that allows: each target
// is due 1/weight after its last turn, the earliest due goes next (Waldspurger and
// Weihl, "Stride Scheduling", MIT/LCS/TM-528, 1995).
func (n *node) stride() ID {
	best := 0
	for k, due := range n.due {
		if due < n.due[best] {
			best = k
		}
	}
	n.clock = n.due[best]
	n.due[best] += 1 / n.weights[best]
	return n.targets[best]
}

// leave notes how far each target is from its turn, as a share of a round, so
// that it keeps its place when the table is replaced: slow start replaces it every
// few seconds.
func (roundRobin) leave(p *EventPlane, n *node) {
	size := len(n.targets)
	for k, id := range n.targets {
		if n.weights == nil {
			p.inst[id].lag = float64((k-n.turn+size)%size+1) / float64(size)
		} else {
			p.inst[id].lag = (n.due[k] - n.clock) * n.weights[k]
		}
	}
}

// enter lets the targets of a node keep their turns.
func (roundRobin) enter(p *EventPlane, k int32, _ int) {
	n := &p.routing.nodes[k]
	first := 0
	for k, id := range n.targets {
		lag := p.inst[id].lag
		if n.weights != nil {
			n.due = append(n.due, lag/n.weights[k])
		} else if lag < p.inst[n.targets[first]].lag {
			first = k
		}
	}
	n.turn = first
	if n.weights == nil && len(n.targets) > 0 {
		n.simple = inTurn
	}
}
