package estimate

import (
	"math"
	"slices"
	"testing"
)

// The difference of a ratio with itself is nothing, and there is no chance in it, as
// are paired: three replications of 1/10, 4/10 and 2/20.
func TestARatioDoesNotDifferFromItself(t *testing.T) {
	x := []Fraction{{1, 10}, {4, 10}, {2, 20}}
	for _, i := range []Interval{RatioDifference(x, x, 0.05), RatioDifferenceOf(x, x, Anything, 0.05), RatioDifferenceOf(x, x, Kind{Lo: 0, Hi: 1, Rare: true}, 0.05)} {
		if i.Value != 0 || i.Lo != 0 || i.Hi != 0 || !i.Exact {
			t.Errorf("%+v, want 0 +- 0", i)
		}
	}
	// Shifted by a replication they are no pairs any more: then there is chance.
	if i := RatioDifference(x, []Fraction{x[1], x[2], x[0]}, 0.05); i.Value != 0 || i.Half() == 0 {
		t.Errorf("unpaired: %+v", i)
	}
}

// The jackknife by hand, of 1/1 and 2/3: the ratio of sums is 3/4; without the first it
// is 2/3, without the second 1. Pseudo-values 2 x 3/4 - 2/3 = 5/6 and 2 x 3/4 - 1 =
// 1/2: their mean 2/3 is the estimate (3/4 less its bias), their standard error 1/6,
// and t(1) at 95 % is 12.706.
func TestJackknifeByHand(t *testing.T) {
	i := Ratio([]Fraction{{1, 1}, {2, 3}}, 0.05)
	if math.Abs(i.Value-2.0/3) > 1e-12 || math.Abs(i.Half()-12.7062/6) > 1e-4 {
		t.Errorf("%+v, want 2/3 +- %v", i, 12.7062/6)
	}
}

// Sections by hand: two of them, whose quantiles are 1 and 3 about a pooled 2, have
// the standard error sqrt((1 + 1) / (2 - 1) / 2) = 1 and one degree of freedom.
func TestSectionsByHand(t *testing.T) {
	i := sectioned(2, []float64{1, 3}, 0.05, 7)
	if i.Value != 2 || math.Abs(i.Half()-12.7062) > 1e-4 || i.N != 7 {
		t.Errorf("%+v, want 2 +- 12.706", i)
	}
	// Three of them, 1, 2 and 6 about 2: sqrt((1 + 0 + 16) / 2 / 3), t(2) = 4.3027.
	if i := sectioned(2, []float64{1, 2, 6}, 0.05, 3); math.Abs(i.Half()-4.30265*math.Sqrt(17.0/6)) > 1e-4 {
		t.Errorf("%+v", i)
	}
}

// Figures keep their bounds: a share seen in one of ten replications is not below
// nothing, and a good share not above all.
func TestBoundsAreKept(t *testing.T) {
	var bad, good []Fraction
	for k := range 10 {
		f := Fraction{0, 1000}
		if k == 3 {
			f.Num = 100
		}
		bad, good = append(bad, f), append(good, Fraction{f.Den - f.Num, f.Den})
	}
	k := Kind{Lo: 0, Hi: 1, Rare: true}
	b, g := RatioOf(bad, k, 0.05), RatioOf(good, k, 0.05)
	if b.Lo < 0 || b.Hi > 1 || !b.Weak || b.Value != 0.01 || b.Hi < 0.02 {
		t.Errorf("one bad run of ten: %+v", b)
	}
	if math.Abs(g.Lo-(1-b.Hi)) > 1e-12 || math.Abs(g.Hi-(1-b.Lo)) > 1e-12 || math.Abs(g.Value-0.99) > 1e-12 {
		t.Errorf("good %+v is not the other side of bad %+v", g, b)
	}
	if none := MeanOf(make([]float64, 10), Kind{Lo: 0, Hi: math.Inf(1), Rare: true}, 0.05); !none.Exact || !none.Weak {
		t.Errorf("never seen: %+v", none)
	}
	// An even figure is judged by Student's t alone: the same as Mean.
	x := []float64{9, 10, 11, 10, 9, 11, 10, 10, 9.5, 10.5}
	if a, b := MeanOf(x, Anything, 0.05), Mean(x, 0.05); math.Abs(a.Lo-b.Lo) > 1e-9 || math.Abs(a.Hi-b.Hi) > 1e-9 || a.Weak {
		t.Errorf("%+v, %+v", a, b)
	}
}

