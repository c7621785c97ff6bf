package serving

import (
	"asgsim/sim/des"
	"asgsim/sim/rng"
)

// The purposes of keyed draws.
var (
	routePurpose     = rng.Purpose("route")
	jitterPurpose    = rng.Purpose("retry")
	errorPurpose     = rng.Purpose("error")
	probePurpose     = rng.Purpose("probe")
	lossPurpose      = rng.Purpose("loss")
	probeLossPurpose = rng.Purpose("probe loss")
)

// future is a send that is still to come.
type future struct {
	at    des.Time
	seq   uint64 // orders those of one instant
	first des.Time
	cpu   des.Duration
	wait  des.Duration
	req   uint64
	class uint8
	n     uint8
}

// retries is a binary heap of future sends by (at, seq).
type retries struct {
	heap []future
	seq  uint64
}

func (a *future) before(b *future) bool {
	return a.at < b.at || a.at == b.at && a.seq < b.seq
}

func (h *retries) first() des.Time {
	if len(h.heap) == 0 {
		return des.Never
	}
	return h.heap[0].at
}

func (h *retries) push(f future) {
	h.seq++
	f.seq = h.seq
	h.heap = append(h.heap, f)
	i := len(h.heap) - 1
	for i > 0 {
		up := (i - 1) / 2
		if !f.before(&h.heap[up]) {
			break
		}
		h.heap[i] = h.heap[up]
		i = up
	}
	h.heap[i] = f
}

func (h *retries) pop() future {
	top := h.heap[0]
	last := len(h.heap) - 1
	f := h.heap[last]
	h.heap = h.heap[:last]
	i := 0
	for {
		c := 2*i + 1
		if c >= last {
			break
		}
		if c+1 < last && h.heap[c+1].before(&h.heap[c]) {
			c++
		}
		if !h.heap[c].before(&f) {
			break
		}
		h.heap[i] = h.heap[c]
		i = c
	}
	if last > 0 {
		h.heap[i] = f
	}
	return top
}
