package serving

import (
	"math"

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

// affords takes a retry from the budget of a class, if there is one.
func (p *EventPlane) affords(class uint8) bool {
	first := uint64(0)
	for k := range p.loads {
		if l := &p.loads[k]; l.class == class {
			first += l.req - uint64(k)<<40
		}
	}
	if p.classes[class].purse.take(first) {
		return true
	}
	p.client.denied++
	return false
}

// retryLater keeps the request for another attempt after the back-off.
func (p *EventPlane) retryLater(a *attempt, c *class) {
	p.retry.push(future{
		at:    p.now.Add(backoff(&c.retry, p.seed, a.req, int(a.n))),
		first: a.first, cpu: a.cpu, wait: a.wait, req: a.req, class: a.class, n: a.n + 1,
	})
	p.nextRetry = p.retry.first()
	p.refresh()
	p.turned = true
}

// backoff returns the pause after attempt n of a request: the first back-off
// doubled n-1 times, capped, with jitter drawn by request and attempt.
func backoff(r *Retry, seed, req uint64, n int) des.Duration {
	d := float64(r.Backoff) * math.Exp2(float64(n-1))
	if r.Cap > 0 {
		d = min(d, float64(r.Cap))
	}
	// A year is as good as never, and keeps the sum of instants in range.
	d = min(d, float64(365*des.Day))
	if r.Jitter == NoJitter {
		return des.Duration(d)
	}
	draw := rng.Key(seed, jitterPurpose, req, uint64(n))
	if r.Jitter == EqualJitter {
		return des.Duration(d/2 + draw.Float64()*d/2)
	}
	return des.Duration(draw.Float64() * d)
}
