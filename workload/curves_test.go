package workload

import (
	"math"
	"testing"
	"time"
	_ "time/tzdata"

	"asgsim/sim/des"
)

// berlinFrom returns the calendar of a run that starts at midnight of a day in
// Berlin.
func berlinFrom(t *testing.T, year, month, day, days int) des.Calendar {
	t.Helper()
	loc, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(year, time.Month(month), day, 0, 0, 0, 0, loc)
	c := des.Calendar{Zone: "Europe/Berlin", Start: at.Unix()}
	last := 1 << 30
	for h := range days*24 + 48 {
		if _, off := at.Add(time.Duration(h) * time.Hour).Zone(); off != last {
			c.Offsets = append(c.Offsets, des.Offset{From: des.Time(h) * des.Time(des.Hour), Seconds: off})
			last = off
		}
	}
	return c
}

func at(h float64) des.Time { return des.Time(h * float64(des.Hour)) }

// slope estimates the rate of a curve at t from a second of it.
func slope(c Curve, t des.Time) float64 {
	return c.Integral(t, t.Add(des.Second))
}

// additive checks that the integral over [0, end) is the sum over the stretches
// in which it neither jumps nor bends, that flat curves are flat in them, and that none
// is negative.
func additive(t *testing.T, c Curve, end des.Time) {
	t.Helper()
	whole, sum := c.Integral(0, end), 0.0
	edges := []des.Time{0}
	for at := des.Time(0); at < end; {
		from, to := c.Stretch(at)
		if from > at || to <= at {
			t.Fatalf("the stretch around %v is %v to %v", at, from, to)
		}
		if back, until := c.Stretch(to - 1); back != from || until != to {
			t.Fatalf("the stretch %v to %v is %v to %v at its end", from, to, back, until)
		}
		at = min(to, end)
		edges = append(edges, at)
	}
	for i := 1; i < len(edges); i++ {
		if edges[i] <= edges[i-1] {
			t.Fatalf("kinks do not ascend inside the run: %v, %v", edges[i-1], edges[i])
		}
		part := c.Integral(edges[i-1], edges[i])
		if part < 0 {
			t.Fatalf("the integral over %v to %v is negative: %v", edges[i-1], edges[i], part)
		}
		sum += part
		mid := edges[i-1] + (edges[i]-edges[i-1])/2
		if c.Flat() && math.Abs(c.Integral(edges[i-1], mid)/mid.Sub(edges[i-1]).Seconds()-part/edges[i].Sub(edges[i-1]).Seconds()) > 1e-6*(1+part) {
			t.Fatalf("not flat between %v and %v", edges[i-1], edges[i])
		}
	}
	if math.Abs(sum-whole) > 1e-9*(1+whole) {
		t.Errorf("parts sum up to %v, the whole is %v", sum, whole)
	}
	fine := 0.0
	for s := des.Time(0); s < end; s = s.Add(7 * des.Second) {
		fine += c.Integral(s, min(s.Add(7*des.Second), end))
	}
	if math.Abs(fine-whole) > 1e-8*(1+whole) {
		t.Errorf("stretches of 7 s sum up to %v, the whole is %v", fine, whole)
	}
}

func TestDayNightTouchesTroughAndPeakAtTheirTimes(t *testing.T) {
	for _, plateau := range []bool{false, true} {
		cal := berlinFrom(t, 2026, 3, 4, 5) // a Wednesday
		c := DayNight{Trough: 60, Peak: 900, TroughAt: 3 * 3600, PeakAt: 14 * 3600, Weekend: 0.5, Plateau: plateau}.Curve(&cal, 5*des.Day)
		for h, want := range map[float64]float64{3: 60, 14: 900, 27: 60, 38: 900, 75: 30, 86: 450, 99: 30, 110: 450} {
			if got := slope(c, at(h)); math.Abs(got-want) > 0.01 {
				t.Errorf("plateau %v: %v h after Wednesday midnight the rate is %v, want %v", plateau, h, got, want)
			}
		}
		additive(t, c, at(120))
		for h := 0.0; h < 120; h += 0.01 {
			if jump := math.Abs(slope(c, at(h+0.01)) - slope(c, at(h))); jump > 20 {
				t.Fatalf("the rate jumps by %v at hour %v", jump, h)
			}
		}
	}
	cal := berlinFrom(t, 2026, 3, 4, 2)
	c := DayNight{Trough: 60, Peak: 900, TroughAt: 2 * 3600, PeakAt: 14 * 3600, Weekend: 1}.Curve(&cal, 2*des.Day)
	if got, want := c.Integral(0, at(48)), 480.0*48*3600; math.Abs(got-want) > 1e-6*want {
		t.Errorf("two symmetric days hold %v requests, want %v", got, want)
	}
}

