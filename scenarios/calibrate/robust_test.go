package calibrate

import (
	"math"
	"testing"

	"asgsim/sim/rng"
)

// Every fifth point is far off; the others lie on 0.1 + 0.5 x but for a thousandth.
func TestALineThroughWrongPoints(t *testing.T) {
	s := rng.New(1, "line")
	var x, y []float64
	for k := range 200 {
		x = append(x, s.Float64())
		y = append(y, 0.1+0.5*x[k]+0.001*s.Norm())
		if k%5 == 0 {
			y[k] += 0.2 + s.Float64()
		}
	}
	l := fitLine(x, y, nil)
	if math.Abs(l.A-0.1) > 5e-4 || math.Abs(l.B-0.5) > 1e-3 {
		t.Errorf("%v + %v x", l.A, l.B)
	}
	for k, w := range l.Weight {
		if k%5 == 0 && w != 0 {
			t.Errorf("point %d has weight %v", k, w)
		}
	}
	given := 0.1
	if l = fitLine(x, y, &given); math.Abs(l.B-0.5) > 1e-3 || l.A != 0.1 {
		t.Errorf("with A given: %v + %v x", l.A, l.B)
	}
}

// Of 200 samples whose errors follow upon each other (autoregressive, 0.5), an interval of
// 95 % holds the true slope in nearly as many: Newey and West's are a little too narrow.
func TestIntervalsOfALineHoldTheTruth(t *testing.T) {
	s := rng.New(2, "coverage")
	const samples, n = 200, 400
	holds := 0
	for range samples {
		var x, y []float64
		e := 0.0
		for k := range n {
			e = 0.5*e + s.Norm()
			x = append(x, 2+math.Sin(float64(k)/40)+0.1*s.Norm())
			y = append(y, 1+3*x[k]+e)
		}
		if l := fitLine(x, y, nil); math.Abs(l.B-3) <= sure*l.SeB {
			holds++
		}
	}
	if holds < 170 || holds > 199 {
		t.Errorf("%d of %d intervals hold the slope", holds, samples)
	}
}
