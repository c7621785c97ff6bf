package estimate

import (
	"math"
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
