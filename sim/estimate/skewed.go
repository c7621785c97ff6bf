package estimate

import (
	"math"
	"slices"

	"asgsim/sim/rng"
)

// Kind is what is known of a figure before it is estimated.
type Kind struct {
	Lo, Hi float64 // it lies between them; infinite where nothing bounds it
	// Rare says that the figure is about what happens in few runs (failures, breaches,
	// the tail of latency): most of its mean may be carried by runs that a small sample
	// does not hold.
	Rare bool
}

// Anything is a figure of which nothing is known.
var Anything = Kind{Lo: math.Inf(-1), Hi: math.Inf(1)}

// From when on a figure is treated as skewed, and how many replications a bootstrap
// needs at the least to be better than nothing.
const (
	skewedFrom      = 1
	bootstrapLeast  = 5
	bootstrapRounds = 1999
	// spreadRare is the coefficient of variation over replications from which on a rare
	// figure of a small sample is not trusted, and trustedRare the sample from which on
	// it is, if it is not skewed either.
	spreadRare  = 0.05
	trustedRare = 100
)

// MeanOf estimates the mean of a sample of a kind of figure.
//
// Student's t is right for figures that are about normal over replications. A figure
// whose mean is carried by few replications is not, and its t interval misses far
// more often than it says, always on the side of too good. Skewed and rare figures
// therefore get the hull of two intervals: t on the scale of the logarithm, which
// covers figures that are zero in most replications, and the bootstrap-t, which
// covers figures with a long tail (B. Efron and R. Tibshirani, "An Introduction to
// the Bootstrap", 1993, ch. 12; P. Hall, "The Bootstrap and Edgeworth Expansion",
// 1992, 3.10). Bounds are kept. What no method can know from so small a sample is
// said: see [Interval.Weak].
func MeanOf(x []float64, k Kind, alpha float64) Interval {
	return estimateOf(nil, ones(x), k, alpha)
}

// RatioOf estimates sum(Num) / sum(Den) of a kind of figure, as [MeanOf] does a mean.
func RatioOf(x []Fraction, k Kind, alpha float64) Interval { return estimateOf(nil, x, k, alpha) }

// DifferenceOf estimates the difference of two means, b - a, paired by replication;
// k is the kind of the figure, not of its difference.
func DifferenceOf(a, b []float64, k Kind, alpha float64) Interval {
	n := min(len(a), len(b))
	return estimateOf(ones(a[:n]), ones(b[:n]), k, alpha)
}

// RatioDifferenceOf estimates the difference of two ratios, b - a, paired by
// replication; k is the kind of the figure.
func RatioDifferenceOf(a, b []Fraction, k Kind, alpha float64) Interval {
	n := min(len(a), len(b))
	return estimateOf(a[:n], b[:n], k, alpha)
}

func ones(x []float64) []Fraction {
	out := make([]Fraction, len(x))
	for i, v := range x {
		out[i] = Fraction{v, 1}
	}
	return out
}

// estimateOf estimates the ratio of b, less that of a unless a is nil.
func estimateOf(a, b []Fraction, k Kind, alpha float64) Interval {
	if a == nil && k.Lo == 0 && k.Hi == 1 && pooled(b, -1) > 0.5 {
		// What matters of a share near one is what is missing: 1 - x.
		rest := make([]Fraction, len(b))
		for i, f := range b {
			rest[i] = Fraction{f.Den - f.Num, f.Den}
		}
		i := estimateOf(nil, rest, k, alpha)
		i.Value, i.Lo, i.Hi = 1-i.Value, 1-i.Hi, 1-i.Lo
		return i
	}
	n := len(b)
	var i Interval
	if a == nil {
		i = Ratio(b, alpha)
	} else {
		i = RatioDifference(a, b, alpha)
		k.Lo, k.Hi = k.Lo-k.Hi, k.Hi-k.Lo
		if math.IsNaN(k.Lo) {
			k.Lo, k.Hi = math.Inf(-1), math.Inf(1)
		}
	}
	if n < 2 || math.IsNaN(i.Value) {
		return i
	}
	if i.Exact {
		i.Weak = k.Rare && i.Value == 0 && a == nil
		return i
	}
	s := newPairs(a, b)
	skew, spread := s.shape(i.Value)
	i.Weak = math.Abs(skew) > skewedFrom || k.Rare && n < trustedRare && spread > spreadRare
	if n >= bootstrapLeast && (k.Rare || math.Abs(skew) > skewedFrom) {
		i = i.hull(s.bootstrap(alpha))
		if a == nil && k.Lo == 0 && i.Value > 0 {
			h := studentT(alpha, n-1) * s.se / i.Value
			i = i.hull(i.Value*math.Exp(-h), i.Value*math.Exp(h))
		}
	}
	i.Lo, i.Hi = math.Min(math.Max(i.Lo, k.Lo), i.Value), math.Max(math.Min(i.Hi, k.Hi), i.Value)
	return i
}

