package scaling

import (
	"errors"
	"math"
	"testing"

	"asgsim/sim/des"
)

// Whatever is written, a formula is refused with a place or gives a number or an
// error; nothing panics.
func FuzzFormula(f *testing.F) {
	for _, text := range []string{"ceil(requests_per_second / 200) + 1", "max(datapoints('CPUUtilization', 'Average', '15m'))", "known('TargetResponseTime', 'p99') ? 1 : [1, 2][desired]",
		"let x = 1; x % 0", "1..10", "metric('CPUUtilization', 'Average', '10s')", "sum(map(1..3, # * desired))", "datapoints()", "desired |> max(3)", "'a' matches '['"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		formula, err := Compile(text)
		if err != nil {
			var e *FormulaError
			if !errors.As(err, &e) || e.At < 1 || e.Text == "" {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		s := &Inputs{Desired: 4, Max: 10, Points: func(MetricRef, des.Duration) []float64 { return []float64{1, 2} }}
		if v, _, err := formula.Evaluate(s); err == nil && (math.IsNaN(v) || math.IsInf(v, 0)) {
			t.Fatalf("%q: %v", text, v)
		}
	})
}