func TestDaysOf23And25HoursStretch(t *testing.T) {
	for _, day := range []struct{ month, day, hours int }{{3, 29, 23}, {10, 25, 25}} {
		cal := berlinFrom(t, 2026, day.month, day.day, 3)
		c := DayNight{Trough: 60, Peak: 900, TroughAt: 4 * 3600, PeakAt: 14 * 3600, Weekend: 1}.Curve(&cal, 3*des.Day)
		shift := float64(day.hours - 24)
		for h, want := range map[float64]float64{4 + shift: 60, 14 + shift: 900, 28 + shift: 60} {
			if got := slope(c, at(h)); math.Abs(got-want) > 0.01 {
				t.Errorf("day of %d hours: %v h after midnight the rate is %v, want %v", day.hours, h, got, want)
			}
		}
		additive(t, c, at(72))

		rates := make([]float64, 24)
		for i := range rates {
			rates[i] = float64(i + 1)
		}
		hourly := Hourly{Rates: rates}.Curve(&cal, 3*des.Day)
		want := 300.0 * 3600 // 1 + ... + 24
		if day.hours == 23 {
			want -= 3 * 3600 // no 02:00 to 03:00
		} else {
			want += 3 * 3600 // twice
		}
		if got := hourly.Integral(0, at(float64(day.hours))); math.Abs(got-want) > 1e-6*want {
			t.Errorf("hourly day of %d hours holds %v requests, want %v", day.hours, got, want)
		}
		additive(t, hourly, at(48))
	}
}

func TestAWeekOfHoursBeginsOnMonday(t *testing.T) {
	cal := berlinFrom(t, 2026, 3, 4, 8) // a Wednesday
	rates := make([]float64, 168)
	for i := range rates {
		rates[i] = float64(i)
	}
	c := Hourly{Rates: rates}.Curve(&cal, 8*des.Day)
	for _, h := range []int{0, 1, 25, 119, 120, 167, 168} {
		want := float64((h + 48) % 168)
		if got := slope(c, at(float64(h)+0.5)); math.Abs(got-want) > 1e-6 {
			t.Errorf("hour %d from Wednesday has rate %v, want %v", h, got, want)
		}
	}
	straight := Hourly{Rates: rates, Straight: true}.Curve(&cal, 8*des.Day)
	if got := straight.Integral(at(10), at(11)) / 3600; math.Abs(got-58.5) > 1e-9 {
		t.Errorf("between 58 and 59 requests a second the mean is %v", got)
	}
	additive(t, straight, at(190))
}

func TestRampAndSpike(t *testing.T) {
	r := Ramp{From: 10, To: 30, At: at(1), Over: des.Hour}.Curve()
	for h, want := range map[float64]float64{0.5: 10, 1.5: 20, 2.5: 30, 9: 30} {
		if got := slope(r, at(h)); math.Abs(got-want) > 0.01 {
			t.Errorf("ramp at %v h: %v, want %v", h, got, want)
		}
	}
	additive(t, r, at(4))
	step := Ramp{From: 10, To: 30, At: at(1)}.Curve()
	if got := step.Integral(at(0.5), at(1.5)); math.Abs(got-40*1800) > 1e-6 || !step.Flat() {
		t.Errorf("a ramp over no time is a step, got %v", got)
	}
	s := Spike{At: at(1), Add: 600, Rise: 2 * des.Minute, Hold: 10 * des.Minute, Decay: 40 * des.Minute}.Curve()
	if got, want := s.Integral(0, at(5)), 600.0*(60+600+1200); math.Abs(got-want) > 1e-6 {
		t.Errorf("the spike holds %v requests, want %v", got, want)
	}
	if s.Integral(0, at(1)) != 0 || s.Integral(at(3), at(5)) != 0 {
		t.Error("a spike must be silent before and after")
	}
	additive(t, s, at(3))
}

