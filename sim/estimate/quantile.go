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
