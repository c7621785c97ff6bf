package serving

import (
	"fmt"
	"slices"
)

// table is the routing table as the loop needs it.
type table struct {
	router router // nil before the first table
	nodes  []node
	shares []float64 // cumulative, of the nodes; nil for one node
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
	simple simple
}

// Route implements Plane.
func (p *EventPlane) Route(r Routing) {
	old := p.routing
	p.isolation = unknown
	for n := range old.nodes {
		for _, id := range old.nodes[n].targets {
			p.inst[id].node = -1
		}
		old.router.leave(p, &old.nodes[n])
	}
	p.routing = table{router: r.Algorithm.router(), nodes: make([]node, len(r.Nodes))}
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
		p.routing.router.enter(p, int32(k), len(seen))
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

// pick returns the target of an attempt, -1 if there is none. u decides the node
// and the tie-break: 53 random bits that belong to the attempt, so that a choice
// does not depend on what other requests were drawn.
func (p *EventPlane) pick(u uint64) ID {
	t := &p.routing
	if len(t.nodes) == 1 && t.nodes[0].simple == inTurn {
		return t.nodes[0].nextInTurn()
	}
	x := float64(int64(u>>11)) * 0x1p-53
	k := 0
	if len(t.nodes) != 1 {
		if len(t.nodes) == 0 {
			return -1
		}
		k, x = t.node(x)
	}
	n := &t.nodes[k]
	if len(n.targets) == 0 {
		return -1
	}
	if n.simple == ofFewest {
		return n.oneOfFewest(p, x)
	}
	return t.router.pick(p, n, x)
}

// simple names a way to pick that takes less time than a call through an interface, and
// that a node takes without asking its router.
type simple uint8

const (
	notSimple simple = iota
	inTurn           // round robin among equals
	ofFewest         // least outstanding requests, from the permutation
)

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
