package estimate

import (
	"math"
	"testing"
)

func TestSmallSamplesClaimNothing(t *testing.T) {
	for _, i := range []Interval{Mean(nil, 0.05), Mean([]float64{3}, 0.05), Ratio([]Fraction{{1, 2}}, 0.05), Difference([]float64{1}, []float64{2, 3}, 0.05)} {
		if !math.IsInf(i.Lo, -1) || !math.IsInf(i.Hi, 1) || i.Exact {
			t.Errorf("%+v", i)
		}
	}
}

func TestNoVarianceIsSaidNotHidden(t *testing.T) {
	for _, i := range []Interval{
		Mean([]float64{0.1 + 0.2, 0.3, 0.3}, 0.05),
		Difference([]float64{1, 5, 9}, []float64{1, 5, 9}, 0.05),
		Ratio([]Fraction{{1, 4}, {2, 8}}, 0.05),
	} {
		if !i.Exact || i.Lo != i.Hi || i.Half() != 0 {
			t.Errorf("%+v", i)
		}
	}
}

// Worked by hand: 1, 2, 3, 4 has mean 2.5 and standard error sqrt(5/3/4); t(3) at
// 95 % is 3.1824.
func TestMeanByHand(t *testing.T) {
	i := Mean([]float64{1, 2, 3, 4}, 0.05)
	if want := 3.182446 * math.Sqrt(5.0/12); math.Abs(i.Value-2.5) > 1e-12 || math.Abs(i.Half()-want) > 1e-5 {
		t.Errorf("%+v, want 2.5 +- %v", i, want)
	}
}

func TestVerdicts(t *testing.T) {
	i := Interval{Value: 5, Lo: 4, Hi: 6, N: 10}
	for _, row := range []struct {
		got, want Verdict
	}{
		{i.AtMost(6), Pass}, {i.AtMost(3.9), Fail}, {i.AtMost(5), Inconclusive},
		{i.AtLeast(4), Pass}, {i.AtLeast(6.1), Fail}, {i.AtLeast(5), Inconclusive},
	} {
		if row.got != row.want {
			t.Errorf("%v, want %v", row.got, row.want)
		}
	}
	if got := i.Needs(5.5); got != 40 {
		t.Errorf("needs %d replications, want 40: half the width", got)
	}
	if got := i.Needs(5); got != 0 {
		t.Errorf("needs %d, but no number settles a value on the limit", got)
	}
	if i.Resolved() == false || (Interval{Lo: -1, Hi: 1}).Resolved() {
		t.Error("resolved means that zero is outside")
	}
}

func TestPairingGain(t *testing.T) {
	a, b := []float64{1, 5, 9, 2}, []float64{2, 6, 10, 3.1}
	if got := PairingGain(a, b); got < 1000 {
		t.Errorf("gain %v for samples that move together", got)
	}
	if got := PairingGain(a, []float64{3, 3, 3, 3}); math.Abs(got-1) > 1e-12 {
		t.Errorf("gain %v for a constant", got)
	}
	if got := PairingGain(a, a); !math.IsInf(got, 1) {
		t.Errorf("gain %v for identical samples", got)
	}
	// Twice the price on the same hours, a tenth of a dollar apart in every replication:
	// what differs is rounding alone.
	c, d := []float64{0.1, 0.7, 1.3, 2.2}, []float64{0.1 + 0.1, 0.7 + 0.1, 1.3 + 0.1, 2.2 + 0.1}
	if got := PairingGain(c, d); !math.IsInf(got, 1) {
		t.Errorf("gain %v where only rounding differs", got)
	}
	if i := Difference(c, d, 0.05); !i.Exact || math.Abs(i.Value-0.1) > 1e-12 {
		t.Errorf("%+v, want exactly 0.1", i)
	}
	far := []float64{100.1, 100.7, 101.3, 102.2}
	if i := DifferenceOf(far, []float64{100 + 0.1, 100 + 0.7, 100 + 1.3, 100 + 2.2}, Kind{}, 0.05); !i.Exact || i.Value != 0 {
		t.Errorf("%+v, want exactly 0", i)
	}
}

// Ends belong to an interval: its end is held, and a value that may just be the limit
// does not fail it.
func TestEndsBelongToTheInterval(t *testing.T) {
	i := Interval{Value: 5, Lo: 4, Hi: 6, N: 10}
	if !i.Holds(4) || !i.Holds(6) || i.Holds(3.999) || i.Holds(6.001) {
		t.Errorf("%+v", i)
	}
	if i.AtMost(4) != Inconclusive || i.AtLeast(6) != Inconclusive {
		t.Errorf("at most 4 is %v, at least 6 %v", i.AtMost(4), i.AtLeast(6))
	}
}

// A limit at a distance of half the half width needs four times as many replications; on
// the limit, without variance known, or without a value no number is known to do.
func TestNeeds(t *testing.T) {
	inf := math.Inf(1)
	for _, row := range []struct {
		i     Interval
		limit float64
		want  int
	}{
		{Interval{Value: 10, Lo: 8, Hi: 12, N: 10}, 11, 40}, {Interval{Value: 10, Lo: 8, Hi: 12, N: 10}, 8, 10}, {Interval{Value: 10, Lo: 8, Hi: 12, N: 10}, 10, 0},
		{Interval{Value: 10, Lo: -inf, Hi: inf, N: 1}, 11, 0}, {Interval{Value: math.NaN(), Lo: 8, Hi: 12, N: 10}, 11, 0},
	} {
		if got := row.i.Needs(row.limit); got != row.want {
			t.Errorf("%+v against %v: %d, want %d", row.i, row.limit, got, row.want)
		}
	}
}
