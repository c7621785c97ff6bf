package workload

import (
	"math"
	"testing"

	"asgsim/sim/des"
	"asgsim/sim/rng"
)

// Skips cut a minute's arrivals anywhere; what is drawn and what is skipped together have
// the mean and the variance of the process: those of Poisson, none of regular arrivals,
// IDC times Poisson's of bursts (over windows of many bursts), none of a trace's counts.
func TestSkippedArrivalsKeepTheirLaw(t *testing.T) {
	const rate, minutes = 50.0, 2000
	end := des.Time(minutes) * des.Time(des.Minute)
	for _, k := range []struct {
		name     string
		arrivals Arrivals
		variance float64 // of a minute, over its mean
		margin   float64
	}{
		{"poisson", Arrivals{}, 1, 0.13},
		{"regular", Arrivals{Kind: Regular}, 0, 0.001},
		{"bursty", Arrivals{Kind: Bursty, IDC: 4, Burst: 200 * des.Millisecond}, 4, 0.55},
		{"counts", Arrivals{Kind: Counts}, 0, 0.001},
	} {
		l := Load{Name: k.name, Curve: ConstantRate(rate), Arrivals: k.arrivals}
		if k.arrivals.Kind == Counts { // a bin a minute
			l.Curve = Trace{Bins: BinList{{From: 0, To: des.Time(des.Minute), Rate: rate}}, Repeat: des.Minute}.Curve(des.Duration(end))
		}
		s := NewSource(3, &l, Compile(l.Curve, end))
		next := s.Next()
		drawn, skipped := 0.0, 0.0
		var sum, squares float64
		for m := range minutes {
			from := des.Time(m) * des.Time(des.Minute)
			n := 0.0
			for next < from.Add(6*des.Second) {
				if next < from {
					t.Fatalf("%s: an arrival at %v after %v", k.name, next, from)
				}
				n++
				drawn++
				next = s.Next()
			}
			for _, to := range []des.Duration{7 * des.Second, 7 * des.Second, 33 * des.Second, des.Minute} {
				var got uint64
				got, next = s.Skip(next, from.Add(to), rng.Key(3, 0, uint64(from), uint64(to)))
				n += float64(got)
				skipped += float64(got)
			}
			sum, squares = sum+n, squares+n*n
		}
		mean := sum / minutes
		variance := squares/minutes - mean*mean
		want := rate * 60.0
		if sd := math.Sqrt(want * max(k.variance, 0.001) / minutes); math.Abs(mean-want) > 4*sd {
			t.Errorf("%s: %.3f a minute, want %v", k.name, mean, want)
		}
		if math.Abs(variance/want-k.variance) > k.margin {
			t.Errorf("%s: variance %.3f of the mean, want %v", k.name, variance/want, k.variance)
		}
		if drawn == 0 || skipped < 8*drawn {
			t.Errorf("%s: %v drawn, %v skipped", k.name, drawn, skipped)
		}
	}
}
