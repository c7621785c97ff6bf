package workload

import (
	"testing"

	"asgsim/sim/des"
)

func TestNoiseBelongsToTheRun(t *testing.T) {
	noisy := Noise(ConstantRate(100), 0.2, des.Minute, 1, "shop")
	for name, c := range map[string]Curve{
		"noise":  noisy,
		"scaled": ScaleCurve(noisy, 2),
		"growth": Growth(noisy, 0.1, des.Day),
		"both":   ScaleCurve(Growth(ScaleCurve(noisy, 2), 0.1, des.Day), 3),
	} {
		hour := func(c Curve) float64 { return c.Integral(0, des.Time(des.Hour)) }
		before := hour(c)
		a, b, again := WithSeed(c, 1), WithSeed(c, 2), WithSeed(WithSeed(c, 2), 1)
		if hour(a) != before || hour(b) == before || hour(again) != before || hour(c) != before {
			t.Errorf("%s: seed 1 gives %v, seed 2 %v, seed 1 again %v, and %v was %v", name, hour(a), hour(b), hour(again), hour(c), before)
		}
	}
	plain := ConstantRate(5)
	if WithSeed(plain, 3) != Curve(plain) {
		t.Error("a curve without chance is itself")
	}
	loads := []Load{{Name: "shop", Curve: noisy}}
	if got := Realised(loads, 2); got[0].Curve == loads[0].Curve || loads[0].Curve != noisy {
		t.Error("the loads of a run are a copy")
	}
}
