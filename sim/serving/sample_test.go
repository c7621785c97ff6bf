package serving

import (
	"testing"

	"pgregory.net/rapid"

	"asgsim/sim/des"
	"asgsim/sim/rng"
)

// Whatever fades, a sample has as many latencies as requests served, each late one in both
// of its histograms: outcomes drawn from it would lack some otherwise.
func TestAFadedSampleKeepsALatencyForEachServed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := newSample()
		r := rng.New(rapid.Uint64().Draw(t, "seed"), "fade")
		for range rapid.IntRange(1, 8).Draw(t, "stretches") {
			y := newSample()
			for range rapid.IntRange(0, 3).Draw(t, "prompt") {
				y.both.Record(des.Duration(r.IntN(10)))
				y.served++
			}
			for range rapid.IntRange(0, 3).Draw(t, "late") {
				d := r.IntN(10)
				y.late.Record(des.Duration(10 + d))
				y.target.Record(des.Duration(d))
				y.served++
			}
			y.finished = y.served
			x.add(&y, &r)
			for range rapid.IntRange(0, 3).Draw(t, "fades") {
				x.fade(&r)
			}
			both, late, target := tallied(x.both), tallied(x.late), tallied(x.target)
			if x.served != both+late || late != target || x.finished != x.served {
				t.Fatalf("%d of %d served; latencies: %d prompt, %d late, %d of their targets", x.served, x.finished, both, late, target)
			}
		}
	})
}

// Half of a histogram is half of it everywhere, and its odd one by the coin.
func TestHalvesHaveTheWholesShape(t *testing.T) {
	for coin, want := range map[uint64][]uint64{0: {1, 0, 1}, 1: {1, 1, 1}} {
		var h Histogram
		h.add(5, 2)
		h.add(7, 1)
		h.add(9, 2)
		h.halve(coin)
		for k, d := range []des.Duration{5, 7, 9} {
			if got := h.counts[bucketOf(d)]; got != want[k] {
				t.Errorf("coin %d: %d of %v, want %d", coin, got, d, want[k])
			}
		}
	}
}

// tallied counts what is in the buckets of h, whatever it says of itself.
func tallied(h *Histogram) uint64 {
	n := uint64(0)
	for _, c := range h.counts {
		n += c
	}
	if n != h.count {
		return ^uint64(0)
	}
	return n
}
