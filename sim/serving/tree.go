package serving

import "asgsim/sim/des"

// The event set is a winner tree of packed keys: nanoseconds since the epoch in
// the upper bits, the leaf in the lower ones. One comparison orders time and breaks
// ties by leaf, and the winner says which leaf it is. The epoch moves on by one pass
// over the leaves. With 18 bits for the leaf (262,144 in service at once) that is every
// ten hours; should more be in service, the leaf gets two bits more, and the epoch a
// quarter of its reach.
const (
	leafBits  = 18
	widenBits = 2
	// idle is the key of a leaf with nothing due.
	idle = ^uint64(0)
)

// tree is the winner tree: node 1 is the least key, leaf l is at len/2 + l.
type tree struct {
	nodes []uint64
	// what each leaf is: a slot of the attempt slab, or ^ID of an instance that
	// shares its CPU.
	what []int32
	free []int32 // leaves given back, last in, first out
	next int32   // the first leaf never used
	bits uint8   // of a key, for the leaf
}

// farOff stands for whatever lies beyond the epoch's reach; it never comes due, since
// the epoch moves at half of it, and is then computed anew.
func (t *tree) farOff() des.Duration { return des.Duration(1)<<(64-t.bits) - 2 }

// reach is how far the clock runs before the epoch follows.
func (t *tree) reach() des.Duration { return des.Duration(1) << (63 - t.bits) }

func (t *tree) leafOf(key uint64) int32 { return int32(key & (1<<(t.bits&63) - 1)) }

func newTree() tree {
	// A small tree is quick; it doubles when it must.
	t := tree{nodes: make([]uint64, 2*2), what: make([]int32, 2), bits: leafBits}
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

// takeLeaf hands out an idle leaf.
func (p *EventPlane) takeLeaf() int32 {
	t := &p.tree
	if last := len(t.free) - 1; last >= 0 {
		l := t.free[last]
		t.free = t.free[:last]
		return l
	}
	return p.growLeaf()
}

// growLeaf hands out a leaf never used, of which the keys must have room for the name.
func (p *EventPlane) growLeaf() int32 {
	t := &p.tree
	if len(t.what) >= 1<<t.bits && int(t.next) == len(t.what) {
		t.bits += widenBits
		p.rebase()
	}
	return t.grow()
}

// give returns a leaf, which must be idle.
func (t *tree) give(leaf int32) { t.free = append(t.free, leaf) }

func (t *tree) grow() int32 {
	if int(t.next) == len(t.what) {
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
	d := min(at.Sub(p.epoch), p.tree.farOff())
	return uint64(d)<<(p.tree.bits&63) | uint64(leaf)
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