// Differences by hand, paired: 1, 2 and 6 more are 3 more on the mean, of standard error
// sqrt((4 + 1 + 9) / 2 / 3) and t(2) = 4.3027; what is beyond the shorter sample is left.
func TestDifferenceByHand(t *testing.T) {
	a, b := []float64{10, 20, 30}, []float64{11, 22, 36, 99}
	half := 4.30265 * math.Sqrt(14.0/6)
	for _, i := range []Interval{Difference(a, b, 0.05), DifferenceOf(a, b, Anything, 0.05)} {
		if math.Abs(i.Value-3) > 1e-9 || math.Abs(i.Half()-half) > 1e-3 || i.N != 3 {
			t.Errorf("%+v, want 3 +- %v of 3", i, half)
		}
	}
	// A difference of shares lies between -1 and 1; of what nothing bounds, anywhere.
	far := DifferenceOf([]float64{0, 0, 1}, []float64{1, 0, 0}, Kind{Lo: 0, Hi: 1}, 0.05)
	if far.Value != 0 || far.Lo != -1 || far.Hi != 1 {
		t.Errorf("%+v, want 0 between -1 and 1", far)
	}
	if wide := DifferenceOf([]float64{0, 0, 1}, []float64{1, 0, 0}, Anything, 0.05); wide.Lo > -2 || wide.Hi < 2 {
		t.Errorf("%+v, want beyond -2 and 2: 4.3 x sqrt(1 / 3)", wide)
	}
}

// Who is said to be weak: a sample of skewness 1.5 (four replications, one apart from
// the three others: 2 / sqrt(3) = 1.15) is; the same without the one is not.
func TestSkewedSamplesAreWeak(t *testing.T) {
	if i := MeanOf([]float64{5, 5, 5, 9}, Anything, 0.05); !i.Weak || i.Value != 6 {
		t.Errorf("%+v, want weak", i)
	}
	if i := MeanOf([]float64{5, 9, 5, 9}, Anything, 0.05); i.Weak || i.Value != 7 {
		t.Errorf("%+v, want not weak", i)
	}
}

// The bootstrap of a difference is about the difference: of two shares that are 0.3 and
// 0.1 of a hundred in every pair but one, its ends lie about 0.2, not about 0.1.
func TestBootstrapOfADifference(t *testing.T) {
	var a, b []Fraction
	for k := range 12 {
		a, b = append(a, Fraction{30, 100}), append(b, Fraction{10 + float64(k%3), 100})
	}
	p := newPairs(a, b)
	if math.Abs(p.value+0.19) > 1e-12 {
		t.Fatalf("the difference is %v, want 0.11 - 0.30", p.value)
	}
	if lo, hi := p.bootstrap(0.05); lo < -0.20 || hi > -0.18 || lo >= p.value || hi <= p.value {
		t.Errorf("between %v and %v", lo, hi)
	}
	if skew, spread := p.shape(p.value); math.Abs(skew) > 1e-9 || math.Abs(spread-math.Sqrt(2.0/3)/100/0.19) > 1e-9 {
		t.Errorf("skewness %v, want 0; spread %v, want that of -1, 0 and 1 of a hundred over 0.19", skew, spread)
	}
}

// A bootstrap of resamples of which most say nothing says nothing. Of five replications
// two of which count anything, a resample has both, without which it does not vary, with
// the chance 1 - 2 (4/5)^5 + (3/5)^5 = 0.42; of three that differ it has two at least with
// 1 - (2/5)^5 - 3 ((3/5)^5 - (2/5)^5) = 0.79.
func TestBootstrapOfResamplesThatSayNothing(t *testing.T) {
	p := newPairs(nil, []Fraction{{1, 10}, {3, 10}, {0, 0}, {0, 0}, {0, 0}})
	if lo, hi := p.bootstrap(0.05); lo != p.value || hi != p.value {
		t.Errorf("between %v and %v, want nothing but %v", lo, hi, p.value)
	}
	p = newPairs(nil, []Fraction{{1, 10}, {3, 10}, {4, 10}, {0, 0}, {0, 0}})
	if lo, hi := p.bootstrap(0.05); lo >= p.value || hi <= p.value {
		t.Errorf("between %v and %v, want an interval about %v", lo, hi, p.value)
	}
}

// values is a histogram that keeps what it is given.
type values []float64

func (v *values) Count() uint64   { return uint64(len(*v)) }
func (v *values) Merge(o *values) { *v = append(*v, *o...) }
func (v *values) Above(x float64) (n uint64) {
	for _, y := range *v {
		if y > x {
			n++
		}
	}
	return n
}
func (v *values) Quantile(p float64) float64 {
	if len(*v) == 0 {
		return math.NaN()
	}
	s := slices.Sorted(slices.Values(*v))
	return s[min(int(p*float64(len(s))), len(s)-1)]
}

