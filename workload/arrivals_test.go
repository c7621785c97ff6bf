package workload

import (
	"math"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/rng"
)

// rising is a rate that rises by one a second every second, with a jump to zero
// between 10.5 s and 12.25 s.
type rising struct{}

func (rising) Integral(from, to des.Time) float64 {
	f := func(a, b float64) float64 { return max(0, (b*b-a*a)/2) }
	a, b := from.Seconds(), to.Seconds()
	return f(a, min(b, 10.5)) + f(max(a, 12.25), b)
}
func (rising) Stretch(t des.Time) (from, to des.Time) {
	switch {
	case t < 10_500_000_000:
		return -des.Never, 10_500_000_000
	case t < 12_250_000_000:
		return 10_500_000_000, 12_250_000_000
	}
	return 12_250_000_000, des.Never
}
func (rising) Flat() bool { return false }

// level is a constant rate.
type steady float64

func (f steady) Integral(from, to des.Time) float64   { return float64(f) * to.Sub(from).Seconds() }
func (f steady) Stretch(des.Time) (from, to des.Time) { return -des.Never, des.Never }
func (f steady) Flat() bool                           { return true }

const sec = des.Time(des.Second)

func source(seed uint64, c Curve, a Arrivals, end des.Time) Source {
	l := &Load{Name: "x", Curve: c, Arrivals: a}
	if err := l.Check(); err != nil {
		panic(err)
	}
	return NewSource(seed, l, Compile(c, end))
}

func TestCellsHaveTheExactIntegral(t *testing.T) {
	c := Compile(rising{}, 20*sec)
	if got := c.Rate(3*sec + 1); math.Abs(got-3.5) > 1e-9 {
		t.Errorf("the cell [3 s, 4 s) has rate %v, want 3.5", got)
	}
	if got := c.Rate(11 * sec); got != 0 {
		t.Errorf("rate %v inside the gap", got)
	}
	if got := c.Rate(10*sec + 1); math.Abs(got-10.25) > 1e-9 {
		t.Errorf("the cell split at the kink has rate %v, want 10.25", got)
	}
	if got, want := c.Integral(0, 20*sec), (rising{}).Integral(0, 20*sec); math.Abs(got-want) > 1e-9 {
		t.Errorf("integral %v, want %v", got, want)
	}
	// Half a cell is half its mass, and parts add up.
	if got := c.Integral(3*sec, 3*sec+sec/2); math.Abs(got-1.75) > 1e-9 {
		t.Errorf("half a cell holds %v, want 1.75", got)
	}
	sum, step := 0.0, des.Time(137_000_001)
	for at := des.Time(0); at < 20*sec; at += step {
		sum += c.Integral(at, at+step)
	}
	if want := c.Integral(0, 20*sec); math.Abs(sum-want) > 1e-9 {
		t.Errorf("parts add up to %v, want %v", sum, want)
	}
	if got := c.Max(0, 20*sec); math.Abs(got-19.5) > 1e-9 {
		t.Errorf("greatest rate %v, want 19.5", got)
	}
	if c.Rate(-1) != 0 || c.Rate(20*sec) != 0 || c.Integral(-5*sec, 0) != 0 || c.Integral(30*sec, 40*sec) != 0 {
		t.Error("there is load outside the curve")
	}
}

// Every arrival of a regular load stands where the compiled cumulative reaches a
// whole number.
func TestRegularArrivalsInvertTheCumulative(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	s, c := source(1, rising{}, Arrivals{Kind: Regular}, 20*sec), Compile(rising{}, 20*sec)
	n := 0
	for at := s.Next(); at < des.Never; at = s.Next() {
		n++
		if got := c.Integral(0, at); math.Abs(got-float64(n)) > 1e-6 {
			t.Fatalf("arrival %d at %v, where the cumulative is %v", n, at, got)
		}
	}
	if want := int(c.Integral(0, 20*sec)); n != want {
		t.Errorf("%d arrivals, want %d", n, want)
	}
	for _, rate := range []float64{0.1, 1, 3, 60, 7000} {
		s := source(1, steady(rate), Arrivals{Kind: Regular}, 4*3600*sec)
		for k := range int(rate * 3600) {
			at := s.Next()
			if want := des.Seconds(float64(k+1) / rate); math.Abs(float64(at-des.Time(want))) > 1 {
				t.Fatalf("rate %v: arrival %d at %v, want %v", rate, k+1, at, want)
			}
			if (k+1)%7000 == 0 && rate == 7000 && at%sec != 0 {
				t.Fatalf("rate %v: arrival %d at %v, not at a whole second", rate, k+1, at)
			}
		}
	}
}

// In operational time a Poisson process has unit exponential gaps, whatever the
// curve; the cumulative is the test's own.
func TestPoissonArrivalsHaveExponentialGaps(t *testing.T) {
	c := Compile(rising{}, 2000*sec)
	s := source(3, rising{}, Arrivals{}, 2000*sec)
	var n, sum, square, long float64
	last := des.Time(0)
	for at := s.Next(); at < des.Never; at = s.Next() {
		if at < last || at >= 2000*sec || at >= 10_500_000_000 && at < 12_250_000_000 {
			t.Fatalf("arrival at %v after %v", at, last)
		}
		gap := c.Integral(last, at)
		n, sum, square, last = n+1, sum+gap, square+gap*gap, at
		if gap > 2 {
			long++
		}
	}
	if mean := sum / n; math.Abs(mean-1) > 6/math.Sqrt(n) {
		t.Errorf("mean gap %v", mean)
	}
	if m := square / n; math.Abs(m-2) > 6*math.Sqrt(20/n) {
		t.Errorf("mean square gap %v, want 2", m)
	}
	if p, want := long/n, math.Exp(-2); math.Abs(p-want) > 6*math.Sqrt(want/n) {
		t.Errorf("a share %v of the gaps is above 2, want %v", p, want)
	}
	if mean := c.Integral(0, 2000*sec); math.Abs(n-mean) > 6*math.Sqrt(mean) {
		t.Errorf("%v arrivals, want %v", n, mean)
	}
}

