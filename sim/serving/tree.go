package serving

import "asgsim/sim/des"

// The event set is a winner tree of packed keys: nanoseconds since the epoch in
// the upper bits, the leaf in the lower ones. One comparison orders time and breaks
// ties by leaf, and the winner says which leaf it is. Each match has four players: the
// three that a new key meets are compared while it is still on its way, so it passes two
// rounds of a binary tree in the time of one. The epoch moves on by one pass
// over the leaves. With 18 bits for the leaf (262,144 in service at once) that is every
// ten hours; should more be in service, the leaf gets two bits more, and the epoch a
// quarter of its reach.
const (
	leafBits  = 18
	widenBits = 2
	// idle is the key of a leaf with nothing due.
	idle = ^uint64(0)
)

// tree is the winner tree. Entry e of it is matches[e/4][e%4], the winner of matches[e]:
// entry 1 is the least key, and of n leaves, a power of four, leaf l is entry n + l.
type tree struct {
	matches [][4]uint64
	// what each leaf is: a slot of the attempt slab, or ^ID of an instance that
	// shares its CPU.
	what []int32
	free int32 // the leaf given back last, -1 for none; what it was names the one before
	next int32 // the first leaf never used

	bits uint8  // of a key, for the leaf
	mask uint64 // of those bits
	// farOff stands for whatever lies beyond the epoch's reach; it never comes due, since
	// the epoch moves at half of it, and is then computed anew.
	farOff des.Duration
}

// form gives the keys their form: so many bits for the leaf.
func (t *tree) form(bits uint8) {
	t.bits, t.mask = bits, 1<<bits-1
	t.farOff = des.Duration(1)<<(64-bits) - 2
}

// reach is how far the clock runs before the epoch follows.
func (t *tree) reach() des.Duration { return des.Duration(1) << (63 - t.bits) }

func newTree() tree {
	// A small tree is quick; it grows when it must.
	t := tree{free: -1}
	t.form(leafBits)
	t.plant(players)
	return t
}

// players are those of a match.
const players = 4

// plant makes a tree of so many leaves, all of them idle.
func (t *tree) plant(leaves int) {
	t.matches = make([][players]uint64, 2*leaves/players)
	for k := range t.matches {
		t.matches[k] = [players]uint64{idle, idle, idle, idle}
	}
	t.what = append(t.what, make([]int32, leaves-len(t.what))...)
}

// root is the least key.
func (t *tree) root() uint64 { return t.matches[0][1] }

// set gives a leaf its key and plays its matches up to the root.
func (t *tree) set(leaf int32, key uint64) {
	m := t.matches
	e := uint(len(m))*(players/2) + uint(leaf)
	for e > 1 {
		k := e % players
		e /= players
		match := &m[e]
		match[k] = key
		key = min(key, min(match[k^1], match[k^2], match[k^3]))
	}
	m[0][1] = key
}

// leaf returns the entry of a leaf.
func (t *tree) leaf(l int32) *uint64 {
	return &t.matches[len(t.matches)/2+int(l)/players][l%players]
}

// takeLeaf hands out an idle leaf.
func (p *EventPlane) takeLeaf() int32 {
	if l := p.tree.take(); l >= 0 {
		return l
	}
	return p.growLeaf()
}

// take hands out the leaf given back last, -1 if there is none.
func (t *tree) take() int32 {
	l := t.free
	if l >= 0 {
		t.free = t.what[l]
	}
	return l
}

// growLeaf hands out a leaf never used, of which the keys must have room for the name.
func (p *EventPlane) growLeaf() int32 {
	t := &p.tree
	if uint64(t.next) > t.mask {
		t.form(t.bits + widenBits)
		p.rebase()
		p.turned = true
	}
	return t.grow()
}

// give returns a leaf, which must be idle.
func (t *tree) give(leaf int32) { t.what[leaf], t.free = t.free, leaf }

// grow hands out a leaf never used, of a tree four times as large if there is none.
func (t *tree) grow() int32 {
	if int(t.next) == len(t.what) {
		old := t.matches[len(t.matches)/2:]
		t.plant(players * len(t.what))
		copy(t.matches[len(t.matches)/2:], old)
		t.replay()
	}
	t.next++
	return t.next - 1
}

// replay plays every match again.
func (t *tree) replay() {
	for e := len(t.matches) - 1; e > 0; e-- {
		m := &t.matches[e]
		t.matches[e/players][e%players] = min(m[0], m[1], m[2], m[3])
	}
}

// key packs an instant and a leaf.
func (p *EventPlane) key(at des.Time, leaf int32) uint64 {
	d := min(at.Sub(p.epoch), p.tree.farOff)
	return uint64(d)<<(p.tree.bits&63) | uint64(leaf)
}

// rebase moves the epoch to now and computes every key anew from the instants
// kept beside the tree.
func (p *EventPlane) rebase() {
	p.epoch = p.now
	t := &p.tree
	for l := range t.next {
		leaf := t.leaf(l)
		if *leaf == idle {
			continue
		}
		if w := t.what[l]; w >= 0 {
			*leaf = p.key(des.Time(p.slab[w].mark), l)
		} else {
			*leaf = p.key(p.inst[^w].next, l)
		}
	}
	t.replay()
}
