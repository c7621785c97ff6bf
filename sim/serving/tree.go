package serving

import "asgsim/sim/des"

// The event set is a winner tree of packed keys: nanoseconds since the epoch in
// the upper 46 bits (19 hours), the leaf in the lower 18. One comparison orders
// time and breaks ties by leaf, and the winner says which leaf it is. The epoch
// moves on every few hours, by one pass over the leaves.
const (
	leafBits = 18
	leafMask = 1<<leafBits - 1
	timeBits = 64 - leafBits
	// idle is the key of a leaf with nothing due.
	idle = ^uint64(0)
	// farOff stands for whatever lies beyond the epoch's reach; it never comes
	// due, since the epoch moves at half of it, and is then computed anew.
	farOff = des.Duration(1)<<timeBits - 2
	// rebaseAfter is how far the clock runs before the epoch follows.
	rebaseAfter = des.Duration(1) << (timeBits - 1)
)

// tree is the winner tree: node 1 is the least key, leaf l is at len/2 + l.
type tree struct {
	nodes []uint64
	// what each leaf is: a slot of the attempt slab, or ^ID of an instance that
	// shares its CPU.
	what []int32
	free []int32 // leaves given back, last in, first out
	next int32   // the first leaf never used
}

func newTree() tree {
	// A small tree is quick; it doubles when it must.
	t := tree{nodes: make([]uint64, 2*2), what: make([]int32, 2)}
	for i := range t.nodes {
		t.nodes[i] = idle
	}
	return t
}

// set gives a leaf its key and plays its matches up to the root.
func (t *tree) set(leaf int32, key uint64) {
	n := t.nodes
	i := uint(len(n)>>1) + uint(leaf)
	n[i] = key
	for i > 1 {
		key = min(key, n[i^1])
		i >>= 1
		n[i] = key
	}
}

// take hands out an idle leaf.
func (t *tree) take() int32 {
	if last := len(t.free) - 1; last >= 0 {
		l := t.free[last]
		t.free = t.free[:last]
		return l
	}
	return t.grow()
}

// give returns a leaf, which must be idle.
func (t *tree) give(leaf int32) { t.free = append(t.free, leaf) }

func (t *tree) grow() int32 {
	if int(t.next) == len(t.what) {
		if len(t.what) == 1<<leafBits {
			panic("serving: more than 262144 requests in service at once")
		}
		old := t.nodes[len(t.nodes)/2:]
		nodes := make([]uint64, 4*len(old))
		for i := range nodes {
			nodes[i] = idle
		}
		copy(nodes[2*len(old):], old)
		t.nodes = nodes
		t.what = append(t.what, make([]int32, len(t.what))...)
		t.replay()
	}
	t.next++
	return t.next - 1
}

// replay plays every match again.
func (t *tree) replay() {
	for i := len(t.nodes)/2 - 1; i > 0; i-- {
		t.nodes[i] = min(t.nodes[2*i], t.nodes[2*i+1])
	}
}

// key packs an instant and a leaf.
func (p *EventPlane) key(at des.Time, leaf int32) uint64 {
	d := min(at.Sub(p.epoch), farOff)
	return uint64(d)<<leafBits | uint64(leaf)
}

// rebase moves the epoch to now and computes every key anew from the instants
// kept beside the tree.
func (p *EventPlane) rebase() {
	p.epoch = p.now
	t := &p.tree
	leaves := t.nodes[len(t.nodes)/2:]
	for l := range t.next {
		if leaves[l] == idle {
			continue
		}
		if w := t.what[l]; w >= 0 {
			leaves[l] = p.key(des.Time(p.slab[w].mark), l)
		} else {
			leaves[l] = p.key(p.inst[^w].next, l)
		}
	}
	t.replay()
}
