package serving

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
)

// table is the routing table as the loop needs it.
type table struct {
	algorithm Algorithm
	nodes     []node
	shares    []float64 // cumulative, of the nodes; nil for one node
}

// node is one balancer node as the loop needs it.
type node struct {
	targets []ID
	// weights are nil where all are equal.
	weights    []float64
	cumulative []float64 // weighted random
	turn       int       // round robin: the next target
	due        []float64 // weighted round robin: virtual time of the next turn
	clock      float64   // and of the last pick
	// Least outstanding requests: perm is the targets in ascending order of
	// outstanding, ends[k] how many of them have at most k.
	perm []ID
	ends []int32
	// spread: an instance stands in several nodes, or weights differ: no perm.
	spread bool
}

// Route implements Plane.
func (p *EventPlane) Route(r Routing) {
	old := p.routing
	for n := range old.nodes {
		for _, id := range old.nodes[n].targets {
			p.inst[id].node = -1
		}
		if old.algorithm == RoundRobin {
			p.remember(&old.nodes[n])
		}
	}
	p.routing = table{algorithm: r.Algorithm, nodes: make([]node, len(r.Nodes))}
	var total float64
	seen := make(map[ID]bool)
	for k := range r.Nodes {
		n := &p.routing.nodes[k]
		for _, t := range r.Nodes[k].Targets {
			p.list(n, t, seen)
		}
		if len(n.weights) > 0 && !slices.ContainsFunc(n.weights, func(w float64) bool { return w != n.weights[0] }) {
			n.weights = nil
		}
		if r.Nodes[k].Share < 0 {
			panic("serving: a node of negative share")
		}
		total += r.Nodes[k].Share
	}
	if len(r.Nodes) > 1 {
		var sum float64
		for _, n := range r.Nodes {
			sum += n.Share
			p.routing.shares = append(p.routing.shares, sum/total)
		}
	}
	for k := range p.routing.nodes {
		p.prepare(int32(k), len(seen))
	}
}

// list puts a target into a node.
func (p *EventPlane) list(n *node, t Target, seen map[ID]bool) {
	if int(t.ID) >= len(p.inst) || t.ID < 0 || !(t.Weight >= 0) {
		panic(fmt.Sprintf("serving: instance %d routed with weight %v", t.ID, t.Weight))
	}
	if t.Weight == 0 {
		return
	}
	n.spread = n.spread || seen[t.ID]
	seen[t.ID] = true
	n.targets = append(n.targets, t.ID)
	n.weights = append(n.weights, t.Weight)
}

// prepare builds what the algorithm needs beside the list.
func (p *EventPlane) prepare(k int32, listed int) {
	n := &p.routing.nodes[k]
	switch p.routing.algorithm {
	case WeightedRandom:
		var sum float64
		for _, w := range n.weights {
			sum += w
			n.cumulative = append(n.cumulative, sum)
		}
	case RoundRobin:
		p.inherit(n)
	case LeastOutstandingRequests:
		total := 0
		for _, m := range p.routing.nodes {
			total += len(m.targets)
		}
		n.spread = n.weights != nil || total != listed
		if !n.spread {
			p.permute(k)
		}
	}
}

// permute sorts a node's targets by what is outstanding on them.
func (p *EventPlane) permute(k int32) {
	n := &p.routing.nodes[k]
	n.perm = slices.Clone(n.targets)
	slices.SortStableFunc(n.perm, func(a, b ID) int { return cmp.Compare(p.inst[a].outstanding, p.inst[b].outstanding) })
	for at, id := range n.perm {
		i := &p.inst[id]
		i.node, i.place = k, int32(at)
		for int(i.outstanding) >= len(n.ends) {
			n.ends = append(n.ends, int32(at))
		}
		n.ends[i.outstanding] = int32(at) + 1
	}
}

