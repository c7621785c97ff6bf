package sim

import (
	"errors"
	"math"
	"testing"
)

// What breaks from some factor on is found between the powers of 1.5 about it, or between
// none of the load and all of it, to the 64th part of that; the ends say what is known of
// them. 8 is the most that is tried, below the next power of 1.5.
func TestBisection(t *testing.T) {
	for breaks, between := range map[float64][2]float64{0.3: {0, 1}, 0.999: {0, 1}, 1.01: {1, 1.5}, 1.5: {1, 1.5}, 2.5: {2.25, 3.375}, 7.9: {7.59375, 8}} {
		low, high, err := bisect(func(f float64) (bool, error) { return f < breaks, nil }, 8)
		if err != nil || low >= breaks || high < breaks || low < between[0] || high > between[1] {
			t.Errorf("what breaks from %v on: between %v and %v (%v), want it within %v", breaks, low, high, err, between)
		}
		if want := (between[1] - between[0]) / 64; math.Abs(high-low-want) > 1e-12 {
			t.Errorf("what breaks from %v on: to %v, want %v", breaks, high-low, want)
		}
	}
	if low, high, err := bisect(func(float64) (bool, error) { return true, nil }, 8); low != 8 || high != 0 || err != nil {
		t.Errorf("what never breaks: between %v and %v (%v)", low, high, err)
	}
	if low, high, err := bisect(func(float64) (bool, error) { return false, nil }, 8); low != 0 || high != 1./64 || err != nil {
		t.Errorf("what never holds: between %v and %v (%v)", low, high, err)
	}
	broken := errors.New("broken")
	for _, at := range []int{1, 2, 4} { // of all the load, on the way up, in between
		n := 0
		_, _, err := bisect(func(f float64) (bool, error) {
			if n++; n == at {
				return false, broken
			}
			return f < 2, nil
		}, 8)
		if !errors.Is(err, broken) {
			t.Errorf("run %d failed: %v", at, err)
		}
	}
}
