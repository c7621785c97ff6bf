package serving

import (
	"math/bits"

	"asgsim/sim/des"
)

// recorder is the hot-loop form of a Histogram: 32-bit counts of one period, and
// a set of the octaves touched, so that emptying it costs what was used.
type recorder struct {
	counts []uint32
	used   uint64
	sum    uint64
	min    des.Duration
	max    des.Duration
}

func newRecorder() recorder {
	return recorder{counts: make([]uint32, histBuckets), min: histMax}
}

func (r *recorder) record(d des.Duration) {
	d = min(d, histMax)
	b := bucketOf(d)
	r.counts[b]++
	r.used |= 1 << (uint(b>>subBits) & 63)
	r.sum += uint64(d)
	// Rarely so, which a processor learns.
	if d > r.max {
		r.max = d
	}
	if d < r.min {
		r.min = d
	}
}

// flush adds what was recorded to every histogram of into and forgets it.
func (r *recorder) flush(into ...*Histogram) {
	if r.used == 0 {
		return
	}
	for _, h := range into {
		h.grow()
		if h.count == 0 {
			h.min, h.max = r.min, r.max
		}
		h.min, h.max = min(h.min, r.min), max(h.max, r.max)
		h.addSum(0, r.sum)
		for used := r.used; used != 0; used &= used - 1 {
			o := bits.TrailingZeros64(used) << subBits
			row := h.counts[o : o+subBuckets]
			for b, c := range r.counts[o : o+subBuckets] {
				row[b] += uint64(c)
				h.count += uint64(c)
			}
		}
	}
	for used := r.used; used != 0; used &= used - 1 {
		o := bits.TrailingZeros64(used) << subBits
		clear(r.counts[o : o+subBuckets])
	}
	r.used, r.sum, r.min, r.max = 0, 0, histMax, 0
}
