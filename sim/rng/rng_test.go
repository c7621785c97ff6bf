package rng

import (
	"math"
	"testing"
)

// moments checks mean, variance and a tail probability of n draws against
// theory at 6 standard errors.
func moments(t *testing.T, name string, draw func() float64, mean, variance, tailAt, tail float64) {
	t.Helper()
	const n = 4_000_000
	var sum, sq, above float64
	for range n {
		x := draw()
		sum += x
		sq += (x - mean) * (x - mean)
		if x > tailAt {
			above++
		}
	}
	if got, tol := sum/n, 6*math.Sqrt(variance/n); math.Abs(got-mean) > tol {
		t.Errorf("%s mean = %v, want %v +- %v", name, got, mean, tol)
	}
	// The variance of (x-mean)^2 is at most 8 variance^2 for both laws here.
	if got, tol := sq/n, 6*math.Sqrt(8/float64(n))*variance; math.Abs(got-variance) > tol {
		t.Errorf("%s variance = %v, want %v +- %v", name, got, variance, tol)
	}
	if got, tol := above/n, 6*math.Sqrt(tail*(1-tail)/n); math.Abs(got-tail) > tol {
		t.Errorf("%s P(X > %v) = %v, want %v +- %v", name, tailAt, got, tail, tol)
	}
}

func TestLaws(t *testing.T) {
	s := New(1, "laws")
	moments(t, "uniform", s.Float64, 0.5, 1.0/12, 0.9, 0.1)
	moments(t, "exponential", s.Exp, 1, 1, 5, math.Exp(-5))
	moments(t, "exponential tail", s.Exp, 1, 1, 8, math.Exp(-8))
	moments(t, "normal", s.Norm, 0, 1, 2, 0.5*math.Erfc(2/math.Sqrt2))
	moments(t, "normal tail", s.Norm, 0, 1, 3.7, 0.5*math.Erfc(3.7/math.Sqrt2))
}

// The first draws are part of the meaning of a seed: a change of these numbers
// changes every published result.
func TestFirstDraws(t *testing.T) {
	s := New(1, "arrivals/shop")
	k := Key(1, Purpose("boot"), 7)
	got := [...]uint64{s.Uint64(), s.Uint64(), k.Uint64(), Replication(1, 1)}
	want := [4]uint64{0x5dce801874cadc5f, 0x426b89cce519b758, 0x28f0d1b3c1e8dc71, 0xd82203e351a6f578}
	if got != want {
		t.Errorf("first draws = %#x, want %#x", got, want)
	}
}

func TestKeyedDrawsDoNotDependOnOrder(t *testing.T) {
	p := Purpose("boot")
	a, b := Key(9, p, 1, 2), Key(9, p, 1, 3)
	b2, a2 := Key(9, p, 1, 3), Key(9, p, 1, 2)
	if a != a2 || b != b2 || a == b {
		t.Errorf("keyed draws: %v %v %v %v", a, a2, b, b2)
	}
	if Key(9, p, 2, 1) == Key(9, p, 1, 2) {
		t.Error("the order of the numbers of a key must matter")
	}
}

func TestStreamsAreUncorrelated(t *testing.T) {
	const n = 200_000
	pairs := [][2]Stream{
		{New(1, "arrivals/a"), New(1, "arrivals/b")},
		{New(1, "arrivals/a"), New(2, "arrivals/a")},
		{New(Replication(1, 1), "x"), New(Replication(1, 2), "x")},
	}
	for i, p := range pairs {
		var sum float64
		for range n {
			sum += (p[0].Float64() - 0.5) * (p[1].Float64() - 0.5)
		}
		if z := sum / math.Sqrt(n) * 12; math.Abs(z) > 5 {
			t.Errorf("pair %d: correlation of %v standard errors", i, z)
		}
	}
}

// The layers of the ziggurat by definition: the density is 1 at 0, layers narrow, and
// each above the base has the same area.
func TestLayersOfTheZiggurat(t *testing.T) {
	for name, z := range map[string]struct {
		l *[256]layer
		f *[256]float64
		v float64
	}{"exponential": {&expLayers, &expF, expV}, "normal": {&normLayers, &normF, normV}} {
		if z.f[0] != 1 {
			t.Errorf("%s: the density at 0 is %v", name, z.f[0])
		}
		for i := 1; i < 256; i++ {
			if area := z.l[i].width * m53 * (z.f[i-1] - z.f[i]); math.Abs(area/z.v-1) > 1e-6 {
				t.Errorf("%s: layer %d has the area %v, want %v", name, i, area, z.v)
			}
		}
	}
}

// The far layers of the ziggurat are wide, and what is drawn in their wedges follows the
// density too: tail probabilities just inside the outermost layer, to 5 standard errors.
func TestWedgesOfTheZiggurat(t *testing.T) {
	s := New(1, "wedges")
	const n = 3_000_000
	exponential, normal := [...]float64{5.9, 6.3, 6.6, 7, 7.3, 7.5, 7.65}, [...]float64{2.9, 3.1, 3.2, 3.3, 3.4, 3.5, 3.6}
	var above, beyond [7]float64
	for range n {
		if x := s.Exp(); x > exponential[0] {
			for k, at := range exponential {
				if x > at {
					above[k]++
				}
			}
		}
		if x := math.Abs(s.Norm()); x > normal[0] {
			for k, at := range normal {
				if x > at {
					beyond[k]++
				}
			}
		}
	}
	check := func(law string, at, count, p float64) {
		if z := (count - n*p) / math.Sqrt(n*p*(1-p)); math.Abs(z) > 5 {
			t.Errorf("%s beyond %v: %v of %v draws, want %.0f, %.1f standard errors off", law, at, count, n, n*p, z)
		}
	}
	for k := range above {
		check("exponential", exponential[k], above[k], math.Exp(-exponential[k]))
		check("normal", normal[k], beyond[k], math.Erfc(normal[k]/math.Sqrt2))
	}
}
