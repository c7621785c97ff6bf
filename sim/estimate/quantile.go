package estimate

import "math"

// sectionsMost is how many sections a sample of histograms is cut into: more give
// a better estimate of the spread, fewer a smaller bias of each section.
const sectionsMost = 10

// Histogram is what quantiles are read from.
type Histogram[H any] interface {
	Count() uint64
	Quantile(p float64) float64
	Merge(H)
}

// Quantile estimates the p-quantile of what all replications pooled saw, by
// sectioning: the value is the pooled quantile, its spread that of the quantiles
// of up to ten sections of consecutive replications. empty makes a histogram.
func Quantile[H Histogram[H]](x []H, p, alpha float64, empty func() H) Interval {
	all, sections := cut(x, p, empty)
	return sectioned(all, sections, alpha, len(x))
}

// Counted is a histogram that also tells how many of its values lie above one.
type Counted[H any] interface {
	Histogram[H]
	Above(v float64) uint64
}

// QuantileOf estimates the p-quantile of what all replications pooled saw, of a kind
// of figure. The share of values above the pooled quantile is estimated as [RatioOf]
// does, which knows what few replications carry; what has that share above it in the
// pool bounds the quantile (R. S. Woodruff, "Confidence Intervals for Medians and
// Other Position Measures", JASA 47, 1952).
func QuantileOf[H Counted[H]](x []H, p float64, k Kind, alpha float64, empty func() H) Interval {
	all := empty()
	for _, h := range x {
		all.Merge(h)
	}
	q := all.Quantile(p)
	n := len(x)
	if n < 2 || math.IsNaN(q) {
		return nothing(q, n)
	}
	shareAbove := func(v float64) Interval {
		above := make([]Fraction, n)
		for i, h := range x {
			above[i] = Fraction{float64(h.Above(v)), float64(h.Count())}
		}
		return RatioOf(above, Kind{Lo: 0, Hi: 1, Rare: k.Rare}, alpha)
	}
	share := shareAbove(q)
	if share.Exact {
		return Interval{Value: q, Lo: q, Hi: q, N: n, Exact: true}
	}
	// Many values may be alike: what lies above is then less than 1 - p.
	more, less := share.Hi-share.Value, share.Value-share.Lo
	i := Interval{Value: q, N: n, Weak: share.Weak, Lo: math.Min(q, all.Quantile(p-more)), Hi: math.Max(q, all.Quantile(math.Min(p+less, 1)))}
	if k.Rare && q > 0 {
		// How the share above spreads changes along the tail: there the quantile is held by
		// every value of which as much may lie above as above the quantile.
		i.Hi = math.Max(i.Hi, farthest(q, all.Quantile(1), func(v float64) bool { return shareAbove(v).Hi >= share.Value }))
		i.Lo = math.Min(i.Lo, farthest(q, all.Quantile(0), func(v float64) bool { return shareAbove(v).Lo <= share.Value }))
	}
	return i
}

// farthest is the value nearest to to, coming from from, that is still held: by
// bisection of the logarithm to within a hundredth of the way or half a percent.
func farthest(from, to float64, held func(v float64) bool) float64 {
	lo, hi := math.Log(from), math.Log(math.Max(to, 1e-9))
	for range 10 {
		if math.Abs(hi-lo) < 0.005 {
			break
		}
		if mid := (lo + hi) / 2; held(math.Exp(mid)) {
			lo = mid
		} else {
			hi = mid
		}
	}
	return math.Exp(lo)
}

// QuantileDifference estimates the difference of two pooled quantiles, b - a,
// section by section.
func QuantileDifference[H Histogram[H]](a, b []H, p, alpha float64, empty func() H) Interval {
	n := min(len(a), len(b))
	allA, sectionsA := cut(a[:n], p, empty)
	allB, sectionsB := cut(b[:n], p, empty)
	for i := range sectionsB {
		sectionsB[i] -= sectionsA[i]
	}
	return sectioned(allB-allA, sectionsB, alpha, n)
}

func cut[H Histogram[H]](x []H, p float64, empty func() H) (float64, []float64) {
	m := min(sectionsMost, len(x))
	all := empty()
	sections := make([]float64, m)
	for s := range m {
		part := empty()
		for _, h := range x[s*len(x)/m : (s+1)*len(x)/m] {
			part.Merge(h)
		}
		sections[s] = part.Quantile(p)
		all.Merge(part)
	}
	return all.Quantile(p), sections
}

func sectioned(all float64, sections []float64, alpha float64, n int) Interval {
	m := len(sections)
	if m < 2 || math.IsNaN(all) {
		return nothing(all, n)
	}
	var sum float64
	for _, s := range sections {
		if math.IsNaN(s) {
			return nothing(all, n)
		}
		sum += (s - all) * (s - all)
	}
	i := around(all, math.Sqrt(sum/float64(m-1)/float64(m)), alpha, m)
	i.N = n
	return i
}
