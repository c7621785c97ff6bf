package workload

import (
	"math"
	"strings"
	"testing"

	"asgsim/sim/rng"
)

func must[D any](d D, err error) D {
	if err != nil {
		panic(err)
	}
	return d
}

func laws() []Dist {
	return []Dist{
		must(NewConstant(0.04)), must(NewExponential(0.005)), must(NewUniform(20, 65)), must(NewTriangular(5, 10, 30)),
		must(NewLognormal(0.016, 0.95, 0.060)), must(NewLognormal(0.04, 0.99, 0.12)), must(NewLognormalMean(0.1, 1)),
		must(NewGamma(1, 0.5)), must(NewGamma(1, 2)), must(NewWeibull(2, 0.7)), must(NewWeibullMean(3, 1.5)),
		must(NewBoundedPareto(0.01, 10, 1.5)), must(NewBoundedPareto(1, 100, 1)),
		must(NewEmpirical([]float64{1, 2, 2, 3, 10})), must(NewEmpiricalQuantiles([]QuantilePoint{{0, 0.01}, {0.5, 0.02}, {0.99, 0.1}, {1, 1}})),
	}
}

// Samples have the mean, variance and quantiles the law says it has.
func TestSamplesFollowTheirLaw(t *testing.T) {
	const n = 400_000
	for _, d := range laws() {
		s, r := NewSampler(d), rng.New(1, d.String())
		mean, scv := d.Mean(), d.SCV()
		var sum, square float64
		var below [3]float64
		at := [3]float64{0.1, 0.5, 0.95}
		for range n {
			x := s.Draw(&r)
			sum += x
			square += (x - mean) * (x - mean)
			for k, p := range at {
				if x <= d.Quantile(p) {
					below[k]++
				}
			}
		}
		if got, tol := sum/n, 6*mean*math.Sqrt(scv/n)+1e-12; math.Abs(got-mean) > tol {
			t.Errorf("%v: mean %v, want %v +- %v", d, got, mean, tol)
		}
		if got := square / n / (mean * mean); scv < 5 && math.Abs(got-scv) > 0.05*scv+1e-12 {
			t.Errorf("%v: scv %v, want %v", d, got, scv)
		}
		for k, p := range at {
			if got := below[k] / n; math.Abs(got-p) > 6*math.Sqrt(p*(1-p)/n) && scv > 0 {
				t.Errorf("%v: a share %v lies below the %v-quantile", d, got, p)
			}
		}
		if d.String() == "" || strings.Contains(d.String(), "NaN") {
			t.Errorf("%#v prints as %q", d, d.String())
		}
	}
}

func TestLawsAreGivenAsPeopleSayThem(t *testing.T) {
	l := must(NewLognormal(0.016, 0.95, 0.060))
	if m, p := l.Quantile(0.5), l.Quantile(0.95); math.Abs(m-0.016) > 1e-12 || math.Abs(p-0.060) > 1e-9 {
		t.Errorf("median %v, p95 %v", m, p)
	}
	for want, d := range map[string]Dist{
		`{ constant = "40ms" }`:                                    Constant{0.04},
		`{ exponential = "5ms" }`:                                  Exponential{0.005},
		`{ median = "16ms", p95 = "60ms" }`:                        l,
		`{ low = "20s", high = "1m5s" }`:                           Uniform{20, 65},
		`{ gamma = { mean = "4.67ms", cv = 0.5 } }`:                Gamma{0.00467, 0.5},
		`{ pareto = { low = "10ms", high = "10s", alpha = 1.5 } }`: BoundedPareto{0.01, 10, 1.5},
	} {
		if d.String() != want {
			t.Errorf("%s, want %s", d, want)
		}
	}
}

func TestBadLawsAreRefused(t *testing.T) {
	nan := math.NaN()
	for name, err := range map[string]error{
		"negative constant":   second(NewConstant(-1)),
		"zero exponential":    second(NewExponential(0)),
		"nan exponential":     second(NewExponential(nan)),
		"infinite":            second(NewExponential(math.Inf(1))),
		"uniform":             second(NewUniform(2, 1)),
		"triangular":          second(NewTriangular(1, 5, 3)),
		"lognormal":           second(NewLognormal(2, 0.95, 1)),
		"lognormal p":         second(NewLognormal(1, 0.3, 2)),
		"lognormal cv":        second(NewLognormalMean(1, 0)),
		"gamma":               second(NewGamma(1, -1)),
		"weibull":             second(NewWeibull(1, 0)),
		"pareto":              second(NewBoundedPareto(2, 1, 1)),
		"empty sample":        second(NewEmpirical(nil)),
		"negative sample":     second(NewEmpirical([]float64{1, -1})),
		"nan sample":          second(NewEmpirical([]float64{1, nan})),
		"quantiles from p10":  second(NewEmpiricalQuantiles([]QuantilePoint{{0.1, 1}, {1, 2}})),
		"descending quantile": second(NewEmpiricalQuantiles([]QuantilePoint{{0, 2}, {1, 1}})),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func second[D any](_ D, err error) error { return err }

func TestDrawsDoNotAllocate(t *testing.T) {
	for _, d := range laws() {
		s, r := NewSampler(d), rng.New(1, "x")
		if n := testing.AllocsPerRun(100, func() { s.Draw(&r) }); n != 0 {
			t.Errorf("%v: %v allocations a draw", d, n)
		}
	}
}

func TestExpIsExp(t *testing.T) {
	worst := 0.0
	for x := -720.0; x < 709; x += 0.00137 {
		want := math.Exp(x)
		worst = max(worst, math.Abs(exp(x)-want)/want)
	}
	if worst > 2e-15 {
		t.Errorf("off by %v", worst)
	}
	if exp(0) != 1 || exp(math.Inf(-1)) != 0 || !math.IsNaN(exp(math.NaN())) {
		t.Error("exp of 0, -Inf or NaN")
	}
}

func BenchmarkLognormal(b *testing.B) {
	s, r := NewSampler(Lognormal{0, 1}), rng.New(1, "x")
	for b.Loop() {
		s.Draw(&r)
	}
}

func BenchmarkMathExp(b *testing.B) {
	x, sum := 0.0, 0.0
	for b.Loop() {
		sum += math.Exp(x)
		x = math.Mod(x+0.1, 3)
	}
}
