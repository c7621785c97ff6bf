package ec2

import (
	"math"
	"testing"

	"asgsim/sim/des"
)

// From a quarter the speed rises evenly: a tenth of the way it is 0.25 + 0.75/10.
func TestWarmCurve(t *testing.T) {
	for _, row := range []struct {
		curve    WarmCurve
		up       des.Duration
		requests uint64
		want     float64
	}{
		{WarmCurve{}, 0, 0, 1},
		{WarmCurve{From: 0.25, Over: 100 * des.Second}, 0, 1e9, 0.25},
		{WarmCurve{From: 0.25, Over: 100 * des.Second}, 10 * des.Second, 0, 0.325},
		{WarmCurve{From: 0.25, Over: 100 * des.Second}, 200 * des.Second, 0, 1},
		{WarmCurve{From: 0.25, Requests: 1000}, des.Hour, 0, 0.25},
		{WarmCurve{From: 0.25, Requests: 1000}, 0, 500, 0.625},
		{WarmCurve{From: 0.25, Requests: 1000}, 0, 5000, 1},
	} {
		if got := row.curve.at(row.up, row.requests); math.Abs(got-row.want) > 1e-12 {
			t.Errorf("%+v after %v and %d: %v, want %v", row.curve, row.up, row.requests, got, row.want)
		}
	}
	if (&WarmCurve{From: 0.5, Over: 10 * des.Second}).every() != des.Second || (&WarmCurve{From: 0.5, Over: 10 * des.Minute}).every() != 10*des.Second || (&WarmCurve{From: 0.5, Requests: 9}).every() != 5*des.Second {
		t.Error("the speed must change once a second at most, in 60 steps, or every 5 s by requests")
	}
}