// hull widens the interval to hold another.
func (i Interval) hull(lo, hi float64) Interval {
	i.Lo, i.Hi = math.Min(i.Lo, lo), math.Max(i.Hi, hi)
	return i
}

// pairs are replications of a difference of two ratios (of one, where a is nil).
type pairs struct {
	a, b   []Fraction
	value  float64
	se     float64
	effect []float64 // of each replication on the value: the linear part
}

func newPairs(a, b []Fraction) *pairs {
	p := &pairs{a: a, b: b, effect: make([]float64, len(b))}
	p.value, p.se = p.of(nil)
	return p
}

// of returns the statistic and its standard error over the replications picked, all
// of them where picked is nil; the effects are those of the replications picked.
func (p *pairs) of(picked []int) (value, se float64) {
	n := len(p.b)
	at := func(i int) int {
		if picked == nil {
			return i
		}
		return picked[i]
	}
	sums := func(x []Fraction) (f Fraction) {
		for i := range n {
			f.Num, f.Den = f.Num+x[at(i)].Num, f.Den+x[at(i)].Den
		}
		return f
	}
	sb := sums(p.b)
	rb := sb.Num / sb.Den
	value = rb
	var sa Fraction
	ra := 0.0
	if p.a != nil {
		sa = sums(p.a)
		ra = sa.Num / sa.Den
		value -= ra
	}
	square := 0.0
	for i := range n {
		f := p.b[at(i)]
		e := (f.Num - rb*f.Den) / sb.Den * float64(n)
		if p.a != nil {
			g := p.a[at(i)]
			e -= (g.Num - ra*g.Den) / sa.Den * float64(n)
		}
		p.effect[i] = e
		square += e * e
	}
	return value, math.Sqrt(square / float64(n) / float64(n-1))
}

// shape returns the skewness of the replications' effects and their spread relative
// to the value.
func (p *pairs) shape(value float64) (skew, spread float64) {
	p.of(nil)
	n := float64(len(p.effect))
	var two, three float64
	for _, e := range p.effect {
		two, three = two+e*e/n, three+e*e*e/n
	}
	sd := math.Sqrt(two)
	return three / (sd * sd * sd), sd / math.Abs(value)
}

// bootstrap is the bootstrap-t interval. Its chance is fixed: it is a function of the
// sample.
func (p *pairs) bootstrap(alpha float64) (lo, hi float64) {
	n := len(p.b)
	s := rng.Key(1, rng.Purpose("bootstrap"), uint64(n))
	picked := make([]int, n)
	t := make([]float64, 0, bootstrapRounds)
	for range bootstrapRounds {
		for i := range picked {
			picked[i] = s.IntN(n)
		}
		value, se := p.of(picked)
		if se > 0 && !math.IsNaN(value) {
			t = append(t, (value-p.value)/se)
		}
	}
	if len(t) < bootstrapRounds/2 {
		return p.value, p.value // nearly every resample is constant: it has nothing to say
	}
	slices.Sort(t)
	at := func(q float64) float64 { return t[min(max(int(q*float64(len(t)+1))-1, 0), len(t)-1)] }
	return p.value - at(1-alpha/2)*p.se, p.value - at(alpha/2)*p.se
}
