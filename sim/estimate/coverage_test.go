package estimate

import (
	"math"
	"slices"
	"testing"

	"asgsim/sim/rng"
)

// coverage is the share of trials in which an interval holds the truth.
func coverage(trials int, truth float64, trial func(*rng.Stream) Interval) float64 {
	hit := 0
	for k := range trials {
		s := rng.Key(7, rng.Purpose("coverage"), uint64(k))
		if trial(&s).Holds(truth) {
			hit++
		}
	}
	return float64(hit) / float64(trials)
}

func draw(n int, f func() float64) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = f()
	}
	return x
}

// At a fixed number of replications 95 % intervals hold the truth 95 % +- 2 % of
// 2,000 times on normal-like means, and at least 92 % on skewed ones at n = 30.
func TestCoverageAtFixedN(t *testing.T) {
	if testing.Short() {
		t.Skip("thousands of samples")
	}
	const trials = 2000
	for _, n := range []int{10, 30, 100} {
		got := coverage(trials, 3, func(s *rng.Stream) Interval {
			return Mean(draw(n, func() float64 { return 3 + 2*s.Norm() }), 0.05)
		})
		if got < 0.93 || got > 0.97 {
			t.Errorf("normal means, n = %d: coverage %.3f", n, got)
		}
	}
	// The mean wait of a busy queue has a skewness of about 1.4: a gamma law of shape 2.
	got := coverage(trials, 2, func(s *rng.Stream) Interval {
		return Mean(draw(30, func() float64 { return s.Exp() + s.Exp() }), 0.05)
	})
	if got < 0.92 {
		t.Errorf("skewed means, n = 30: coverage %.3f", got)
	}
}

func TestCoverageOfDifferencesRatiosAndQuantiles(t *testing.T) {
	if testing.Short() {
		t.Skip("thousands of samples")
	}
	const trials = 2000
	got := coverage(trials, 0.5, func(s *rng.Stream) Interval {
		a, b := make([]float64, 20), make([]float64, 20)
		for i := range a {
			common := 10 * s.Norm()
			a[i], b[i] = common+s.Norm(), common+0.5+s.Norm()
		}
		return Difference(a, b, 0.05)
	})
	if got < 0.93 || got > 0.97 {
		t.Errorf("paired differences: coverage %.3f", got)
	}
	// A share of about 1 % of requests whose number varies from run to run.
	got = coverage(trials, 0.01, func(s *rng.Stream) Interval {
		x := make([]Fraction, 20)
		for i := range x {
			den := 10000 * (1 + 0.2*s.Norm())
			x[i] = Fraction{den*0.01 + math.Sqrt(den*0.01)*s.Norm(), den}
		}
		return Ratio(x, 0.05)
	})
	if got < 0.93 || got > 0.97 {
		t.Errorf("ratios: coverage %.3f", got)
	}
	got = coverage(trials, 0, func(s *rng.Stream) Interval {
		a, b := make([]Fraction, 20), make([]Fraction, 20)
		for i := range a {
			common := s.Norm()
			a[i], b[i] = Fraction{100 + common + s.Norm(), 10000}, Fraction{100 + common + s.Norm(), 10000}
		}
		return RatioDifference(a, b, 0.05)
	})
	if got < 0.93 || got > 0.97 {
		t.Errorf("differences of ratios: coverage %.3f", got)
	}
	got = coverage(300, -math.Log(0.01), func(s *rng.Stream) Interval {
		x := make([]*sorted, 20)
		for i := range x {
			x[i] = &sorted{draw(1000, s.Exp)}
		}
		return Quantile(x, 0.99, 0.05, func() *sorted { return &sorted{} })
	})
	if got < 0.91 || got > 0.98 {
		t.Errorf("quantiles: coverage %.3f", got)
	}
}

// sorted is an exact histogram.
type sorted struct{ x []float64 }

func (h *sorted) Count() uint64   { return uint64(len(h.x)) }
func (h *sorted) Merge(o *sorted) { h.x = append(h.x, o.x...) }
func (h *sorted) Quantile(p float64) float64 {
	if !slices.IsSorted(h.x) {
		slices.Sort(h.x)
	}
	return h.x[min(len(h.x)-1, int(p*float64(len(h.x))))]
}

// Growing samples: over all looks together the truth is covered at least 94 % of
// the time, and no difference is claimed falsely more than 5 % of the time; while
// looking after every replication claims one about three times in ten.
func TestSequentialLooks(t *testing.T) {
	if testing.Short() {
		t.Skip("thousands of samples")
	}
	const trials, naively = 2000, 400
	plan := PlanLooks(160, 0.05)
	if !slices.Equal(plan.Sizes, []int{10, 20, 40, 80, 160}) || plan.Alpha != 0.01 {
		t.Errorf("looks %+v", plan)
	}
	covered, claims, naive := 0, 0, 0
	for k := range trials {
		s := rng.Key(11, rng.Purpose("looks"), uint64(k))
		x := draw(160, s.Norm) // the true difference is zero
		last := Interval{}
		for _, n := range plan.Sizes {
			if last = Mean(x[:n], plan.Alpha); last.Resolved() {
				claims++
				break
			}
		}
		if last.Holds(0) {
			covered++
		}
		for n := 5; n <= 160 && k < naively; n++ {
			if Mean(x[:n], 0.05).Resolved() {
				naive++
				break
			}
		}
	}
	if share := float64(covered) / trials; share < 0.94 {
		t.Errorf("sequential coverage %.3f, want at least 0.94", share)
	}
	if share := float64(claims) / trials; share > 0.05 {
		t.Errorf("false differences %.3f, want at most 0.05", share)
	}
	if share := float64(naive) / naively; share < 0.2 {
		t.Errorf("looking all the time claims falsely only %.3f of the time: the test has lost its point", share)
	}
}
