package serving

import (
	"math"
	"slices"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/rng"
)

func TestBucketsTileTheLine(t *testing.T) {
	next := des.Duration(0)
	for b := range histBuckets {
		low, width := bucketRange(b)
		if low != next || bucketOf(low) != b || bucketOf(low+width-1) != b {
			t.Fatalf("bucket %d is [%d, +%d), expected to begin at %d", b, low, width, next)
		}
		if low > 1024 && float64(width) > float64(low)/512 {
			t.Fatalf("bucket %d at %v is %v wide", b, low, width)
		}
		next = low + width
	}
	if next != histMax+1 {
		t.Errorf("buckets end at %v, want %v", next, histMax+1)
	}
}

func TestQuantilesAgainstSortedSamples(t *testing.T) {
	r := rng.New(1, "h")
	var h Histogram
	var v []float64
	for range 100_000 {
		d := des.Seconds(0.05 * math.Exp(r.Norm()))
		v = append(v, d.Seconds())
		h.Record(d)
	}
	slices.Sort(v)
	for _, p := range []float64{0.01, 0.5, 0.9, 0.99, 0.999} {
		want := v[int(p*float64(len(v)))]
		if got := h.Quantile(p); math.Abs(got-want) > 0.002*want {
			t.Errorf("p%v = %v, want %v", 100*p, got, want)
		}
	}
	all := []float64{0, 0.01, 0.5, 0.5, 0.99, 1}
	at := make([]float64, len(all))
	h.Quantiles(all, at)
	for k, p := range all {
		if at[k] != h.Quantile(p) {
			t.Errorf("p%v among others = %v, alone %v", 100*p, at[k], h.Quantile(p))
		}
	}
	if got := h.Quantile(1); got != v[len(v)-1] || h.Max().Seconds() != got || h.Min().Seconds() != v[0] || h.Quantile(0) != v[0] {
		t.Errorf("extremes %v to %v, want %v to %v", h.Quantile(0), got, v[0], v[len(v)-1])
	}
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	if got, want := h.Mean(), sum/float64(len(v)); math.Abs(got-want) > 1e-12 {
		t.Errorf("mean %v, want %v", got, want)
	}
	above := 0
	for _, x := range v {
		if x > 0.1 {
			above++
		}
	}
	if got := int(h.CountAbove(des.Seconds(0.1))); got > above || float64(above-got) > 0.01*float64(above) {
		t.Errorf("%d above 100 ms, want %d or a few less", got, above)
	}
	if h.CountAbove(-1) != 100_000 || h.CountAbove(h.Max()) != 0 {
		t.Error("CountAbove at the ends")
	}
}

func TestConstantDurationsHaveExactQuantiles(t *testing.T) {
	var h Histogram
	for range 10 {
		h.Record(des.Seconds(1.234567891))
	}
	if got := h.Quantile(0.5); got != 1.234567891 {
		t.Errorf("p50 = %v", got)
	}
	h.Reset()
	if h.Count() != 0 || !math.IsNaN(h.Quantile(0.5)) || !math.IsNaN(h.Mean()) || h.CountAbove(0) != 0 || h.Max() != 0 {
		t.Error("not empty after Reset")
	}
	h.Record(des.Duration(math.MaxInt64))
	if h.Max() != histMax {
		t.Errorf("what is longer than the longest counts there, not at %v", h.Max())
	}
}

// Records, merges and recorders lead to the same histogram, and sums do not
// overflow.
func TestMergeAndRecorder(t *testing.T) {
	r := rng.New(2, "h")
	var all, a, b, flushed Histogram
	rec := newRecorder()
	for k := range 50_000 {
		d := des.Duration(r.Exp() * math.Exp2(float64(10+k%36)))
		all.Record(d)
		if k%2 == 0 {
			a.Record(d)
		} else {
			b.Record(d)
		}
		rec.record(d)
		if k%10_000 == 9_999 {
			rec.flush(&flushed)
		}
	}
	a.Merge(&b)
	a.Merge(&Histogram{})
	for name, h := range map[string]*Histogram{"merged": &a, "flushed": &flushed} {
		if h.count != all.count || h.sum != all.sum || h.min != all.min || h.max != all.max || !slices.Equal(h.counts, all.counts) {
			t.Errorf("%s differs from recorded", name)
		}
	}
	var big Histogram
	big.add(histMax, 1<<40)
	if got := big.Mean(); math.Abs(got-histMax.Seconds()) > 1e-6 {
		t.Errorf("the mean of many long durations is %v", got)
	}
}