func TestTraceIsExactAndRepeats(t *testing.T) {
	bins := BinList{{at(0.5), at(1), 10}, {at(1), at(2), 20}, {at(3), at(4), 5}}
	c := Trace{Bins: bins}.Curve(10 * des.Hour)
	if got, want := c.Integral(0, at(10)), 10.0*1800+20*3600+5*3600; math.Abs(got-want) > 1e-6 {
		t.Errorf("the trace holds %v requests, want %v", got, want)
	}
	if !c.Flat() || c.Integral(at(2), at(3)) != 0 {
		t.Error("a trace must be flat in its bins and silent between them")
	}
	additive(t, c, at(10))
	again := Trace{Bins: bins, Repeat: 4 * des.Hour}.Curve(9 * des.Hour)
	if got, want := again.Integral(at(4), at(8)), c.Integral(0, at(4)); math.Abs(got-want) > 1e-6 {
		t.Errorf("the second play holds %v requests, want %v", got, want)
	}
	additive(t, again, at(9))
}

func TestModifiersAreExactSums(t *testing.T) {
	g := Growth(ConstantRate(100), 0.10, 7*des.Day)
	if got, want := slope(g, at(24*7+0.4)), 110.0; math.Abs(got-want) > 0.1 {
		t.Errorf("after a week of 10 %% the rate is %v, want %v", got, want)
	}
	additive(t, g, at(30))
	n := Noise(ConstantRate(100), 0.2, des.Minute, 1, "shop")
	sum, squares, k := 0.0, 0.0, 20000
	for m := range k {
		v := n.Integral(des.Time(m)*des.Time(des.Minute), des.Time(m+1)*des.Time(des.Minute)) / 6000
		sum += v
		squares += v * v
	}
	mean := sum / float64(k)
	cv := math.Sqrt(squares/float64(k)/mean/mean - 1)
	if math.Abs(mean-1) > 0.006 || math.Abs(cv-0.2) > 0.006 {
		t.Errorf("noise has mean %v and cv %v, want 1 and 0.2", mean, cv)
	}
	if slope(n, at(1)) == slope(Noise(ConstantRate(100), 0.2, des.Minute, 1, "api"), at(1)) {
		t.Error("two loads must not share their noise")
	}
	additive(t, n, at(3))
}

func TestCurvesHoldTheirOuterRatesBeforeTheRun(t *testing.T) {
	for name, c := range map[string]Curve{"ramp": Ramp{From: 10, To: 30, At: at(1), Over: des.Hour}.Curve(), "constant": ConstantRate(10)} {
		if got := c.Integral(at(-1), 0); math.Abs(got-36000) > 1e-6 {
			t.Errorf("%s: the hour before the run holds %v requests, want 36000", name, got)
		}
	}
}

// After its last hour, hourly rates of a level kind hold the last, and one day of them
// holds for every day; a scaled law has its scaled mean and quantiles.
func TestDailyHoursAndScales(t *testing.T) {
	day := Hourly{Rates: make([]float64, 24)}
	for h := range day.Rates {
		day.Rates[h] = float64(h)
	}
	c := day.Curve(&des.Calendar{Start: 4 * 86400}, 2*des.Day) // Monday 5 January 1970
	hour := func(n int) des.Time { return des.Time(n) * des.Time(des.Hour) }
	for _, d := range []int{0, 1} {
		for _, h := range []int{0, 7, 23} {
			if got := c.Integral(hour(24*d+h), hour(24*d+h+1)); math.Abs(got-3600*float64(h)) > 1e-6 {
				t.Errorf("day %d, hour %d: %v requests, want %v", d, h, got, 3600*h)
			}
		}
	}
	short := Trace{Bins: BinList{{From: 0, To: hour(1), Rate: 5}}}.Curve(2 * des.Hour)
	if got := short.Integral(hour(1), hour(2)); got != 0 {
		t.Errorf("after the trace %v requests", got)
	}
	twice := Scale(Exponential{M: 0.5}, 4)
	if twice.Mean() != 2 || math.Abs(twice.Quantile(0.5)-2*math.Ln2) > 1e-12 {
		t.Errorf("mean %v, median %v; want 2 and 2 ln 2", twice.Mean(), twice.Quantile(0.5))
	}
}
