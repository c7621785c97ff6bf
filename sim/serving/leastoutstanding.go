package serving

import (
	"cmp"
	"slices"
)

// leastOutstanding sends to the target with the fewest requests in flight, per weight.
type leastOutstanding struct{}

func (leastOutstanding) name() string { return "least_outstanding_requests" }

func (leastOutstanding) independent() bool { return false }
func (leastOutstanding) together() bool    { return true }
func (leastOutstanding) byChance() bool    { return false }

func (leastOutstanding) blind() bool { return false }

func (leastOutstanding) slowStarts() bool { return false }

func (leastOutstanding) leave(*EventPlane, *node) {}

func (leastOutstanding) enter(p *EventPlane, k int32, listed int) {
	n, total := &p.routing.nodes[k], 0
	for _, m := range p.routing.nodes {
		total += len(m.targets)
	}
	if n.spread = n.weights != nil || total != listed; !n.spread {
		p.permute(k)
		n.simple = ofFewest
	}
}

func (leastOutstanding) pick(p *EventPlane, n *node, x float64) ID {
	if n.spread {
		return p.leastWeighted(n, x)
	}
	return n.oneOfFewest(p, x)
}

// oneOfFewest picks uniformly among those with the fewest.
func (n *node) oneOfFewest(p *EventPlane, x float64) ID {
	ties := n.ends[p.inst[n.perm[0]].outstanding]
	return n.perm[int32(x*float64(ties))]
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
