package workload

import (
	"fmt"
	"math"

	"asgsim/sim/des"
)

// text prints seconds as a quantity of the file format, quotes included: "40ms".
func text(seconds float64) string {
	if seconds > 0 && seconds < 1e-3 {
		return fmt.Sprintf("%q", fmt.Sprintf("%.4gus", seconds*1e6))
	}
	// Five significant digits: a fitted 8.4375123ms is not a figure anyone said.
	if seconds < 1e6 {
		unit := math.Pow(10, math.Floor(math.Log10(math.Max(seconds, 1e-9)))-4)
		seconds = math.Round(seconds/unit) * unit
	}
	return fmt.Sprintf("%q", des.Seconds(seconds))
}

// positive refuses what is not a finite number above 0.
func positive(what string, v float64) error {
	if !(v > 0) || math.IsInf(v, 0) {
		return fmt.Errorf("%s must be a finite number above 0, not %v", what, v)
	}
	return nil
}

// notNegative refuses what is not a finite number of at least 0.
func notNegative(what string, v float64) error {
	if !(v >= 0) || math.IsInf(v, 0) {
		return fmt.Errorf("%s must be a finite number, at least 0, not %v", what, v)
	}
	return nil
}

// firstError returns the first error that is not nil.
func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
