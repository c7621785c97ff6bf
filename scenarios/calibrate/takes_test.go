package calibrate

import (
	"math"
	"testing"
)

// Beside work of no time the wait is the whole: the quantiles of a lognormal of median
// 100 ms are 0.1 e^(z sigma), z being the normal law's. Beside work alone of 1 ms for nine
// in ten and 5 ms for one, 90 % take 1 ms and 99 % take 5 ms.
func TestTimeThatAShareTakes(t *testing.T) {
	none := []atom{{s: 0, share: 1}}
	for p, z := range map[float64]float64{0.5: 0, 0.9: 1.2815515655446004, 0.99: 2.3263478740408408} {
		for _, sigma := range []float64{1e-3, 0.02, 0.5, 3} {
			if got, want := takes(none, p, math.Log(0.1), sigma), 0.1*math.Exp(z*sigma); math.Abs(got/want-1) > 1e-9 {
				t.Errorf("p %g, sigma %g: %.12g, want %.12g", p, sigma, got, want)
			}
		}
	}
	two := []atom{{s: 1e-3, share: 0.9000001}, {s: 5e-3, share: 0.0999999}}
	for p, want := range map[float64]float64{0.5: 1e-3, 0.9: 1e-3, 0.99: 5e-3} {
		if got := takes(two, p, 0, 0); math.Abs(got/want-1) > 1e-9 {
			t.Errorf("p %g of work alone: %.12g, want %g", p, got, want)
		}
	}
}
