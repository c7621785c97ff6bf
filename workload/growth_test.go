package workload

import (
	"math"
	"testing"

	"asgsim/sim/des"
)

// Growth of 100 % a day doubles the rate in a day: the first hour has the factor of its
// middle, 2^(0.5/24), the hour a day later twice that.
func TestGrowthByHand(t *testing.T) {
	c := Growth(ConstantRate(10), 1, des.Day)
	hour := des.Time(des.Hour)
	first, later := c.Integral(0, hour), c.Integral(24*hour, 25*hour)
	if want := 36_000 * math.Pow(2, 0.5/24); math.Abs(first/want-1) > 1e-9 {
		t.Errorf("%v requests in the first hour, want %v", first, want)
	}
	if math.Abs(later/first-2) > 1e-9 {
		t.Errorf("a day later %v times as many, want 2", later/first)
	}
}