// The median of ten replications of the numbers from 1 to 100 is 51, and there is no
// chance in it; where replications lie apart, its interval holds theirs, and the bounds
// of one quantile are quantiles themselves.
func TestQuantilesByHand(t *testing.T) {
	none := func() *values { return &values{} }
	even := func(from int) *values {
		v := values{}
		for k := range 100 {
			v = append(v, float64(from+k))
		}
		return &v
	}
	var same, apart []*values
	for k := range 10 {
		same, apart = append(same, even(1)), append(apart, even(1+10*(k%2)))
	}
	if i := QuantileOf(same, 0.5, Anything, 0.05, none); i.Value != 51 || i.Lo != 51 || i.Hi != 51 || !i.Exact || i.N != 10 {
		t.Errorf("%+v, want 51 exactly", i)
	}
	// Half lie 10 higher: pooled, 56 has half below it; of one half 55 in 100 are above
	// 55, of the other 45. The share above spreads by 5 of 100 about its mean: 2.262 x
	// 5.27 / sqrt(10) = 3.8 of 100, which are 3.8 numbers more and less.
	for _, k := range []Kind{Anything, {Lo: 0, Hi: math.Inf(1), Rare: true}} {
		i := QuantileOf(apart, 0.5, k, 0.05, none)
		if math.Abs(i.Value-56) > 1 || math.Abs(i.Lo-52.2) > 1.6 || math.Abs(i.Hi-59.8) > 1.6 {
			t.Errorf("%+v, want about 56, from 52 to 60", i)
		}
	}
	if i := QuantileDifference(same, apart, 0.5, 0.05, none); i.Value != 5 || i.N != 10 || math.Abs(i.Half()-3.77) > 0.01 {
		t.Errorf("%+v, want 5 +- 3.77: ten sections 5 away, 2.262 x sqrt(10 x 25 / 9 / 10)", i)
	}
	if i := QuantileOf(same[:1], 0.5, Anything, 0.05, none); i.Value != 51 || !math.IsInf(i.Half(), 1) {
		t.Errorf("one replication: %+v", i)
	}
	if i := Single(7); i.Value != 7 || i.N != 1 || !math.IsInf(i.Lo, -1) || !math.IsInf(i.Hi, 1) {
		t.Errorf("%+v", i)
	}
	if Pass.String()+Fail.String()+Inconclusive.String() != "passfailinconclusive" {
		t.Error("names of the verdicts")
	}
}

// Of samples of unlike length the replications that both have are paired: what one has
// beyond them changes nothing.
func TestPairsOfUnlikeLength(t *testing.T) {
	a, b := []float64{1, 2, 4}, []float64{2, 5, 6, 100}
	k := Kind{Hi: math.Inf(1)}
	want := DifferenceOf(a, b[:3], k, 0.05)
	if got := DifferenceOf(a, b, k, 0.05); got != want || math.Abs(got.Value-2) > 1e-12 || got.N != 3 {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := RatioDifferenceOf(ones(a), ones(b), k, 0.05); got != want {
		t.Errorf("of ratios %+v, want %+v", got, want)
	}
	if got := RatioDifferenceOf(ones(b), ones(a), k, 0.05); math.Abs(got.Value+2) > 1e-12 {
		t.Errorf("the other way round %+v", got)
	}
}

// A rare figure of a small sample is trusted up to a coefficient of variation of 5 %: of
// twenty values 1 - d and 1 + d it is d x sqrt(20/19).
func TestRareFiguresThatVary(t *testing.T) {
	values := func(n int, d float64) (x []float64) {
		for k := range n {
			x = append(x, 1+d*float64(1-2*(k%2)))
		}
		return x
	}
	if rare := (Kind{Hi: math.Inf(1), Rare: true}); !MeanOf(values(98, 0.5), rare, 0.05).Weak || MeanOf(values(100, 0.5), rare, 0.05).Weak {
		t.Error("from a hundred on it is trusted however it varies")
	}
	for d, want := range map[float64]bool{0.047: false, 0.051: true} {
		x := values(20, d)
		if got := MeanOf(x, Kind{Hi: math.Inf(1), Rare: true}, 0.05).Weak; got != want {
			t.Errorf("%g: weak %v", d, got)
		}
		if MeanOf(x, Kind{Hi: math.Inf(1)}, 0.05).Weak {
			t.Errorf("%g: a figure that is not rare is weak", d)
		}
	}
}
