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
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	const n = 400_000
	for _, d := range laws() {
		s, r := NewSampler(d), rng.New(1, d.String())
		mean, scv := d.Mean(), d.SCV()
		var sum, square float64
		var below [3]float64
		at := [3]float64{0.1, 0.5, 0.95}
		var to [3]float64 // values up to the quantile, those equal to it included
		quantiles := [3]float64{d.Quantile(at[0]), d.Quantile(at[1]), d.Quantile(at[2])}
		for range n {
			x := s.Draw(&r)
			sum += x
			square += (x - mean) * (x - mean)
			for k, q := range quantiles {
				if x < q {
					below[k]++
				}
				if x <= q {
					to[k]++
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
			if tol := 6 * math.Sqrt(p*(1-p)/n); below[k]/n > p+tol || to[k]/n < p-tol {
				t.Errorf("%v: shares %v and %v lie below and up to the %v-quantile", d, below[k]/n, to[k]/n, p)
			}
		}
		if d.String() == "" || strings.Contains(d.String(), "NaN") {
			t.Errorf("%#v prints as %q", d, d.String())
		}
	}
}

// What every law says of its mean and variance, and what is drawn from it, against
// its definition, worked by hand: textbook moments (Johnson, Kotz and Balakrishnan,
// "Continuous Univariate Distributions", 1994), and sums over the values given.
func TestMeanAndVarianceByDefinition(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	sigma := math.Log(60.0/16) / 1.6448536 // p95 of a standard normal
	many := make([]float64, 1000)          // 0.001 ... 1: mean 0.5005, variance (n^2-1)/12 millionths
	for i := range many {
		many[i] = float64(i+1) / 1000
	}
	for _, row := range []struct {
		name           string
		law            Dist
		mean, variance float64
	}{
		{"constant", must(NewConstant(0.04)), 0.04, 0},
		{"exponential: mean, mean^2", must(NewExponential(0.005)), 0.005, 25e-6},
		{"uniform: (a+b)/2, (b-a)^2/12", must(NewUniform(20, 65)), 42.5, 168.75},
		{"triangular: (a+b+c)/3, (a^2+b^2+c^2-ab-ac-bc)/18", must(NewTriangular(5, 10, 30)), 15, 525.0 / 18},
		{"lognormal of a median and p95", must(NewLognormal(0.016, 0.95, 0.060)), 0.016 * math.Exp(sigma*sigma/2), 0.016 * 0.016 * math.Exp(sigma*sigma) * (math.Exp(sigma*sigma) - 1)},
		{"lognormal of mean and cv", must(NewLognormalMean(0.1, 1.5)), 0.1, 0.0225},
		{"gamma of mean and cv below 1", must(NewGamma(2, 0.5)), 2, 1},
		{"gamma of mean and cv above 1", must(NewGamma(2, 2)), 2, 16},
		{"weibull of shape 2: scale sqrt(pi)/2, scale^2 (1-pi/4)", must(NewWeibull(2, 2)), math.Sqrt(math.Pi), 4 - math.Pi},
		{"weibull of shape 1/2: scale 2!, scale^2 (4!-2!^2)", must(NewWeibull(3, 0.5)), 6, 180},
		{"weibull of a mean", must(NewWeibullMean(math.Sqrt(math.Pi), 2)), math.Sqrt(math.Pi), 4 - math.Pi},
		{"pareto of alpha 1: ln(H/L) L/(1-L/H), E X^2 = L(H-L)/(1-L/H)", must(NewBoundedPareto(1, 100, 1)), math.Log(100) / 0.99, 100 - math.Pow(math.Log(100)/0.99, 2)},
		{"pareto of alpha 2", must(NewBoundedPareto(1, 10, 2)), 2 / 0.99 * 0.9, 2/0.99*math.Log(10) - 4*0.9*0.9/0.99/0.99},
		{"nine of 10 ms and one of 1 s", must(NewEmpirical([]float64{0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 1})), 0.109, 0.09 * 0.99 * 0.99},
		{"two values", must(NewEmpirical([]float64{3, 1})), 2, 1},
		{"one value", must(NewEmpirical([]float64{3})), 3, 0},
		{"a thousand values", must(NewEmpirical(many)), 0.5005, (1e6 - 1) / 12 * 1e-6},
		{"straight lines: 0 to 1 to 3", must(NewEmpiricalQuantiles([]QuantilePoint{{0, 0}, {0.5, 1}, {1, 3}})), 1.25, 7.0/3 - 1.5625},
	} {
		if mean := row.law.Mean(); math.Abs(mean/row.mean-1) > 1e-6 {
			t.Errorf("%s: says mean %v, is %v", row.name, mean, row.mean)
		}
		variance := row.law.SCV() * row.law.Mean() * row.law.Mean()
		if math.Abs(variance-row.variance) > 1e-6*row.variance+1e-18 {
			t.Errorf("%s: says variance %v, is %v", row.name, variance, row.variance)
		}
		const n = 1_000_000
		s, r := NewSampler(row.law), rng.New(5, row.name)
		var sum, square float64
		for range n {
			x := s.Draw(&r)
			sum += x
			square += (x - row.mean) * (x - row.mean)
		}
		if got, tol := sum/n, 5*math.Sqrt(row.variance/n)+1e-9*row.mean; math.Abs(got-row.mean) > tol {
			t.Errorf("%s: mean %v drawn, want %v +- %v", row.name, got, row.mean, tol)
		}
		if got := square / n; math.Abs(got-row.variance) > 0.05*row.variance+1e-18 {
			t.Errorf("%s: variance %v drawn, want %v", row.name, got, row.variance)
		}
	}
	if got := must(NewEmpirical([]float64{0.01, 1})).String(); got != `{ empirical = ["10ms", "1s"] }` {
		t.Error(got)
	}
}

// A sample's quantiles are its values, and what is drawn is one of them.
func TestASampleIsResampled(t *testing.T) {
	d := must(NewEmpirical([]float64{4, 1, 3, 2}))
	for p, want := range map[float64]float64{0: 1, 0.25: 1, 0.26: 2, 0.5: 2, 0.75: 3, 0.751: 4, 1: 4} {
		if got := d.Quantile(p); got != want {
			t.Errorf("the %v-quantile is %v, want %v", p, got, want)
		}
	}
	s, r := NewSampler(d), rng.New(1, "x")
	var seen [5]int
	for range 40_000 {
		x := s.Draw(&r)
		if x != math.Trunc(x) || x < 1 || x > 4 {
			t.Fatalf("drew %v", x)
		}
		seen[int(x)]++
	}
	for v, n := range seen[1:] {
		if n < 9_500 || n > 10_500 {
			t.Errorf("%d was drawn %d times of 40,000", v+1, n)
		}
	}
}

func TestLawsAreGivenAsPeopleSayThem(t *testing.T) {
	l := must(NewLognormal(0.016, 0.95, 0.060))
	if m, p := l.Quantile(0.5), l.Quantile(0.95); math.Abs(m-0.016) > 1e-12 || math.Abs(p-0.060) > 1e-9 {
		t.Errorf("median %v, p95 %v", m, p)
	}
	for want, d := range map[string]Dist{
		`{ constant = "40ms" }`:                                             Constant{0.04},
		`{ exponential = "5ms" }`:                                           Exponential{0.005},
		`{ median = "16ms", p95 = "60ms" }`:                                 l,
		`{ low = "20s", high = "1m5s" }`:                                    Uniform{20, 65},
		`{ gamma = { mean = "4.67ms", cv = 0.5 } }`:                         Gamma{0.00467, 0.5},
		`{ quantiles = 3 points, p50 = "2s", p95 = "9.2s", p99 = "9.84s" }`: must(NewEmpiricalQuantiles([]QuantilePoint{{P: 0, Value: 1}, {P: 0.5, Value: 2}, {P: 1, Value: 10}})),
		`{ pareto = { low = "10ms", high = "10s", alpha = 1.5 } }`:          BoundedPareto{0.01, 10, 1.5},
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

// What is wrong with quantiles is told by their percentages.
func TestWrongQuantilesAreNamed(t *testing.T) {
	for want, points := range map[string][]QuantilePoint{
		"p50 = 1 s after p0 = 2 s": {{P: 0, Value: 2}, {P: 0.5, Value: 1}, {P: 1, Value: 3}}, "p50 = 2 s after p50 = 2 s": {{P: 0, Value: 1}, {P: 0.5, Value: 2}, {P: 0.5, Value: 2}, {P: 1, Value: 3}},
		"the p99.9 of an empirical law": {{P: 0, Value: 1}, {P: 0.999, Value: -1}, {P: 1, Value: 3}},
	} {
		if _, err := NewEmpiricalQuantiles(points); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, want %q", points, err, want)
		}
	}
}