// more moves an instance up one bucket, from the end of its own.
func (t *table) more(p *EventPlane, i *instance) {
	n := &t.nodes[i.node]
	k := int(i.outstanding)
	last := n.ends[k] - 1
	n.ends[k] = last
	if k+1 == len(n.ends) {
		n.ends = append(n.ends, int32(len(n.perm)))
	}
	n.swap(p, i, last)
}

// fewer moves an instance down one bucket, from the beginning of its own.
func (t *table) fewer(p *EventPlane, i *instance) {
	n := &t.nodes[i.node]
	k := i.outstanding
	first := n.ends[k-1]
	n.ends[k-1] = first + 1
	n.swap(p, i, first)
}

func (n *node) swap(p *EventPlane, i *instance, at int32) {
	other := n.perm[at]
	n.perm[i.place] = other
	p.inst[other].place = i.place
	n.perm[at] = i.id
	i.place = at
}

// pick returns the target of an attempt, -1 if there is none. u decides the node
// and the tie-break: 53 random bits that belong to the attempt, so that a choice
// does not depend on what other requests were drawn.
func (p *EventPlane) pick(u uint64) ID {
	t := &p.routing
	x := float64(u>>11) * 0x1p-53
	k := 0
	switch len(t.nodes) {
	case 0:
		return -1
	case 1:
	default:
		k, x = t.node(x)
	}
	n := &t.nodes[k]
	if len(n.targets) == 0 {
		return -1
	}
	switch t.algorithm {
	case LeastOutstandingRequests:
		if n.spread {
			return p.leastWeighted(n, x)
		}
		ties := n.ends[p.inst[n.perm[0]].outstanding]
		return n.perm[int32(x*float64(ties))]
	case WeightedRandom:
		return n.random(x)
	default:
		if n.weights != nil {
			return n.stride()
		}
		id := n.targets[n.turn]
		n.turn++
		if n.turn == len(n.targets) {
			n.turn = 0
		}
		return id
	}
}

// node picks a node by its share with a uniform x, and returns what is left of x
// as a uniform again.
func (t *table) node(x float64) (int, float64) {
	low := 0.0
	for k, high := range t.shares {
		if x < high {
			return k, min((x-low)/(high-low), 1-0x1p-53)
		}
		low = high
	}
	return len(t.shares) - 1, 0
}

// random picks with probability in proportion to weight.
func (n *node) random(x float64) ID {
	if n.weights == nil {
		return n.targets[int(x*float64(len(n.targets)))]
	}
	x *= n.cumulative[len(n.cumulative)-1]
	k := sort.Search(len(n.cumulative), func(k int) bool { return x < n.cumulative[k] })
	return n.targets[min(k, len(n.targets)-1)]
}

// leastWeighted picks the target with the least outstanding per weight, uniformly
// among ties, by looking at all.
func (p *EventPlane) leastWeighted(n *node, x float64) ID {
	load := func(k int) float64 {
		if n.weights == nil {
			return float64(p.inst[n.targets[k]].outstanding)
		}
		return float64(p.inst[n.targets[k]].outstanding) / n.weights[k]
	}
	least, ties := load(0), 0
	for k := range n.targets {
		switch l := load(k); {
		case l < least:
			least, ties = l, 1
		case l == least:
			ties++
		}
	}
	skip := int(x * float64(ties))
	for k := range n.targets {
		if load(k) != least {
			continue
		}
		if skip == 0 {
			return n.targets[k]
		}
		skip--
	}
	panic("serving: no least loaded target")
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

// remember notes how far each target is from its turn, as a share of a round, so
// that it keeps its place when the table is replaced: slow start replaces it every
// few seconds.
func (p *EventPlane) remember(n *node) {
	size := len(n.targets)
	for k, id := range n.targets {
		if n.weights == nil {
			p.inst[id].lag = float64((k-n.turn+size)%size+1) / float64(size)
		} else {
			p.inst[id].lag = (n.due[k] - n.clock) * n.weights[k]
		}
	}
}

// inherit lets the targets of a node keep their turns.
func (p *EventPlane) inherit(n *node) {
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
}