// The index of dispersion for counts of a bursty load, over windows of many bursts,
// is what was asked, also where the rate moves.
func TestBurstyArrivalsHaveTheirIDC(t *testing.T) {
	if testing.Short() {
		t.Skip("a third of a second or more")
	}
	day := day24{}
	for _, c := range []struct {
		curve  Curve
		idc    float64
		burst  des.Duration
		window des.Time
	}{
		{steady(5), 4, 10 * des.Second, 1000 * sec},
		{steady(50), 20, 2 * des.Second, 200 * sec},
		{steady(2), 1.5, des.Second, 100 * sec},
		{day, 6, 20 * des.Second, 86400 * sec / 24},
	} {
		windows := des.Time(2400)
		if c.window > 1000*sec {
			windows = 600
		}
		end := c.window * windows
		load := Compile(c.curve, end)
		s := source(5, c.curve, Arrivals{Kind: Bursty, IDC: c.idc, Burst: c.burst}, end)
		counts := make([]float64, windows)
		for at := s.Next(); at < des.Never; at = s.Next() {
			counts[at/c.window]++
		}
		var mean, total, sum float64
		for k, n := range counts {
			mean = load.Integral(des.Time(k)*c.window, des.Time(k+1)*c.window)
			total += mean
			sum += (n - mean) * (n - mean)
		}
		got := sum / total
		// A variance of 2,400 windows is known to 3 %, of 600 to 6 %; the edges of a window of
		// 100 bursts take up to 2 %.
		if math.Abs(got-c.idc) > 0.15*c.idc {
			t.Errorf("idc %v, want %v (burst %v)", got, c.idc, c.burst)
		}
	}
}

// day24 swings between 1/s and 9/s over the day.
type day24 struct{}

func (day24) Integral(from, to des.Time) float64 {
	const f = 2 * math.Pi / 86400
	a, b := from.Seconds(), to.Seconds()
	return 5*(b-a) + 4/f*(math.Cos(f*a)-math.Cos(f*b))
}
func (day24) Stretch(des.Time) (from, to des.Time) { return -des.Never, des.Never }
func (day24) Flat() bool                           { return false }

func TestCountsAreExactInEveryBin(t *testing.T) {
	tr := Trace{Bins: BinList{{0, 10 * sec, 1.25}, {10 * sec, 20 * sec, 0}, {30 * sec, 31 * sec, 1000}, {31 * sec, 40 * sec, 1}}}
	curve := tr.Curve(60 * des.Second)
	s := source(1, curve, Arrivals{Kind: Counts}, 60*sec)
	counts := make([]int, 60)
	var place, n float64
	last := des.Time(0)
	for at := s.Next(); at < des.Never; at = s.Next() {
		if at < last {
			t.Fatalf("%v after %v", at, last)
		}
		last = at
		counts[at/sec]++
		if at/sec == 30 {
			place += float64(at%sec) / float64(sec)
			n++
		}
	}
	first := 0
	for _, c := range counts[:10] {
		first += c
	}
	if first != 12 && first != 13 || counts[30] != 1000 {
		t.Errorf("counts %v", counts)
	}
	if mean := place / n; math.Abs(mean-0.5) > 6*math.Sqrt(1.0/12/n) {
		t.Errorf("the mean place in the bin is %v", mean)
	}
}

// A quiet year costs no time, and a new load no other's arrivals.
func TestSourcesAreIndependentAndFrugal(t *testing.T) {
	year := des.Time(365 * des.Day)
	s := source(1, quiet{}, Arrivals{}, year)
	n := 0
	for at := s.Next(); at < des.Never; at = s.Next() {
		n++
	}
	if n == 0 || n > 40 {
		t.Errorf("%d arrivals of 12 expected", n)
	}
	a, b := rng.New(1, "arrivals/x"), rng.New(1, "arrivals/y")
	if a == b {
		t.Error("two loads share a stream")
	}
	p := source(1, steady(100), Arrivals{}, year)
	if n := testing.AllocsPerRun(1000, func() { p.Next() }); n != 0 {
		t.Errorf("%v allocations an arrival", n)
	}
}

// quiet expects one request a month.
type quiet struct{}

func (quiet) Integral(from, to des.Time) float64 {
	return to.Sub(from).Seconds() * 12 / (365 * 86400)
}
func (quiet) Stretch(des.Time) (from, to des.Time) { return -des.Never, des.Never }
func (quiet) Flat() bool                           { return false }

func TestUndrawableLoadsAreRefused(t *testing.T) {
	for name, l := range map[string]*Load{
		"no curve":         {},
		"idc 1":            {Curve: steady(1), Arrivals: Arrivals{Kind: Bursty, IDC: 1, Burst: 1}},
		"no burst":         {Curve: steady(1), Arrivals: Arrivals{Kind: Bursty, IDC: 2}},
		"counts of a sine": {Curve: day24{}, Arrivals: Arrivals{Kind: Counts}},
	} {
		if l.Check() == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
