package workload

import (
	"math"
	"math/rand/v2"
	"runtime"
	"testing"

	"asgsim/sim/des"
)

// overlap is the integral of a trace by definition: each bin of each play has its rate
// times what of it lies within [from, to), within the past and begun before the end.
func overlap(t Trace, bins BinList, duration des.Duration, from, to des.Time) float64 {
	sum, earliest := 0.0, des.Time(0).Add(-Past)
	for _, b := range bins {
		plays := 0
		if t.Repeat > 0 {
			plays = int((Past+duration)/t.Repeat) + 2
		}
		for k := -plays; k <= plays; k++ {
			shift := des.Duration(k) * t.Repeat
			a, z := b.From.Add(shift), b.To.Add(shift)
			if a < des.Time(0).Add(duration) {
				sum += b.Rate * max(0, min(z, to).Sub(max(a, from, earliest)).Seconds())
			}
		}
	}
	return sum
}

// A trace has the integral that its bins have, however they lie, wherever it is cut, and
// however many blocks of them there are.
func TestATraceIsTheSumOfItsBins(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for trial := range 300 {
		var bins BinList
		at := des.Time(r.Int64N(int64(3*des.Hour))) - des.Time(des.Hour)
		if trial%5 == 0 {
			at -= des.Time(Past)
		}
		even := des.Duration(1+r.IntN(600)) * des.Second
		for range 1 + r.IntN(70) {
			width := even
			if trial%3 == 0 {
				width = 1 + des.Duration(r.Int64N(int64(10*des.Minute)))
			}
			bins = append(bins, Bin{at, at.Add(width), float64(r.IntN(50))})
			at = at.Add(width)
			if r.IntN(4) == 0 {
				at = at.Add(des.Duration(r.Int64N(int64(30 * des.Minute))))
			}
		}
		duration := des.Duration(1 + r.Int64N(int64(8*des.Hour)))
		tr := Trace{Bins: bins}
		if trial%2 == 0 {
			tr.Repeat = at.Sub(bins[0].From) + des.Duration(r.IntN(2))*des.Minute
		}
		c := tr.Curve(duration)
		for range 30 {
			from := des.Time(r.Int64N(int64(duration))) - des.Time(r.IntN(2))*des.Time(des.Hour)
			to := min(from.Add(des.Duration(r.Int64N(int64(duration)))), des.Time(0).Add(duration))
			want := overlap(tr, bins, duration, from, to)
			if got := c.Integral(from, to); math.Abs(got-want) > 1e-9*(1+want) {
				t.Fatalf("trial %d: %v to %v holds %v, want %v (%+v)", trial, from, to, got, want, tr)
			}
			a, z := c.Stretch(from)
			if a > from || z <= from {
				t.Fatalf("trial %d: the stretch around %v is %v to %v", trial, from, a, z)
			}
			if z = min(z, des.Time(0).Add(duration)); z > from {
				half := from + (z-from)/2
				whole, part := c.Integral(from, z)/z.Sub(from).Seconds(), c.Integral(from, half)/half.Sub(from).Seconds()
				if half > from && math.Abs(whole-part) > 1e-6*(1+whole) {
					t.Fatalf("trial %d: not flat in its stretch from %v to %v: %v, %v", trial, from, z, whole, part)
				}
			}
		}
		additive(t, c, des.Time(0).Add(min(duration, 20*des.Minute)))
	}
}

// A trace that repeats needs no memory for its plays.
func TestPlaysTakeNoMemory(t *testing.T) {
	bins := make(BinList, 10_000)
	for i := range bins {
		bins[i] = Bin{des.Time(i) * sec, des.Time(i+1) * sec, 1}
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	c := Trace{Bins: bins, Repeat: 10_000 * des.Second}.Curve(3650 * des.Day)
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 2*10_000 {
		t.Errorf("%d bytes for 10,000 bins played for ten years", n)
	}
	if got, want := c.Integral(0, des.Time(3650*des.Day)), 3650*86400.0; math.Abs(got-want) > 1e-6*want {
		t.Errorf("%v requests, want %v", got, want)
	}
}
